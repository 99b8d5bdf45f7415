#if canImport(FoundationEssentials)
package import FoundationEssentials
#else
package import Foundation
#endif
package import Planner

/// One call of a declared operation. Its effect is a part of its type.
package struct Request<E: Effect>: Sendable {
  package let operation: Operation<E>
  /// As it goes on the wire.
  package private(set) var wire: AWSRequest

  /// A call with the fields that the API reference lists. Fields that are null are left out.
  package init(_ operation: Operation<E>, _ input: [String: Value] = [:]) {
    self.operation = operation
    let input = input.filter { !$0.value.isNull }
    var wire = AWSRequest(operation)
    wire.body = .value(.map(input))
    operation.http?.place(input, in: &wire)
    // Documents that no form describes are put in afterwards.
    if operation.service.wireProtocol == .restXML, case .value = wire.body { wire.body = .none }
    wire.isRepeatable = operation.isRepeatable(with: input)
    wire.retriedErrors = operation.retries.map { $0.of(input) }
    self.wire = wire
  }

  /// The same with bytes as its body: S3's XML documents, objects.
  package func with(_ body: Data, contentType: String) -> Self {
    var request = self
    request.wire.body = .bytes(body, contentType: contentType)
    return request
  }

  /// The same with an XML document as its body.
  package func with(_ document: XMLElement) -> Self {
    with(document.document, contentType: "application/xml")
  }

  /// The same with more headers.
  package func with(headers: [String: String]) -> Self {
    var request = self
    request.wire.headers.merge(headers) { $1 }
    return request
  }

  /// The same, where another one would do nothing more although that is not so of the operation everywhere.
  package var repeatable: Self {
    var request = self
    request.wire.isRepeatable = true
    return request
  }

  /// The same, sent again for a while after these errors, too.
  package func retrying(_ errors: [RetriedError]) -> Self {
    var request = self
    request.wire.retriedErrors += errors
    return request
  }
}

extension Operation {
  fileprivate func isRepeatable(with input: [String: Value]) -> Bool {
    switch repeats {
    case .never: false
    case .safe: true
    case .withToken(let field): input[field]?.isEmpty == false
    }
  }
}
