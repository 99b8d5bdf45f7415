import CCurl
import Planner

/// The thread behind ``CurlTransport``: takes jobs, drives them all with one multi handle, answers them.
final class CurlLoop: Sendable {
  /// One request, and who waits for it.
  struct Job: Sendable {
    let request: HTTPRequest
    let finish: @Sendable (Result<HTTPResponse, ProviderError>) -> Void
  }

  private struct State {
    var waiting: [Job] = []
    var thread: OwnThread?
    var multi: MultiHandle?
    var isStopping = false
    var counts = TransportCounts()
  }

  /// curl's multi handle. Its thread uses it; `curl_multi_wakeup` alone may be called from others.
  private struct MultiHandle: @unchecked Sendable { let pointer: UnsafeMutableRawPointer }

  private static let curlStarted: Bool = curl_start() == CURLE_OK

  private let limits: CurlLimits
  private let state = Locked(State())

  init(limits: CurlLimits) { self.limits = limits }

  var counts: TransportCounts { state.withLock { $0.counts } }

  /// Hands the job to the thread, which is started if this is the first.
  func submit(_ job: Job) {
    let refusal: ProviderError? = state.withLock { state in
      if state.isStopping { return Self.notSent("the client was shut down") }
      if state.thread == nil, let problem = start(&state) { return problem }
      state.waiting.append(job)
      state.counts.requests += 1
      if let multi = state.multi { curl_multi_wakeup(multi.pointer) }
      return nil
    }
    if let refusal { job.finish(.failure(refusal)) }
  }

  /// Ends the thread after what is under way, and waits for that.
  func shutDown() {
    let thread = state.withLock { state -> OwnThread? in
      state.isStopping = true
      if let multi = state.multi { curl_multi_wakeup(multi.pointer) }
      defer { state.thread = nil }
      return state.thread
    }
    thread?.join()
  }

  private func start(_ state: inout State) -> ProviderError? {
    guard Self.curlStarted, let pointer = curl_multi_init() else {
      return Self.notSent("libcurl can't be started")
    }
    let bound = limits.connections
    _ = curl_multi_set_long(pointer, CURLMOPT_MAX_TOTAL_CONNECTIONS, bound)
    _ = curl_multi_set_long(pointer, CURLMOPT_MAXCONNECTS, bound)
    let multi = MultiHandle(pointer: pointer)
    guard let thread = OwnThread({ self.run(multi) }) else {
      curl_multi_cleanup(pointer)
      return Self.notSent("the system gives no thread for the network")
    }
    state.multi = multi
    state.thread = thread
    return nil
  }

  private static func notSent(_ message: String) -> ProviderError {
    ProviderError(.unreachable, message: message, neverSent: true)
  }

  private func run(_ multi: MultiHandle) {
    var running = RunningTransfers(multi: multi.pointer, limits: limits)
    while true {
      let (jobs, isStopping) = takeJobs(atMost: limits.connections - running.count)
      if isStopping && jobs.isEmpty && running.count == 0 { break }
      for job in jobs { running.begin(job) }
      let finished = running.perform()
      if !finished.isEmpty {
        state.withLock { state in state.counts.connections += finished.reduce(0) { $0 + $1.connections } }
        for transfer in finished { transfer.job.finish(transfer.outcome) }
      } else {
        // Not after something finished: polling before new jobs were begun and performed costs a second.
        curl_multi_poll(multi.pointer, nil, 0, 1000, nil)
      }
    }
    // A handle that was freed must not be woken.
    state.withLock { $0.multi = nil }
    running.cleanUp()
    curl_multi_cleanup(multi.pointer)
  }

  private func takeJobs(atMost room: Int) -> (jobs: [Job], isStopping: Bool) {
    state.withLock { state in
      let taken = Array(state.waiting.prefix(room))
      state.waiting.removeFirst(taken.count)
      return (taken, state.isStopping)
    }
  }
}
