import Planner
import Providers

/// What `forget`, `move` and `rename-stack` have in common: they show what they would do, ask, and do it under locks.
struct CustodyRun: Sendable {
  let stack: OpenedStack
  let context: CommandContext
  let interrupt: Interrupt
  let stop: StopRequest

  private var command: ParsedCommand { stack.command }

  var writer: AWSWriter { stack.bareSession.writer }

  /// Runs `work` under the locks of these stacks. They are taken in the order of the names, whoever takes them, so that no
  /// two runs wait for each other.
  func underLocks(
    _ stacks: [OpenedStack],
    _ work: @escaping @Sendable (_ isHeld: @escaping LockCheck) async throws(Diagnostics) -> ExitCode
  ) async throws(Diagnostics) -> ExitCode {
    try await underLocks(of: stacks.sorted { $0.name < $1.name }[...], { true }, work)
  }

  private func underLocks(
    of stacks: ArraySlice<OpenedStack>, _ others: @escaping LockCheck,
    _ work: @escaping @Sendable (_ isHeld: @escaping LockCheck) async throws(Diagnostics) -> ExitCode
  ) async throws(Diagnostics) -> ExitCode {
    guard let first = stacks.first else { return try await work(others) }
    let run = ApplyRun(session: first.bareSession, context: context, interrupt: interrupt, stop: stop)
    return try await run.underLock { isHeld async throws(Diagnostics) in
      try await underLocks(
        of: stacks.dropFirst(),
        {
          guard await isHeld() else { return false }
          return await others()
        }, work)
    }
  }

  /// Shows what would be done, asks, does it with a sign of life that says `activity`, and says how it ended: in
  /// sentences, and for machines as a document.
  func carryOut(
    _ shown: String, _ question: Prompt.Question, activity: String,
    _ work: () async throws(Diagnostics) -> Void, ending: () -> (sentences: [String], document: Value)
  ) async throws(Diagnostics) -> ExitCode {
    show(shown)
    if let refusal = try refusal(of: question) { return refusal }
    try await working(activity, work)
    let (sentences, document) = ending()
    finish(sentences, document)
    return .success
  }

  /// Writes the target, and what would be done.
  private func show(_ text: String) {
    guard !command.isJSON else { return }
    let banner = Banner(style: context.terminal.style, isVerbose: command.isVerbose)
    context.terminal.write(banner.render(stack.target, stack: stack.name) + "\n\n" + text)
  }

  /// Writes how it ended; for machines the document.
  private func finish(_ sentences: [String], _ document: Value) {
    guard !command.isJSON else { return context.terminal.write(document.prettyJSON) }
    let lines = sentences.flatMap { TerminalText.wrapped($0, to: context.terminal.textWidth) }
    context.terminal.write("\n" + lines.map { $0 + "\n" }.joined())
  }

  /// The exit code where it was not approved; nil where it was.
  private func refusal(of question: Prompt.Question) throws(Diagnostics) -> ExitCode? {
    do throws(Diagnostic) {
      let answer = try Approval(target: stack.target, question: question)
        .ask(command, on: context.terminal) { interrupt.isRequested }
      switch answer {
      case .approved: return nil
      case .declined:
        context.terminal.writeLine(question.cancellation)
        return .failure
      case .interrupted: return .interrupted
      }
    } catch { throw Diagnostics([error]) }
  }

  /// The work, with a sign of life on a terminal.
  func working<Result>(
    _ text: String, _ work: () async throws(Diagnostics) -> Result
  ) async throws(Diagnostics) -> Result {
    try await ActivityLine(terminal: context.terminal, text: text).showing(work)
  }

  /// What the run's note in the history says: the command and its addresses, and where they go.
  func draft(_ more: String = "") -> RunDraft {
    var draft = stack.bareSession.run
    draft.command += more
    return draft
  }

  /// Opens the place where the stack is, and runs `work` with ^C handled. Whether there is such a stack is looked at by
  /// the work.
  static func with(
    _ command: ParsedCommand, _ context: CommandContext,
    _ work: @escaping @Sendable (CustodyRun) async throws -> ExitCode
  ) async throws -> ExitCode {
    let stack = try await OpenedStack.open(command, context)
    let stop = StopRequest()
    return try await Interrupt.handling(terminal: context.terminal, stop: stop) { interrupt in
      try await work(CustodyRun(stack: stack, context: context, interrupt: interrupt, stop: stop))
    }
  }
}

extension OpenedStack {
  /// Another stack of the same place, which need not be there yet.
  /// - Throws: if no stack can be called so.
  func sibling(_ name: String) throws(Diagnostic) -> OpenedStack {
    guard StackDeclaration.canBeCalled(name) else { throw .badStackName(name) }
    return OpenedStack(name: name, place: place, target: target, client: client, command: command)
  }

  /// What the stack's file declares, where it is at hand and is this stack's; nil else.
  var declared: Set<Address>? {
    guard let path = try? StackFile.path(for: command.stackPath, files: .disk),
      let declaration = try? StackFile.declaration(path), declaration.name == name
    else { return nil }
    return Set(declaration.resources.map(\.address))
  }
}
