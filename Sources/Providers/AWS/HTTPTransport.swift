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
  package var headers: [(name: String, value: String)]
  /// nil sends no body and no length; empty sends `Content-Length: 0`.
  package var body: Data?

  package init(
    method: String, url: String, headers: [(name: String, value: String)] = [], body: Data? = nil
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
  }
}

/// An answer as it came off the wire, whatever its status.
package struct HTTPResponse: Sendable, Equatable {
  package var status: Int
  /// Names in lower case; several of one name are joined by a comma.
  package var headers: [String: String]
  package var body: Data

  package init(status: Int, headers: [String: String] = [:], body: Data = Data()) {
    self.status = status
    self.headers = headers
    self.body = body
  }
}

/// What carries bytes to an endpoint and back. It knows no AWS, follows no redirect and retries nothing.
package protocol HTTPTransport: Sendable {
  /// The endpoint's answer. Throws `.unreachable` when none came, `.malformed` for one that is too large or no HTTP,
  /// `.invalid` for a URL that can't be dialled.
  func send(_ request: HTTPRequest) async throws(ProviderError) -> HTTPResponse
}
