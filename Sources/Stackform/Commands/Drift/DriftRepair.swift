import Planner
import Providers

/// Restores what drifted: an apply of the deployed release to the resources that drifted. Undeclared
/// properties get their former value where it is known.
struct DriftRepair: Sendable {
  let side: ComparisonSide
  let drifted: Pipeline.Drifted
  let context: CommandContext

  /// Plans the repair, shows it, asks, and applies it under the lock.
  func run() async throws -> ExitCode {
    let session = try session()
    show(leftAlone)
    let addresses = drifted.report.entries.filter { ![.unknown, .unfinished].contains($0.kind) }
      .map(\.address)
    guard !addresses.isEmpty else { return .failure }
    var options = PlanOptions()
    options.only = Set(addresses)
    options.excludes = side.session.command.exclusions
    let stop = StopRequest()
    return try await Interrupt.handling(terminal: context.terminal, stop: stop) { [options] interrupt in
      let run = ApplyRun(session: session, context: context, interrupt: interrupt, stop: stop)
      return try await run.underLock { isHeld async throws(Diagnostics) in
        let planned = try await session.planned(options, on: context.terminal)
        guard planned.ledger.serial == drifted.ledger?.serial else {
          throw Diagnostics([.appliedMeanwhile])
        }
        return try await run.carryOut(
          planned, isApproved: side.session.command.isApproved, isLockHeld: isHeld)
      }
    }
  }

  /// The deployed release, with its secrets given again, and the former values of undeclared properties.
  private func session() throws -> Session {
    var session = side.session
    if let release = side.release {
      let variables = ReleasedVariables(
        release: release, command: session.command, profile: side.place.place.variables,
        environment: context.environment)
      session = try Session(
        side.source, variables: variables.values(for: side.source.declaration), target: side.place.target,
        client: side.place.client, command: session.command, retention: side.place.place.retention, context)
      session.release?.isKept = true
    }
    session.release?.origin = .repair
    return Session(restoring(session), of: session)
  }

  private func restoring(_ session: Session) -> Stack {
    var stack = session.stack
    for entry in drifted.report.entries {
      guard var resource = stack[entry.address] else { continue }
      keepOthers(of: entry, in: &resource)
      for move in entry.moves where !move.isDeclared && move.path.count == 1 {
        guard let former = move.former, let name = move.path.first, resource[name] == nil else { continue }
        let standard = AWSKinds.registry[entry.section]?.schema.property(name)?.defaultValue
        resource.properties[name] = former.isNull ? standard ?? .null : former
        resource.restored = (resource.restored ?? []).union([name])
      }
      stack[entry.address] = resource
    }
    return stack
  }

  /// Only what moved, or was chosen of it, is put back: what was taken over since the release, or not chosen, stays as it is.
  private func keepOthers(of entry: DriftEntry, in resource: inout Resource) {
    guard entry.kind == .changed, let live = drifted.snapshot.live[entry.address],
      let schema = AWSKinds.registry[entry.section]?.schema
    else { return }
    let moved = Set(entry.moves.compactMap(\.path.first))
    let wanted = resource.resolvedIfKnown { drifted.snapshot.live[$0]?.attributes[$1] }
    let accepted = Set(drifted.ledger?.records[entry.address]?.declared ?? [])
    for property in schema.properties where !moved.contains(property.name) && !property.isLocal {
      // The release does not have it, and the file got it since.
      if resource[property.name] == nil, accepted.contains(property.name) {
        resource.properties[property.name] = live.properties[property.name]
      }
      guard let value = wanted[property.name], !property.isWriteOnly, !live.untold.contains(property.name),
        !property.differences(live: live.properties[property.name], wanted: value, pendingMatches: true)
          .isEmpty
      else { continue }
      resource.properties[property.name] = live.properties[property.name] ?? .null
    }
  }

  /// What drifted and can't be restored, because the former value is not known.
  private var leftAlone: [String] {
    drifted.report.entries.flatMap { entry -> [String] in
      if entry.kind == .unknown {
        return [
          "\(entry.address) has this stack's tags and is not in its ledger; `stackform apply` records it."
        ]
      }
      if entry.kind == .unfinished {
        return [
          "\(entry.address) was being made by a run that did not come to its end; `stackform apply` finishes it."
        ]
      }
      return entry.moves.filter { !$0.isDeclared && ($0.former == nil || $0.path.count > 1) }.map { move in
        "\(entry.address).\(move.name) stays as it is: it is not declared, and its former value is not known."
      }
    }
  }

  private func show(_ notes: [String]) {
    for note in notes where !side.session.command.isJSON {
      context.terminal.writeError("Note: \(note)\n")
    }
  }
}

extension PropertyMove {
  /// The value to put back; nil when it is not known.
  fileprivate var former: Value? {
    switch was {
    case .value(let value): value
    case .nothing: .null
    case .notKept: nil
    }
  }
}

extension Session {
  /// The same session with another stack.
  init(_ stack: Stack, of session: Session) {
    self.init(stack, target: session.target, client: session.client, command: session.command)
    release = session.release
  }
}

extension Diagnostic {
  /// The report was made before another run.
  static let appliedMeanwhile = Diagnostic(
    "Something was applied meanwhile", "The drift was found before another run ended.",
    fix: "Look again: stackform drift")
}
