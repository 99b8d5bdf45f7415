import CCurl
import Planner

/// The transfers under way, and easy handles to use again. Lives on the loop's thread alone.
struct RunningTransfers {
  struct Finished {
    let job: CurlLoop.Job
    let outcome: Result<HTTPResponse, ProviderError>
    let connections: Int
  }

  private let multi: UnsafeMutableRawPointer
  private let limits: CurlLimits
  private var transfers: [UnsafeMutableRawPointer: (transfer: CurlTransfer, job: CurlLoop.Job)] = [:]
  private var idle: [UnsafeMutableRawPointer] = []
  private var failed: [Finished] = []

  init(multi: UnsafeMutableRawPointer, limits: CurlLimits) {
    self.multi = multi
    self.limits = limits
  }

  var count: Int { transfers.count }

  /// Starts a transfer, on an idle handle if there is one. A failure ends the job at once.
  mutating func begin(_ job: CurlLoop.Job) {
    var request = job.request
    if let refusal = request.willBegin?(&request.headers) {
      failed.append(Finished(job: job, outcome: .failure(refusal), connections: 0))
      return
    }
    guard let handle = idle.popLast() ?? curl_easy_init() else {
      fail(job, "no memory for a request")
      return
    }
    let transfer = CurlTransfer(request, on: handle, limits: limits)
    guard curl_multi_add_handle(multi, handle) == CURLM_OK else {
      curl_easy_cleanup(handle)
      fail(job, "libcurl takes no request")
      return
    }
    transfers[handle] = (transfer, job)
  }

  private mutating func fail(_ job: CurlLoop.Job, _ message: String) {
    let error = ProviderError(.unreachable, message: message, neverSent: true)
    failed.append(Finished(job: job, outcome: .failure(error), connections: 0))
  }

  /// Advances every transfer as far as possible, and returns those that are finished.
  mutating func perform() -> [Finished] {
    var active: Int32 = 0
    curl_multi_perform(multi, &active)
    var finished = failed
    failed = []
    var left: Int32 = 0
    while let message = curl_multi_info_read(multi, &left) {
      guard message.pointee.msg == CURLMSG_DONE, let handle = message.pointee.easy_handle else { continue }
      let code = message.pointee.data.result
      guard let (transfer, job) = transfers.removeValue(forKey: handle) else { continue }
      finished.append(
        Finished(job: job, outcome: transfer.outcome(code), connections: transfer.connectionsOpened))
      curl_multi_remove_handle(multi, handle)
      curl_easy_reset(handle)
      idle.append(handle)
    }
    return finished
  }

  /// Frees the idle handles, once no transfer is under way.
  mutating func cleanUp() {
    for handle in idle { curl_easy_cleanup(handle) }
    idle = []
  }
}
