#if canImport(FoundationEssentials)
package import FoundationEssentials
#else
package import Foundation
#endif
package import Planner

/// A request as it goes on the wire: escaped, signed, complete.
package struct HTTPRequest: Sendable {
  package var method: String
  /// Scheme, host, escaped path and query.
  package var url: String
  package var headers: [(name: String, value: String)] = []
  /// nil sends no body and no length; empty sends `Content-Length: 0`.
  package var body: Data?
  /// Whether it may be sent a second time after the connection broke without an answer. Holds for requests with a body.
  package var isRepeatable = true
  /// From the moment that it is begun to the last byte of its answer; nil leaves it to the transport.
  package var timeLimit: Duration?
  /// Called when its turn comes, with its headers, which it may change; many others may be queued before it. If it
  /// returns an error, the request fails unsent.
  package var willBegin: (@Sendable (_ headers: inout [(name: String, value: String)]) -> ProviderError?)?
}

/// An answer as it was received, of any status.
package struct HTTPResponse: Sendable, Equatable {
  package var status: Int
  /// Names in lower case; several of one name are joined by a comma.
  package var headers: [String: String] = [:]
  package var body = Data()
}

/// What carries bytes to an endpoint and back. It knows no AWS and follows no redirect.
///
/// It retries nothing, except a repeatable request on a kept connection that turns out to be closed.
package protocol HTTPTransport: Sendable {
  /// The endpoint's answer. Throws `.unreachable` when no answer came, `.malformed` for an answer that is too
  /// large or not HTTP, `.invalid` for a URL that can't be used.
  func send(_ request: HTTPRequest) async throws(ProviderError) -> HTTPResponse
}
