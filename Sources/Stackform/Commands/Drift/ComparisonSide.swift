import Planner
import Providers

/// What runs in one profile: the release that is deployed there with the values that were recorded, or, where
/// nothing was released yet, the working tree's stack.
struct ComparisonSide: Sendable {
  let place: OpenedStack
  let ledger: Ledger?
  /// nil where nothing was released.
  let release: Release?
  let source: StackSource
  let variables: [String: GivenValue]
  let session: Session

  /// Asks who is calling there, and reads the ledger and the release's files.
  static func open(_ command: ParsedCommand, _ context: CommandContext) async throws -> ComparisonSide {
    let place = try await OpenedStack.open(command, context)
    let deployed = try await LoadedRelease.ifAny(place)
    var ledger = deployed?.ledger
    if deployed == nil { ledger = try await place.ledger() }
    var source = try deployed?.source ?? StackSource.workingTree(command.stackPath)
    if deployed == nil { source.declaration.companions = place.place.companions }
    let variables =
      try deployed?.recordedVariables(context)
      ?? StackVariables.values(
        for: command, declaration: source.declaration, profile: place.place.variables,
        environment: context.environment, files: .disk)
    let session = try Session(
      source, variables: variables, target: place.target, client: place.client, command: command,
      retention: place.place.retention, context)
    return ComparisonSide(
      place: place, ledger: ledger, release: deployed?.release,
      source: source, variables: variables, session: session)
  }

  /// Everything that is live of it, declared or not.
  func compared() async throws(Diagnostics) -> ComparedPlace {
    let whole = try await session.pipeline.whole(session.stack, ledger: ledger)
    return ComparedPlace(
      stack: session.stack, live: whole.snapshot.live.filter { !$0.value.isDeleting }, ledger: ledger,
      fingerprint: session.pipeline.fingerprinter(ledger?.salt ?? ""), halfRead: whole.halfRead)
  }

  /// Its document, resolved for another place with that place's values; nil where it can't be.
  func crossed(to other: ComparisonSide, _ context: CommandContext) -> Stack? {
    if let release, let others = other.release, release.bundle == others.bundle { return other.session.stack }
    let names = Set(source.declaration.variables.map(\.name))
    let own = variables.filter { $0.value.origin == .given }
    let values = own.merging(other.variables) { $1 }.filter { names.contains($0.key) }
    return try? source.declaration.resolved(
      registry: AWSKinds.registry, target: other.session.target, variables: values.mapValues(\.value),
      environment: context.environment, files: source.files)
  }

  /// `local #12` as it is called in tables.
  var title: String { place.target.profile + (release.map { " #\($0.number)" } ?? "") }
}
