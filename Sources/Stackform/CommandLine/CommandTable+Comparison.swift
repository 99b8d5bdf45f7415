extension CommandTable {
  static let compare = CommandDeclaration(
    .compare, .looking, "Compare what is live in two profiles",
    discussion: """
      Reads both profiles at the same time, with every property, declared or not. Values that follow from the \
      place (account, region, names, ids) are not compared. A difference that the same file makes by the \
      profiles' values is by design, and is only counted. All other differences are shown. Ends with 0 when \
      there are none, with 2 when there are some.
      """,
    arguments: [
      ArgumentDeclaration(
        "A", "A profile of stackform.yaml.", isRequired: true, completion: .listed(.profiles)),
      ArgumentDeclaration("B", "Another one.", isRequired: true, completion: .listed(.profiles)), stack,
    ],
    options: [.json, .format, .maxSize, .stack, .var, .varFile],
    choices: [.format: ["text", "markdown"]],
    examples: [
      .init("stackform compare staging production", "What is different that should not be."),
      .init(
        "stackform compare local dev --verbose", "What is by design, too, and where the endpoints differ."),
    ])

  static let drift = CommandDeclaration(
    .drift, .looking, "Show what drifted since the last apply, declared or not",
    discussion: """
      Reads all properties of the deployed release's resources, and compares them with what the last apply \
      left. --repair restores what drifted, after a question. --accept writes the live values into the \
      stack's YAML files, and keeps comments and layout. With addresses, only these are repaired or accepted.
      """,
    arguments: [
      ArgumentDeclaration(
        "STACK|ADDRESS[.PROPERTY]",
        "A stack file or folder; and what to repair or accept: queues.jobs, queues.jobs.visibilityTimeout.",
        completion: .listedOrFile(.addresses), isRepeated: true)
    ],
    options: [
      .repair, .accept, .exclude, .detailedExitcode, .json, .format, .maxSize, .stack, .autoApprove, .confirm,
      .allowDataLoss,
    ] + OptionName.running + [.input] + OptionName.place,
    choices: [.format: ["text", "markdown"]],
    variants: [
      OptionDeclaration(
        .exclude, .text, value: "ADDRESS", repeatable: true,
        "Leave out this resource: it is not even read.")
    ],
    examples: [
      .init("stackform drift --detailed-exitcode", "In a pipeline: 0 nothing moved, 2 something did."),
      .init("stackform drift --repair queues.jobs", "Put one resource back."),
      .init("stackform drift --accept queues.jobs.visibilityTimeout", "Write the live value into the file."),
    ])
}
