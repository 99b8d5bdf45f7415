import Planner

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Bodies of answers as trees.
enum Answer {
  /// Operations of XML services whose answer is the user's own bytes, whatever they look like: S3's objects, the code
  /// of CloudFront's functions.
  private static let givesFiles: Set = ["GetObject", "GetFunction"]

  /// The tree of a successful answer, by its protocol.
  ///
  /// - Throws: `malformed` for an answer that is not the documented one: see ``Proof``.
  static func value(
    _ response: HTTPResponse, to request: AWSRequest, by wire: AWSService.WireProtocol,
    redact: (String) -> String = { $0 }
  ) throws(ProviderError) -> Value {
    let (value, root) = try tree(response, to: request, by: wire, redact)
    if let flaw = request.proof.flaw(in: response, value: value, root: root, to: request) {
      throw malformed(request, response, "an answer \(flaw)\(excerpt(response.body, redact))")
    }
    return value
  }

  /// The tree, and the name of the outermost element where it is XML.
  private static func tree(
    _ response: HTTPResponse, to request: AWSRequest, by wire: AWSService.WireProtocol,
    _ redact: (String) -> String
  ) throws(ProviderError) -> (Value, root: String?) {
    if response.body.isEmpty {
      // An endpoint that has no route for a call may answer it with an empty 200. Only writes have nothing to say.
      guard !request.isWrite, wire != .restXML, request.method != .head else { return (.null, nil) }
      throw malformed(request, response, "an empty body where an answer belongs")
    }
    switch wire {
    case .json, .jsonOrQuery: return (try json(response, to: request, redact), nil)
    case .query:
      let (root, content) = try xml(response, to: request, redact)
      return (QueryProtocol.result(content, operation: request.operation), root)
    case .restJSON:
      return (looksLike(response.body, "{[") ? try json(response, to: request, redact) : .null, nil)
    case .restXML:
      if givesFiles.contains(request.operation) { return (.null, nil) }
      if looksLike(response.body, "{[") { return (JSONReader.read(response.body) ?? .null, nil) }
      guard looksLike(response.body, "<") else { return (.null, nil) }
      let (root, content) = try xml(response, to: request, redact)
      return (content, root)
    }
  }

  private static func json(
    _ response: HTTPResponse, to request: AWSRequest, _ redact: (String) -> String
  ) throws(ProviderError) -> Value {
    guard let value = JSONReader.read(response.body) else {
      throw malformed(request, response, "a body that is not JSON\(excerpt(response.body, redact))")
    }
    return value
  }

  private static func xml(
    _ response: HTTPResponse, to request: AWSRequest, _ redact: (String) -> String
  ) throws(ProviderError) -> (root: String, content: Value) {
    do throws(XMLReader.Problem) {
      let items = request.service.listItem
      let document = try XMLReader.read(response.body, listItem: items)
      return (document.name, document.content)
    } catch {
      throw malformed(
        request, response,
        "a body that is not XML (line \(error.line): \(error.message))\(excerpt(response.body, redact))")
    }
  }

  private static func malformed(
    _ request: AWSRequest, _ response: HTTPResponse, _ what: String
  ) -> ProviderError {
    ProviderError(
      .malformed, message: "the endpoint answered \(response.status) with \(what)",
      operation: request.label, status: response.status)
  }

  /// The bytes as text; what is not UTF-8 is replaced.
  static func text(_ data: Data) -> String { String(decoding: data, as: UTF8.self) }

  /// Whether the first byte that is not a blank is one of `starts`.
  static func looksLike(_ data: Data, _ starts: String) -> Bool {
    // A UTF-8 byte order mark counts as a blank.
    guard let first = data.first(where: { ![9, 10, 13, 32, 0xEF, 0xBB, 0xBF].contains($0) }) else {
      return false
    }
    return starts.utf8.contains(first)
  }

  /// The beginning of a page or a plain text, for a message. Never of data: a broken answer may hold a secret.
  private static func excerpt(_ data: Data, _ redact: (String) -> String) -> String {
    // Redacted before it is cut: half a secret is one, too.
    let beginning = String(redact(text(data.prefix(20_000))).prefix(600))
    let isPage = beginning.lowercased().contains("<html")
    guard isPage || !looksLike(data, "{[<\"") else { return "" }
    return ": \(ErrorAnswer.readable(beginning, atMost: 160))"
  }
}

extension AWSRequest {
  /// Service and operation by the name that policies use: `sqs:CreateQueue`, `cloudwatch:PutMetricAlarm`.
  package var label: String { service.label(of: operation) }
}

extension Operation {
  /// The same of a request of this operation.
  package var label: String { service.label(of: name) }
}

extension AWSService {
  fileprivate func label(of operation: String) -> String {
    "\(signingName == "monitoring" ? "cloudwatch" : signingName):\(operation)"
  }
}
