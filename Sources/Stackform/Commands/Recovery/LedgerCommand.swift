import Planner
import Providers

/// `stackform ledger show|rebuild|repair [STACK]`: shows the ledger, and restores it when it is lost or
/// damaged.
enum LedgerCommand {
  private enum Action: String, CaseIterable { case show, rebuild, repair }

  /// Shows, rebuilds or repairs the ledger.
  static func run(_ command: ParsedCommand, _ context: CommandContext) async throws -> ExitCode {
    let words = Action.allCases.map(\.rawValue)
    guard let word = command.subject, let action = Action(rawValue: word) else {
      throw Diagnostic(
        "Unknown action", "`stackform ledger` has no action \"\(command.subject ?? "")\".",
        fix: command.subject.flatMap { suggestion(for: $0, among: words) }.map { "Did you mean \"\($0)\"?" }
          ?? "There are: \(words.joined(separator: ", ")).")
    }
    if action == .show { return try await show(command, context) }
    guard command.value(.stack) == nil else {
      throw Diagnostic(
        "Options that don't go together",
        "\(word) looks for what the stack file names, and --stack gives a name alone.",
        fix: "Name the stack's file or folder: stackform ledger \(word) stacks/shop")
    }
    let session = try await Session.open(command, context)
    let place = LedgerPlace(sender: session.client, in: session.target, isRunning: Platform.isRunning)
    let store = place.store(of: session.stack.name)
    showPlace(session.target, session.stack.name, command, context)
    let stop = StopRequest()
    return try await Interrupt.handling(terminal: context.terminal, stop: stop) { interrupt in
      let run = ApplyRun(session: session, context: context, interrupt: interrupt, stop: stop)
      let recovery = LedgerRecovery(
        session: session, store: store, context: context, isRepair: action == .repair,
        isInterrupted: { interrupt.isRequested })
      return try await run.underLock { isHeld async throws(Diagnostics) in
        try await recovery.run(isLockHeld: isHeld)
      }
    }
  }

  private static func showPlace(
    _ target: Target, _ stack: String, _ command: ParsedCommand, _ context: CommandContext
  ) {
    guard !command.isJSON else { return }
    let banner = Banner(style: context.terminal.style, isVerbose: command.isVerbose)
    context.terminal.writeLine(banner.render(target, stack: stack) + "\n")
  }

  private static func show(_ command: ParsedCommand, _ context: CommandContext) async throws -> ExitCode {
    let stack = try await OpenedStack.open(command, context)
    let store = stack.store
    showPlace(stack.target, stack.name, command, context)
    let raw = try await LedgerRecovery.ledger { () async throws(LedgerError) in try await store.raw() }
    guard let raw else {
      throw Diagnostic(
        "There is no ledger",
        "\(store.place) is not there: the stack was never applied here, or its ledger is lost.",
        fix: "`stackform ledger rebuild` makes one from the resources with the stack's owner tags.")
    }
    guard let ledger = raw.ledger else {
      throw raw.problem?.diagnostic ?? LedgerError.changedMeanwhile.diagnostic
    }
    if command.isJSON {
      context.terminal.write(String(decoding: raw.body, as: UTF8.self) + "\n")
    } else {
      context.terminal.write(
        LedgerRenderer(style: context.terminal.style)
          .render(ledger, place: store.place, bytes: raw.body.count))
    }
    return .success
  }
}
