/// A request to stop that a run hears between steps: what runs finishes, nothing new starts.
package actor StopRequest {
  private(set) var isStopping = false
  private var waiters: [CheckedContinuation<Void, Never>] = []

  package init() {}

  package func stop() {
    isStopping = true
    for waiter in waiters { waiter.resume() }
    waiters = []
  }

  /// Returns when a stop was requested.
  package func requested() async {
    if isStopping { return }
    await withCheckedContinuation { waiters.append($0) }
  }
}
