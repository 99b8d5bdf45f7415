extension CommandTable {
  private static let profile = ArgumentDeclaration(
    "PROFILE", "A profile of stackform.yaml.", isRequired: true, completion: .listed(.profiles))

  static let promote = CommandDeclaration(
    .promote, .promotion, "Bring the release that runs in one profile to another",
    discussion: """
      Takes the release that is deployed in FROM, never the working tree, and checks that it is what is live \
      there. Asks all gates of TO, reports them, and resolves the same files with TO's variables. Shows what \
      is live in both and what is wanted, asks, and applies. Only stackform.yaml is read on this machine, so \
      any machine will do; after a kill the same command continues. With one profile, FROM is its \
      promoteFrom.
      """,
    arguments: [
      ArgumentDeclaration(
        "FROM", "The profile that the release is taken from; by default promoteFrom of TO.",
        completion: .listed(.profiles)),
      ArgumentDeclaration("TO", "The profile that it goes to.", completion: .listed(.profiles)),
      stack,
    ],
    options: [
      .autoApprove, .confirm, .dryRun, .plan, .chain, .allowDrift, .ignoreHold, .allowDataLoss, .stack, .json,
      .format,
      .maxSize, .detailedExitcode,
    ] + OptionName.running + [.input, .var, .varFile],
    choices: [.format: ["text", "markdown"]],
    examples: [
      .init("stackform promote dev staging", "Gates, plan, question, apply."),
      .init("stackform promote staging --auto-approve", "The same from its promoteFrom, in a pipeline."),
      .init("stackform promote dev staging --dry-run --format markdown", "For a comment on a pull request."),
      .init("stackform promote --chain production", "As far as the gates are open."),
    ])

  static let approve = CommandDeclaration(
    .approve, .promotion, "Record that a release may go to a profile",
    discussion: """
      Writes who approves, and when, into the ledger of the profile that the release would come from, for the \
      gate `approval`. It is a record and not an authentication: anyone who may write the ledger's bucket can \
      approve, and IAM guards that.
      """,
    arguments: [
      ArgumentDeclaration(
        "PROFILE", "The profile that the release may go to.", isRequired: true, completion: .listed(.profiles)
      ), stack,
    ],
    options: [.release, .as, .note, .from, .stack, .lockTimeout],
    examples: [
      .init("stackform approve production", "The release that runs in production's promoteFrom."),
      .init("stackform approve production --release 12 --as alice", "That release, and in that name."),
    ])

  static let verify = CommandDeclaration(
    .verify, .promotion, "Run a test against a profile's release, and record how it ended",
    discussion: """
      Runs the program with the release's outputs in its environment (STACKFORM_OUTPUT_name), and records \
      with that release whether it succeeded, for the gate `verified`. Ends like the test, with 0 or 1.
      """,
    arguments: [profile, stack],
    options: [.name, .note, .as, .stack, .lockTimeout, .var, .varFile],
    program: ArgumentDeclaration(
      "COMMAND", "The test and its arguments; one word alone is read by the shell.", isRequired: true),
    examples: [
      .init("stackform verify staging --name smoke -- scripts/smoke", "For `{ verified: smoke }`.")
    ])
}
