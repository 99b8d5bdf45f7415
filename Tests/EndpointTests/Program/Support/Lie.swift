import Foundation
import Planner

/// One answer of success that is none of the operation's: which request gets it, what it says, and whether the
/// request is carried out.
struct Lie: Sendable, CustomStringConvertible {
  enum Answer: String, CaseIterable, Sendable {
    /// A page, as a captive portal or a proxy gives it.
    case page
    case empty
    /// `{}`, or an XML document of nothing where the service speaks XML.
    case nothing

    func text(to request: ProxiedRequest) -> String {
      switch self {
      case .page: Answers.htmlSuccess
      case .empty: Answers.emptySuccess
      case .nothing:
        request.speaksXML
          ? Answers.http("200 OK", "text/xml", #"<?xml version="1.0"?><Nothing/>"#)
          : Answers.http("200 OK", "application/json", "{}")
      }
    }
  }

  let request: ProxiedRequest.Form
  let answer: Answer
  let isCarriedOut: Bool

  /// Has the proxy tell it once, and pass everything else.
  /// - Returns: how often it was told so far.
  func tell(by proxy: FaultProxy) -> @Sendable () -> Int {
    let seen = Locked(0)
    let told = Locked(0)
    proxy.start { request in
      guard request.isWrite, request.form.name == self.request.name else { return .pass }
      let occurrence = seen.withLock { seen in
        seen += 1
        return seen
      }
      guard occurrence == self.request.occurrence else { return .pass }
      told.withLock { $0 += 1 }
      let text = answer.text(to: request)
      return isCarriedOut ? .carriedOutThen(answer: text) : .answer(text)
    }
    return { told.withLock { $0 } }
  }

  var description: String { "\(answer) to \(request), \(isCarriedOut ? "" : "not ")carried out" }
}

extension ProxiedRequest {
  /// What a request is, in any account and with any ids: an operation's name, or a method and a path; and the
  /// how-manieth of these.
  struct Form: Sendable, Hashable, CustomStringConvertible {
    var name: String
    var occurrence = 1

    var description: String { occurrence == 1 ? name : "\(name) (\(occurrence))" }
  }

  var form: Form {
    guard operation.isEmpty else { return Form(name: operation) }
    let halves = path.split(separator: "?", maxSplits: 1).map(String.init)
    let segments = (halves.first ?? "").split(separator: "/").map { segment -> String in
      let text = String(segment).replacing(/[0-9]{12}/, with: "ACCOUNT")
      // A digest, a UUID, an id of API Gateway's, a run's.
      let ids = /[0-9a-f]{16}|[0-9a-f]{8}-[0-9a-f]{4}|^[0-9a-z]{8,10}$|^[0-9]+-[0-9a-f]{4}\.json$/
      let isID = text.contains(ids) && text.contains(/[0-9]/)
      return isID ? "ID" : text
    }
    let names = (halves.count > 1 ? halves[1] : "").split(separator: "&").map { parameter in
      String(parameter.prefix { $0 != "=" })
    }
    let query = names.isEmpty ? "" : "?\(names.joined(separator: "&"))"
    return Form(name: "\(method) /\(segments.joined(separator: "/"))\(query)")
  }

  /// By its form: the query protocol, CloudFront, or S3.
  fileprivate var speaksXML: Bool {
    if operation.isEmpty {
      let json = /^\/(20[0-9]{2}-|restapis|v2|tags|apikeys|usageplans|schedule)/
      return path.hasPrefix("/2020-05-31/") || !path.contains(json)
    }
    return body.contains("Action=")
  }
}
