import Testing

@testable import Planner
@testable import Providers

/// What the check after an apply reads of tags that the apply itself has just written.
struct `Tags that were just written` {
  private let tags = ["stackform:stack": "shop", "team": "blue"]

  private func queries(written: Bool = true) -> [LiveQuery] {
    (1...4).map { number in
      let address = Address("queues", "q\(number)")
      var query = LiveQuery(
        Resource(address, name: "q\(number)"), depth: .existence,
        owner: Owner(stack: "shop", address: address))
      query.knownTags = KnownTags(
        tags: tags.merging(["stackform:address": "\(address)"]) { $1 }, source: written ? .written : .read)
      return query
    }
  }

  private func sender(keeping tags: Value) -> AnsweringSender {
    AnsweringSender(["GetQueueAttributes": ["Attributes": [:]], "ListQueueTags": ["Tags": tags]])
  }

  @Test func `are read back of one, and believed of the others`() async throws {
    let sender = sender(
      keeping: ["stackform:stack": "shop", "stackform:address": "queues.q1", "team": "blue"])
    let answers = await AWSReader(client: sender.reading).read(queries())
    let last = try #require(try answers[Address("queues", "q4")]?.get())
    #expect(last.owner?.address == Address("queues", "q4") && last.properties["tags"] == ["team": "blue"])
    let operations = await sender.operations
    #expect(operations.count { $0 == "ListQueueTags" } == 1)
    // The tags of one tell that it is there; of the others nothing but that is to be read.
    #expect(operations.count { $0 == "GetQueueAttributes" } == 3)
    #expect(!operations.contains("ListQueues"))
  }

  @Test func `are read back of all where the endpoint dropped those of one`() async throws {
    let sender = sender(keeping: [:])
    let answers = await AWSReader(client: sender.reading).read(queries())
    #expect(await sender.operations.count { $0 == "ListQueueTags" } == 1)
    // The listing that comes before many found none of them.
    #expect(await sender.operations.contains("ListQueues"))
    #expect(answers.count == 4)
  }

  @Test func `need no look when they are old ones that nobody changed`() async throws {
    let sender = sender(keeping: [:])
    let answers = await AWSReader(client: sender.reading).read(queries(written: false))
    #expect(await !sender.operations.contains("ListQueueTags"))
    #expect(try answers[Address("queues", "q1")]?.get()?.owner?.stack == "shop")
  }
}
