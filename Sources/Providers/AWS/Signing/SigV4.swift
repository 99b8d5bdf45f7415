#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// AWS Signature Version 4, in headers: a pure value.
///
/// Facts: "Create a signed AWS API request" in the IAM user guide; for S3 "Authenticating Requests: Using the Authorization
/// Header" in its API reference (path escaped once and never normalised, `x-amz-content-sha256` always sent).
struct SigV4 {
  /// What of a request is signed.
  struct Content {
    var method: String
    /// The path as it goes on the wire, already escaped once.
    var path: String
    var query: [(name: String, value: String?)]
    /// Every header that is to be signed, `host` among them.
    var headers: [(name: String, value: String)]
    var body: Data
  }

  var credentials: Credentials
  var region: String
  var service: String

  /// The headers that make `content` a signed request, to be sent besides its own.
  ///
  /// The key is the same for a day: who signs much keeps what ``signingKey(_:)`` gave.
  func headers(
    for content: Content, at time: SigningTime, key: Data? = nil
  ) -> [(name: String, value: String)] {
    let bodyHash = Digest.hex(Digest.sha256(content.body))
    var added = [(name: "x-amz-date", value: time.stamp)]
    if service == "s3" { added.append((name: "x-amz-content-sha256", value: bodyHash)) }
    if let token = credentials.sessionToken { added.append((name: "x-amz-security-token", value: token)) }
    var signed = content
    signed.headers += added
    let headers = canonicalHeaders(signed.headers)
    let names = headers.map(\.name).joined(separator: ";")
    let text = stringToSign(canonicalRequest(signed, headers: headers, bodyHash: bodyHash), at: time)
    let signature = Digest.hex(Digest.hmacSHA256(text, key: key ?? signingKey(time)))
    let authorization =
      "AWS4-HMAC-SHA256 Credential=\(credentials.accessKeyID)/\(scope(time)), SignedHeaders=\(names), Signature=\(signature)"
    return added + [(name: "authorization", value: authorization)]
  }

  /// The normal form of the request that both sides hash.
  func canonicalRequest(
    _ content: Content, headers: [(name: String, value: String)], bodyHash: String
  ) -> String {
    var lines = [content.method, canonicalPath(content.path), URLEscaping.canonicalQuery(content.query)]
    lines += headers.map { "\($0.name):\($0.value)" }
    lines += ["", headers.map(\.name).joined(separator: ";"), bodyHash]
    return lines.joined(separator: "\n")
  }

  func stringToSign(_ canonicalRequest: String, at time: SigningTime) -> String {
    let hash = Digest.hex(Digest.sha256(Data(canonicalRequest.utf8)))
    return ["AWS4-HMAC-SHA256", time.stamp, scope(time), hash].joined(separator: "\n")
  }

  /// The credential scope: date, region, service and `aws4_request`.
  func scope(_ time: SigningTime) -> String { "\(time.day)/\(region)/\(service)/aws4_request" }

  /// The key of one day, region and service.
  func signingKey(_ time: SigningTime) -> Data {
    [region, service, "aws4_request"].reduce(
      Digest.hmacSHA256(time.day, key: Data("AWS4\(credentials.secretAccessKey)".utf8))
    ) { Digest.hmacSHA256($1, key: $0) }
  }

  /// Names in lower case and sorted, values trimmed with inner blanks folded, several of one name joined by a comma.
  func canonicalHeaders(_ headers: [(name: String, value: String)]) -> [(name: String, value: String)] {
    var canonical: [(name: String, value: String)] = []
    let sorted = headers.map { (name: $0.name.lowercased(), value: Self.folded($0.value)) }.enumerated()
      .sorted { ($0.element.name, $0.offset) < ($1.element.name, $1.offset) }
    for (_, header) in sorted {
      if let last = canonical.last, last.name == header.name {
        canonical[canonical.count - 1].value += ",\(header.value)"
      } else {
        canonical.append(header)
      }
    }
    return canonical
  }

  private static func folded(_ value: String) -> String {
    value.utf8.split { $0 == 32 || $0 == 9 }.map { String(Substring($0)) }.joined(separator: " ")
  }

  /// S3: the path as sent. Elsewhere: without `.`, `..` and empty segments, and escaped a second time.
  private func canonicalPath(_ path: String) -> String {
    if service == "s3" { return path.isEmpty ? "/" : path }
    var segments: [Substring] = []
    for segment in path.split(separator: "/") where segment != "." {
      if segment == ".." { _ = segments.popLast() } else { segments.append(segment) }
    }
    let joined = "/" + segments.joined(separator: "/")
    let isFolder = path.hasSuffix("/") && !segments.isEmpty
    return URLEscaping.escape(isFolder ? joined + "/" : joined, keepingSlashes: true)
  }
}
