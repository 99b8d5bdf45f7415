import Foundation
import Planner
import Testing

@testable import Providers

struct CurlTransportTests {
  private func failure(
    _ transport: CurlTransport, _ request: HTTPRequest
  ) async -> ProviderError? {
    do throws(ProviderError) {
      _ = try await transport.send(request)
      return nil
    } catch { return error }
  }

  @Test func `a request goes out as it was made, and nothing is added but a length`() async throws {
    let server = try LoopbackServer { _ in .ok("hello", headers: "X-Thing:  a b \r\nX-Two: 1\r\nX-Two: 2\r\n")
    }
    defer { server.close() }
    let transport = CurlTransport()
    let response = try await transport.send(
      HTTPRequest(
        method: "PUT", url: "\(server.url)/a/../b%20c?versioning", headers: [("x-empty", ""), ("x-a", "1")],
        body: Data("body".utf8)))
    #expect(response.status == 200)
    #expect(String(decoding: response.body, as: UTF8.self) == "hello")
    #expect(response.headers["x-thing"] == "a b")
    #expect(response.headers["x-two"] == "1,2")
    let head = "PUT /a/../b%20c?versioning HTTP/1.1\r\nHost: 127.0.0.1:\(server.port)\r\n"
    #expect(server.counts.requests == [head + "x-empty:\r\nx-a: 1\r\nContent-Length: 4\r\n\r\nbody"])
  }

  @Test func `every method is spelled right, with a length where there is a body`() async throws {
    let server = try LoopbackServer { request in
      request.hasPrefix("HEAD")
        ? LoopbackServer.Reply(bytes: "HTTP/1.1 404 N\r\nContent-Length: 10\r\n\r\n") : .ok("x")
    }
    defer { server.close() }
    let transport = CurlTransport()
    for (method, body) in [
      ("GET", nil), ("DELETE", nil), ("HEAD", nil), ("POST", Data()), ("PATCH", Data("p".utf8)),
    ] {
      _ = try await transport.send(HTTPRequest(method: method, url: server.url, body: body))
    }
    let host = "Host: 127.0.0.1:\(server.port)\r\n"
    #expect(
      server.counts.requests == [
        "GET / HTTP/1.1\r\n\(host)\r\n", "DELETE / HTTP/1.1\r\n\(host)\r\n", "HEAD / HTTP/1.1\r\n\(host)\r\n",
        "POST / HTTP/1.1\r\n\(host)Content-Length: 0\r\n\r\n",
        "PATCH / HTTP/1.1\r\n\(host)Content-Length: 1\r\n\r\np",
      ])
    #expect(transport.counts == TransportCounts(requests: 5, connections: 1))
  }

  @Test func `no more connections are open than allowed, and they are used again`() async throws {
    let server = try LoopbackServer { _ in .ok("x") }
    defer { server.close() }
    var limits = CurlLimits()
    limits.connections = 3
    let transport = CurlTransport(limits: limits)
    let answered = await withTaskGroup { group in
      for _ in 0..<200 {
        group.addTask { await failure(transport, HTTPRequest(method: "GET", url: server.url)) == nil }
      }
      return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
    }
    #expect(answered == 200)
    #expect(server.counts.mostOpenConnections <= 3)
    #expect(transport.counts.connections <= 3)
  }

  @Test func `a server that closes every connection is no trouble`() async throws {
    let server = try LoopbackServer { _ in
      LoopbackServer.Reply(
        bytes: "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1\r\n\r\nx", isLast: true)
    }
    defer { server.close() }
    let transport = CurlTransport()
    for _ in 0..<20 {
      #expect(try await transport.send(HTTPRequest(method: "GET", url: server.url)).status == 200)
    }
    #expect(transport.counts.connections == 20)
  }

  @Test func `a refused connection was never sent`() async throws {
    let server = try LoopbackServer { _ in .ok("x") }
    server.close()
    let error = await failure(CurlTransport(), HTTPRequest(method: "GET", url: server.url))
    #expect(error?.kind == .unreachable && error?.neverSent == true)
    #expect(error?.message.contains(server.url) == true)
  }

  @Test func `an unknown host was never sent`() async throws {
    let error = await failure(CurlTransport(), HTTPRequest(method: "GET", url: "http://nowhere.invalid/"))
    #expect(error?.kind == .unreachable && error?.neverSent == true)
  }

  @Test(arguments: [
    "", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf", "HTTP/1.1 200 OK\r\nX-Half",
  ])
  func `a server that dies in its answer may have done what was asked`(_ bytes: String) async throws {
    let server = try LoopbackServer { _ in LoopbackServer.Reply(bytes: bytes, isLast: true) }
    defer { server.close() }
    let error = await failure(
      CurlTransport(), HTTPRequest(method: "POST", url: server.url, body: Data("x".utf8)))
    #expect(error?.kind == .unreachable)
    #expect(error?.neverSent == false)
  }

  @Test func `an answer that is too large is refused, told or not`() async throws {
    let server = try LoopbackServer { request in
      let body = String(repeating: "x", count: 5000)
      if request.hasPrefix("GET /told") { return .ok(body) }
      return LoopbackServer.Reply(bytes: "HTTP/1.1 200 OK\r\n\r\n\(body)", isLast: true)
    }
    defer { server.close() }
    var limits = CurlLimits()
    limits.answerBytes = 4096
    let transport = CurlTransport(limits: limits)
    for path in ["told", "untold"] {
      let error = await failure(transport, HTTPRequest(method: "GET", url: "\(server.url)/\(path)"))
      #expect(error?.kind == .malformed)
      #expect(error?.message.contains("4096") == true)
    }
  }

  @Test func `what speaks no HTTP is malformed`() async throws {
    let server = try LoopbackServer { _ in LoopbackServer.Reply(bytes: "220 ready for mail\r\n", isLast: true)
    }
    defer { server.close() }
    let error = await failure(CurlTransport(), HTTPRequest(method: "GET", url: server.url))
    #expect(error?.kind == .malformed)
  }

  @Test func `silence ends a request at its time, and it may have been done`() async throws {
    let server = try LoopbackServer { _ in LoopbackServer.Reply(bytes: "") }
    defer { server.close() }
    var limits = CurlLimits()
    limits.wholeMilliseconds = 200
    let error = await failure(CurlTransport(limits: limits), HTTPRequest(method: "GET", url: server.url))
    #expect(error?.kind == .unreachable)
    #expect(error?.neverSent == false)
  }

  @Test func `a redirect is an answer like any other`() async throws {
    let server = try LoopbackServer { _ in
      LoopbackServer.Reply(
        bytes: "HTTP/1.1 307 T\r\nLocation: http://elsewhere.invalid/\r\nContent-Length: 0\r\n\r\n")
    }
    defer { server.close() }
    #expect(try await CurlTransport().send(HTTPRequest(method: "GET", url: server.url)).status == 307)
  }

  @Test func `an interim answer is passed over`() async throws {
    let server = try LoopbackServer { _ in
      let early = "HTTP/1.1 103 Early Hints\r\nX-Early: 1\r\n\r\n"
      return LoopbackServer.Reply(bytes: early + LoopbackServer.Reply.ok("x").bytes)
    }
    defer { server.close() }
    let response = try await CurlTransport().send(HTTPRequest(method: "GET", url: server.url))
    #expect(response.status == 200 && response.headers["x-early"] == nil)
  }

  @Test func `cancelled tasks get their answers, and nothing hangs`() async throws {
    let server = try LoopbackServer { _ in .ok("x") }
    defer { server.close() }
    let transport = CurlTransport()
    for _ in 0..<50 {
      let task = Task {
        await withTaskGroup { group in
          for _ in 0..<16 {
            group.addTask { await failure(transport, HTTPRequest(method: "GET", url: server.url)) == nil }
          }
          return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
      }
      await Task.yield()
      task.cancel()
      #expect(await task.value == 16)
    }
    #expect(transport.counts.connections <= 8)
  }

  @Test func `after the end a request is refused`() async throws {
    let server = try LoopbackServer { _ in .ok("x") }
    defer { server.close() }
    let transport = CurlTransport()
    _ = try await transport.send(HTTPRequest(method: "GET", url: server.url))
    transport.shutDown()
    transport.shutDown()
    let error = await failure(transport, HTTPRequest(method: "GET", url: server.url))
    #expect(error?.kind == .unreachable && error?.neverSent == true)
  }

  @Test func `a kept connection that breaks is replaced, but what may have been done is not done again`()
    async throws
  {
    let server = try LoopbackServer { request in
      request.contains("break") ? LoopbackServer.Reply(bytes: "", isLast: true) : .ok("x")
    }
    defer { server.close() }
    for (isRepeatable, sent) in [(true, 2), (false, 1)] {
      let transport = CurlTransport()
      _ = try await transport.send(HTTPRequest(method: "GET", url: server.url))
      let marker = isRepeatable ? "break once more" : "break for good"
      let error = await failure(
        transport,
        HTTPRequest(method: "POST", url: server.url, body: Data(marker.utf8), isRepeatable: isRepeatable))
      #expect(error?.kind == .unreachable && error?.neverSent == false)
      #expect(server.counts.requests.count { $0.contains(marker) } == sent)
    }
  }

  @Test func `a server that goes away while a request is under way leaves doubt`() async throws {
    let closing = Locked<LoopbackServer?>(nil)
    let server = try LoopbackServer { request in
      guard request.contains("last") else { return .ok("x") }
      closing.withLock { $0 }?.close()
      return LoopbackServer.Reply(bytes: "", isLast: true)
    }
    closing.withLock { $0 = server }
    let transport = CurlTransport()
    _ = try await transport.send(HTTPRequest(method: "GET", url: server.url))
    let error = await failure(
      transport, HTTPRequest(method: "POST", url: server.url, body: Data("last".utf8)))
    #expect(error?.kind == .unreachable && error?.neverSent == false)
  }

  @Test func `a large body that may not be repeated arrives whole`() async throws {
    let server = try LoopbackServer { .ok(String($0.utf8.count)) }
    defer { server.close() }
    let body = Data(String(repeating: "0123456789", count: 30_000).utf8)
    _ = try await CurlTransport().send(
      HTTPRequest(method: "POST", url: server.url, body: body, isRepeatable: false))
    let request = server.counts.requests[0]
    #expect(request.hasSuffix(String(decoding: body, as: UTF8.self)))
    #expect(request.contains("Content-Length: 300000\r\n"))
    #expect(!request.contains("Expect") && !request.contains("chunked"))
  }
}
