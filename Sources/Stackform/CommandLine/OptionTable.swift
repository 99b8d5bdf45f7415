/// The options there are, by the name behind the dashes.
enum OptionName: String, Sendable, CaseIterable {
  case out, json, target, exclude, replace, destroy, adopt, parallelism, lock, input, force, raw, format,
    plan, offline, confirm, project
  case profile, region, `var`, verbose, help, version, chdir
  case detailedExitcode = "detailed-exitcode"
  case allowDataLoss = "allow-data-loss"
  case autoApprove = "auto-approve"
  case lockTimeout = "lock-timeout"
  case varFile = "var-file"
  case endpointURL = "endpoint-url"
  case noColor = "no-color"
  case compactWarnings = "compact-warnings"
  case noExample = "no-example"
  case repair, accept, parity
  case allowDrift = "allow-drift"
  case ignoreHold = "ignore-hold"
  case dryRun = "dry-run"
  case maxSize = "max-size"
  case chain, from, `as`, name, note
  case stack, release, file, to, reason, lift, runs

  /// Taken by every command, and before the command too.
  static let everywhere: [OptionName] = [.chdir, .noColor, .compactWarnings, .verbose, .help]
  /// Where to go and with what.
  static let place: [OptionName] = [.profile, .region, .endpointURL, .var, .varFile]
  /// Options of the target, for commands that use no variables.
  static let `where`: [OptionName] = [.profile, .region, .endpointURL]
  /// What a plan holds.
  static let scope: [OptionName] = [.target, .exclude, .replace, .adopt, .allowDataLoss]
  /// How it is carried out.
  static let running: [OptionName] = [.parallelism, .lock, .lockTimeout]
}

/// Every option's one declaration.
enum OptionTable {
  static let all: [OptionName: OptionDeclaration] = Dictionary(
    uniqueKeysWithValues: declarations.map { ($0.name, $0) })

  private static let declarations =
    scope + running + place + output + promotion + releases + comparison + everywhere

  private static let scope = [
    OptionDeclaration(
      .target, .text, value: "ADDRESS", repeatable: true,
      "Take only this resource (queues.orders; queues.* for all of a section) and what it needs; of a destroy, "
        + "what needs it."),
    OptionDeclaration(
      .exclude, .text, value: "ADDRESS", repeatable: true,
      "Leave out this resource and what needs it; of a destroy, what it needs. It is not even read."),
    OptionDeclaration(
      .replace, .text, value: "ADDRESS", repeatable: true, "Replace this resource even if nothing forces it."),
    OptionDeclaration(
      .adopt, .text, value: "ADDRESS", repeatable: true,
      "Adopt this resource, which exists and no stack owns, instead of refusing ('*' for all such)."),
    OptionDeclaration(
      .allowDataLoss, .flag, "Let resources that hold data be deleted and replaced."),
    OptionDeclaration(.destroy, .flag, "Plan to delete everything."),
  ]

  private static let running = [
    OptionDeclaration(
      .parallelism, .integer(1...256), value: "N", default: "10", "How many steps may run at the same time."),
    OptionDeclaration(
      .lock, .switchedOn, default: "true",
      "--lock=false goes ahead without the lock, at your own risk."),
    OptionDeclaration(
      .lockTimeout, .duration, value: "TIME", default: "0s",
      "How long to wait for a lock that is held, as 30s."),
    OptionDeclaration(
      .input, .switchedOn, default: "true", "--input=false never asks; what needs an answer is an error."),
    OptionDeclaration(
      .autoApprove, .flag, short: "y", aliases: ["yes"], "Go ahead without asking."),
    OptionDeclaration(
      .confirm, .text, value: "PROFILE",
      "Go ahead without asking, if that is the profile. A protected profile needs this."),
    OptionDeclaration(
      .force, .flag, "Go ahead without asking. With `ledger repair`: even if a newer Stackform wrote it."),
  ]

  private static let place = [
    OptionDeclaration(
      .profile, .text, value: "NAME", default: "local", short: "p",
      "The profile of stackform.yaml to deploy to."),
    OptionDeclaration(.region, .text, value: "REGION", "The region, instead of the profile's."),
    OptionDeclaration(
      .endpointURL, .text, value: "URL", aliases: ["endpoint"],
      "The endpoint, instead of the profile's, as http://localhost:4566."),
    OptionDeclaration(
      .var, .assignment, value: "NAME=VALUE", repeatable: true, "The value of a variable of the stack."),
    OptionDeclaration(
      .varFile, .file, value: "FILE", repeatable: true, "A YAML or JSON file of variables."),
  ]

  private static let output = [
    OptionDeclaration(.out, .file, value: "FILE", short: "o", "Save the plan, for `stackform apply FILE`."),
    OptionDeclaration(
      .detailedExitcode, .flag, aliases: ["detailed-exit-code"],
      "Exit with 0 for nothing to do, 1 for an error, 2 for changes."),
    OptionDeclaration(.json, .flag, "Write JSON, in the shapes of Terraform's."),
    OptionDeclaration(.raw, .flag, "Write the bare text of one output."),
    OptionDeclaration(
      .format, .choice(["text", "markdown", "tree", "dot", "mermaid"]), value: "FORMAT",
      "How it is written."),
    OptionDeclaration(
      .maxSize, .integer(1000...10_000_000), value: "CHARACTERS", default: "65536",
      "How long the Markdown may be; GitHub's limit of a comment."),
    OptionDeclaration(
      .offline, .flag, "Make no request: plan for an empty account, with every resource still to be created."),
    OptionDeclaration(.plan, .flag, "Compare with the live resources, and show what would happen."),
    OptionDeclaration(.project, .flag, "The schema of stackform.yaml instead."),
    OptionDeclaration(.noExample, .flag, "Leave the example out."),
  ]

  private static let promotion = [
    OptionDeclaration(
      .allowDrift, .flag, "Promote although what is live in the source is not its release any more."),
    OptionDeclaration(.ignoreHold, .flag, "Promote although the target is held."),
    OptionDeclaration(
      .dryRun, .flag, "Show the gates and the plan, and change nothing; --plan does the same."),
    OptionDeclaration(
      .chain, .flag, "Follow promoteFrom from the first profile on, and stop at the first closed gate."),
    OptionDeclaration(.from, .text, value: "PROFILE", "The source, instead of the profile's promoteFrom."),
    OptionDeclaration(.as, .text, value: "WHO", "The name that is recorded, instead of the user's."),
    OptionDeclaration(.name, .text, value: "NAME", default: "test", "What the test is called in gates."),
    OptionDeclaration(.note, .text, value: "TEXT", "A remark that is recorded with it."),
  ]

  private static let releases = [
    OptionDeclaration(
      .stack, .text, value: "NAME", "The stack's name, where there is no stack file to read it from."),
    OptionDeclaration(
      .release, .integer(1...1_000_000_000), value: "N", default: "the current one",
      "The release, by its number."),
    OptionDeclaration(.file, .text, value: "PATH", "Write this file of the release, byte for byte."),
    OptionDeclaration(.to, .integer(1...1_000_000_000), value: "N", "The release to go back to."),
    OptionDeclaration(.reason, .text, value: "TEXT", "Why, for those who meet the hold."),
    OptionDeclaration(.lift, .flag, "Remove the hold."),
    OptionDeclaration(.runs, .flag, "List runs instead of releases."),
  ]

  private static let comparison = [
    OptionDeclaration(.repair, .flag, "Restore what drifted: apply the deployed release to it."),
    OptionDeclaration(.accept, .flag, "Write the live values into the stack's files."),
    OptionDeclaration(
      .parity, .flag, "Warn of what works where the stack was tried and will be different in this profile."),
  ]

  private static let everywhere = [
    OptionDeclaration(.chdir, .folder, value: "FOLDER", short: "C", "Work in this folder."),
    OptionDeclaration(.noColor, .flag, aliases: ["no-colour"], "No colours; NO_COLOR does the same."),
    OptionDeclaration(.compactWarnings, .flag, "Show each warning in one line."),
    OptionDeclaration(.verbose, .flag, short: "v", "Show more: whole values, and every request."),
    OptionDeclaration(.help, .flag, short: "h", "Show help for the command."),
    OptionDeclaration(.version, .flag, "Show the version."),
  ]
}
