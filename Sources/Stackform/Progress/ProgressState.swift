import Planner

/// The progress of an apply, for its display only: a plain value that events and time change. No report reads
/// it.
struct ProgressState: Sendable {
  struct Running: Sendable {
    let step: Step
    let since: Duration
    /// When the display last said that it still runs.
    var lastReminder: Duration
  }

  /// In the order of their starts.
  private(set) var running: [Running] = []
  private(set) var finished = 0
  private(set) var notStarted = 0
  private(set) var failed = 0
  private(set) var skipped = 0
  let total: Int

  /// How often a long step is mentioned again: Terraform's ten seconds.
  static let reminderInterval = Duration.seconds(10)

  init(total: Int) { self.total = total }

  /// Takes in an event. `now` is the time since the run began.
  mutating func apply(_ event: ExecutionEvent, at now: Duration) {
    switch event {
    case .started(let step): running.append(Running(step: step, since: now, lastReminder: now))
    case .completed(let step, _, _): finish(step)
    case .failed(let failure, _):
      finish(failure.step)
      failed += 1
    case .skipped: skipped += 1
    case .notStarted: notStarted += 1
    case .note, .waiting: break
    }
  }

  /// The steps that have run for another ten seconds since their last reminder.
  mutating func reminders(at now: Duration) -> [(step: Step, elapsed: Duration)] {
    var due: [(Step, Duration)] = []
    for index in running.indices where now - running[index].lastReminder >= Self.reminderInterval {
      let periods = (now - running[index].since).wholeSeconds / 10
      running[index].lastReminder = running[index].since + .seconds(periods * 10)
      due.append((running[index].step, .seconds(periods * 10)))
    }
    return due
  }

  /// A step that is found not to be done after all was finished before.
  private mutating func finish(_ step: Step) {
    guard let index = running.firstIndex(where: { $0.step.id == step.id }) else { return }
    running.remove(at: index)
    finished += 1
  }
}
