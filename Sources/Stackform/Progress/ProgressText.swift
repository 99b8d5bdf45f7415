import Planner

/// The sentences about one running step, as Terraform words them.
struct ProgressText: Sendable {
  let style: TerminalStyle

  /// `queues.orders: Creating...`
  func started(_ step: Step) -> String {
    head(step) + "\(step.operation.participle)..." + id(step.operation.knownID)
  }

  /// `queues.orders: Still creating... [10s elapsed]`
  func running(_ step: Step, _ elapsed: Duration) -> String {
    head(step) + "Still \(step.operation.participle.lowercased())..." + " [\(elapsed.text) elapsed]"
  }

  /// `queues.orders: Creation complete after 2s [id=…]`
  func completed(_ step: Step, id: String, _ elapsed: Duration) -> String {
    let isDeletion = step.operation.knownID != nil && step.operation.participle == "Destroying"
    return head(step) + style("\(step.operation.noun) complete after \(elapsed.text)", .green)
      + (isDeletion ? "" : self.id(id))
  }

  /// The line of a failed step.
  func failed(_ step: Step, _ elapsed: Duration) -> String {
    head(step) + style("\(step.operation.noun) failed after \(elapsed.text)", .red)
  }

  /// The line of a skipped step, with the step that it needed.
  func skipped(_ step: Step, because cause: Address) -> String {
    head(step) + style("Skipped, because it needs \(cause)", .yellow)
  }

  /// The line of a step that was not started.
  func notStarted(_ step: Step) -> String { head(step) + style("Not started", .yellow) }

  /// The line of a note.
  func note(_ text: String) -> String { style("Note: ", .bold) + TerminalText.printable(text) }

  private func head(_ step: Step) -> String { style("\(step.address): ", .bold) }

  private func id(_ id: String?) -> String {
    guard let id, !id.isEmpty else { return "" }
    return style(" [id=\(TerminalText.printable(id))]", .dim)
  }
}

extension Step.Operation {
  /// `Creating`
  var participle: String {
    switch self {
    case .create: "Creating"
    case .update: "Modifying"
    case .delete: "Destroying"
    }
  }

  /// `Creation`
  var noun: String {
    switch self {
    case .create: "Creation"
    case .update: "Modifications"
    case .delete: "Destruction"
    }
  }

  /// The word in Terraform's JSON.
  var word: String {
    switch self {
    case .create: "create"
    case .update: "update"
    case .delete: "delete"
    }
  }

  /// The identity, where there is one before the step.
  var knownID: String? {
    switch self {
    case .create: nil
    case .update(let live, _, _), .delete(let live): live.id
    }
  }
}

extension Duration {
  var wholeSeconds: Int { Int(components.seconds) }

  /// `2s`, `1m10s`, `1h0m5s`.
  var text: String {
    let seconds = wholeSeconds
    if seconds < 60 { return "\(seconds)s" }
    if seconds < 3600 { return "\(seconds / 60)m\(seconds % 60)s" }
    return "\(seconds / 3600)h\(seconds / 60 % 60)m\(seconds % 60)s"
  }
}
