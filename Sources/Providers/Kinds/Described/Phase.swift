import Planner

/// What a resource goes through before it can be used, and before it is gone.
struct Phase: Sendable {
  /// The path to the word in a read.
  let path: String
  /// Words of a resource that can be used; empty where any word is one that is not below.
  var ready: Set<String> = []
  var changing: Set<String> = []
  var leaving: Set<String> = []
  /// Words of what is gone although it is still described.
  var gone: Set<String> = []
  var failed: Set<String> = []
  /// The path to the reason of a failure.
  var reason: String?
  var limit = Duration.seconds(300)

  private func isReady(_ word: String) -> Bool {
    ready.isEmpty ? !changing.contains(word) && !leaving.contains(word) : ready.contains(word)
  }

  /// Whether the resource is on its way to be used.
  fileprivate func isUnderWay(_ resource: Value) -> Bool {
    let word = word(in: resource)
    return !isReady(word) && !failed.contains(word)
  }

  /// The word that says why it never will be used; nil when it has not failed.
  fileprivate func failure(in resource: Value) -> String? {
    let word = word(in: resource)
    return failed.contains(word) ? word : nil
  }

  /// "" where the resource has none.
  func word(in resource: Value) -> String { resource.at(path)?.string ?? "" }
}

extension WritingClient {
  /// Waits until what a call set going is done: the one wait for all that goes through phases.
  ///
  /// - Parameters:
  ///   - what: what is waited for, as "the function worker".
  ///   - phases: all that must have come to their end.
  ///   - reading: the operation that `read` sends: errors name it.
  ///   - answer: the call's own answer, where it has the phases' words: it may be the last one already.
  ///   - mayBeMissing: a new one may not be known everywhere at once, so that "not there" is no failure before it was read once.
  ///   - read: reads the same again; nil for "not there".
  /// - Returns: the last answer.
  /// - Throws: `invalid` with the service's reason when it failed, `notFound` when it is gone.
  func settled(
    _ what: String, through phases: [Phase], by reading: Operation<Reads>, from answer: Value? = nil,
    mayBeMissing: Bool = false,
    _ read: () async throws(ProviderError) -> Value?
  ) async throws(ProviderError) -> Value {
    var (answer, mayBeMissing) = (answer, mayBeMissing)
    let limit = phases.map(\.limit).max() ?? .zero
    return try await waiting(for: "\(what) to be ready", atMost: limit) {
      () throws(ProviderError) -> Value? in
      if answer.map({ answer in phases.contains { $0.isUnderWay(answer) } }) ?? true {
        if let now = try await read() {
          (answer, mayBeMissing) = (now, false)
        } else if !mayBeMissing {
          throw ProviderError(.notFound, message: "\(what) is gone", operation: reading.label)
        }
      }
      guard let answer, !phases.contains(where: { $0.isUnderWay(answer) }) else { return nil }
      for phase in phases {
        guard let word = phase.failure(in: answer) else { continue }
        let reason = phase.reason.flatMap { answer.at($0)?.string } ?? "the service gave no reason"
        throw ProviderError(
          .invalid, code: word, message: "\(what) failed: \(reason)", operation: reading.label)
      }
      return answer
    }
  }
}
