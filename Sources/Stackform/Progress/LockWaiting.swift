import Planner
import Providers

/// Shows the run that this one waits for: on a terminal in one line that is repainted, otherwise in a line
/// for each holder.
struct LockWaiting: Sendable {
  private let terminal: Terminal
  private let isJSON: Bool
  private let isPainting: Bool
  private let start = ContinuousClock.now
  private let state = Locked(State())

  private struct State {
    /// The run that was shown last.
    var holder: String?
    var frame = 0
    var isPainted = false
  }

  /// `isTraced`: other lines are written in between, which would smear a repainted line.
  init(terminal: Terminal, isJSON: Bool, isTraced: Bool) {
    self.terminal = terminal
    self.isJSON = isJSON
    isPainting = terminal.canRepaint && !isJSON && !isTraced
  }

  /// Who holds the lock, as a sentence.
  static func sentence(_ holder: LockHolder) -> String {
    "Waiting for the lock of \(holder.user)@\(holder.host), held since \(holder.since)"
  }

  /// Called at every read of the lock.
  func show(_ holder: LockHolder) {
    if isPainting { return paint(holder) }
    let text = Self.sentence(holder)
    let isNew = state.withLock { state in
      defer { state.holder = holder.id }
      return state.holder != holder.id
    }
    guard isNew else { return }
    if isJSON { terminal.write(JSONEvents().log(text + ".")) } else { terminal.writeError(text + ".\n") }
  }

  private func paint(_ holder: LockHolder) {
    let symbols = terminal.style.symbols
    let frame = state.withLock { state in
      state.frame += 1
      state.isPainted = true
      return state.frame
    }
    let elapsed = (ContinuousClock.now - start).text
    let line =
      "\(symbols.spinner[frame % symbols.spinner.count]) Waiting \(elapsed) for the lock of "
      + "\(holder.user)@\(holder.host), held since \(holder.since): \(holder.command)"
    // A line that wraps could not be painted over.
    terminal.write("\r\(TerminalText.printable(line).prefix(max(terminal.size().columns - 1, 20)))\u{1B}[K")
  }

  /// Takes the line away.
  func end() {
    let wasPainted = state.withLock { state in
      defer { state.isPainted = false }
      return state.isPainted
    }
    if wasPainted { terminal.write("\r\u{1B}[K") }
  }
}
