/// What `look` finds, once it finds something. The patience is for a machine that has much else to do.
///
/// - Throws: ``NotFoundInTime``, and what `look` throws.
func eventually<Found>(
  within patience: Duration = .seconds(20), _ look: () async throws -> Found?
) async throws -> Found {
  let end = ContinuousClock.now + patience
  while true {
    if let found = try await look() { return found }
    guard ContinuousClock.now < end else { throw NotFoundInTime() }
    try await Task.sleep(for: .milliseconds(50))
  }
}

struct NotFoundInTime: Error {}
