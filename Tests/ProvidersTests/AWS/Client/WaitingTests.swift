import Planner
import Testing

@testable import Providers

struct WaitingTests {
  @Test func `polls grow from 25 milliseconds to a second on this machine`() async throws {
    let time = FakeTime()
    var polls = 0
    let waiting = Waiting(isLoopback: true, limit: .seconds(60), clock: time.clock)
    let answer = try await waiting(for: "the table") { () throws(ProviderError) -> Int? in
      polls += 1
      return polls > 12 ? polls : nil
    }
    #expect(answer == 13)
    #expect(time.delays.first == .milliseconds(25))
    #expect(time.delays.last == .seconds(1))
  }

  @Test func `a wait ends at its limit and tells what for`() async {
    let time = FakeTime()
    let waiting = Waiting(isLoopback: false, limit: .seconds(20), clock: time.clock)
    let error = await #expect(throws: ProviderError.self) {
      try await waiting(for: "the table jobs to become active") { () throws(ProviderError) -> Bool? in nil }
    }
    #expect(error?.message == "waited 20 seconds for the table jobs to become active")
    #expect(time.elapsed == .seconds(20))
  }

  @Test func `a failure ends a wait`() async {
    let waiting = Waiting(isLoopback: true, limit: .seconds(20), clock: FakeTime().clock)
    await #expect(throws: ProviderError(.denied, message: "no")) {
      try await waiting(for: "x") { () throws(ProviderError) -> Bool? in
        throw ProviderError(.denied, message: "no")
      }
    }
  }
}
