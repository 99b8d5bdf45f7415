import Planner
import Providers

/// A release that a profile's ledger has, with its files from the profile's own bucket: no working tree is needed.
struct LoadedRelease: Sendable {
  let opened: OpenedStack
  let ledger: Ledger
  let release: Release
  let source: StackSource

  /// The release that is current there, or the one of that number.
  /// - Throws: if there is none.
  static func load(_ opened: OpenedStack, number: Int? = nil) async throws -> LoadedRelease {
    guard let ledger = try await opened.ledger(), let newest = ledger.releases.last else {
      throw Diagnostic(
        "No release", "\"\(opened.profile.name)\" has no release of the stack \"\(opened.name)\".",
        fix: "Deploy it there first: stackform apply --profile \(opened.profile.name)")
    }
    guard let release = try number.map(ledger.release(named:)) ?? ledger.current else {
      throw Diagnostic(
        "No release",
        "The ledger of \"\(opened.profile.name)\" names none of its releases as the current one.",
        fix:
          "The newest is #\(newest.number): stackform rollback --to \(newest.number) --profile \(opened.profile.name)"
      )
    }
    let bundle = try await opened.bundle(of: release)
    return LoadedRelease(
      opened: opened, ledger: ledger, release: release,
      source: try .release(release, bundle, of: opened.name))
  }

  /// The current one; nil for a target that nothing was promoted to yet.
  static func ifAny(_ opened: OpenedStack) async throws -> LoadedRelease? {
    guard let ledger = try await opened.ledger(), ledger.current != nil else { return nil }
    return try await load(opened)
  }

  var fingerprint: Fingerprinter { Fingerprinter(salt: ledger.salt) }

  /// The stack as it was applied, with the values recorded then. A secret is known if the value given to this
  /// run is the recorded one. Otherwise it is pending, and what depends on it is compared by fingerprints.
  func session(_ context: CommandContext) throws -> Session {
    try Session(
      source, variables: try recordedVariables(context), target: opened.target, client: opened.client,
      command: opened.command, retention: opened.place.retention, context)
  }

  /// The values that were recorded with the release.
  func recordedVariables(_ context: CommandContext) throws(Diagnostics) -> [String: GivenValue] {
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
