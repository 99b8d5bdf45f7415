#if canImport(FoundationEssentials)
package import FoundationEssentials
#else
package import Foundation
#endif
package import Planner

/// One request to a service, before it is signed.
package struct AWSRequest: Sendable {
  /// The HTTP method.
  package enum Method: String, Sendable {
    case get = "GET", head = "HEAD", put = "PUT", post = "POST", patch = "PATCH", delete = "DELETE"
  }

  /// What is sent as the body.
  package enum Body: Sendable {
    case none
    /// JSON for the JSON protocols and restJSON, a form for query.
    case value(Value)
    /// Bytes as they are, with their content type: S3's XML documents, objects.
    case bytes(Data, contentType: String)
  }

  package let service: AWSService
  /// The API's name for it, as `CreateQueue`. It is sent with JSON and query requests, and is in every error
  /// and trace.
  package let operation: String
  package var method: Method
  /// The absolute path, each segment still unescaped (the sender escapes): `["2015-03-31", "functions", "my-function"]`.
  package var path: [String]
  /// Query parameters in order; nil is a parameter without a value, as S3's `?versioning`.
  package var query: [(name: String, value: String?)]
  package var headers: [String: String]
  package var body: Body
  /// May be sent again when it is not known whether the first one was carried out.
  package var isRepeatable = false
  /// May change something.
  package let isWrite: Bool
  /// What a success must look like.
  package let proof: Proof
  /// Errors that are retried for this one request, besides what every request retries.
  package var retriedErrors: [RetriedError]

  /// A call of a declared operation, still without its input: ``Request`` puts that where it belongs.
  init<E: Effect>(_ operation: Operation<E>) {
    service = operation.service
    self.operation = operation.name
    method = .post
    path = []
    query = []
    headers = [:]
    body = .none
    isWrite = E.isWrite
    proof = operation.proof
    retriedErrors = operation.retries
  }
}

/// The answer to one request.
package struct AWSResponse: Sendable {
  package var status: Int
  /// Header names in lower case.
  package var headers: [String: String] = [:]
  package var body = Data()
  /// The body as a tree. JSON as it is. XML: an element with children is a map, and repeated children of one
  /// name are a list. An element with only `member` children is a list, even with one. An element with only
  /// `entry` children, each with `key` and `value`, is a map. A leaf is a string. The outermost element, and
  /// query's `…Result`, is removed. Empty and non-structured bodies are null.
  package var value = Value.null
}

extension Value {
  /// The items under `key`, whether XML gave one (a map or a text), several (a list) or none (an empty element, too).
  package func items(_ key: String) -> [Value] {
    switch self[key] {
    case nil, .null, .string(""): []
    case .list(let items): items
    case .some(let single): [single]
    }
  }
}
