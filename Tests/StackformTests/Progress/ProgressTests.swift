import Testing

@testable import Planner
@testable import Stackform

struct ProgressTests {
  private let orders = Step(0, Address("queues", "orders"))
  private let worker = Step(1, Address("lambdas", "worker"), creating: false)
  private let hosts = Step(2, Address("tables", "hosts"), deleting: true)
  private let mapping = Step(3, Address("eventMappings", "jobs"), needs: [1])
  private let error = ProviderError(
    .invalid, code: "InvalidParameterValueException", message: "The role cannot be assumed by Lambda.",
    operation: "lambda:UpdateFunctionConfiguration", status: 400)

  private var events: [(Duration, ExecutionEvent?)] {
    [
      (.zero, .started(orders)), (.milliseconds(1), .started(worker)), (.milliseconds(2), .started(hosts)),
      (.seconds(2), .completed(orders, id: "orders", .seconds(2))), (.seconds(9), nil), (.seconds(10), nil),
      (.seconds(11), nil), (.seconds(75), nil),
      (.seconds(80), .completed(hosts, id: "hosts", .seconds(80))),
      (.seconds(81), .failed(StepFailure(worker, error), .seconds(81))),
      (.seconds(81), .skipped(SkippedStep(mapping, because: worker, root: worker))),
      (.seconds(82), .note("The stop was heard.")),
    ]
  }

  private func lines(_ style: TerminalStyle) -> (text: String, state: ProgressState) {
    var printer = LineProgress(total: 4, style: style)
    var text = ""
    for (time, event) in events {
      text += event.map { printer.show($0, at: time) } ?? printer.tick(at: time)
    }
    return (text + printer.end(at: .seconds(82)), printer.state)
  }

  @Test func `off a terminal each event is a line in Terraform's words`() {
    expectSnapshot(lines(.plain).text, "progress-lines")
  }

  @Test func `the state counts what ended, failed and was skipped`() {
    let state = lines(.plain).state
    #expect(state.finished == 3)
    #expect(state.failed == 1)
    #expect(state.running.isEmpty)
    #expect(state.skipped == 1)
  }

  @Test func `the live block fits any terminal`() {
    var progress = LiveProgress(total: 30, style: .unicode, size: { .standard })
    for number in 0..<20 {
      _ = progress.show(.started(Step(number, Address("buckets", "bucket-\(number)"))), at: .zero)
    }
    for columns in [1, 10, 20, 40, 80, 200] {
      for rows in [1, 4, 10, 50] {
        let block = progress.block(at: .seconds(75), size: TerminalSize(columns: columns, rows: rows))
        #expect(block.allSatisfy { TerminalText.width(of: $0) <= max(10, columns - 1) })
        #expect(block.count <= max(3, rows - 2))
      }
    }
    expectSnapshot(
      progress.block(at: .seconds(75), size: TerminalSize(columns: 60, rows: 12)).joined(separator: "\n"),
      "progress-block")
  }

  @Test func `on a terminal finished steps scroll by above the block, and nothing of it is left at the end`()
  {
    var screen = TestScreen(columns: 60, rows: 20)
    var progress = LiveProgress(total: 4, style: .unicode, size: { TerminalSize(columns: 60, rows: 20) })
    for (time, event) in events.prefix(6) {
      screen.write(event.map { progress.show($0, at: time) } ?? progress.tick(at: time))
    }
    expectSnapshot(screen.text, "progress-live")
    for (time, event) in events.dropFirst(6) {
      screen.write(event.map { progress.show($0, at: time) } ?? progress.tick(at: time))
    }
    screen.write(progress.end(at: .seconds(82)))
    expectSnapshot(screen.text, "progress-live-end")
  }

  @Test func `a window made narrower leaves no rubbish`() {
    var painter = LivePainter()
    let wide = TerminalSize(columns: 40, rows: 20)
    _ = painter.paint(above: [], block: [String(repeating: "x", count: 39), "short"], size: wide)
    let text = painter.paint(above: ["done"], block: ["short"], size: TerminalSize(columns: 20, rows: 20))
    #expect(text == "\r\u{1B}[3A\u{1B}[Jdone\nshort\n")
  }

  @Test func `the driver shows every event and ticks between them`() async {
    let (stream, continuation) = AsyncStream.makeStream(of: ExecutionEvent.self)
    let written = Written()
    let driver = ProgressDriver(clock: ContinuousClock(), write: { written.append($0) })
    for (_, event) in events { if let event { continuation.yield(event) } }
    continuation.finish()
    await driver.run(stream, with: LineProgress(total: 4, style: .plain))
    #expect(written.text.hasPrefix("\nqueues.orders: Creating...\n"))
    #expect(written.text.hasSuffix("Note: The stop was heard.\n"))
  }

  @Test func `the spinner turns, and short steps are not timed`() {
    var progress = LiveProgress(total: 2, style: .unicode, size: { .standard })
    _ = progress.show(.started(orders), at: .zero)
    #expect(progress.block(at: .milliseconds(100), size: .standard)[0] == "  ⠙ queues.orders: Creating")
    #expect(progress.block(at: .milliseconds(1250), size: .standard)[0] == "  ⠹ queues.orders: Creating 1s")
  }

  @Test(arguments: [(0, "0s"), (59, "59s"), (70, "1m10s"), (3605, "1h0m5s")])
  func `times are short`(seconds: Int, text: String) {
    #expect(Duration.seconds(seconds).text == text)
  }
}
