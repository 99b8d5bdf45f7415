import Planner

/// Brings events and the passing of time to a printer, one after the other, and its text to the terminal.
struct ProgressDriver<Time: Clock>: Sendable where Time.Duration == Duration, Time: Sendable {
  let clock: Time
  let write: @Sendable (String) -> Void

  /// Shows every event until they end.
  func run(_ events: AsyncStream<ExecutionEvent>, with printer: any ProgressPrinter) async {
    var printer = printer
    let start = clock.now
    let clock = clock
    let interval = printer.tickInterval
    let (signals, continuation) = AsyncStream.makeStream(of: ExecutionEvent?.self)
    let forward = Task {
      for await event in events { continuation.yield(event) }
      continuation.finish()
    }
    let ticking = Task {
      while !Task.isCancelled {
        try await clock.sleep(for: interval)
        continuation.yield(nil)
      }
    }
    for await signal in signals {
      let now = start.duration(to: clock.now)
      let text = signal.map { printer.show($0, at: now) } ?? printer.tick(at: now)
      if !text.isEmpty { write(text) }
    }
    ticking.cancel()
    await forward.value
    let last = printer.end(at: start.duration(to: clock.now))
    if !last.isEmpty { write(last) }
  }
}
