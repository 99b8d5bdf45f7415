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
  func headers(for content: Content, at time: SigningTime) -> [(name: String, value: String)] {
    let bodyHash = Digest.hex(Digest.sha256(content.body))
    var added = [(name: "x-amz-date", value: time.stamp)]
    if service == "s3" { added.append((name: "x-amz-content-sha256", value: bodyHash)) }
    if let token = credentials.sessionToken { added.append((name: "x-amz-security-token", value: token)) }
    var signed = content
    signed.headers += added
    let headers = canonicalHeaders(signed.headers)
    let names = headers.map(\.name).joined(separator: ";")
    let text = stringToSign(canonicalRequest(signed, headers: headers, bodyHash: bodyHash), at: time)
    let signature = Digest.hex(Digest.hmacSHA256(text, key: signingKey(time)))
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

  private func scope(_ time: SigningTime) -> String { "\(time.day)/\(region)/\(service)/aws4_request" }

  private func signingKey(_ time: SigningTime) -> Data {
    [region, service, "aws4_request"].reduce(
      Digest.hmacSHA256(time.day, key: Data("AWS4\(credentials.secretAccessKey)".utf8))
    ) { Digest.hmacSHA256($1, key: $0) }
  }

  /// Names in lower case and sorted, values trimmed with inner blanks folded, several of one name joined by a comma.
  func canonicalHeaders(_ headers: [(name: String, value: String)]) -> [(name: String, value: String)] {
    var values: [String: [String]] = [:]
    for header in headers {
      let folded = header.value.split(whereSeparator: { $0 == " " || $0 == "\t" }).joined(separator: " ")
      values[header.name.lowercased(), default: []].append(folded)
    }
    return values.map { (name: $0.key, value: $0.value.joined(separator: ",")) }
      .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
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
