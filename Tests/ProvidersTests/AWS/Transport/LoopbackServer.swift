import Foundation

@testable import Providers

import Planner

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A small real HTTP server on this machine, one thread a connection, for what a fake can't show: sockets.
final class LoopbackServer: Sendable {
  /// What is written for a request, and whether the connection is cut after it.
  struct Reply {
    var bytes: String
    var isLast = false

    static func ok(_ body: String, headers: String = "") -> Reply {
      Reply(bytes: "HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\(headers)\r\n\(body)")
    }
  }

  struct Counts {
    var connections = 0
    var openConnections = 0
    var mostOpenConnections = 0
    var requests: [String] = []
  }

  let port: UInt16
  private let socket: Int32
  private let counted = Locked(Counts())
  private let answer: @Sendable (String) -> Reply

  /// Listens on a free port; `answer` gives the reply to a request's head and body.
  init(_ answer: @escaping @Sendable (String) -> Reply) throws {
    self.answer = answer
    #if canImport(Glibc)
    let descriptor = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
    let descriptor = Darwin.socket(AF_INET, SOCK_STREAM, 0)
    #endif
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { name in
        bind(descriptor, name, length) == 0 && listen(descriptor, 64) == 0
          && getsockname(descriptor, name, &length) == 0
      }
    }
    guard bound else { throw POSIXError(.EADDRINUSE) }
    socket = descriptor
    port = UInt16(bigEndian: address.sin_port)
    Thread.detachNewThread { self.accept() }
  }

  var url: String { "http://127.0.0.1:\(port)" }
  var counts: Counts { counted.withLock { $0 } }

  /// Refuses connections from now on.
  func close() { shutdown(socket, Int32(SHUT_RDWR)) }

  private func accept() {
    while true {
      #if canImport(Glibc)
      let connection = Glibc.accept(socket, nil, nil)
      #else
      let connection = Darwin.accept(socket, nil, nil)
      #endif
      guard connection >= 0 else { break }
      counted.withLock { counts in
        counts.connections += 1
        counts.openConnections += 1
        counts.mostOpenConnections = max(counts.mostOpenConnections, counts.openConnections)
      }
      Thread.detachNewThread { self.serve(connection) }
    }
    _ = shutdown(socket, Int32(SHUT_RDWR))
  }

  private func serve(_ connection: Int32) {
    while let request = read(connection) {
      counted.withLock { $0.requests.append(request) }
      let reply = answer(request)
      let bytes = Array(reply.bytes.utf8)
      _ = send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL))
      if reply.isLast { break }
    }
    counted.withLock { $0.openConnections -= 1 }
    _ = shutdown(connection, Int32(SHUT_RDWR))
    #if canImport(Glibc)
    _ = Glibc.close(connection)
    #else
    _ = Darwin.close(connection)
    #endif
  }

  private func read(_ connection: Int32) -> String? {
    var received: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let text = String(decoding: received, as: UTF8.self)
      if let end = text.firstRange(of: "\r\n\r\n") {
        let length = text.firstMatch(of: /content-length: (\d+)/.ignoresCase()).flatMap { Int($0.1) } ?? 0
        if text[end.upperBound...].utf8.count >= length { return text }
      }
      let count = recv(connection, &buffer, buffer.count, 0)
      guard count > 0 else { return nil }
      received += buffer[..<count]
    }
  }
}
