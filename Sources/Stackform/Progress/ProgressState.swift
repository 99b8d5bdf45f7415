import Planner

/// How far an apply is: a plain value that events and the passing of time change. It owns no clock and prints nothing.
struct ProgressState: Sendable {
  struct Running: Sendable {
    let step: Step
    let since: Duration
    /// When it was last told that this still runs.
    var lastTold: Duration
  }

  /// A step that was not carried out, and what it needed in vain.
  struct Skipped: Sendable, Hashable {
    let address: Address
    let cause: Address
  }

  /// In the order of their starts.
  private(set) var running: [Running] = []
  private(set) var finished = 0
  private(set) var notStarted = 0
  private(set) var failed = 0
  private(set) var skipped: [Skipped] = []
  let total: Int

  /// How often a step that takes long is told of: Terraform's ten seconds.
  static let reminderInterval = Duration.seconds(10)

  init(total: Int) { self.total = total }

  mutating func apply(_ event: ExecutionEvent, at now: Duration) {
    switch event {
    case .started(let step): running.append(Running(step: step, since: now, lastTold: now))
    case .completed(let step, _, _): finish(step)
    case .failed(let step, _, _):
      finish(step)
      failed += 1
    case .skipped(let step, let cause):
      skipped.append(Skipped(address: step.address, cause: cause))
    case .notStarted: notStarted += 1
    case .note, .waiting: break
    }
  }

  /// The steps that have run for another ten seconds since they were last told of.
  mutating func reminders(at now: Duration) -> [(step: Step, elapsed: Duration)] {
    var due: [(Step, Duration)] = []
    for index in running.indices where now - running[index].lastTold >= Self.reminderInterval {
      let periods = (now - running[index].since).wholeSeconds / 10
      running[index].lastTold = running[index].since + .seconds(periods * 10)
      due.append((running[index].step, .seconds(periods * 10)))
    }
    return due
  }

  private mutating func finish(_ step: Step) {
    running.removeAll { $0.step.id == step.id }
    finished += 1
  }
}
