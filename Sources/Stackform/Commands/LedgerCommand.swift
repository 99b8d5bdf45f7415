import Planner
import Providers

/// `stackform ledger show|rebuild|repair [STACK]`: looks at the ledger, and brings it back when it is lost or damaged.
enum LedgerCommand {
  private enum Action: String, CaseIterable { case show, rebuild, repair }

  static func run(_ command: ParsedCommand, _ context: CommandContext) async throws -> ExitCode {
    let words = Action.allCases.map(\.rawValue)
    guard let word = command.subject, let action = Action(rawValue: word) else {
      throw Diagnostic(
        "Unknown action", "`stackform ledger` has no action \"\(command.subject ?? "")\".",
        mend: command.subject.flatMap { suggestion(for: $0, among: words) }.map { "Did you mean \"\($0)\"?" }
          ?? "There are: \(words.joined(separator: ", ")).")
    }
    let session = try await Session.open(command, context)
    let store = S3LedgerStore(
      sender: session.client, account: session.target.account ?? "", region: session.target.region,
      stack: session.stack.name, isRunning: Platform.isRunning)
    if !command.isJSON {
      context.terminal.writeLine(
        Banner(style: context.terminal.style, isVerbose: command.isVerbose)
          .render(session.target, stack: session.stack.name) + "\n")
    }
    if action == .show { return try await show(store, command, context) }
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

  private static func show(
    _ store: S3LedgerStore, _ command: ParsedCommand, _ context: CommandContext
  ) async throws -> ExitCode {
    let raw = try await LedgerRecovery.ledger { () async throws(LedgerError) in try await store.raw() }
    guard let raw else {
      throw Diagnostic(
        "There is no ledger",
        "\(store.place) is not there: the stack was never applied here, or its ledger is lost.",
        mend: "`stackform ledger rebuild` makes one of what bears the stack's owner tags.")
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
