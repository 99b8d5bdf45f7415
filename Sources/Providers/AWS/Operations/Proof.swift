package import Planner

/// What the answer of a documented success holds. Any other answer is not one of this service.
///
/// A captive portal, a proxy or a half-dead endpoint answers 200 with a page, an empty body or `{}`. If that
/// counted as success, an apply would be complete that created nothing. An answer that is not the documented
/// one leaves open what was done: ``ProviderError/mayHaveBeenApplied``.
package indirect enum Proof: Sendable, Hashable {
  /// A document of the protocol's form: a JSON object, or XML whose outermost element the operation names. It
  /// says nothing of what was done.
  case document
  /// The document has this member, and it is not empty: `QueueUrl`, `TableDescription.TableArn`.
  case member(String)
  /// The document has this member, perhaps empty: `Policies`.
  case presence(String)
  /// The header is there, in lower case: `etag`.
  case header(String)
  /// The outermost element of an XML answer (S3, CloudFront): `VersioningConfiguration`.
  case element(String)
  /// Only the status is documented: the answer proves nothing, and the resource is read afterwards.
  case nothing
  /// Bytes of the user's own, with nothing to hold them against.
  case bytes
  /// The first, and that this count is zero or missing: PutTargets answers 200 with `FailedEntryCount`.
  case noFailures(Proof, count: String)

  /// What is wrong with an answer; nil when it is the documented one.
  func flaw(in answer: HTTPResponse, value: Value, root: String?, to request: AWSRequest) -> String? {
    switch self {
    case .document: documentFlaw(answer, value, root, request)
    case .member(let path):
      documentFlaw(answer, value, root, request)
        ?? (value.at(path)?.isEmpty == false ? nil : "without \(path)")
    case .presence(let path):
      documentFlaw(answer, value, root, request) ?? (value.at(path) != nil ? nil : "without \(path)")
    case .header(let name):
      answer.headers[name]?.isEmpty == false ? nil : "without the header \(name)"
    case .element(let name): root == name ? nil : "without the element \(name)"
    case .nothing: nothingFlaw(answer, value, root, request)
    case .bytes: nil
    case .noFailures(let proof, let count):
      proof.flaw(in: answer, value: value, root: root, to: request)
        ?? failures(value.at(count), count, in: value)
    }
  }

  /// What failed, by the list that stands beside the count, as `FailedEntries` beside `FailedEntryCount`.
  private func failures(_ count: Value?, _ name: String, in answer: Value) -> String? {
    guard let number = count?.integer ?? count?.string.flatMap(Int.init), number != 0 else { return nil }
    let failed = (answer.map ?? [:]).values.flatMap { $0.list ?? [] }.filter { $0["ErrorCode"] != nil }
    let reasons = failed.prefix(3).map { item in
      let subject = item["TargetId"]?.string.map { "\($0) " } ?? ""
      return "\(subject)\(item["ErrorCode"]?.string ?? ""): \(item["ErrorMessage"]?.string ?? "")"
    }
    return "with \(name) \(number)" + (reasons.isEmpty ? "" : " (\(reasons.joined(separator: "; ")))")
  }

  private func documentFlaw(
    _ answer: HTTPResponse, _ value: Value, _ root: String?, _ request: AWSRequest
  ) -> String? {
    switch request.service.wireProtocol {
    // Query's answers are XML of an element that names the operation; CloudWatch in JSON has none.
    case .query:
      root == "\(request.operation)Response" ? nil : "that is not a \(request.operation)Response"
    case .jsonOrQuery where root != nil:
      root == "\(request.operation)Response" ? nil : "that is not a \(request.operation)Response"
    case .json, .jsonOrQuery, .restJSON: value.map == nil ? "that is not a JSON object" : nil
    case .restXML: root == nil && value.map == nil ? "that is not XML" : nil
    }
  }

  /// An empty body, or an empty document where the protocol answers with one.
  private func nothingFlaw(
    _ answer: HTTPResponse, _ value: Value, _ root: String?, _ request: AWSRequest
  ) -> String? {
    if case .query = request.service.wireProtocol { return documentFlaw(answer, value, root, request) }
    if answer.body.isEmpty { return nil }
    if case .restXML = request.service.wireProtocol { return "with a body where none belongs" }
    return documentFlaw(answer, value, root, request)
  }
}

extension Value {
  /// The value at a dotted path of members; nil when one is missing.
  package func at(_ path: String) -> Value? {
    path.split(separator: ".").reduce(self as Value?) { $0?[String($1)] }
  }
}
