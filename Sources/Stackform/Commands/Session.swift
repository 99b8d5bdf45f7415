import Planner
import Providers

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// What a command works with once it is known where it goes: the resolved stack, the endpoint's clients, the pipeline.
struct Session: Sendable {
  let stack: Stack
  let target: Target
  let client: AWSClient
  let pipeline: Pipeline
  let command: ParsedCommand

  /// Reads the stack's file, finds out who calls and where, and resolves the stack for there.
  static func open(_ command: ParsedCommand, _ context: CommandContext) async throws -> Session {
    let path = try StackFile.path(for: command.stackPath, files: .disk)
    let declaration = try StackDeclaration.load(path, files: .disk)
    let place = try RunPlace(command, stackPath: path, environment: context.environment)
    place.tellNotes(command, context.terminal)
    let client = try place.client(context)
    let target = try await place.target(client)
    let variables = try StackVariables.values(
      for: command, declaration: declaration, profile: place.variables, environment: context.environment,
      files: .disk)
    let stack = try declaration.resolved(
      registry: AWSKinds.registry, target: target, variables: variables, environment: context.environment,
      files: .disk)
    context.redaction.add(stack.secretTexts)
    return Session(stack, target: target, client: client, command: command)
  }

  /// The same for a stack that was resolved before: a saved plan's.
  init(_ stack: Stack, target: Target, client: AWSClient, command: ParsedCommand) {
    self.stack = stack
    self.target = target
    self.client = client
    self.command = command
    pipeline = Pipeline(
      registry: AWSKinds.registry,
      reader: AWSReader(client: ReadingClient(target: target, sender: client)),
      store: S3LedgerStore(
        sender: client, account: target.account ?? "", region: target.region, stack: stack.name,
        isRunning: Platform.isRunning),
      newSalt: { UUID().uuidString }, fingerprinter: { Fingerprinter(salt: $0) })
  }

  /// Plans the stack; a terminal is told when that takes its time.
  func planned(
    _ options: PlanOptions, on terminal: Terminal
  ) async throws(Diagnostics) -> Pipeline.Planned {
    try await ActivityLine(terminal: terminal, text: "Reading what is there")
      .showing { () async throws(Diagnostics) in try await pipeline.plan(stack, options: options) }
  }

  var writer: AWSWriter { AWSWriter(client: WritingClient(target: target, sender: client)) }

  var planOptions: PlanOptions { command.planOptions }

  var lockHolder: LockHolder {
    let environment = ProcessInfo.processInfo.environment
    return LockHolder(
      id: UUID().uuidString.lowercased(), user: environment["USER"] ?? environment["LOGNAME"] ?? "somebody",
      host: Platform.hostName, process: Int(ProcessInfo.processInfo.processIdentifier),
      command: "stackform \(command.name.rawValue) \(command.stackPath)", since: Date.now.formatted(.iso8601))
  }
}

/// What every command gets from the one place that knows the process.
struct CommandContext: Sendable {
  let terminal: Terminal
  /// Masks the secrets of the stack wherever the terminal writes.
  let redaction: Redaction
  let environment: [String: String]
  /// Told of every request with --verbose.
  let trace: (@Sendable (RequestTrace) -> Void)?
}
