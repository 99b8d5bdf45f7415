import Providers
import Testing

@testable import Planner

/// Whether what was made is there and what was deleted is gone: with which requests that is found out.
struct ExistenceLookTests {
  private static let prefix = "http://localhost:4566/111111111111/"
  private static let found: AnsweringSender.Answer = .success(["Attributes": ["VisibilityTimeout": "30"]])
  private static let missing: AnsweringSender.Answer = .failure(
    ProviderError(.notFound, message: "no such queue", status: 404))

  private func listing(_ names: String...) -> AnsweringSender.Answer {
    .success(["QueueUrls": .list(names.map { .string(Self.prefix + $0) })])
  }

  private func expected(_ names: [String], isThere: Bool) -> [ExpectedExistence] {
    names.map { name in
      let address = Address("queues", name)
      let owner = Owner(stack: "shop", address: address)
      let query = LiveQuery(
        address: address, section: "queues", name: name, id: name, wanted: nil, depth: .existence,
        owner: owner, knownTags: KnownTags(tags: owner.tags, source: .read))
      return ExpectedExistence(query, id: name, isThere: isThere)
    }
  }

  private func verdicts(
    _ sender: AnsweringSender, _ expectations: [ExpectedExistence],
    as software: EndpointSoftware? = .miniStack
  ) async throws -> [Bool] {
    let client = software.map { sender.writing(as: $0).reading } ?? sender.reading
    return try await AWSReader(client: client).verdicts(on: expectations).map { try $0.get() }
  }

  @Test func `a listing that shows what is expected is all that is asked for`() async throws {
    let sender = AnsweringSender(["ListQueues": [listing("a", "b", "other")]])
    let all = expected(["a", "b"], isThere: true) + expected(["c", "d"], isThere: false)
    #expect(try await verdicts(sender, all) == [true, true, true, true])
    #expect(await sender.operations == ["ListQueues"])
  }

  @Test func `what a listing does not show as expected is read`() async throws {
    let sender = AnsweringSender(["ListQueues": [listing("b", "d")], "GetQueueAttributes": [Self.found]])
    let all = expected(["a", "b"], isThere: true) + expected(["c"], isThere: false)
    #expect(try await verdicts(sender, all) == [true, true, true])
    #expect(await sender.operations == ["ListQueues", "GetQueueAttributes"])
  }

  @Test func `a queue that is still listed and can't be read is gone`() async throws {
    let sender = AnsweringSender(["ListQueues": [listing("a", "b")], "GetQueueAttributes": [Self.missing]])
    #expect(try await verdicts(sender, expected(["a", "b"], isThere: false)) == [true, true])
    #expect(await sender.operations == ["ListQueues", "GetQueueAttributes", "GetQueueAttributes"])
  }

  @Test func `one alone is read and not listed`() async throws {
    let sender = AnsweringSender(["GetQueueAttributes": [Self.found]])
    #expect(try await verdicts(sender, expected(["a"], isThere: false)) == [false])
    #expect(await sender.operations == ["GetQueueAttributes"])
  }

  @Test func `without a listing each is read`() async throws {
    let denied = ProviderError(.denied, message: "you may not list", status: 403)
    let sender = AnsweringSender(["ListQueues": [.failure(denied)], "GetQueueAttributes": [Self.found]])
    #expect(try await verdicts(sender, expected(["a", "b"], isThere: true)) == [true, true])
    #expect(await sender.operations.count == 3)
  }

  @Test func `an endpoint that may take its time is asked until it shows what was done`() async throws {
    let sender = AnsweringSender(["GetQueueAttributes": [Self.missing, Self.missing, Self.found]])
    #expect(try await verdicts(sender, expected(["a"], isThere: true), as: nil) == [true])
    #expect(await sender.operations.count == 3)
    let atOnce = AnsweringSender(["GetQueueAttributes": [Self.missing, Self.found]])
    #expect(try await verdicts(atOnce, expected(["a"], isThere: true)) == [false])
  }

  @Test func `what can't be read is told, and hides nothing of the others`() async throws {
    let denied = ProviderError(.denied, message: "you may not look", status: 403)
    let sender = AnsweringSender(["GetQueueAttributes": [.failure(denied)], "DescribeTable": [Self.missing]])
    let table = ExpectedExistence(
      LiveQuery(
        address: Address("tables", "t"), section: "tables", name: "t", id: "t", wanted: nil,
        depth: .existence,
        owner: Owner(stack: "shop", address: Address("tables", "t"))), id: "t", isThere: false)
    let reader = AWSReader(client: sender.writing(as: .miniStack).reading)
    let verdicts = await reader.verdicts(on: expected(["a"], isThere: true) + [table])
    #expect(verdicts == [.failure(denied), .success(true)])
  }
}
