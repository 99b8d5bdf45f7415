package import Planner

/// One at a time for each key: whoever comes meanwhile waits for its turn, first come first served.
package actor Turns {
  /// By key, while somebody has the turn: those who wait for it.
  private var waiting: [String: [CheckedContinuation<Void, Never>]] = [:]

  package init() {}

  /// Does the work when no other work of this key is under way.
  package nonisolated func one<Result: Sendable>(
    _ key: String, _ work: @Sendable () async throws(ProviderError) -> Result
  ) async throws(ProviderError) -> Result {
    await take(key)
    let result = await outcome(work)
    await give(key)
    return try result.get()
  }

  private func take(_ key: String) async {
    guard waiting[key] != nil else {
      waiting[key] = []
      return
    }
    await withCheckedContinuation { waiting[key]?.append($0) }
  }

  private func give(_ key: String) {
    guard let next = waiting[key]?.first else {
      waiting[key] = nil
      return
    }
    waiting[key]?.removeFirst()
    next.resume()
  }
}
