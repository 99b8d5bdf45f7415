package import Planner

/// The bounds that a transport keeps to.
package struct CurlLimits: Sendable {
  /// Connections open at one time, idle ones included, and so transfers under way.
  package var connections = 8
  package var connectMilliseconds = 10_000
  /// For one request from first byte to last, when it brings no limit of its own.
  package var wholeMilliseconds = 300_000
  /// Without a single byte in either direction.
  package var silentSeconds = 60
  /// The limit of an answer, in bytes. A page of a listing has a few megabytes at most. As a tree it takes
  /// ten to twenty times as much.
  package var answerBytes = 16 * 1024 * 1024
  package var headerBytes = 256 * 1024
  /// A file of certificates to trust instead of the system's (`AWS_CA_BUNDLE`).
  package var certificateBundle: String?

  package init() {}

  /// Limits within the bounds of an operation.
  package init(_ bounds: RequestBounds) {
    connectMilliseconds = max(1, Int(bounds.connecting / .milliseconds(1)))
    // curl counts whole seconds of silence.
    silentSeconds = max(1, Int((bounds.silence / .seconds(1)).rounded(.up)))
  }
}

/// What a transport has done so far.
package struct TransportCounts: Sendable, Equatable {
  package var requests = 0
  package var connections = 0
}

/// HTTP through libcurl's multi interface, on one thread of its own that starts with the first request.
///
/// A cancelled task still gets its answer. No request is aborted in flight, so no write is left half done and
/// no continuation is lost.
package final class CurlTransport: HTTPTransport {
  private let loop: CurlLoop

  package init(limits: CurlLimits = CurlLimits()) { loop = CurlLoop(limits: limits) }

  deinit { loop.shutDown() }

  package var counts: TransportCounts { loop.counts }

  package func send(_ request: HTTPRequest) async throws(ProviderError) -> HTTPResponse {
    let outcome = await withCheckedContinuation { continuation in
      loop.submit(CurlLoop.Job(request: request) { continuation.resume(returning: $0) })
    }
    return try outcome.get()
  }

  /// Lets what is under way finish, ends the thread and closes every connection. Later requests fail.
  package func shutDown() { loop.shutDown() }
}
