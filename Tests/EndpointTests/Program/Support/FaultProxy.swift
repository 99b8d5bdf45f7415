import Foundation
import Planner

/// Stands between the program and an endpoint, and does to each request what a test wants done.
final class FaultProxy: Sendable {
  /// What becomes of a request. Decided on the connection's own thread, which a decision may hold up.
  enum Fate: Sendable {
    case pass
    /// Never reaches the endpoint; this comes back, byte by byte as it stands, and the connection is cut.
    case answer(String)
    /// Never reaches the endpoint; the connection is cut.
    case cut
    /// Reaches the endpoint; then this is done, and the connection is cut before the answer is passed on.
    case carriedOutThenCut(@Sendable () -> Void = {})
    /// Reaches the endpoint; this comes back instead of the answer.
    case carriedOutThen(answer: String)
    /// Reaches the endpoint; its answer comes back with another body.
    case edited(@Sendable (Data) -> Data)
    /// Reaches the endpoint twice; the second answer comes back.
    case twice
    /// Reaches the endpoint after that time.
    case late(milliseconds: UInt32)
    /// Nothing comes back until the program hangs up.
    case silence
    /// The text comes back piece by piece, so many milliseconds apart, until the program hangs up or the text is at its end.
    case drip(String, milliseconds: UInt32)
    /// An answer without an end, until the program hangs up.
    case endless(head: String, piece: String)
  }

  typealias Policy = @Sendable (ProxiedRequest) -> Fate

  let port: UInt16
  private let listener: Int32
  private let state: Locked<State>

  private struct State {
    var upstream: (host: String, port: UInt16)
    var policy: Policy = { _ in .pass }
    var requests: [ProxiedRequest] = []
    var count = 0
    var clock: EndpointClock?
  }

  init(to endpoint: String) throws {
    guard let url = URL(string: endpoint), let host = url.host, let port = url.port else {
      throw URLError(.badURL)
    }
    (listener, self.port) = try Socket.listen()
    state = Locked(State(upstream: (host, UInt16(port))))
    Thread.detachNewThread { [self] in accept() }
  }

  var url: String { "http://127.0.0.1:\(port)" }

  /// Everything that came since the last `start`.
  var requests: [ProxiedRequest] { state.withLock { $0.requests } }

  /// From now on requests are counted anew, from 1, and go the way of `policy`.
  func start(_ policy: @escaping Policy) {
    state.withLock { $0 = State(upstream: $0.upstream, policy: policy, clock: $0.clock) }
  }

  /// From now on the endpoint has another clock, and refuses what was signed by ours; nil for the true one.
  func setClock(_ clock: EndpointClock?) { state.withLock { $0.clock = clock } }

  func passEverything() { start { _ in .pass } }

  /// From now on requests go to another endpoint.
  func retarget(to endpoint: String) throws {
    guard let url = URL(string: endpoint), let host = url.host, let port = url.port else {
      throw URLError(.badURL)
    }
    state.withLock { $0.upstream = (host, UInt16(port)) }
  }

  func close() { Socket.shut(listener) }

  private func accept() {
    while let connection = Socket.accept(listener) {
      Thread.detachNewThread { [self] in
        serve(HTTPStream(connection))
        Socket.close(connection)
      }
    }
    Socket.close(listener)
  }

  private func serve(_ client: HTTPStream) {
    var endpoint: HTTPStream?
    defer { if let endpoint { Socket.close(endpoint.socket) } }
    while let message = client.readMessage(isAnswer: false) {
      let (request, policy) = state.withLock { state in
        state.count += 1
        let request = ProxiedRequest(number: state.count, message)
        state.requests.append(request)
        return (request, state.policy)
      }
      if let refusal = state.withLock({ $0.clock })?.refusal(of: message) {
        client.write(Array(refusal.utf8))
        return
      }
      guard act(policy(request), on: message, client: client, endpoint: &endpoint) else { return }
    }
  }

  /// False when the connection is to be cut.
  private func act(
    _ fate: Fate, on message: HTTPMessage, client: HTTPStream, endpoint: inout HTTPStream?
  ) -> Bool {
    switch fate {
    case .cut: return false
    case .answer(let text):
      client.write(Array(text.utf8))
      return false
    case .endless(let head, let piece):
      client.write(Array(head.utf8))
      while client.write(Array(piece.utf8)) {}
      return false
    case .silence:
      client.waitForEnd()
      return false
    case .drip(let text, let pause):
      for byte in text.utf8 {
        guard client.write([byte]) else { return false }
        usleep(pause * 1000)
      }
      client.waitForEnd()
      return false
    case .carriedOutThenCut(let action):
      _ = forward(message, &endpoint)
      action()
      return false
    case .carriedOutThen(let text):
      _ = forward(message, &endpoint)
      client.write(Array(text.utf8))
      return false
    case .edited(let edit):
      guard let answer = forward(message, &endpoint) else { return false }
      return client.write(answer.withBody(edit(Data(answer.body)))) && !answer.isLast
    case .late(let milliseconds):
      usleep(milliseconds * 1000)
      return pass(message, client: client, endpoint: &endpoint)
    case .twice:
      _ = forward(message, &endpoint)
      return pass(message, client: client, endpoint: &endpoint)
    case .pass: return pass(message, client: client, endpoint: &endpoint)
    }
  }

  private func pass(_ message: HTTPMessage, client: HTTPStream, endpoint: inout HTTPStream?) -> Bool {
    guard let answer = forward(message, &endpoint) else { return false }
    let clock = state.withLock { $0.clock }
    return client.write(clock?.adjusted(answer.bytes) ?? answer.bytes) && !answer.isLast
  }

  private func forward(_ message: HTTPMessage, _ endpoint: inout HTTPStream?) -> HTTPMessage? {
    // A kept connection may have been closed meanwhile: then a second one is tried.
    for _ in 1...2 {
      if endpoint == nil {
        endpoint = Socket.connect(to: state.withLock { $0.upstream }).map { HTTPStream($0) }
      }
      guard let stream = endpoint else { return nil }
      if stream.write(message.bytes), let answer = stream.readMessage(isAnswer: true, to: message.method) {
        if answer.isLast {
          Socket.close(stream.socket)
          endpoint = nil
        }
        return answer
      }
      Socket.close(stream.socket)
      endpoint = nil
    }
    return nil
  }
}

/// A request as a test sees it.
struct ProxiedRequest: Sendable, CustomStringConvertible {
  /// It asks the endpoint what software it is. It leaves together with the question who the caller is.
  var asksForSoftware: Bool { path == "/_ministack/health" }

  /// Counted from 1 since the policy was set.
  let number: Int
  let method: String
  let path: String
  /// The API's name for it where the protocol tells, as `CreateQueue`; else empty.
  let operation: String
  let body: String
  /// The id of the key that signed it; empty when none did.
  let accessKey: String
  let hasSessionToken: Bool

  init(number: Int, _ message: HTTPMessage) {
    self.number = number
    method = message.method
    path = message.path
    body = String(decoding: message.body, as: UTF8.self)
    accessKey =
      (message.headers["authorization"] ?? "").firstMatch(of: /Credential=([^\/]+)/).map { String($0.1) }
      ?? ""
    hasSessionToken = message.headers["x-amz-security-token"] != nil
    if let target = message.headers["x-amz-target"] {
      operation = target.split(separator: ".").last.map(String.init) ?? ""
    } else {
      operation = body.firstMatch(of: /(?:^|&)Action=([A-Za-z]+)/).map { String($0.1) } ?? ""
    }
  }

  /// Whether it changes anything, as the endpoint would understand it; independent of what the program thinks.
  var isWrite: Bool {
    if operation.isEmpty { return method != "GET" && method != "HEAD" }
    return !["Get", "List", "Describe", "BatchGet", "LookupEvents"].contains { operation.hasPrefix($0) }
  }

  var description: String { "#\(number) \(method) \(path) \(operation)" }
}
