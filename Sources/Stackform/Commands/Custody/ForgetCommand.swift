import Planner
import Providers

/// `stackform forget ADDRESS…`: the ledger forgets resources, their owner tags come off, and they live on.
enum ForgetCommand {
  /// Shows what would be forgotten, asks, and does it under the lock.
  static func run(_ command: ParsedCommand, _ context: CommandContext) async throws -> ExitCode {
    try await CustodyRun.with(command, context) { run in
      let stack = run.stack
      guard !command.wordsThatAreNoFiles.isEmpty else { throw Diagnostic.noAddress(.forget) }
      _ = try await stack.existingLedger()
      return try await run.underLocks([stack]) { isHeld async throws(Diagnostics) in
        try await forget(run, isHeld)
      }
    }
  }

  private static func forget(
    _ run: CustodyRun, _ isHeld: LockCheck
  ) async throws(Diagnostics) -> ExitCode {
    let stack = run.stack
    let pipeline = stack.bareSession.pipeline
    let forgetting = try await run.working("Reading the live resources") { () async throws(Diagnostics) in
      try await pipeline.forgetting(
        stack.command.wordsThatAreNoFiles, of: stack.name, target: stack.target, writer: run.writer)
    }
    let renderer = CustodyRenderer(style: run.context.terminal.style)
    return try await run.carryOut(
      renderer.render(forgetting), .forget, activity: "Taking the owner tags off"
    ) { () async throws(Diagnostics) in
      try await pipeline.forget(
        forgetting, run: run.draft(), target: stack.target, writer: run.writer, isLockHeld: isHeld)
    } ending: {
      (
        CustodyRenderer.sentences(forgetting, declared: stack.declared),
        CustodyRenderer.json(forgetting, target: stack.target)
      )
    }
  }
}

extension Prompt.Question {
  fileprivate static let forget = Prompt.Question(
    title: "Do you want to forget these resources?",
    lines: ["Nothing is deleted. Only their owner tags and the ledger change."], verb: "approve",
    cancellation: "Forget cancelled.")
}

extension Diagnostic {
  /// Only a stack file was named.
  static func noAddress(_ command: CommandName) -> Diagnostic {
    Diagnostic(
      "Missing argument", "stackform \(command.rawValue) needs an address: which resource is meant.",
      fix: "Addresses are section.name, as queues.orders; `stackform ledger show` lists them.")
  }
}
