import Planner

/// The display of a terminal: finished steps scroll by; below them are the running steps, their time, and how
/// much is done.
struct LiveProgress: ProgressPrinter {
  private(set) var state: ProgressState
  private let text: ProgressText
  private let style: TerminalStyle
  private let size: @Sendable () -> TerminalSize
  private var painter = LivePainter()
  private var lastPaint: Duration?
  /// Lines that scroll by at the next repaint.
  private var waiting: [String] = []
  /// Ten times a second is as often as anybody can read.
  let tickInterval = Duration.milliseconds(100)

  init(total: Int, style: TerminalStyle, size: @escaping @Sendable () -> TerminalSize) {
    state = ProgressState(total: total)
    text = ProgressText(style: style)
    self.style = style
    self.size = size
  }

  mutating func show(_ event: ExecutionEvent, at now: Duration) -> String {
    state.apply(event, at: now)
    switch event {
    case .started, .notStarted, .waiting:
      // The one is seen in the block, the other in the summary.
      break
    case .completed, .failed, .skipped, .note:
      waiting.append(LineProgress.line(for: event, text))
    }
    guard lastPaint.map({ now - $0 >= tickInterval }) ?? true else { return "" }
    return paint(at: now)
  }

  mutating func tick(at now: Duration) -> String { paint(at: now) }

  mutating func end(at now: Duration) -> String {
    defer { waiting = [] }
    return painter.end(above: waiting, size: size())
  }

  private mutating func paint(at now: Duration) -> String {
    lastPaint = now
    let size = size()
    defer { waiting = [] }
    return painter.paint(above: waiting, block: block(at: now, size: size), size: size)
  }

  /// The lines under what scrolls: as many running steps as fit, then the bar.
  func block(at now: Duration, size: TerminalSize) -> [String] {
    let width = max(10, size.columns - 1)
    let room = max(1, min(state.running.count, size.rows - 4, 12))
    let frame = style.symbols.spinner[Int(now / tickInterval) % style.symbols.spinner.count]
    var lines = state.running.prefix(room).map { running in
      let elapsed = now - running.since
      let time = elapsed >= .seconds(1) ? style(" \(elapsed.text)", .dim) : ""
      return "  \(style(frame, .cyan)) \(running.step.address): \(running.step.operation.participle)\(time)"
    }
    if state.running.count > room {
      lines.append(style("    \(style.symbols.ellipsis) and \(state.running.count - room) more", .dim))
    }
    lines.append(bar(width: width, at: now))
    return lines.map { TerminalText.cut($0, to: width, ellipsis: style.symbols.ellipsis) }
  }

  private func bar(width: Int, at now: Duration) -> String {
    let undone = [
      (state.failed, "failed"), (state.skipped, "skipped"), (state.notStarted, "not started"),
    ]
    let failures = undone.filter { $0.0 > 0 }.map { ", \($0.0) \($0.1)" }.joined()
    let count = " \(state.finished)/\(state.total)\(failures)  \(now.text)"
    let cells = min(40, width - TerminalText.width(of: count) - 2)
    guard cells >= 8 else { return " " + count }
    let done = state.total == 0 ? cells : cells * state.finished / state.total
    let colour: TerminalStyle.Colour = state.failed > 0 ? .red : .green
    return "  " + style(String(repeating: style.symbols.barDone, count: done), colour)
      + style(String(repeating: style.symbols.barLeft, count: cells - done), .dim) + count
  }
}
