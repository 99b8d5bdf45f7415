import Planner

extension WritingClient {
  /// Waits until what a Lambda call set going is done.
  ///
  /// - Parameters:
  ///   - what: what is waited for, as "the function worker".
  ///   - answer: the call's own answer, which may be the last one already.
  ///   - read: what returns the same members again.
  ///   - mayBeMissing: a new function may not be known everywhere at once, so "not there" is not a failure.
  /// - Returns: the last answer.
  /// - Throws: an `invalid` error with the service's reason when it failed.
  func settled(
    _ what: String, _ answer: Value, _ read: Request<Reads>, mayBeMissing: Bool = false
  ) async throws(ProviderError) -> Value {
    var answer = answer
    return try await waiting(for: "\(what) to be ready") { () throws(ProviderError) in
      if LambdaState(answer).isUnderWay {
        let now = try await mayBeMissing ? reading.readIfPresent(read) : reading.read(read)
        answer = now?.value ?? answer
      }
      let state = LambdaState(answer)
      if state.isUnderWay { return nil }
      guard let reason = state.failure else { return answer }
      throw ProviderError(
        .invalid, code: "Failed", message: "\(what) failed: \(reason)", operation: read.wire.label)
    }
  }
}

/// How far a function, a mapping or an alias's provisioned concurrency is.
private struct LambdaState {
  /// Members that hold a state, each with a `…Reason` next to it. Emulators go through other states than AWS:
  /// `Pending` in an update, `Active` at once.
  private static let members = ["State", "LastUpdateStatus", "Status"]
  private static let underWay: Set = [
    "Pending", "InProgress", "IN_PROGRESS", "Creating", "Enabling", "Disabling", "Updating",
  ]

  let isUnderWay: Bool
  /// The reason of a failure; nil when it did not fail.
  let failure: String?

  init(_ answer: Value) {
    let states = Self.members.compactMap { name in answer[name]?.string.map { (name, $0) } }
    isUnderWay = states.contains { Self.underWay.contains($0.1) }
    let failed = states.first { $0.1.lowercased() == "failed" }
    failure = failed.map { answer["\($0.0)Reason"]?.string ?? "the service gave no reason" }
  }
}
