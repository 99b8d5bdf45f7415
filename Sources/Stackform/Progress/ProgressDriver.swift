import Planner

/// Brings events and the passing of time to a printer, one after the other, and its text to the terminal.
struct ProgressDriver<Time: Clock>: Sendable where Time.Duration == Duration, Time: Sendable {
  private let clock: Time
  private let write: @Sendable (String) -> Void

  init(clock: Time, write: @escaping @Sendable (String) -> Void) {
    self.clock = clock
    self.write = write
  }

  /// Does the work, showing every event that it reports.
  func run<Success: Sendable>(
    with printer: any ProgressPrinter,
    _ work: (_ report: @escaping @Sendable (ExecutionEvent) -> Void) async throws(Diagnostics) -> Success
  ) async throws(Diagnostics) -> (result: Success, state: ProgressState) {
    let (events, continuation) = AsyncStream.makeStream(of: ExecutionEvent.self)
    let showing = Task { await run(events, with: printer) }
    let result: Result<Success, Diagnostics>
    do throws(Diagnostics) {
      result = .success(try await work { continuation.yield($0) })
    } catch {
      result = .failure(error)
    }
    continuation.finish()
    let state = await showing.value
    return (try result.get(), state)
  }

  /// Shows every event until they end; returns how far the run came.
  func run(_ events: AsyncStream<ExecutionEvent>, with printer: any ProgressPrinter) async -> ProgressState {
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
    return printer.state
  }
}
