import Planner

/// A line that shows, after the first second, that work goes on. It disappears when the work is done. On
/// terminals alone.
struct ActivityLine: Sendable {
  let terminal: Terminal
  /// What is being done, as `Reading the live resources`.
  let text: String

  /// Runs `work`. On a terminal the line is shown after a second, and removed at the end.
  func showing<Result, Failure>(
    _ work: () async throws(Failure) -> Result
  ) async throws(Failure) -> Result {
    guard terminal.canRepaint else { return try await work() }
    let painting = Task { await paint() }
    let result: Swift.Result<Result, Failure>
    do throws(Failure) { result = .success(try await work()) } catch { result = .failure(error) }
    painting.cancel()
    await painting.value
    return try result.get()
  }

  /// Repaints until the task is cancelled.
  private func paint() async {
    let frames = terminal.style.symbols.spinner
    let start = ContinuousClock.now
    guard (try? await Task.sleep(for: .seconds(1))) != nil else { return }
    var frame = 0
    repeat {
      let elapsed = (ContinuousClock.now - start).text
      let line = "\(frames[frame % frames.count]) \(text)\(terminal.style.symbols.ellipsis) \(elapsed)"
      terminal.write("\r\(line)\u{1B}[K")
      frame += 1
    } while (try? await Task.sleep(for: .milliseconds(100))) != nil
    terminal.write("\r\u{1B}[K")
  }
}
