import Foundation
import Planner
import Testing

@testable import Providers

/// What one operation may cost.
struct RequestBoundsTests {
  private func client(_ transport: FakeTransport, _ time: FakeTime, _ bounds: RequestBounds) throws
    -> AWSClient
  {
    var settings = ClientSettings(
      credentials: Credentials(accessKeyID: "AKID", secretAccessKey: "secretsecret"), region: "eu-west-1",
      endpoint: "http://localhost:4566")
    settings.bounds = bounds
    return try AWSClient(settings: settings, transport: transport, clock: time.clock)
  }

  private let failed = FakeTransport.Answer.answer(500, #"{"__type":"InternalError","message":"x"}"#)
  private let throttled = FakeTransport.Answer.answer(400, #"{"__type":"ThrottlingException"}"#)

  @Test(arguments: [1, 2, 7])
  func `as many attempts are made as AWS's own tools would make`(_ attempts: Int) async throws {
    var bounds = RequestBounds()
    bounds.attempts = attempts
    for answer in [failed, throttled] {
      let transport = FakeTransport([answer])
      let client = try client(transport, FakeTime(), bounds)
      await #expect(throws: ProviderError.self) { try await client.send(Request(SQS.listQueues).wire) }
      #expect(transport.requests.count == attempts)
    }
  }

  @Test func `an operation's time is its own, whatever it is spent on`() async throws {
    var bounds = RequestBounds()
    bounds.operation = .seconds(10)
    let time = FakeTime()
    let transport = FakeTransport([throttled])
    let client = try client(transport, time, bounds)
    await #expect(throws: ProviderError.self) { try await client.send(Request(SQS.listQueues).wire) }
    #expect(time.elapsed <= .seconds(10) && time.delays.count > 1)
    // Each attempt may have what is left.
    let limits = transport.requests.compactMap(\.timeLimit)
    #expect(
      limits.first == .seconds(10) && limits == limits.sorted(by: >) && limits.allSatisfy { $0 > .zero })
  }

  @Test func `who let a whole time pass is not asked by those who waited for it`() async throws {
    let silence = FakeTransport.Answer.failure(
      ProviderError(.unreachable, message: "silence", timedOut: true))
    var bounds = RequestBounds()
    bounds.attempts = 1
    let transport = FakeTransport([silence, .answer(200, #"{"QueueUrls":[]}"#)])
    let client = try client(transport, FakeTime(), bounds)
    await #expect(throws: ProviderError.self) { try await client.send(Request(SQS.listQueues).wire) }
    let waiting = try #require(transport.requests.first?.willBegin)
    var headers: [(name: String, value: String)] = []
    let refusal = waiting(&headers)
    #expect(refusal?.timedOut == true && refusal?.neverSent == true)
    _ = try await client.send(Request(SQS.listQueues).wire)
    #expect(waiting(&headers) == nil)
  }

  @Test func `a request that waited long for its turn is signed when it is sent`() async throws {
    let transport = FakeTransport([.answer(200, #"{"QueueUrls":[]}"#)])
    let time = FakeTime()
    _ = try await client(transport, time, RequestBounds()).send(Request(SQS.listQueues).wire)
    let sent = try #require(transport.requests.first)
    func dates(_ headers: [(name: String, value: String)]) -> [String] {
      headers.filter { $0.name == "x-amz-date" }.map(\.value)
    }
    var (soon, late) = (sent.headers, sent.headers)
    try await time.clock.sleep(.seconds(60))
    #expect(sent.willBegin?(&soon) == nil)
    try await time.clock.sleep(.seconds(300))
    #expect(sent.willBegin?(&late) == nil)
    #expect([dates(soon), dates(late)] == [["20150830T123600Z"], ["20150830T124200Z"]])
  }

  @Test func `the time is the endpoint's, once it has told it`() async throws {
    let time = FakeTime()
    let there = FakeTransport([
      .answer(200, #"{"QueueUrls":[]}"#, headers: ["date": "Sun, 30 Aug 2015 17:36:00 GMT"])
    ])
    let client = try client(there, time, RequestBounds())
    let before = client.time
    _ = try await client.send(Request(SQS.listQueues).wire)
    try await time.clock.sleep(.seconds(7))
    #expect([before, client.time] == [time.start, time.start + 5 * 3600 + 7])
  }

  @Test func `a long body may take longer`() {
    #expect(RequestBounds.uploadAllowance(50_000_000) == .seconds(1000))
    #expect(RequestBounds.uploadAllowance(0) == .zero)
  }

  @Test func `two requests that were signed by a wrong clock are both signed again`() async throws {
    let transport = StrictTransport()
    let settings = ClientSettings(
      credentials: Credentials(accessKeyID: "AKID", secretAccessKey: "secretsecret"), region: "eu-west-1",
      endpoint: "http://localhost:4566")
    let client = try AWSClient(settings: settings, transport: transport, clock: FakeTime().clock)
    async let one = client.send(Request(SQS.listQueues).wire)
    async let two = client.send(Request(SQS.listQueues).wire)
    let answers = try await [one, two]
    #expect(answers.map(\.status) == [200, 200])
    #expect(transport.refused == 2)
  }

  @Test(arguments: ["0", "-1", "many", "1.5"])
  func `a number of attempts that is none is told`(_ text: String) {
    var bounds = RequestBounds()
    #expect(throws: ProviderError.self) { try bounds.takeAttempts(text) }
  }
}

/// An endpoint that is a day ahead, and refuses nobody before two are to be refused: the second one meets a
/// correction that the first one made.
private final class StrictTransport: HTTPTransport {
  private let wrong = Locked(0)

  var refused: Int { wrong.withLock { $0 } }

  func send(_ request: HTTPRequest) async throws(ProviderError) -> HTTPResponse {
    let date = request.headers.first { $0.name == "x-amz-date" }?.value ?? ""
    if date.hasPrefix("20150831") { return HTTPResponse(status: 200, body: Data(#"{"QueueUrls":[]}"#.utf8)) }
    wrong.withLock { $0 += 1 }
    while refused < 2 { await Task.yield() }
    return HTTPResponse(
      status: 403, headers: ["date": "Mon, 31 Aug 2015 12:36:00 GMT"],
      body: Data(#"{"__type":"InvalidSignatureException","message":"Signature expired"}"#.utf8))
  }
}
