import Foundation
import Planner
import Testing

@testable import Providers

/// The ledger's own objects against an endpoint that answers what S3 does not document.
struct LedgerBucketTests {
  private typealias Answer = FakeTransport.Answer
  private static let page = "<html><body>Sign in to the hotel's network</body></html>"
  private let body = Data("mine".utf8)

  private func client(_ transport: FakeTransport) throws -> AWSClient {
    try AWSClient(
      settings: ClientSettings(
        credentials: Credentials(accessKeyID: "AKID", secretAccessKey: "secret"), region: "us-east-1",
        endpoint: "http://localhost:4566"),
      transport: transport, clock: FakeTime().clock)
  }

  private func bucket(_ transport: FakeTransport) throws -> LedgerBucket {
    LedgerBucket(sender: try client(transport), account: "111111111111", region: "us-east-1")
  }

  private static func object(_ text: String, revision: String = "\"1\"") -> Answer {
    .answer(
      206, text,
      headers: ["etag": revision, "content-range": "bytes 0-\(text.utf8.count - 1)/\(text.utf8.count)"])
  }

  private static let missing = Answer.answer(
    404, "<Error><Code>NoSuchKey</Code><Message>no</Message></Error>")

  // MARK: Writing

  @Test(arguments: ["", page, "{}"])
  func `a write that is answered without an ETag is believed only when the object is there`(
    _ answer: String
  ) async throws {
    let transport = FakeTransport([.answer(200, answer), Self.object("mine")])
    let revision = try await bucket(transport).write(body, to: ["lock.json"], replacing: nil)
    #expect(revision == "\"1\"")
    #expect(transport.requests.map(\.method) == ["PUT", "GET"])
  }

  @Test(arguments: [Self.missing, Self.object("another's")])
  func `a write that is answered without an ETag fails when the object is not there, or another one is`(
    _ found: FakeTransport.Answer
  ) async throws {
    let bucket = try bucket(FakeTransport([.answer(200, Self.page), found]))
    let error = await #expect(throws: ProviderError.self) {
      try await bucket.write(body, to: ["lock.json"], replacing: "\"0\"")
    }
    #expect(error?.kind == .malformed && error?.operation == "s3:PutObject")
  }

  @Test func `a lock is not held when the endpoint's answer proves nothing`() async throws {
    let sender = try client(FakeTransport([Self.missing, .answer(200, "{}"), Self.missing]))
    let store = S3LedgerStore(
      sender: sender, account: "111111111111", region: "us-east-1", stack: "shop",
      isRunning: { _ in true })
    let holder = LockHolder(
      id: "a", user: "b", host: "c", process: 1, command: "apply", since: "2030-01-31T00:00:00Z")
    await #expect(throws: LedgerError.self) { try await store.acquireLock(holder) }
  }

  @Test func `a bucket is made when it is missing, and believed when the answer says where it is`()
    async throws
  {
    let noBucket = Answer.answer(404, "<Error><Code>NoSuchBucket</Code><Message>no</Message></Error>")
    let made = Answer.answer(200, headers: ["location": "/stackform-111111111111-us-east-1"])
    let transport = FakeTransport([noBucket, made, .answer(200, headers: ["etag": "\"2\""])])
    #expect(try await bucket(transport).write(body, to: ["a"], replacing: nil) == "\"2\"")
    let unbelieved = try bucket(FakeTransport([noBucket, .answer(200, Self.page)]))
    await #expect(throws: ProviderError.self) {
      try await unbelieved.write(body, to: ["a"], replacing: nil)
    }
  }

  // MARK: Reading

  @Test func `a page in the place of an object is an error`() async throws {
    let bucket = try bucket(FakeTransport([.answer(200, Self.page)]))
    let error = await #expect(throws: ProviderError.self) { try await bucket.read(["ledger.json"]) }
    #expect(error?.kind == .malformed)
  }

  /// What the transport throws for an answer beyond its bound.
  private static let tooLong = Answer.failure(ProviderError(.malformed, message: "sent more than 16 MiB"))

  private static func part(_ text: String, of total: Int, _ revision: String) -> Answer {
    .answer(206, text, headers: ["etag": revision, "content-range": "bytes 0-1/\(total)"])
  }

  @Test func `an object is put together of its parts`() async throws {
    let transport = FakeTransport([
      Self.tooLong, Self.part("ab", of: 4, "\"1\""), Self.part("cd", of: 4, "\"1\""),
    ])
    let found = try await bucket(transport).read(["ledger.json"])
    #expect(found?.body == Data("abcd".utf8) && found?.revision == "\"1\"")
    let ranges = transport.requests.map { $0.headers.first { $0.name == "range" }?.value }
    #expect(ranges == [nil, "bytes=0-8388607", "bytes=2-8388609"])
  }

  @Test func `an object that changes between its parts is read anew`() async throws {
    let transport = FakeTransport([
      Self.tooLong, Self.part("ab", of: 4, "\"1\""), Self.part("CD", of: 4, "\"2\""),
      Self.part("AB", of: 4, "\"2\""),
      Self.part("CD", of: 4, "\"2\""),
    ])
    let found = try await bucket(transport).read(["ledger.json"])
    #expect(found?.body == Data("ABCD".utf8) && found?.revision == "\"2\"")
  }

  @Test func `an endpoint that knows no ranges answers with the whole object`() async throws {
    let transport = FakeTransport([Self.tooLong, .answer(200, "all", headers: ["etag": "\"1\""])])
    let found = try await bucket(transport).read(["ledger.json"])
    #expect(found?.body == Data("all".utf8) && found?.revision == "\"1\"")
    #expect(transport.requests.count == 2)
  }

  @Test func `an empty object has no range, and is read all the same`() async throws {
    let transport = FakeTransport([.answer(200, headers: ["etag": "\"e\""])])
    let found = try await bucket(transport).read(["ledger.json"])
    #expect(found?.body == Data() && found?.revision == "\"e\"")
    #expect(transport.requests.map { $0.headers.contains { $0.name == "range" } } == [false])
  }

  @Test func `an object that fits in one answer is read in one request, torn by nobody`() async throws {
    let bucket = try bucket(FakeTransport([.answer(200, "all", headers: ["etag": "\"1\""])]))
    #expect(try await bucket.read(["ledger.json"])?.body == Data("all".utf8))
  }
}
