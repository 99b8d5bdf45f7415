import Foundation

/// An endpoint whose clock is off from ours by so many seconds: to it, ours is the wrong one. It refuses what
/// is signed more than five minutes off, as AWS does and no emulator.
struct EndpointClock: Sendable {
  let offset: TimeInterval

  private var now: Date { Date.now.addingTimeInterval(offset) }

  private static func formatter(_ format: String) -> DateFormatter {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = TimeZone(secondsFromGMT: 0)
    formatter.dateFormat = format
    return formatter
  }

  private static var http: DateFormatter { formatter("EEE, dd MMM yyyy HH:mm:ss 'GMT'") }

  /// The answer to a request with a date that is too far off; nil when the date is right.
  func refusal(of request: HTTPMessage) -> String? {
    let signed = request.headers["x-amz-date"].flatMap(Self.formatter("yyyyMMdd'T'HHmmss'Z'").date(from:))
    if let signed, abs(signed.timeIntervalSince(now)) < 300 { return nil }
    let body =
      #"{"__type":"InvalidSignatureException","message":"Signature expired: the date is not within 5 minutes of ours"}"#
    return
      "HTTP/1.1 403 Forbidden\r\nDate: \(Self.http.string(from: now))\r\nContent-Type: application/json\r\n"
      + "Content-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n\(body)"
  }

  /// The endpoint's answer with its dates as this clock has them.
  func adjusted(_ answer: [UInt8]) -> [UInt8] {
    guard let end = answer.firstRange(of: Array("\r\n\r\n".utf8)) else { return answer }
    let lines = String(decoding: answer[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
    let head = lines.map { line -> String in
      let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
      guard parts.count == 2, ["date", "last-modified"].contains(parts[0].lowercased()),
        let date = Self.http.date(from: parts[1])
      else { return line }
      return "\(parts[0]): \(Self.http.string(from: date.addingTimeInterval(offset)))"
    }
    return Array(head.joined(separator: "\r\n").utf8) + answer[end.lowerBound...]
  }
}
