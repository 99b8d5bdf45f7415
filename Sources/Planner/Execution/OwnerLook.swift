/// Reads again whose a resource is before a step deletes it, or changes what holds data: between the plan and the step
/// somebody may have put a thing of their own in its place.
///
/// What the plan read counts for some seconds, so that a short run asks nothing twice.
struct OwnerLook: Sendable {
  /// How long an answer counts.
  static let keeps = Duration.seconds(10)

  let reader: any LiveReader
  let registry: KindRegistry
  /// When the plan's reading began; nil when it read nothing.
  let readAt: ContinuousClock.Instant?
  let now: @Sendable () -> ContinuousClock.Instant

  /// - Throws: what was found to be another's now, or why that can't be told. What is not found is left to the
  ///   service: to delete it again is no failure, and to change it is one.
  func confirm(_ step: Step, stackName: String) async throws(ProviderError) {
    guard let live = guarded(by: step), readAt.map({ now() - $0 > Self.keeps }) ?? true else { return }
    var query =
      ExpectedExistence(
        goneAfter: step, live, owner: Owner(stack: stackName, address: step.address),
        schema: registry[step.section]?.schema
      ).query
    query.knownTags = nil
    let found: LiveResource?
    switch await reader.read([query])[step.address] {
    case .success(let live): found = live
    case nil: found = nil
    case .failure(var error):
      error.message = "whose it is now could not be looked at, so it was left as it is: \(error.message)"
      error.neverSent = true
      throw error
    }
    guard let found, found.id == live.id, found.owner != live.owner else { return }
    throw ProviderError(
      .preconditionFailed,
      message: found.owner.map {
        "since the plan was made it has become \($0.address)'s of the stack \"\($0.stack)\""
      }
        ?? "since the plan was made it has lost the owner tags of this stack: another one may be in its place"
    )
  }

  /// What the step takes away or changes, if that is for its owner alone.
  private func guarded(by step: Step) -> LiveResource? {
    switch step.operation {
    case .create: nil
    case .delete(let live): live
    case .update(let live, _, _): registry[step.section]?.schema.holdsData == true ? live : nil
    }
  }
}
