import Planner
import Providers

/// Accepts what drifted: writes the live values into the stack's files, after it has shown them and asked. An
/// apply with nothing else to do records it.
struct DriftAcceptance: Sendable {
  let side: ComparisonSide
  let drifted: Pipeline.Drifted
  let context: CommandContext

  private var command: ParsedCommand { side.session.command }
  private var terminal: Terminal { context.terminal }

  /// Shows the edits, asks, writes them, and records them by an apply.
  ///
  /// - Throws: diagnostics for edits that are refused; then nothing is written.
  func run() async throws -> ExitCode {
    var own = command
    own.name = .apply
    own.arguments = [command.stackPath]
    own.values[.accept] = nil
    let working = try await Session.open(own, context)
    let source = try StackSource.workingTree(command.stackPath)
    let files = try StackEdits(
      declaration: source.declaration, stack: working.stack, live: drifted.snapshot.live,
      profile: side.place.target.profile
    ).edited(drifted.report)
    guard files.contains(where: \.isChanged) else {
      terminal.writeLine("The files say so already. `stackform apply` records it.")
      return .success
    }
    try checkOutcome(files, working)
    for file in files where file.isChanged && !command.isJSON {
      terminal.write(UnifiedDiff(style: terminal.style).text(file.path, from: file.before, to: file.after))
    }
    guard try isApproved() else {
      terminal.writeLine(Prompt.Question.accept.cancellation)
      return .failure
    }
    for file in files where file.isChanged { try file.write() }
    return try await record(own)
  }

  private func isApproved() throws(Diagnostic) -> Bool {
    if command.isApproved { return true }
    return try Prompt(terminal: terminal).ask(.accept, refusal: command.inputRefusal) { false } == .approved
  }

  /// The edited files must say what is live: nothing is written that would not.
  private func checkOutcome(_ files: [EditedFile], _ working: Session) throws {
    let overlay = Dictionary(files.map { ($0.path, $0.bytes) }) { first, _ in first }
    let reader = FileReader.disk.overlaid(with: overlay)
    let path = try StackFile.path(for: command.stackPath, files: .disk)
    let declaration = try StackFile.declaration(path, files: reader)
    let variables = try StackVariables.values(
      for: command, declaration: declaration, profile: side.place.place.variables,
      environment: context.environment, files: .disk)
    let stack = try declaration.resolved(
      registry: AWSKinds.registry, target: working.target, variables: variables.mapValues(\.value),
      environment: context.environment, files: reader)
    for entry in drifted.report.entries {
      guard let live = drifted.snapshot.live[entry.address],
        let schema = AWSKinds.registry[entry.section]?.schema,
        let resource = stack[entry.address]?.resolvedIfKnown({ drifted.snapshot.live[$0]?.attributes[$1] })
      else { continue }
      for name in Set(entry.moves.compactMap(\.path.first)) {
        guard let property = schema.property(name) else { continue }
        let wanted = resource[name] ?? property.defaultValue ?? .null
        let left = property.differences(live: live.properties[name], wanted: wanted, pendingMatches: true)
          .map { [name] + $0.path }
        guard
          !entry.moves.contains(where: { move in
            left.contains { $0.starts(with: move.path) || move.path.starts(with: $0) }
          })
        else { throw Diagnostic.notTakenOver("\(entry.address).\(name)") }
      }
    }
  }

  /// An apply that has nothing to do to any resource records what is live now, and a release that wants it.
  /// Where the files hold other changes, or other things moved, only what was taken over is recorded, and the
  /// release is left to the next apply.
  private func record(_ command: ParsedCommand) async throws -> ExitCode {
    let session = try await Session.open(command, context)
    let stop = StopRequest()
    return try await Interrupt.handling(terminal: terminal, stop: stop) { interrupt in
      let run = ApplyRun(session: session, context: context, interrupt: interrupt, stop: stop)
      return try await run.underLock { isHeld async throws(Diagnostics) in
        let planned = try await session.planned(PlanOptions(), on: terminal)
        if planned.plan.steps.isEmpty {
          return try await run.carryOut(planned, isApproved: true, isLockHeld: isHeld)
        }
        try await recordAlone(session, isHeld)
        if !command.isJSON { terminal.writeLine("\n" + Self.othersRemain) }
        return .success
      }
    }
  }

  /// What was taken over, and nothing else.
  private func recordAlone(_ session: Session, _ isLockHeld: LockCheck) async throws(Diagnostics) {
    let (report, live) = (drifted.report, drifted.snapshot.live)
    let fingerprinter = session.pipeline.fingerprinter
    try await session.pipeline.store.revise(isLockHeld: isLockHeld) { ledger throws(Diagnostic) in
      for entry in report.entries {
        guard let found = live[entry.address], let schema = AWSKinds.registry[entry.section]?.schema,
          let resource = session.stack[entry.address]?.resolvedIfKnown({ live[$0]?.attributes[$1] })
        else { continue }
        let names = Set(entry.moves.compactMap(\.path.first))
        ledger.takeOver(names, of: resource, live: found, schema: schema, fingerprinter(ledger.salt))
      }
    }
  }

  private static let othersRemain =
    "Written and recorded. There is more to do here: `stackform plan` shows it, and the next apply makes the release that says all."
}

extension Diagnostic {
  fileprivate static func notTakenOver(_ name: String) -> Diagnostic {
    Diagnostic(
      "Cannot be written there",
      "\(name) would not be what is live, whatever is written into the file there.",
      fix: "Write it by hand, and apply; or put it back: stackform drift --repair \(name)")
  }
}

extension Prompt.Question {
  /// Writing live values into the stack's files.
  fileprivate static let accept = Prompt.Question(
    title: "Do you want to write this?", lines: ["The files will say what is live, as shown above."],
    verb: "approve", cancellation: "Nothing was written.")
}
