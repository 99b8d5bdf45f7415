import Planner
import Testing

@testable import Providers

struct `A listing` {
  /// Answers each page with a token that `token` makes of the number of the page.
  private actor Pages: RequestSender {
    private let token: @Sendable (Int) -> Value
    private(set) var count = 0

    init(token: @escaping @Sendable (Int) -> Value) { self.token = token }

    func send(_ request: AWSRequest) async throws(ProviderError) -> AWSResponse {
      count += 1
      return AWSResponse(status: 200, value: ["QueueUrls": [.integer(count)], "NextToken": token(count)])
    }

    nonisolated var reading: ReadingClient {
      ReadingClient(target: Target(account: "111111111111", region: "eu-west-1"), sender: self)
    }
  }

  @Test func `is turned until there is no token`() async throws {
    let pages = Pages { $0 < 3 ? .integer($0) : .null }
    #expect(try await pages.reading.everyItem(SQS.listQueues) == [1, 2, 3])
  }

  @Test func `is given up when it has more pages than are worth it`() async throws {
    let pages = Pages { .integer($0) }
    #expect(try await pages.reading.items(SQS.listQueues, atMost: 2) == nil)
    #expect(await pages.count == 2)
  }

  @Test func `whose tokens lead round in a circle is an error`() async throws {
    let pages = Pages { .integer($0 % 2) }
    let error = await #expect(throws: ProviderError.self) {
      try await pages.reading.everyItem(SQS.listQueues)
    }
    #expect(error?.message == "the listing does not end: the same page token came twice")
    #expect(await pages.count == 3)
  }

  @Test func `without an end is an error after a thousand pages`() async throws {
    let pages = Pages { .integer($0) }
    let error = await #expect(throws: ProviderError.self) {
      try await pages.reading.everyItem(SQS.listQueues)
    }
    #expect(error?.kind == .malformed)
    #expect(await pages.count == ReadingClient.mostPages)
  }
}
