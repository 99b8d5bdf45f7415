import Planner
import Providers

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// What a command works with once its target is known: the resolved stack, the endpoint's clients, the
/// pipeline.
struct Session: Sendable {
  var stack: Stack
  let target: Target
  let client: AWSClient
  let pipeline: Pipeline
  let command: ParsedCommand
  /// The release draft of an apply; nil for a stack without its files.
  var release: ReleaseDraft?
  /// What a run says of itself in its journal.
  var run: RunDraft

  /// Reads the stack's file, finds out who calls and where, and resolves the stack for there.
  static func open(_ command: ParsedCommand, _ context: CommandContext) async throws -> Session {
    var source = try StackSource.workingTree(command.stackPath)
    let path = try StackFile.path(for: command.stackPath, files: .disk)
    let place = try RunPlace(command, stackPath: path, environment: context.environment)
    source.declaration.companions = place.companions
    place.showNotes(command, context)
    let client = try place.client(context)
    let target = try await place.target(client)
    let variables = try StackVariables.values(
      for: command, declaration: source.declaration, profile: place.variables,
      environment: context.environment, files: .disk)
    var session = try Session(
      source, variables: variables, target: target, client: client, command: command,
      retention: place.retention, context)
    session.stack.warnings.add(contentsOf: place.warnings)
    return session
  }

  /// Resolves a stack for a place that is known: the working tree's, or a release's.
  init(
    _ source: StackSource, variables: [String: GivenValue], target: Target, client: AWSClient,
    command: ParsedCommand, retention: Retention, _ context: CommandContext
  ) throws {
    context.guardSecrets(of: source.declaration, variables)
    let stack = try source.declaration.resolved(
      registry: AWSKinds.registry, target: target, variables: variables.mapValues(\.value),
      environment: context.environment, files: source.files)
    context.redaction.add(stack.secretTexts)
    self.init(stack, target: target, client: client, command: command)
    release = command.recordsRelease ? draft(of: source, variables) : nil
    release?.retention = retention
    release?.dropsOldFiles = command.usesLock
  }

  /// The same for a stack that was resolved before: a saved plan's.
  init(_ stack: Stack, target: Target, client: AWSClient, command: ParsedCommand) {
    self.stack = stack
    self.target = target
    self.client = client
    self.command = command
    run = Self.runDraft(of: command, at: client.timeText())
    pipeline = Pipeline(
      registry: AWSKinds.registry,
      reader: AWSReader(client: ReadingClient(target: target, sender: client)),
      store: LedgerPlace(sender: client, in: target, isRunning: Platform.isRunning).store(of: stack.name),
      newSalt: { UUID().uuidString }, fingerprinter: { Fingerprinter(salt: $0) },
      learnsWhatIsNotReturned: !target.isAWS)
  }

  private func draft(of source: StackSource, _ variables: [String: GivenValue]) -> ReleaseDraft {
    let (bundle, stackFile) = source.bundle
    var draft = ReleaseDraft(
      bundle: bundle.sealed, stackFile: stackFile, artifacts: stack.packedArtifacts,
      variables: source.declaration.draftVariables(variables), author: Self.author,
      commit: source.commit, now: client.timeText)
    draft.isPartial = !command.targets.isEmpty || !command.exclusions.isEmpty
    return draft
  }

  /// Plans the stack. If that takes long, a terminal shows it.
  func planned(
    _ options: PlanOptions, on terminal: Terminal
  ) async throws(Diagnostics) -> Pipeline.Planned {
    var planned = try await ActivityLine(terminal: terminal, text: "Reading the live resources")
      .showing { () async throws(Diagnostics) in try await pipeline.plan(stack, options: options) }
    try await AdoptionCheck(place: LedgerPlace(sender: client, in: target, isRunning: Platform.isRunning))
      .refuseOthers(in: planned)
    // Of a destroy the file's own do not matter.
    if planned.plan.isDestroy { planned.stack.warnings = Diagnostics() }
    return planned
  }

  /// The same with a warning where the stack looks like another one under a new name: for the plan that is shown first.
  func plannedWithHints(
    _ options: PlanOptions, on terminal: Terminal
  ) async throws(Diagnostics) -> Pipeline.Planned {
    let check = RenamedStackCheck(
      place: LedgerPlace(sender: client, in: target, isRunning: Platform.isRunning))
    var planned: Pipeline.Planned
    do throws(Diagnostics) { planned = try await self.planned(options, on: terminal) } catch {
      var refusal = error
      if let warning = try await check.warning(on: refusal, of: stack) { refusal.add(warning) }
      throw refusal
    }
    if let warning = try await check.warning(on: planned) { planned.stack.warnings.add(warning) }
    return planned
  }

  var writer: AWSWriter { AWSWriter(client: WritingClient(target: target, sender: client)) }

  var planOptions: PlanOptions { command.planOptions }

  /// Who runs this, and where.
  static var author: ReleaseAuthor {
    let environment = ProcessInfo.processInfo.environment
    return ReleaseAuthor(
      user: environment["USER"] ?? environment["LOGNAME"] ?? "somebody", host: Platform.hostName)
  }

  var lockHolder: LockHolder { Self.lockHolder(of: command) }

  static func lockHolder(of command: ParsedCommand) -> LockHolder {
    LockHolder(
      id: UUID().uuidString.lowercased(), user: author.user, host: author.host,
      process: Int(ProcessInfo.processInfo.processIdentifier), identity: Platform.ownIdentity,
      command: Self.line(of: command), since: Date.now.formatted(.iso8601))
  }

  private static func runDraft(of command: ParsedCommand, at time: String) -> RunDraft {
    RunDraft(
      command: line(of: command), author: author, time: time,
      token: String(UUID().uuidString.lowercased().prefix(4)))
  }

  /// The command without its options, whose values may be secrets.
  private static func line(of command: ParsedCommand) -> String {
    (["stackform", command.name.rawValue] + command.arguments.filter { !$0.isEmpty }).joined(separator: " ")
  }
}

extension AWSClient {
  /// The time by the endpoint's clock, ISO 8601.
  @Sendable func timeText() -> String { time.formatted(.iso8601) }
}

/// What every command gets from the one place that knows the process.
struct CommandContext: Sendable {
  let terminal: Terminal
  /// Masks the secrets of the stack wherever the terminal writes.
  let redaction: Redaction
  let environment: [String: String]
  /// Called for every request with --verbose.
  let trace: (@Sendable (RequestTrace) -> Void)?
  private let shown = Locked<Set<String>>([])

  init(
    terminal: Terminal, redaction: Redaction, environment: [String: String],
    trace: (@Sendable (RequestTrace) -> Void)?
  ) {
    self.terminal = terminal
    self.redaction = redaction
    self.environment = environment
    self.trace = trace
  }

  /// Takes up the secrets of a run as soon as they are known, before anything is said of the stack. Says which
  /// of them are too short to be masked.
  func guardSecrets(of declaration: StackDeclaration, _ values: [String: GivenValue]) {
    var short: [String] = []
    for (name, value) in declaration.secrets(values.mapValues(\.value)) {
      let texts = value.scalarTexts
      redaction.add(texts)
      if texts.contains(where: { !$0.isEmpty && !Redaction.canMask($0) }) { short.append(name) }
    }
    guard !short.isEmpty else { return }
    showOnce(
      "Secrets of fewer than \(Redaction.shortest) characters are not masked, for such a text occurs everywhere "
        + "by chance: \(short.sorted().joined(separator: ", ")). Choose longer ones.")
  }

  /// Writes a note to standard error, the same note only once: two ends of a promotion have much in common.
  func showOnce(_ note: String) {
    guard shown.withLock({ $0.insert(note).inserted }) else { return }
    terminal.writeError(terminal.errorStyle(note, .dim) + "\n")
  }
}
