/// Coalesces concurrent reads. No caller gets a read that started before it asked, so each sees its own
/// writes.
package actor CoalescedRead<Answer: Sendable> {
  private var running: Task<Answer, Never>?
  /// Begins when the running one ends.
  private var next: Task<Answer, Never>?

  package init() {}

  /// The answer of a read that begins now or later.
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

  /// The running read has begun: callers from now on need the next one.
  private func begin() {
    guard let next else { return }
    running = next
    self.next = nil
  }
}
