import Planner
import Providers

/// `stackform approve PROFILE`: records that a release may go to that profile.
enum ApproveCommand {
  static func run(_ command: ParsedCommand, _ context: CommandContext) async throws -> ExitCode {
    let (words, route) = try PromotionRoute.words(of: command)
    let step = try step(words, route, command)
    let opened = try await OpenedProfile.open(step.from, of: route, command, isTarget: false, context)
    let deployed = try await DeployedRelease.load(
      opened, stack: route.stack, number: command.value(.release).flatMap { Int($0) })
    let note = LedgerNote(opened: opened, stack: route.stack, context: context)
    try checkName(note.author.user, step.to)
    let approval = Endorsement(
      author: note.author, time: Session.now(), profile: step.to.name, note: command.value(.note))
    let release = deployed.release
    let words2 = "#\(release.number) of \(step.from.name) for \(step.to.name)"
    if let former = release.approvals.first(where: {
      $0.author.user == note.author.user && $0.profile == step.to.name
    }) {
      context.terminal.writeLine("\(note.author.user) approved \(words2) already, at \(former.time).")
      return .success
    }
    try await note.edit(release.number, digest: release.bundle, patience: .seconds(30)) { release in
      release.approvals.append(approval)
      return true
    }
    context.terminal.writeLine(
      "Approved \(words2), as \(note.author.user): \(route.stack) \(release.bundle.prefix(12)).")
    if release.number != deployed.ledger.currentRelease {
      context.terminal.writeLine(
        "Note: \(step.from.name) runs #\(deployed.ledger.currentRelease.map(String.init) ?? "none") now, and that is what a promotion takes."
      )
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
      "\"\(TerminalText.printable(name))\" is none of those who may approve for \"\(profile.name)\": \(names.joined(separator: ", ")).",
      mend: suggestion(for: name, among: names).map { "Did you mean --as \($0)?" }
        ?? "Have one of them run this; --as NAME says in whose name.")
  }
}
