import Planner
import Providers

/// `stackform rename-stack OLD NEW`: a stack gets another name, with its releases and its history.
enum RenameStackCommand {
  /// Shows what would be renamed, asks, and does it under the locks of both names.
  static func run(_ command: ParsedCommand, _ context: CommandContext) async throws -> ExitCode {
    let (old, new) = (command.arguments[0], command.arguments[1])
    var named = command
    named.values[.stack] = [old]
    return try await CustodyRun.with(named, context) { run in
      let next = try run.stack.sibling(new)
      let isHere = try await run.stack.ledger() != nil
      // A run that was killed near its end has left the new ledger alone.
      if !isHere, try await next.ledger()?.renaming == nil { _ = try await run.stack.existingLedger() }
      return try await run.underLocks(old == new ? [next] : [run.stack, next]) {
        isHeld async throws(Diagnostics) in try await rename(to: next, run, isHeld)
      }
    }
  }

  private static func rename(
    to next: OpenedStack, _ run: CustodyRun, _ isHeld: LockCheck
  ) async throws(Diagnostics) -> ExitCode {
    let stack = run.stack
    let renamer = StackRenamer(
      stack.bareSession.pipeline, to: next.store, place: stack.target, writer: run.writer)
    let rename = try await renamer.plan(from: stack.name, to: next.name)
    let edit = StackNameEdit(path: stack.command.stackPath, from: stack.name, to: next.name)
    let outcome = Locked<String>("")
    return try await run.carryOut(
      CustodyRenderer(style: run.context.terminal.style).render(rename, edit: edit.intention), .renameStack,
      activity: "Rewriting the owner tags"
    ) { () async throws(Diagnostics) in
      try await renamer.carryOut(rename, run: run.draft(), isLockHeld: isHeld) {
        let words = edit.perform()
        outcome.withLock { $0 = words }
      }
    } ending: {
      let words = outcome.withLock { $0 }
      return (
        ["Renamed the stack \"\(stack.name)\" to \"\(next.name)\".", words],
        CustodyRenderer.json(rename, target: stack.target, file: words)
      )
    }
  }
}

extension Prompt.Question {
  fileprivate static let renameStack = Prompt.Question(
    title: "Do you want to rename the stack?",
    lines: ["Nothing is deleted. Only owner tags, the ledger and the file change."], verb: "approve",
    cancellation: "Renaming cancelled.")
}

/// The line `stack:` of a stack file.
struct StackNameEdit: Sendable {
  let path: String
  let from: String
  let to: String

  private enum State {
    case absent
    case other(String, path: String)
    case done(path: String)
    case pending(path: String)
  }

  private var state: State {
    guard let path = try? StackFile.path(for: path, files: .disk),
      let bytes = try? FileReader.disk.read(path),
      let source = try? YAMLParser.source(name: path, bytes: bytes),
      let name = try? YAMLParser.parse(source)?["stack"]?.text
    else { return .absent }
    if name == to { return .done(path: path) }
    return name == from ? .pending(path: path) : .other(name, path: path)
  }

  /// What will be done to the file, as a sentence.
  var intention: String {
    if case .pending(let path) = state { return "\(path) will say `stack: \(to)`." }
    return advice
  }

  private var advice: String {
    switch state {
    case .absent: "No stack file is at hand: write `stack: \(to)` into it."
    case .other(let name, let path):
      "\(path) is of the stack \"\(TerminalText.printable(name))\" and is left as it is: "
        + "write `stack: \(to)` into \"\(from)\"'s file."
    case .done(let path): "\(path) says `stack: \(to)`."
    case .pending(let path): "\(path) still says `stack: \(from)`: write `stack: \(to)`."
    }
  }

  /// Edits the file where it is this stack's, and says what became of it. A file that can't be edited is the user's to
  /// edit: the stack is renamed all the same.
  func perform() -> String {
    guard case .pending(let path) = state, let bytes = try? FileReader.disk.read(path),
      let source = try? YAMLParser.source(name: path, bytes: bytes),
      let text = try? YAMLEditor(source).setting(["stack"], to: .string(to), current: .string(from))
    else { return advice }
    var file = EditedFile(source)
    file.replace(text)
    guard (try? file.write()) != nil else { return advice }
    return "Edited \(path): `stack: \(to)`."
  }
}
