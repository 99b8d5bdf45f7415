import Planner
import Providers

/// `stackform approve PROFILE`: records that a release may go to that profile.
enum ApproveCommand {
  /// Records an approval with the source's release.
  ///
  /// - Throws: for a name that the gate does not count.
  static func run(_ command: ParsedCommand, _ context: CommandContext) async throws -> ExitCode {
    let (words, route) = try PromotionRoute.words(of: command)
    let step = try step(words, route, command)
    let stack = try await OpenedStack.open(step.from, of: route, command, isTarget: false, context)
    try checkName(stack.endorser.user, step.to)
    let deployed = try await LoadedRelease.load(stack, number: command.value(.release).flatMap { Int($0) })
    let (release, author) = (deployed.release, stack.endorser)
    let what = "#\(release.number) of \(step.from.name) for \(step.to.name)"
    let terminal = context.terminal
    if let former = release.approvals.first(where: {
      $0.author.user == author.user && $0.profile == step.to.name
    }) {
      terminal.writeLine("\(author.user) approved \(what) already, at \(former.time).")
      return .success
    }
    let approval = Endorsement(
      author: author, time: stack.client.timeText(), profile: step.to.name, note: command.value(.note))
    try await stack.endorse(release, context) { $0.approvals.append(approval) }
    terminal.writeLine(
      "Approved \(what), as \(author.user): \(route.stack) \(release.bundle.prefix(12)).")
    if release.number != deployed.ledger.currentRelease {
      let current = deployed.ledger.currentRelease.map { "#\($0)" } ?? "none"
      terminal.writeLine("Note: \(step.from.name) runs \(current) now, and that is what a promotion takes.")
    }
    return .success
  }

  private static func step(
    _ words: [String], _ route: PromotionRoute, _ command: ParsedCommand
  ) throws(Diagnostics) -> PromotionRoute.Step {
    guard let source = command.value(.from) else { return try route.step(words) }
    return try route.step([source] + words)
  }

  /// An approval that no gate would count is a mistake.
  private static func checkName(_ name: String, _ profile: Profile) throws(Diagnostic) {
    let rules = profile.gates.compactMap { gate -> ApprovalRule? in
      if case .approval(let rule) = gate { rule } else { nil }
    }
    guard !rules.isEmpty, !rules.contains(where: { $0.counts(name) }) else { return }
    let names = Set(rules.flatMap(\.names)).sorted()
    throw Diagnostic(
      "This approval would not count",
      "\"\(TerminalText.printable(name))\" is not one of those who may approve for \"\(profile.name)\": \(names.joined(separator: ", ")).",
      fix: suggestion(for: name, among: names).map { "Did you mean --as \($0)?" }
        ?? "Have one of them run this; --as NAME says in whose name.")
  }
}
