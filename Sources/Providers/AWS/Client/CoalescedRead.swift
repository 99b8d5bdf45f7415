/// A look that many who wait at once share: each gets the answer of one that began after it asked, so that what it did is seen.
package actor CoalescedRead<Answer: Sendable> {
  private var running: Task<Answer, Never>?
  /// Begins when the running one ends.
  private var next: Task<Answer, Never>?

  package init() {}

  /// The answer of a look that begins now or later.
  package func callAsFunction(_ look: @escaping @Sendable () async -> Answer) async -> Answer {
    if let next { return await next.value }
    let former = running
    let task = Task {
      _ = await former?.value
      begin()
      return await look()
    }
    if former == nil { running = task } else { next = task }
    let answer = await task.value
    if running == task { running = nil }
    return answer
  }

  /// Whoever asks from now on needs another one.
  private func begin() {
    guard let next else { return }
    running = next
    self.next = nil
  }
}
