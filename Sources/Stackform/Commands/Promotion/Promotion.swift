import Planner
import Providers

/// One way of one release, with all that is known of both ends: what gates, plan and question are about.
struct Promotion: Sendable {
  let route: PromotionRoute
  let from: LoadedRelease
  let to: OpenedStack
  /// The release's stack as it is in the source, with what was recorded there.
  let sourceSession: Session
  /// The same stack as it is wanted in the target.
  let targetSession: Session
  let targetLedger: Ledger?
  private let source: OnceRead<SourceState>
  private let planned: OnceRead<Plan>
  private let outputs: OnceRead<[Output]>
  /// Changes by hand in the target that the plan would overwrite.
  private let overrunning: OnceRead<[ResourceChange]>

  /// What is live in the source.
  struct SourceState: Sendable {
    let drift: ReleaseDrift
    let live: [Address: LiveResource]
  }

  init(
    _ route: PromotionRoute, from: LoadedRelease, to: OpenedStack, _ context: CommandContext
  ) async throws {
    self.route = route
    self.from = from
    self.to = to
    let sourceSession = try from.session(context)
    let targetSession = try Self.resolved(from, for: to, context)
    try Self.checkArtifacts(of: from, against: targetSession.stack)
    let ledger = try await to.ledger()
    let planned = OnceRead {
      try await targetSession.pipeline.plan(targetSession.stack, options: PlanOptions()).plan
    }
    source = OnceRead { try await Self.sourceState(sourceSession, from) }
    outputs = OnceRead { try await sourceSession.pipeline.outputs(of: sourceSession.stack) }
    overrunning = OnceRead { try await Self.overrun(by: planned, in: to, ledger, context) }
    self.planned = planned
    self.sourceSession = sourceSession
    self.targetSession = targetSession
    targetLedger = ledger
  }

  var release: Release { from.release }
  /// The number of the release that the target runs.
  var targetNumber: Int? { targetLedger?.currentRelease }
  var hold: Hold? { targetLedger?.hold }

  /// What works in the source and will be different in the target.
  var parity: [Diagnostic] {
    Parity.warnings(for: targetSession.stack, from: sourceSession.target, to: targetSession.target)
  }

  /// What is live in the source and not of its release. Read once.
  func sourceDrift() async throws -> ReleaseDrift { try await source.value().drift }
  /// Nothing, where the source can't be read: then it is promoted in spite of that.
  func sourceLive() async -> [Address: LiveResource] { (try? await source.value().live) ?? [:] }
  /// Changes by hand in the target that the promotion would overwrite. Read once.
  func overrun() async throws -> [ResourceChange] { try await overrunning.value() }
  /// The plan of the promotion in the target. Made once.
  func targetPlan() async throws -> Plan { try await planned.value() }
  /// The outputs of the source, from what is live. Read once.
  func sourceOutputs() async throws -> [Output] { try await outputs.value() }

  /// The physical names of the stack's alarms in the source.
  var alarmNames: [String] {
    ["alarms", "compositeAlarms"].flatMap { sourceSession.stack.resources(in: $0) }.compactMap(\.name)
  }

  /// What to type for an approval that is missing.
  var approveLine: String {
    let from = to.profile.promoteFrom == from.opened.profile.name ? "" : " --from \(from.opened.profile.name)"
    return "stackform approve \(to.profile.name)\(from) --stack \(route.stack)"
  }

  /// What to type for a test that is missing.
  func verifyLine(_ name: String?) -> String {
    "stackform verify \(from.opened.profile.name) --stack \(route.stack)"
      + (name.map { " --name \($0)" } ?? "")
      + " -- COMMAND"
  }

  /// Whether the target runs this very release already: the same files with the same values.
  func isThere(_ ledger: Ledger?) -> Bool {
    guard let ledger, let current = ledger.current, let draft = targetSession.release, !current.isPartial
    else {
      return false
    }
    return current.bundle == draft.bundle.digest && current.stackFile == draft.stackFile
      && current.artifacts == draft.artifacts
      && current.variables == draft.recordedVariables(Fingerprinter(salt: ledger.salt))
  }

  // MARK: The two ends

  /// The release for the target. Values given in the source come first; the target profile's values go over
  /// them, and values given now over both.
  private static func resolved(
    _ from: LoadedRelease, for to: OpenedStack, _ context: CommandContext
  ) throws -> Session {
    let declaration = from.source.declaration
    var travelling: [String: GivenValue] = [:]
    for (name, variable) in from.release.variables where variable.origin == .given {
      if let value = variable.value { travelling[name] = GivenValue(value, .given) }
    }
    let values = try StackVariables.values(
      for: to.command, declaration: declaration, profile: to.place.variables,
      environment: context.environment, files: .disk, beneath: travelling)
    let missing = from.release.variables.filter { name, variable in
      variable.isSecret && variable.origin == .given && values[name] == nil
    }
    guard missing.isEmpty else {
      throw Diagnostics(missing.keys.sorted().map { .secretNotGiven($0, from: from, to: to.profile) })
    }
    var session = try Session(
      from.source, variables: values, target: to.target, client: to.client, command: to.command,
      retention: to.place.retention, context)
    session.release?.origin = .promote(
      from: ReleaseOrigin.PromotedFrom(
        profile: from.opened.profile.name, account: from.opened.target.account,
        region: from.opened.target.region, release: from.release.number))
    session.release?.commit = from.release.commit
    // A secret of many lines is masked line by line, too: programs write lines.
    let lines = session.stack.secretTexts.flatMap { $0.split(separator: "\n").map(String.init) }
    context.redaction.add(lines.filter { $0.count >= 8 })
    return session
  }

  /// The same files give the same bytes: other ones mean another packer, and then it is not what was tested.
  private static func checkArtifacts(of from: LoadedRelease, against stack: Stack) throws(Diagnostics) {
    let changed = from.release.changedArtifacts(in: stack)
    guard !changed.isEmpty else { return }
    throw Diagnostics(
      changed.map { address in
        Diagnostic(
          "Other bytes than were tested",
          "\(address) packs to other bytes here than in release #\(from.release.number) of \"\(from.opened.profile.name)\".",
          fix:
            "Promote with the Stackform that applied the release; or apply it there again, and promote that.")
      })
  }

  private static func sourceState(_ session: Session, _ from: LoadedRelease) async throws -> SourceState {
    let planned = try await session.pipeline.plan(session.stack, options: .release)
    let drift = ReleaseDrift(of: planned, registry: session.pipeline.registry, fingerprint: from.fingerprint)
    return SourceState(drift: drift, live: planned.snapshot.live)
  }

  /// What is live in the target and not of its own release, for resources and properties that the promotion
  /// changes.
  private static func overrun(
    by wanted: OnceRead<Plan>, in to: OpenedStack, _ ledger: Ledger?, _ context: CommandContext
  ) async throws -> [ResourceChange] {
    guard let deployed = try await LoadedRelease.ifAny(to) else { return [] }
    let session = try deployed.session(context)
    let own = try await session.pipeline.plan(session.stack, options: .release)
    let drift = ReleaseDrift(of: own, registry: session.pipeline.registry, fingerprint: deployed.fingerprint)
    // Resources that an unfinished promotion touched were changed by it, and not by hand.
    var excused = Set(ledger?.underway?.addresses ?? [])
    excused.formUnion((ledger?.records ?? [:]).filter { $0.value.intent != nil }.keys)
    return drift.overrun(by: try await wanted.value(), except: excused)
  }
}

/// Something that several want to know and that is read once.
final class OnceRead<Content: Sendable>: Sendable {
  private let task: Locked<Task<Content, any Error>?>
  private let read: @Sendable () async throws -> Content

  init(_ read: @escaping @Sendable () async throws -> Content) {
    self.read = read
    task = Locked(nil)
  }

  /// The value; the first caller starts the read, and all others wait for it.
  func value() async throws -> Content {
    let task = task.withLock { task in
      if let task { return task }
      let new = Task { try await read() }
      task = new
      return new
    }
    return try await task.value
  }
}

extension Diagnostic {
  fileprivate static func secretNotGiven(
    _ name: String, from: LoadedRelease, to profile: Profile
  ) -> Diagnostic {
    Diagnostic(
      "A secret is missing",
      "variables.\(name) was given to release #\(from.release.number) of \"\(from.opened.profile.name)\", and a secret is never kept with a release.",
      fix:
        "Give the value for \"\(profile.name)\": STACKFORM_VAR_\(name)=… in the environment, or --var-file.")
  }
}
