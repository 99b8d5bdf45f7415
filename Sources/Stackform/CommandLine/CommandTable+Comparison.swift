extension CommandTable {
  static let compare = CommandDeclaration(
    .compare, .looking, "Hold what is live in two profiles against each other",
    discussion: """
      Reads both places at once, every property, declared or not. What follows from a place (accounts, regions, names, ids) \
      is folded out; what the same file wants differently in both because of the profiles' values is by design, and only \
      counted. The rest nobody asked for, and is shown. Ends with 0 when there is none, with 2 when there is.
      """,
    arguments: [
      ArgumentDeclaration("A", "A profile of stackform.yaml.", isRequired: true),
      ArgumentDeclaration("B", "Another one.", isRequired: true), stack,
    ],
    options: [.json, .format, .maxSize, .stack, .var, .varFile],
    choices: [.format: ["text", "markdown"]],
    examples: [
      .init("stackform compare staging production", "What is different that should not be."),
      .init(
        "stackform compare local dev --verbose", "What is by design, too, and where the endpoints differ."),
    ])

  static let drift = CommandDeclaration(
    .drift, .looking, "Tell what moved since the last apply, declared or not",
    discussion: """
      Reads everything of the deployed release's resources, and holds it against what the last apply left. --repair puts it \
      back, after a question; --accept writes what is live into the stack's YAML files, with comments and layout kept. With \
      addresses only these are repaired or accepted.
      """,
    arguments: [
      ArgumentDeclaration(
        "STACK|ADDRESS[.PROPERTY]",
        "A stack file or folder; and what to repair or accept: queues.jobs, queues.jobs.visibilityTimeout.",
        completion: .file, isRepeated: true)
    ],
    options: [
      .repair, .accept, .detailedExitcode, .json, .format, .maxSize, .stack, .autoApprove, .confirm,
      .allowDataLoss,
    ] + OptionName.running + [.input] + OptionName.place,
    choices: [.format: ["text", "markdown"]],
    examples: [
      .init("stackform drift --detailed-exitcode", "In a pipeline: 0 nothing moved, 2 something did."),
      .init("stackform drift --repair queues.jobs", "Put one resource back."),
      .init("stackform drift --accept queues.jobs.visibilityTimeout", "Write the live value into the file."),
    ])
}
