import CCurl
import Planner

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// One request on one easy handle: its options, and the part of the answer that has arrived.
///
/// Lives on the transport's thread alone; curl is given its address, so it is a class and is held until the transfer is over.
final class CurlTransfer {
  let handle: UnsafeMutableRawPointer
  private let request: HTTPRequest
  private let limits: CurlLimits
  private var headerList: UnsafeMutablePointer<curl_slist>?
  private let errorText: UnsafeMutablePointer<CChar>
  private var headers: [String: String] = [:]
  private var suppliedBytes = 0
  private var headerBytes = 0
  private var hasWholeHead = false
  private var body = Data()
  private var isTooLarge = false

  init(_ request: HTTPRequest, on handle: UnsafeMutableRawPointer, limits: CurlLimits) {
    self.request = request
    self.handle = handle
    self.limits = limits
    errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
    errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    setMethodAndBody()
    setHeaders()
    setLimits()
    setReceivers()
  }

  deinit {
    curl_slist_free_all(headerList)
    errorText.deallocate()
  }

  private func setMethodAndBody() {
    _ = curl_easy_set_text(handle, CURLOPT_URL, request.url)
    // Keys may hold "..": the path is sent, and was signed, as it is.
    _ = curl_easy_set_long(handle, CURLOPT_PATH_AS_IS, 1)
    if let body = request.body {
      _ = curl_easy_set_long(handle, CURLOPT_POST, 1)
      _ = curl_easy_set_size(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count))
      if request.isRepeatable || body.isEmpty { setBody(body) } else { setUnrepeatableBody() }
    } else if request.method == "HEAD" {
      _ = curl_easy_set_long(handle, CURLOPT_NOBODY, 1)
    } else {
      _ = curl_easy_set_long(handle, CURLOPT_HTTPGET, 1)
    }
    _ = curl_easy_set_text(handle, CURLOPT_CUSTOMREQUEST, request.method)
  }

  private func setBody(_ body: Data) {
    body.withUnsafeBytes { bytes in
      if let start = bytes.baseAddress {
        _ = curl_easy_set_pointer(handle, CURLOPT_COPYPOSTFIELDS, UnsafeMutableRawPointer(mutating: start))
      } else {
        _ = curl_easy_set_text(handle, CURLOPT_COPYPOSTFIELDS, "")
      }
    }
  }

  /// A body that curl takes piece by piece and can't wind back. If a kept connection breaks before the
  /// answer, curl sends a request again without a word, even one that may have been carried out. With this
  /// body it can't, and fails.
  private func setUnrepeatableBody() {
    _ = curl_easy_set_pointer(handle, CURLOPT_READDATA, Unmanaged.passUnretained(self).toOpaque())
    _ = curl_easy_set_function(handle, CURLOPT_READFUNCTION) { bytes, size, count, context in
      guard let bytes, let context else { return 0 }
      return CurlTransfer.at(context).supply(
        UnsafeMutableRawBufferPointer(start: bytes, count: size * count))
    }
  }

  private func supply(_ room: UnsafeMutableRawBufferPointer) -> Int {
    guard let body = request.body else { return 0 }
    let piece = body.dropFirst(suppliedBytes).prefix(room.count)
    piece.copyBytes(to: room)
    suppliedBytes += piece.count
    return piece.count
  }

  private func setHeaders() {
    let names = Set(request.headers.map { $0.name.lowercased() })
    // An empty value would take the header out: curl spells an empty header with a semicolon.
    for header in request.headers {
      append(header.value.isEmpty ? "\(header.name);" : "\(header.name): \(header.value)")
    }
    // Headers that curl adds by itself, and that are not wanted.
    for name in ["expect", "accept", "content-type"] where !names.contains(name) { append("\(name):") }
    _ = curl_easy_set_pointer(handle, CURLOPT_HTTPHEADER, headerList)
  }

  private func append(_ line: String) {
    // A line break in a value would forge a header.
    guard !line.utf8.contains(where: { $0 == 13 || $0 == 10 || $0 == 0 }) else { return }
    if let longer = curl_slist_append(headerList, line) { headerList = longer }
  }

  private func setLimits() {
    _ = curl_easy_set_long(handle, CURLOPT_NOSIGNAL, 1)
    _ = curl_easy_set_long(handle, CURLOPT_FOLLOWLOCATION, 0)
    // CURL_HTTP_VERSION_1_1: a member of an enumeration without a name.
    _ = curl_easy_set_long(handle, CURLOPT_HTTP_VERSION, 2)
    _ = curl_easy_set_long(handle, CURLOPT_CONNECTTIMEOUT_MS, limits.connectMilliseconds)
    let whole = request.timeLimit.map { max(1, Int($0 / .milliseconds(1))) } ?? limits.wholeMilliseconds
    _ = curl_easy_set_long(handle, CURLOPT_TIMEOUT_MS, whole)
    _ = curl_easy_set_long(handle, CURLOPT_LOW_SPEED_LIMIT, 1)
    _ = curl_easy_set_long(handle, CURLOPT_LOW_SPEED_TIME, limits.silentSeconds)
    _ = curl_easy_set_size(handle, CURLOPT_MAXFILESIZE_LARGE, curl_off_t(limits.answerBytes))
    if EndpointURL.isLoopback(url: request.url) { _ = curl_easy_set_text(handle, CURLOPT_PROXY, "") }
    if let bundle = limits.certificateBundle { _ = curl_easy_set_text(handle, CURLOPT_CAINFO, bundle) }
    _ = curl_easy_set_pointer(handle, CURLOPT_ERRORBUFFER, errorText)
  }

  private func setReceivers() {
    let context = Unmanaged.passUnretained(self).toOpaque()
    _ = curl_easy_set_pointer(handle, CURLOPT_PRIVATE, context)
    _ = curl_easy_set_pointer(handle, CURLOPT_WRITEDATA, context)
    _ = curl_easy_set_function(handle, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
      guard let bytes, let context else { return 0 }
      return CurlTransfer.at(context).receive(UnsafeRawBufferPointer(start: bytes, count: size * count))
    }
    _ = curl_easy_set_pointer(handle, CURLOPT_HEADERDATA, context)
    _ = curl_easy_set_function(handle, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
      guard let bytes, let context else { return 0 }
      return CurlTransfer.at(context).receiveHeader(UnsafeRawBufferPointer(start: bytes, count: size * count))
    }
  }

  private static func at(_ context: UnsafeMutableRawPointer) -> CurlTransfer {
    Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
  }

  private func receive(_ bytes: UnsafeRawBufferPointer) -> Int {
    guard body.count + bytes.count <= limits.answerBytes else {
      isTooLarge = true
      return 0
    }
    body.append(contentsOf: bytes)
    return bytes.count
  }

  private func receiveHeader(_ bytes: UnsafeRawBufferPointer) -> Int {
    headerBytes += bytes.count
    guard headerBytes <= limits.headerBytes else {
      isTooLarge = true
      return 0
    }
    let line = Self.trimmed(bytes[...])
    if line.starts(with: "HTTP/".utf8) {
      // The head of an interim answer (100, 103) ends where the next status line begins.
      headers = [:]
      hasWholeHead = false
    } else if line.isEmpty {
      hasWholeHead = true
    } else if let colon = line.firstIndex(of: UInt8(ascii: ":")) {
      let name = String(decoding: line[..<colon], as: UTF8.self).lowercased()
      let value = String(decoding: Self.trimmed(line[(colon + 1)...]), as: UTF8.self)
      headers[name] = headers[name].map { "\($0),\(value)" } ?? value
    }
    return bytes.count
  }

  private static func trimmed(_ bytes: Slice<UnsafeRawBufferPointer>) -> Slice<UnsafeRawBufferPointer> {
    var rest = bytes
    while let byte = rest.first, byte <= 32 { rest = rest.dropFirst() }
    while let byte = rest.last, byte <= 32 { rest = rest.dropLast() }
    return rest
  }

  /// Connections that this transfer had to open: 0 when one was there to be used again.
  var connectionsOpened: Int {
    var count = 0
    _ = curl_easy_get_long(handle, CURLINFO_NUM_CONNECTS, &count)
    return count
  }

  /// What became of it, once curl has said that it is over.
  func outcome(_ code: CURLcode) -> Result<HTTPResponse, ProviderError> {
    // curl takes a head that breaks off for a whole one, and so would take a crash for success.
    guard code == CURLE_OK, hasWholeHead else {
      return .failure(failure(code == CURLE_OK ? CURLE_RECV_ERROR : code))
    }
    var status = 0
    _ = curl_easy_get_long(handle, CURLINFO_RESPONSE_CODE, &status)
    return .success(HTTPResponse(status: status, headers: headers, body: body))
  }

  private func failure(_ code: CURLcode) -> ProviderError {
    let spoken = String(cString: errorText)
    var sentBytes = 0
    _ = curl_easy_get_long(handle, CURLINFO_REQUEST_SIZE, &sentBytes)
    return CurlFailure.error(
      code, detail: spoken.isEmpty ? String(cString: curl_easy_strerror(code)) : spoken,
      origin: EndpointURL.origin(of: request.url), wasSent: sentBytes > 0, isTooLarge: isTooLarge,
      limit: limits.answerBytes)
  }
}
