import Planner

/// An apply's steps and its end.
extension JSONEvents {
  /// The line of an event of a running apply.
  func event(_ event: ExecutionEvent) -> String {
    let text = ProgressText(style: .plain)
    let message = LineProgress.line(for: event, text)
    switch event {
    case .started(let step): return hook("apply_start", message, step, id: step.operation.knownID)
    case .completed(let step, let id, let elapsed):
      return hook("apply_complete", message, step, id: id, elapsed: elapsed)
    case .failed(let failure, let elapsed):
      return hook(
        "apply_errored", message, failure.step, elapsed: elapsed,
        ["error": failure.error.jsonValue, "outcome": .string(failure.certainty.rawValue)], level: "error")
    case .skipped(let skipped):
      return hook(
        "apply_skipped", message, skipped.step,
        [
          "needs": .string(skipped.cause.address.description),
          "failed": .string(skipped.root.address.description),
        ], level: "warn")
    case .notStarted, .waiting, .note: return log(message)
    }
  }

  func progress(_ step: Step, _ elapsed: Duration) -> String {
    hook("apply_progress", ProgressText(style: .plain).running(step, elapsed), step, elapsed: elapsed)
  }

  /// The end of an apply: what could not be checked, warnings, counts, and the outputs.
  func summary(_ summary: ExecutionSummary, isDestroy: Bool) -> String {
    var text = summary.notReread.map(unread).joined()
    text += ApplyReport(summary).warnings.map(diagnostic).joined()
    var facts: [String: Value] = [
      "changes": [
        "add": .integer(summary.added), "change": .integer(summary.changed),
        "import": .integer(summary.adopted), "remove": .integer(summary.destroyed),
        "operation": isDestroy ? "destroy" : "apply",
      ]
    ]
    if let release = summary.release { facts["release"] = .integer(release.number) }
    if summary.unrecorded != nil { facts["recorded"] = false }
    let outcome = SummaryRenderer.outcome(of: summary, isDestroy: isDestroy)
    let counts = SummaryRenderer.counts(summary, isDestroy: isDestroy)
    text += line("change_summary", "\(outcome) Resources: \(counts).", facts)
    guard !summary.outputs.isEmpty else { return text }
    return text
      + line(
        "outputs", "Outputs: \(summary.outputs.count)", ["outputs": OutputsRenderer.json(summary.outputs)])
  }

  private func unread(_ resource: UnreadResource) -> String {
    line(
      "reread_errored", "\(resource.address): Could not be read again",
      [
        "hook": [
          "resource": Self.resource(resource.address, resource.section), "error": resource.error.jsonValue,
          "stands_for": .list(resource.alike.map { .string($0.description) }),
        ]
      ], level: "warn")
  }

  private func hook(
    _ type: String, _ message: String, _ step: Step, id: String? = nil, elapsed: Duration? = nil,
    _ facts: [String: Value] = [:], level: String = "info"
  ) -> String {
    var hook = facts
    hook["resource"] = Self.resource(step.address, step.section)
    hook["action"] = .string(step.operation.word)
    if let id {
      hook["id_key"] = "id"
      hook["id_value"] = .string(id)
    }
    if let elapsed { hook["elapsed_seconds"] = .integer(elapsed.wholeSeconds) }
    return line(type, message, ["hook": .map(hook)], level: level)
  }
}

extension ProviderError {
  /// The facts of a failed request, for tools.
  fileprivate var jsonValue: Value {
    [
      "kind": .string(kind.rawValue), "operation": .string(operation), "status": .integer(status),
      "code": .string(code), "message": .string(message), "attempts": .integer(attempts),
      "seconds": .number(lasted / .seconds(1)),
    ]
  }
}

/// The events of an apply as JSON, and every ten seconds one for what still runs.
struct JSONProgress: ProgressPrinter {
  private(set) var state: ProgressState
  private let events: JSONEvents
  let tickInterval = Duration.seconds(1)

  init(total: Int, events: JSONEvents) {
    state = ProgressState(total: total)
    self.events = events
  }

  mutating func show(_ event: ExecutionEvent, at now: Duration) -> String {
    state.apply(event, at: now)
    return events.event(event)
  }

  mutating func tick(at now: Duration) -> String {
    state.reminders(at: now).map { events.progress($0.step, $0.elapsed) }.joined()
  }

  mutating func end(at now: Duration) -> String { "" }
}
