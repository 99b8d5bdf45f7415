extension CommandTable {
  static let history = CommandDeclaration(
    .history, .looking, "List what was released to a place, and what runs there",
    discussion: """
      Every apply that succeeded is a release, with its files, its values and its author. The current one is \
      marked. `stackform show --release N` shows one release in full. --runs lists what each run did, also \
      runs that failed, for `stackform undo`.
      """,
    arguments: [stack], options: [.runs, .stack, .json] + OptionName.where,
    examples: [
      .init("stackform history --profile production", "What runs there, and what ran before."),
      .init("stackform history --runs", "The last runs, with what each changed."),
    ])

  static let rollback = CommandDeclaration(
    .rollback, .promotion, "Apply an earlier release again",
    discussion: """
      Takes the release before the current one, or the one that --to names: its own files and its own values, \
      not the working tree's. Plans, shows the plan, asks, applies, and records the result as a new release. \
      Data is guarded as in an apply. No release keeps secrets, so they must be given again. Afterwards the \
      profile is on hold: nothing is promoted to it automatically until `stackform hold --lift`.
      """,
    arguments: [stack],
    options: [.to, .reason, .autoApprove, .confirm, .json, .allowDataLoss, .stack] + OptionName.running + [
      .input
    ]
      + OptionName.place,
    examples: [
      .init("stackform rollback --profile production", "To what was live before."),
      .init("stackform rollback --to 12 --reason \"payments fail\"", "To a release by its number."),
      .init(
        #"STACKFORM_VAR_password="$PASSWORD" stackform rollback --yes"#,
        "With a secret, and without the question."),
    ])

  static let hold = CommandDeclaration(
    .hold, .promotion, "Stop automatic promotions to a profile",
    discussion: """
      Sets a hold, or shows the existing one; --reason sets it again, --lift removes it. While a profile is \
      on hold, automatic promotions to it are refused. A rollback sets a hold.
      """,
    arguments: [stack], options: [.reason, .lift, .stack, .lockTimeout] + OptionName.where,
    examples: [
      .init("stackform hold --profile production --reason \"sale until Monday\"", "Set it."),
      .init("stackform hold --lift --profile production", "Lift it."),
    ])

  static let undo = CommandDeclaration(
    .undo, .promotion, "Bring back what was live before a run",
    discussion: """
      Before each run, Stackform writes down what the run is about to change. This command plans back to \
      that: what the run created is deleted, what it changed gets its former values, and what it deleted is \
      created again, without its data. It shows the plan, asks, applies, and records the result as a release. \
      What other runs did to other resources stays.
      """,
    arguments: [
      ArgumentDeclaration("RUN", "The run, as `stackform history --runs` lists it; the last one by default."),
      stack,
    ],
    options: [.autoApprove, .confirm, .json, .allowDataLoss, .stack] + OptionName.running + [.input]
      + OptionName.place,
    examples: [
      .init("stackform undo", "The last run."),
      .init("stackform undo 7", "That one."),
    ])
}
