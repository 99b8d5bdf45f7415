import Planner
import Providers
import Testing

@testable import Stackform

@Suite struct ActivityLineTests {
  private func terminal(canRepaint: Bool, _ written: Locked<String>) -> Terminal {
    Terminal(
      style: .plain, errorStyle: .plain, canRepaint: canRepaint, canAsk: false, size: { .standard },
      write: { text in written.withLock { $0 += text } }, writeError: { _ in }, readLine: { _ in nil })
  }

  @Test func `what takes its time is told on a terminal, and wiped away at the end`() async throws {
    let written = Locked("")
    let line = ActivityLine(terminal: terminal(canRepaint: true, written), text: "Reading")
    let answer = await line.showing { () async -> Int in
      // As long as it takes for the line to come up.
      while !written.withLock({ $0.contains("Reading") }) { await Task.yield() }
      return 7
    }
    #expect(answer == 7)
    #expect(written.withLock { $0 }.hasSuffix("\r\u{1B}[K"))
  }

  @Test func `what is quick, and what is no terminal, sees nothing of it`() async throws {
    for canRepaint in [true, false] {
      let written = Locked("")
      let line = ActivityLine(terminal: terminal(canRepaint: canRepaint, written), text: "Reading")
      await line.showing {}
      #expect(written.withLock { $0 } == "")
    }
  }

  @Test func `what the work fails of is thrown`() async throws {
    let line = ActivityLine(terminal: terminal(canRepaint: true, Locked("")), text: "Reading")
    await #expect(throws: Diagnostic.self) {
      try await line.showing { () async throws(Diagnostic) in throw Diagnostic("No", "no") }
    }
  }
}
