import Planner
import Providers

extension OpenedStack {
  var profile: Profile { place.profile }

  /// One end of a promotion: asks who is calling there, and what guards the profile speaks up before anything else is asked.
  static func open(
    _ profile: Profile, of route: PromotionRoute, _ command: ParsedCommand, isTarget: Bool,
    _ context: CommandContext
  ) async throws -> OpenedStack {
    var own = command
    own.values[.profile] = [profile.name]
    // What is confirmed is a target, of a chain one of them; nothing is changed at the source.
    if !isTarget || command.flag(.chain) && command.confirmation != profile.name {
      own.values[.confirm] = nil
    }
    let place = try RunPlace(own, stackPath: route.path, environment: context.environment)
    place.showNotes(own, context)
    let client = try place.client(context)
    return OpenedStack(
      name: route.stack, place: place, target: try await place.target(client), client: client, command: own)
  }

  /// Who is recorded for a word on a release: `--as`, else the user.
  var endorser: ReleaseAuthor {
    var author = Session.author
    if let name = command.value(.as) { author.user = name }
    return author
  }

  /// Writes an endorsement of the release with that number and digest into the ledger. It does so under the
  /// stack's lock, so that no apply's record is lost. Waits a while for a run that is at its end.
  /// - Throws: if the release is not in the ledger any more; or if it must be the current one, and another
  ///   one is.
  func endorse(
    _ release: Release, mustBeCurrent: Bool = false, _ context: CommandContext,
    _ edit: @escaping @Sendable (inout Release) -> Void
  ) async throws {
    var patient = self
    if command.lockTimeout == .zero { patient.command.values[.lockTimeout] = ["30s"] }
    try await patient.revising(context) { [name = profile.name] ledger throws(Diagnostic) in
      guard !mustBeCurrent || ledger.currentRelease == release.number else {
        throw Diagnostic(
          "Another release meanwhile",
          "\"\(name)\" ran #\(release.number) when this began, and runs #\(ledger.currentRelease ?? 0) now: nothing is recorded.",
          fix: "Do it again, for that one.")
      }
      let position = ledger.releases.lastIndex { $0.number == release.number && $0.bundle == release.bundle }
      guard let position else {
        throw Diagnostic(
          "The release is gone", "\"\(name)\" has no release #\(release.number) any more.",
          fix: "`stackform history --profile \(name)` lists what there is.")
      }
      edit(&ledger.releases[position])
    }
  }
}
