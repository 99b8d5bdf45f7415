import Planner

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Bodies of answers as trees.
enum Answer {
  /// The tree of a successful answer, by the protocol it came in.
  static func value(
    _ response: HTTPResponse, to request: AWSRequest, by wire: AWSService.WireProtocol,
    redact: (String) -> String = { $0 }
  ) throws(ProviderError) -> Value {
    if response.body.isEmpty {
      // An endpoint that has no route for a call may answer it with an empty 200. Only writes have nothing to say.
      guard request.isReadOnly, wire != .restXML, request.method != .head else { return .null }
      throw malformed(request, response, "an empty body where an answer belongs")
    }
    switch wire {
    case .json, .jsonOrQuery: return try json(response, to: request, redact)
    case .query:
      return QueryProtocol.result(try xml(response, to: request, redact), operation: request.operation)
    case .restJSON: return looksLike(response.body, "{[") ? try json(response, to: request, redact) : .null
    case .restXML:
      // An object's bytes are the user's, whatever they look like.
      if request.operation == "GetObject" { return .null }
      if looksLike(response.body, "{[") { return JSONReader.read(response.body) ?? .null }
      return looksLike(response.body, "<") ? try xml(response, to: request, redact) : .null
    }
  }

  private static func json(
    _ response: HTTPResponse, to request: AWSRequest, _ redact: (String) -> String
  ) throws(ProviderError) -> Value {
    guard let value = JSONReader.read(response.body) else {
      throw malformed(request, response, "a body that is no JSON\(excerpt(response.body, redact))")
    }
    return value
  }

  private static func xml(
    _ response: HTTPResponse, to request: AWSRequest, _ redact: (String) -> String
  ) throws(ProviderError) -> Value {
    do throws(XMLReader.Problem) {
      return try XMLReader.read(response.body).content
    } catch {
      throw malformed(
        request, response,
        "a body that is no XML (line \(error.line): \(error.message))\(excerpt(response.body, redact))")
    }
  }

  private static func malformed(
    _ request: AWSRequest, _ response: HTTPResponse, _ what: String
  ) -> ProviderError {
    ProviderError(
      .malformed, message: "the endpoint answered \(response.status) with \(what)",
      operation: request.label, status: response.status)
  }

  static func text(_ data: Data) -> String { String(decoding: data, as: UTF8.self) }

  /// Whether the first byte that is no blank is one of `starts`.
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
  package var label: String {
    "\(service.signingName == "monitoring" ? "cloudwatch" : service.signingName):\(operation)"
  }
}
