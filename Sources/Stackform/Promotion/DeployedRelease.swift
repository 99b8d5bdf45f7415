import Planner
import Providers

/// A release that a profile's ledger has, with its files from the profile's own bucket: no working tree is needed.
struct DeployedRelease: Sendable {
  let opened: OpenedProfile
  let ledger: Ledger
  let release: Release
  let source: StackSource

  /// The release that is current there, or the one of that number.
  /// - Throws: that there is none.
  static func load(
    _ opened: OpenedProfile, stack: String, number: Int? = nil
  ) async throws -> DeployedRelease {
    guard let stored = try await opened.ledger(of: stack), let newest = stored.ledger.releases.last else {
      throw Diagnostic(
        "No release", "\"\(opened.profile.name)\" has no release of the stack \"\(stack)\".",
        mend: "Deploy it there first: stackform apply --profile \(opened.profile.name)")
    }
    guard let release = number.map({ stored.ledger.release($0) }) ?? stored.ledger.current else {
      throw Diagnostic(
        "No release",
        number.map { "\"\(opened.profile.name)\" has no release #\($0) of \"\(stack)\"." }
          ?? "The ledger of \"\(opened.profile.name)\" names none of its releases as the current one.",
        mend: "The newest is #\(newest.number).")
    }
    let store = opened.store(of: stack)
    let bundle = try await LedgerError.told { () async throws(LedgerError) in
      try await store.bundle(release.bundle)
    }
    return DeployedRelease(
      opened: opened, ledger: stored.ledger, release: release, source: try .release(release, bundle))
  }

  /// The current one, or nil where there is none: for a target that nothing was promoted to yet.
  static func ifAny(_ opened: OpenedProfile, stack: String) async throws -> DeployedRelease? {
    guard let stored = try await opened.ledger(of: stack), stored.ledger.current != nil else { return nil }
    return try await load(opened, stack: stack)
  }

  var fingerprint: Fingerprinter { Fingerprinter(salt: ledger.salt) }

  /// The stack as it was applied, with the values recorded then. A secret counts as known where the value given to this run is the recorded one;
  /// else it stays open, and what hangs on it is compared by fingerprints.
  func session(_ context: CommandContext) throws -> Session {
    try Session(
      source, variables: try recordedVariables(context), target: opened.target, client: opened.client,
      command: opened.command, retention: opened.place.retention, context)
  }

  private func recordedVariables(_ context: CommandContext) throws(Diagnostics) -> [String: GivenValue] {
    let given = try StackVariables.values(
      for: opened.command, declaration: source.declaration, profile: opened.place.variables,
      environment: context.environment, files: .disk)
    let candidates = source.declaration.draftVariables(given)
    var values: [String: GivenValue] = [:]
    for (name, recorded) in release.variables {
      if let value = recorded.value {
        values[name] = GivenValue(value, recorded.origin)
      } else if let candidate = candidates[name], fingerprint(candidate.value) == recorded.fingerprint {
        values[name] = GivenValue(candidate.value, recorded.origin)
      } else if let open = try? Template(parsing: "${var.\(name)}") {
        values[name] = GivenValue(.pending(open), recorded.origin)
      }
    }
    return values
  }
}
