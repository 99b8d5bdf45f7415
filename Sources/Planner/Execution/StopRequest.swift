/// A request to stop that a run hears between steps: what runs finishes, nothing new starts.
package actor StopRequest {
  /// Who asked.
  package enum Reason: Sendable { case user, lostLock }

  /// The first who asked; nil while nobody did.
  package private(set) var reason: Reason?
  var isStopping: Bool { reason != nil }
  private var waiters: [Int: CheckedContinuation<Void, Never>] = [:]
  private var count = 0

  package init() {}

  /// Asks the run to stop, and wakes those who wait for that.
  package func stop(_ reason: Reason = .user) {
    self.reason = self.reason ?? reason
    for waiter in waiters.values { waiter.resume() }
    waiters = [:]
  }

  /// Returns when a stop was requested, or when the waiting task is cancelled.
  package func requested() async {
    count += 1
    let number = count
    await withTaskCancellationHandler {
      await withCheckedContinuation { waiter in
        if isStopping || Task.isCancelled { waiter.resume() } else { waiters[number] = waiter }
      }
    } onCancel: {
      Task { await giveUp(number) }
    }
  }

  private func giveUp(_ number: Int) { waiters.removeValue(forKey: number)?.resume() }
}
