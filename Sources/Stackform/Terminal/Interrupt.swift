import Dispatch
import Planner
import Synchronization

/// Turns signals into a request to stop: the first ^C asks (what runs may finish), the second ends the
/// process at once with exit code 130.
final class Interrupt: Sendable {
  private let count = Atomic<Int>(0)
  private let stream: AsyncStream<Void>
  private let continuation: AsyncStream<Void>.Continuation
  private let restore: @Sendable () -> Void
  private let exit: @Sendable (Int32) -> Void

  /// - Parameters:
  ///   - restore: Puts the terminal back in order (the cursor shown) before the process ends.
  ///   - exit: Ends the process; a test counts instead.
  init(restore: @escaping @Sendable () -> Void, exit: @escaping @Sendable (Int32) -> Void) {
    self.restore = restore
    self.exit = exit
    (stream, continuation) = AsyncStream.makeStream(of: Void.self)
  }

  /// Whether the user asked to stop.
  var isRequested: Bool { count.load(ordering: .relaxed) > 0 }

  /// Gives one element when the user asks to stop, and then ends. For one reader.
  var requests: AsyncStream<Void> { stream }

  /// What a signal does.
  func signal() {
    if count.add(1, ordering: .relaxed).newValue == 1 {
      continuation.yield()
      continuation.finish()
    } else {
      restore()
      exit(ExitCode.interrupted.rawValue)
    }
  }

  /// Runs `body` with the process's signals going to an interrupt of its own, which asks the run to stop.
  static func handling<Success>(
    terminal: Terminal, stop: StopRequest, _ body: (Interrupt) async throws -> Success
  ) async rethrows -> Success {
    let interrupt = Interrupt(
      restore: { if terminal.canRepaint { terminal.write(LivePainter.showCursor) } },
      exit: { Platform.exitAtOnce($0) })
    let signals = Platform.StopSignals { interrupt.signal() }
    let forwarding = Task { for await _ in interrupt.requests { await stop.stop() } }
    defer {
      signals.end()
      forwarding.cancel()
    }
    return try await body(interrupt)
  }
}
