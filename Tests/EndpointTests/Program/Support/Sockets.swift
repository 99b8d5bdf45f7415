import Foundation

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Loopback sockets, blocking: each has a thread of its own.
enum Socket {
  #if canImport(Glibc)
  private static let stream = Int32(SOCK_STREAM.rawValue)
  #else
  private static let stream = SOCK_STREAM
  #endif

  static func listen() throws -> (socket: Int32, port: UInt16) {
    let descriptor = socket(AF_INET, stream, 0)
    var address = name(port: 0)
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { name in
        bind(descriptor, name, length) == 0 && Foundation.listen(descriptor, 128) == 0
          && getsockname(descriptor, name, &length) == 0
      }
    }
    guard isBound else { throw POSIXError(.EADDRINUSE) }
    return (descriptor, UInt16(bigEndian: address.sin_port))
  }

  /// A port that nothing listens on.
  static func closedPort() throws -> UInt16 {
    let (descriptor, port) = try listen()
    close(descriptor)
    return port
  }

  static func accept(_ listener: Int32) -> Int32? {
    let connection = Foundation.accept(listener, nil, nil)
    return connection >= 0 ? connection : nil
  }

  static func connect(to upstream: (host: String, port: UInt16)) -> Int32? {
    let descriptor = socket(AF_INET, stream, 0)
    var address = name(port: upstream.port)
    let isConnected = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { name in
        Foundation.connect(descriptor, name, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
    if isConnected { return descriptor }
    close(descriptor)
    return nil
  }

  static func shut(_ descriptor: Int32) { _ = shutdown(descriptor, Int32(SHUT_RDWR)) }

  static func close(_ descriptor: Int32) {
    // A program that was started meanwhile may have inherited it: closing alone would not end the connection.
    shut(descriptor)
    _ = Foundation.close(descriptor)
  }

  private static func name(port: UInt16) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return address
  }
}

/// A request or an answer, as it came.
struct HTTPMessage: Sendable {
  /// All of it, for passing on.
  var bytes: [UInt8]
  var firstLine: String
  /// Names in lower case.
  var headers: [String: String]
  var body: [UInt8]
  /// The connection ends with it.
  var isLast: Bool

  var method: String { firstLine.split(separator: " ").first.map(String.init) ?? "" }
  var path: String { firstLine.split(separator: " ").dropFirst().first.map(String.init) ?? "" }

  /// All of it with another body, whose length it then gives.
  func withBody(_ body: Data) -> [UInt8] {
    let kept = headers.filter { !["content-length", "transfer-encoding"].contains($0.key) }
    let lines =
      [firstLine] + kept.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
      + ["content-length: \(body.count)"]
    return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body
  }
}

/// Reads whole messages off a connection.
final class HTTPStream {
  let socket: Int32
  private var received: [UInt8] = []

  init(_ socket: Int32) { self.socket = socket }

  /// nil when the connection ended before a whole one.
  func readMessage(isAnswer: Bool, to method: String = "") -> HTTPMessage? {
    let end = Array("\r\n\r\n".utf8)
    var head: Range<Int>?
    while head == nil {
      head = received.firstRange(of: end)
      if head == nil, !receive() { return nil }
    }
    guard let head else { return nil }
    let lines = String(decoding: received[..<head.lowerBound], as: UTF8.self).split(separator: "\r\n")
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
      headers[parts[0].lowercased()] = parts.count > 1 ? parts[1] : ""
    }
    var message = HTTPMessage(
      bytes: [], firstLine: lines.first.map(String.init) ?? "", headers: headers, body: [],
      isLast: headers["connection"]?.lowercased() == "close")
    guard let length = bodyEnd(of: &message, from: head.upperBound, isAnswer: isAnswer, to: method) else {
      return nil
    }
    message.bytes = Array(received[..<length])
    message.body = Array(received[head.upperBound..<length])
    received.removeFirst(length)
    return message
  }

  /// Where the message ends; nil when the connection ends first.
  private func bodyEnd(of message: inout HTTPMessage, from start: Int, isAnswer: Bool, to method: String)
    -> Int?
  {
    let status = isAnswer ? message.path : ""
    if isAnswer, method == "HEAD" || status == "204" || status == "304" { return start }
    if message.headers["transfer-encoding"]?.lowercased() == "chunked" {
      let last = Array("0\r\n\r\n".utf8)
      while !(received[start...].starts(with: last)
        || received[start...].suffix(7) == Array("\r\n0\r\n\r\n".utf8))
      {
        guard receive() else { return nil }
      }
      return received.count
    }
    if let length = message.headers["content-length"].flatMap(Int.init) {
      while received.count < start + length { guard receive() else { return nil } }
      return start + length
    }
    guard isAnswer else { return start }
    message.isLast = true
    while receive() {}
    return received.count
  }

  /// Returns when the other side has hung up.
  func waitForEnd() { while receive() {} }

  private func receive() -> Bool {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = recv(socket, &buffer, buffer.count, 0)
    guard count > 0 else { return false }
    received += buffer[..<count]
    return true
  }

  /// False when nobody reads any more.
  @discardableResult
  func write(_ bytes: [UInt8]) -> Bool {
    #if canImport(Glibc)
    let quietly = Int32(MSG_NOSIGNAL)
    #else
    let quietly: Int32 = 0
    #endif
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { send(socket, $0.baseAddress, $0.count, quietly) }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }
}
