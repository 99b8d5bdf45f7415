import Planner

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A request's headers and body as its protocol writes them, before they are signed.
enum RequestEncoder {
  /// The headers and the body to sign and send.
  struct Encoded {
    /// Names in lower case.
    var headers: [(name: String, value: String)]
    var body: Data?
  }

  /// Encodes a request.
  ///
  /// - Throws: `.invalid` for an empty path segment, and for a header with control characters: neither is
  ///   sent.
  static func encode(
    _ request: AWSRequest, by wire: AWSService.WireProtocol
  ) throws(ProviderError) -> Encoded {
    try checkPath(request)
    var headers: [String: String] = [:]
    var body: Data?
    switch wire {
    case .json(let version, let prefix):
      (headers, body) = json(request, version: version, prefix: prefix)
    case .jsonOrQuery(let prefix, _):
      (headers, body) = json(request, version: "1.0", prefix: prefix)
    case .query(let version, let lists):
      headers["content-type"] = "application/x-www-form-urlencoded; charset=utf-8"
      body = QueryProtocol.form(request, input: input(request), apiVersion: version, lists: lists)
    case .restJSON:
      // Without it API Gateway answers in HAL, where lists have other names.
      headers["accept"] = "application/json"
      (headers, body) = rest(request, headers)
    case .restXML: (headers, body) = rest(request, headers)
    }
    for (name, value) in request.headers { headers[name.lowercased()] = value }
    if request.service.holdsObjects, let body, !body.isEmpty { addChecksum(of: body, to: &headers) }
    if let broken = headers.first(where: { $0.value.utf8.contains { $0 < 32 && $0 != 9 } }) {
      throw ProviderError(
        .invalid, message: "the header \(broken.key) can't hold a line break or another control character",
        operation: request.label, neverSent: true)
    }
    return Encoded(headers: headers.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }, body: body)
  }

  /// A missing name must not turn one call into another: `DELETE /bucket/` deletes the bucket, not an object.
  private static func checkPath(_ request: AWSRequest) throws(ProviderError) {
    let isBroken = request.path.contains { segment in
      segment.isEmpty || (!request.service.holdsObjects && (segment == "." || segment == ".."))
    }
    guard isBroken else { return }
    throw ProviderError(
      .invalid, message: "a name in the request's path is empty, or consists of dots: \(request.path)",
      operation: request.label, neverSent: true)
  }

  private static func json(
    _ request: AWSRequest, version: String, prefix: String
  ) -> ([String: String], Data?) {
    let headers = [
      "content-type": "application/x-amz-json-\(version)", "x-amz-target": "\(prefix).\(request.operation)",
    ]
    return (headers, Data(input(request).json.utf8))
  }

  private static func rest(_ request: AWSRequest, _ base: [String: String]) -> ([String: String], Data?) {
    var headers = base
    switch request.body {
    case .none:
      // What may have a body says that it has none.
      return (headers, [.put, .post, .patch].contains(request.method) ? Data() : nil)
    case .value(let value):
      headers["content-type"] = "application/json"
      return (headers, Data(value.json.utf8))
    case .bytes(let bytes, let contentType):
      headers["content-type"] = contentType
      return (headers, bytes)
    }
  }

  private static func input(_ request: AWSRequest) -> Value {
    if case .value(let value) = request.body { value } else { [:] }
  }

  /// S3 demands a checksum for many of its documents; AWS's own clients send CRC-32 with everything.
  private static func addChecksum(of body: Data, to headers: inout [String: String]) {
    guard headers["content-md5"] == nil, !headers.keys.contains(where: { $0.hasPrefix("x-amz-checksum-") })
    else { return }
    headers["x-amz-checksum-crc32"] = Digest.crc32Base64(body)
    headers["x-amz-sdk-checksum-algorithm"] = "CRC32"
  }
}
