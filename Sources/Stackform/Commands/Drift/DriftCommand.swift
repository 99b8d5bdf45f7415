import Planner
import Providers

/// `stackform drift [STACK]`: what moved since the last apply; `--repair` puts it back, `--accept` writes it into the files.
enum DriftCommand {
  /// Shows what drifted, or repairs or accepts it. With `--detailed-exitcode` it returns 2 for drift.
  static func run(_ command: ParsedCommand, _ context: CommandContext) async throws -> ExitCode {
    try check(command)
    let side = try await ComparisonSide.open(command, context)
    var drifted = try await ActivityLine(terminal: context.terminal, text: "Reading the live resources")
      .showing { () async throws(Diagnostics) in
        try await side.session.pipeline.drift(of: side.session.stack, excludes: command.exclusions)
      }
    let chosen = command.wordsThatAreNoFiles
    if !chosen.isEmpty { try drifted.report.choose(chosen) }
    let authors = await CloudTrailAuthors.find(drifted.report, side)
    let text = DriftText(report: drifted.report, side: side, authors: authors, isVerbose: command.isVerbose)
    try write(text, command, context.terminal)
    if drifted.report.isEmpty { return .success }
    if command.flag(.repair) {
      return try await DriftRepair(side: side, drifted: drifted, context: context).run()
    }
    if command.flag(.accept) {
      return try await DriftAcceptance(side: side, drifted: drifted, context: context).run()
    }
    return command.wantsDetailedExitCode ? .changes : .success
  }

  private static func check(_ command: ParsedCommand) throws(Diagnostic) {
    if command.flag(.repair), command.flag(.accept) {
      throw Diagnostic(
        "Options that don't go together", "--repair undoes what moved, and --accept takes it over.",
        fix: "Choose one of the two; with addresses, one for each.")
    }
    guard command.flag(.repair) || command.flag(.accept) else {
      guard let word = command.wordsThatAreNoFiles.first else { return }
      throw Diagnostic(
        "No such stack", "there is no file or folder \"\(word)\".",
        fix: "Addresses go with --repair and --accept.")
    }
    if command.wantsMarkdown {
      throw Diagnostic(
        "Options that don't go together",
        "--format markdown writes what moved, and this would change something.",
        fix: "Leave out one of the two.")
    }
  }

  private static func write(
    _ text: DriftText, _ command: ParsedCommand, _ terminal: Terminal
  ) throws(Diagnostic) {
    if command.isJSON {
      // What --repair does is reported in other events, one on each line.
      terminal.write(
        command.flag(.repair) || command.flag(.accept) ? text.json.json + "\n" : text.json.prettyJSON)
    } else if command.wantsMarkdown {
      terminal.write(try text.markdown.text(limit: command.sizeLimit))
    } else {
      terminal.write(text.text(terminal))
    }
  }
}

extension DriftReport {
  /// Only what the words name: addresses, or properties of them. `*` stands for any text.
  mutating func choose(_ words: [String]) throws(Diagnostic) {
    for word in words
    where !entries.contains(where: { entry in
      PlanOptions.matches(entry.address, [word])
        || entry.moves.contains { $0.isMeant(by: word, at: entry.address) }
    }) {
      let known = entries.flatMap { entry in
        [entry.address.description] + entry.moves.map { "\(entry.address).\($0.name)" }
      }
      throw Diagnostic(
        "Nothing moved there", "\"\(word)\" names nothing that moved since the last apply.",
        fix: suggestion(for: word, among: known).map { "Did you mean \"\($0)\"?" }
          ?? "stackform drift lists what did.")
    }
    entries = entries.compactMap { entry in
      if PlanOptions.matches(entry.address, words) { return entry }
      var entry = entry
      let all = entry.moves
      entry.moves = all.filter { move in words.contains { move.isMeant(by: $0, at: entry.address) } }
      return entry.moves.isEmpty ? nil : entry
    }
  }
}

extension PropertyMove {
  /// `queues.jobs.redrivePolicy` means `redrivePolicy.maxReceiveCount` of `queues.jobs`, too.
  func isMeant(by word: String, at address: Address) -> Bool {
    let whole = "\(address).\(name)"
    return whole == word || whole.hasPrefix(word + ".") && word.count > address.description.count
  }
}
