import Planner

/// What shows the events of an apply: lines, a live display, or JSON. Returns the text to write.
protocol ProgressPrinter: Sendable {
  /// How often ``tick(at:)`` is to be called.
  var tickInterval: Duration { get }
  /// The text to write for an event. `now` is the time since the run began.
  mutating func show(_ event: ExecutionEvent, at now: Duration) -> String
  /// The text to write as time passes: a repainted display, or a reminder of long steps.
  mutating func tick(at now: Duration) -> String
  /// The last text, after the last event.
  mutating func end(at now: Duration) -> String
}

/// One line an event: for files, pipelines and dumb terminals.
struct LineProgress: ProgressPrinter {
  private(set) var state: ProgressState
  private let text: ProgressText
  /// The text before the first line: a blank line after the plan or the question.
  private var lead = "\n"
  let tickInterval = Duration.seconds(1)

  init(total: Int, style: TerminalStyle) {
    state = ProgressState(total: total)
    text = ProgressText(style: style)
  }

  mutating func show(_ event: ExecutionEvent, at now: Duration) -> String {
    state.apply(event, at: now)
    // After ^C there may be hundreds; the summary names them.
    if case .notStarted = event { return "" }
    defer { lead = "" }
    return lead + Self.line(for: event, text) + "\n"
  }

  mutating func tick(at now: Duration) -> String {
    state.reminders(at: now).map { text.running($0.step, $0.elapsed) + "\n" }.joined()
  }

  mutating func end(at now: Duration) -> String { "" }

  /// The line for an event, without its end.
  static func line(for event: ExecutionEvent, _ text: ProgressText) -> String {
    switch event {
    case .started(let step): text.started(step)
    case .completed(let step, let id, let elapsed): text.completed(step, id: id, elapsed)
    case .failed(let failure, let elapsed): text.failed(failure.step, elapsed)
    case .skipped(let skipped): text.skipped(skipped.step, because: skipped.cause.address)
    case .notStarted(let step): text.notStarted(step)
    case .note(let note): text.note(note)
    case .waiting(let holder): text.note(LockWaiting.sentence(holder) + ".")
    }
  }
}
