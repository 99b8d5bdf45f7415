/// Every command's one declaration, in the order of the overview.
enum CommandTable {
  static let all: [CommandDeclaration] = [
    validate, plan, apply, destroy, promote, approve, verify, rollback, undo, hold, output, show, stacks,
    history, drift, compare, graph,
    forget, move, renameStack, unlock, lock, ledger, explain, schema, completions, version, help,
  ]

  static subscript(_ name: CommandName) -> CommandDeclaration {
    guard let declaration = all.first(where: { $0.name == name }) else {
      preconditionFailure("the command \(name.rawValue) is not declared")
    }
    return declaration
  }

  /// Whether some command takes an option in a sense of its own.
  static func hasVariants(of option: OptionName) -> Bool {
    all.contains { command in command.variants.contains { $0.name == option } }
  }

  static let stack = ArgumentDeclaration(
    "STACK", "A stack file, or a folder that holds a stack.yaml; the working folder by default.",
    completion: .file)

  private static let validate = CommandDeclaration(
    .validate, .main, "Check the stack file, without any request",
    discussion: """
      Reads the file and everything that it includes, and checks names, types, ranges, references and cycles. \
      It reports all mistakes at once, each with its place and how to fix it. No request is made to any \
      endpoint.
      """,
    arguments: [stack], options: OptionName.place + [.json],
    examples: [
      .init("stackform validate", "Check ./stack.yaml."),
      .init("stackform validate stacks/code-deploy --json", "The same for an editor or a pipeline."),
    ])

  private static let plan = CommandDeclaration(
    .plan, .main, "Show what an apply would do, and change nothing",
    discussion: """
      Compares the stack with the live resources, property by property, and shows the difference with its \
      reasons. It reads with a client that cannot write. There is no state file: the endpoint is always \
      asked.
      """,
    arguments: [stack],
    options: [.out, .detailedExitcode, .json, .format, .maxSize, .destroy, .offline, .parity]
      + OptionName.scope
      + OptionName.running + [
        .input
      ]
      + OptionName.place,
    choices: [.format: ["text", "markdown"]],
    examples: [
      .init("stackform plan", "Compare ./stack.yaml with the local endpoint."),
      .init("stackform plan --profile dev --out dev.plan", "Save a plan for `stackform apply dev.plan`."),
      .init("stackform plan --detailed-exitcode", "In a pipeline: 0 nothing to do, 2 changes."),
      .init("stackform plan --format markdown > plan.md", "For a comment on a pull request."),
      .init("stackform plan --offline", "What it would make in an empty account, without any endpoint."),
    ])

  private static let apply = CommandDeclaration(
    .apply, .main, "Make the live resources match the stack",
    discussion: """
      Plans, shows the plan, asks, and carries it out. Steps that do not need each other run at the same \
      time. A failure skips only the steps that need it; the next apply continues from there. A saved plan is \
      carried out as it is, without a question, and refused when what it touches has changed since.
      """,
    arguments: [
      ArgumentDeclaration(
        "STACK|PLANFILE", "A stack file, a folder that holds a stack.yaml, or a plan saved with --out.",
        completion: .file)
    ],
    options: [.autoApprove, .confirm, .json, .format, .maxSize, .destroy] + OptionName.scope
      + OptionName.running + [.input] + OptionName.place,
    choices: [.format: ["text", "markdown"]],
    examples: [
      .init("stackform apply", "Plan ./stack.yaml, ask, and carry it out."),
      .init("stackform apply dev.plan", "Carry out exactly what was planned."),
      .init("stackform apply --auto-approve --target queues.orders", "Only one resource and what it needs."),
      .init(
        "stackform apply -y --format markdown >> $GITHUB_STEP_SUMMARY", "How it ended, for a job's summary."),
    ])

  private static let destroy = CommandDeclaration(
    .destroy, .main, "Delete everything that the stack created",
    discussion: """
      Shows what would be deleted, asks, and deletes it in the reverse order of need. What the stack does not \
      own is left alone. Resources that hold data need --allow-data-loss, unless the profile is disposable, \
      as the local one is. With --stack the ledger alone says what there is: no stack file, no code and no \
      secret is needed.
      """,
    arguments: [stack],
    options: [.autoApprove, .confirm, .json, .format, .maxSize, .target, .exclude, .allowDataLoss, .stack]
      + OptionName.running + [.input] + OptionName.place,
    choices: [.format: ["text", "markdown"]],
    examples: [
      .init("stackform destroy --yes", "Without the question."),
      .init("stackform destroy --stack pr-17 --profile dev", "A stack whose file is not at hand."),
    ])

  private static let output = CommandDeclaration(
    .output, .looking, "Show the outputs of the last apply",
    discussion: "Shows all outputs, or one. --raw gives its bare text, for scripts.",
    arguments: [ArgumentDeclaration("NAME", "One output; all by default."), stack],
    options: [.json, .raw] + OptionName.place,
    examples: [
      .init("curl \"$(stackform output --raw apiUrl)\"", "Use an output in a shell."),
      .init("stackform output --json", "All of them, as JSON."),
    ])

  private static let show = CommandDeclaration(
    .show, .looking, "Show the live resources, or a saved plan",
    discussion:
      "Without an address: every resource of the stack as the endpoint has it. With one: that one, with its attributes. With --release: what was recorded of it.",
    arguments: [
      ArgumentDeclaration(
        "ADDRESS|PLANFILE", "A resource as queues.orders, or a plan saved with --out.",
        completion: .listedOrFile(.addresses)),
      stack,
    ],
    options: [.release, .file, .stack, .json] + OptionName.place,
    examples: [
      .init("stackform show queues.orders", "One live resource."),
      .init("stackform show --release 3", "A release: its values, digests and files."),
      .init("stackform show --release 3 --file stack.yaml", "One of its files."),
      .init("stackform show --json dev.plan", "A saved plan in the JSON that Terraform's tools read."),
    ])

  private static let graph = CommandDeclaration(
    .graph, .looking, "Draw the stack's resources and what needs what",
    arguments: [stack], options: [.format, .plan] + OptionName.place,
    choices: [.format: ["tree", "dot", "mermaid"]],
    examples: [
      .init("stackform graph", "A tree for the terminal."),
      .init("stackform graph --format dot | dot -Tsvg > stack.svg", "A picture, with Graphviz."),
      .init("stackform graph --format mermaid", "For a README."),
    ])

  private static let unlock = CommandDeclaration(
    .unlock, .other, "Break the lock of a run that is gone",
    discussion: """
      A lock expires when its holder stops renewing it, so this is only for impatient users. Shows who holds \
      the lock, and asks.
      """,
    arguments: [stack], options: [.force, .input, .stack] + OptionName.place,
    examples: [.init("stackform unlock --force", "Without the question.")])

  private static let explain = CommandDeclaration(
    .explain, .language, "Explain a kind of resource, or one of its properties",
    arguments: [
      ArgumentDeclaration(
        "KIND[.PROPERTY]", "A section as queues, or a property as queues.visibilityTimeout.",
        completion: .listed(.kinds))
    ],
    options: [.json, .noExample],
    examples: [
      .init("stackform explain", "Every kind there is."),
      .init("stackform explain queues.redrivePolicy", "One property and its members."),
    ])

  private static let schema = CommandDeclaration(
    .schema, .language, "Write the JSON Schema of stack files, for editors", options: [.project],
    examples: [
      .init("stackform schema > stackform.schema.json", "For the YAML extension of an editor."),
      .init("stackform schema --project > stackform-project.schema.json", "The same for stackform.yaml."),
    ])

  private static let completions = CommandDeclaration(
    .completions, .other, "Write completions for a shell",
    arguments: [
      ArgumentDeclaration(
        "SHELL", "bash, zsh or fish.", isRequired: true, completion: .words(["bash", "zsh", "fish"]))
    ],
    examples: [
      .init("source <(stackform completions bash)", "For this shell."),
      .init("stackform completions fish > ~/.config/fish/completions/stackform.fish", "For every fish."),
    ])

  private static let version = CommandDeclaration(
    .version, .other, "Show the version", options: [.json])

  private static let help = CommandDeclaration(
    .help, .other, "Show help for Stackform or a command",
    arguments: [
      ArgumentDeclaration(
        "COMMAND", "The command; all by default.",
        completion: .words(CommandName.allCases.map(\.rawValue)))
    ])
}
