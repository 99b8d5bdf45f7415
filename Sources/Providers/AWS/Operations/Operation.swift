import Planner

/// What an operation does to a service: ``Reads`` changes nothing, ``Writes`` may. The reading client takes
/// operations that read, and nothing else, so the compiler checks that a plan cannot write.
package protocol Effect: Sendable {
  static var isWrite: Bool { get }
}

/// The effect of an operation that changes nothing.
package enum Reads: Effect {
  package static let isWrite = false
}

/// The effect of an operation that may change something.
package enum Writes: Effect {
  package static let isWrite = true
}

/// One operation of a service, declared once: how it is sent, whether it may be sent twice, and what its success looks like.
///
///     enum SQS {
///       static let service = AWSService("sqs", …)
///       static let createQueue = service.write("CreateQueue", proof: .member("QueueUrl"))
///       static let getQueueAttributes = service.read("GetQueueAttributes", proof: .member("Attributes"))
///     }
///
/// Every operation takes one input: a map of the fields that the API reference lists. The protocol decides where a field
/// goes.
///
/// It never changes, and is a class for its size: kinds hold dozens, and each copy of a description of calls would copy
/// them field by field.
package final class Operation<E: Effect>: Sendable {
  package let service: AWSService
  /// The API's name, as `CreateQueue`.
  package let name: String
  /// Method and path of a REST operation; nil for services that are spoken to at `/`.
  package let http: HTTPForm?
  package let repeats: Repeats
  package let proof: Proof
  /// nil for an operation whose answer has no pages.
  package let pages: Pages?
  /// Errors that are retried for a while, in addition to those that are always retried.
  package let retries: [RetriedError]

  fileprivate init(
    service: AWSService, name: String, http: HTTPForm?, repeats: Repeats, proof: Proof, pages: Pages?,
    retries: [RetriedError]
  ) {
    self.service = service
    self.name = name
    self.http = http
    self.repeats = repeats
    self.proof = proof
    self.pages = pages
    self.retries = retries
  }
}

/// Whether a request may be sent again when it is not known what became of the first one.
package enum Repeats: Sendable, Hashable {
  /// A second one might do a second thing.
  case never
  /// A second one changes nothing more: deletions, and calls that set something.
  case safe
  /// This field holds a token by which the service knows a second one.
  case withToken(String)
}

/// An error that passes by itself, as Lambda's `InvalidParameterValueException` while a new role is not
/// visible everywhere.
package struct RetriedError: Sendable, Hashable {
  package let code: String
  /// A piece of the message that must occur; "" for any message.
  package let messageContains: String
  /// The field of the input whose value must occur in the message; nil for any message.
  let field: String?

  package init(_ code: String, _ messageContains: String = "", naming field: String? = nil) {
    self.code = code
    self.messageContains = messageContains
    self.field = field
  }

  /// The same for a request with this input.
  func of(_ input: [String: Value]) -> RetriedError {
    guard let field, let text = input[field]?.string else { return self }
    return RetriedError(code, text)
  }
}

/// How a listing is turned from page to page.
package struct Pages: Sendable, Hashable {
  /// The answer's field that holds the token of the next page, as `NextToken`.
  let token: String
  /// The input's field that takes it.
  let position: String
  /// The path to the items in an answer, as `DBInstances.DBInstance`.
  let items: String

  /// A listing whose answers hold `items`. Most services call the token the same in both directions.
  package init(_ items: String, token: String, position: String? = nil) {
    self.items = items
    self.token = token
    self.position = position ?? token
  }
}

extension AWSService {
  /// Declares an operation that changes nothing, of a service that is spoken to at `/`.
  package func read(
    _ name: String, proof: Proof = .document, pages: Pages? = nil
  ) -> Operation<Reads> {
    Operation(
      service: self, name: name, http: nil, repeats: .safe, proof: proof, pages: pages, retries: [])
  }

  /// Declares an operation of a REST service that changes nothing. `path` is a template: see ``HTTPForm``.
  package func read(
    _ name: String, _ method: AWSRequest.Method, _ path: String, headers: [String: String] = [:],
    proof: Proof = .document, pages: Pages? = nil
  ) -> Operation<Reads> {
    Operation(
      service: self, name: name, http: HTTPForm(method, path, headers: headers), repeats: .safe,
      proof: proof, pages: pages, retries: [])
  }

  /// Declares an operation that may change something, of a service that is spoken to at `/`.
  package func write(
    _ name: String, repeats: Repeats = .never, proof: Proof, retries: [RetriedError] = []
  ) -> Operation<Writes> {
    Operation(
      service: self, name: name, http: nil, repeats: repeats, proof: proof, pages: nil, retries: retries)
  }

  /// Declares an operation of a REST service that may change something. `path` is a template: see ``HTTPForm``.
  package func write(
    _ name: String, _ method: AWSRequest.Method, _ path: String, headers: [String: String] = [:],
    payload: HTTPForm.Payload = .fields, repeats: Repeats = .never, proof: Proof,
    retries: [RetriedError] = []
  ) -> Operation<Writes> {
    Operation(
      service: self, name: name, http: HTTPForm(method, path, headers: headers, payload: payload),
      repeats: repeats, proof: proof, pages: nil, retries: retries)
  }
}
