import Planner
import Providers

/// `stackform move ADDRESS… --to STACK`: resources become another stack's.
enum MoveCommand {
  /// Shows what would be moved, asks, and does it under the locks of both stacks.
  static func run(_ command: ParsedCommand, _ context: CommandContext) async throws -> ExitCode {
    guard let name = command.value(.to) else {
      throw Diagnostic(
        "Missing option", "stackform move needs --to STACK: the stack that the resource goes to.",
        fix: "`stackform stacks` lists those that are there.")
    }
    let newAddress = try command.value(.as).map(address)
    return try await CustodyRun.with(command, context) { run in
      guard !command.wordsThatAreNoFiles.isEmpty else { throw Diagnostic.noAddress(.move) }
      let target = try run.stack.sibling(name)
      // A run that was killed at its end may have left all to the target.
      if try await target.ledger()?.isReceiving(from: run.stack.name) != true {
        _ = try await run.stack.existingLedger()
      }
      return try await run.underLocks(name == run.stack.name ? [target] : [run.stack, target]) {
        isHeld async throws(Diagnostics) in
        try await move(newAddress, to: target, run, isHeld)
      }
    }
  }

  private static func address(_ text: String) throws(Diagnostic) -> Address {
    if let address = Address(text) { return address }
    throw Diagnostic(
      "Malformed address", "--as \(TerminalText.printable(text)) is no address.",
      fix: "Addresses are section.name, as queues.orders.")
  }

  private static func move(
    _ newAddress: Address?, to target: OpenedStack, _ run: CustodyRun, _ isHeld: LockCheck
  ) async throws(Diagnostics) -> ExitCode {
    let stack = run.stack
    let mover = StackMover(
      stack.bareSession.pipeline, to: target.store, place: stack.target, writer: run.writer)
    let move = try await run.working("Reading the live resources") { () async throws(Diagnostics) in
      try await mover.plan(
        stack.command.wordsThatAreNoFiles, as: newAddress, from: stack.name, to: target.name)
    }
    return try await run.carryOut(
      CustodyRenderer(style: run.context.terminal.style).render(move), .move,
      activity: "Rewriting the owner tags"
    ) { () async throws(Diagnostics) in
      try await mover.carryOut(move, run: run.draft(" --to \(target.name)"), isLockHeld: isHeld)
    } ending: {
      (
        CustodyRenderer.sentences(move, declared: stack.declared),
        CustodyRenderer.json(move, target: stack.target)
      )
    }
  }
}

extension Prompt.Question {
  fileprivate static let move = Prompt.Question(
    title: "Do you want to move these resources?",
    lines: ["Nothing is deleted. Only their owner tags and the two ledgers change."], verb: "approve",
    cancellation: "Move cancelled.")
}
