import Planner

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// One JSON object a line, in the shapes of Terraform's machine-readable interface 1.0, so that existing tools read them.
struct JSONEvents: Sendable {
  /// The time as text; a test gives a fixed one.
  private let timestamp: @Sendable () -> String

  init(timestamp: @escaping @Sendable () -> String = { Date.now.formatted(.iso8601) }) {
    self.timestamp = timestamp
  }

  /// The first line of every stream.
  func version() -> String {
    line("version", "Stackform \(Version.current)", ["stackform": .string(Version.current), "ui": "1.0"])
  }

  /// Everything that a plan has to say: what moved outside, what would happen, the counts and the outputs.
  func plan(_ plan: Plan) -> String {
    var text = line(
      "target", Banner(style: .plain).render(plan.target, stack: plan.stack),
      ["stack": .string(plan.stack), "target": plan.target.jsonValue])
    text += plan.changes.compactMap { change in
      change.drift.map { drift in
        line(
          "resource_drift", "\(change.address): Drift detected (\(drift.rawValue))",
          [
            "change": [
              "resource": Self.resource(change.address, change.section), "action": .string(drift.rawValue),
            ]
          ])
      }
    }.joined()
    text += plan.changes.filter { $0.action != .keep }.map { plannedChange($0, isDestroy: plan.isDestroy) }
      .joined()
    var counts: [String: Value] = [
      "add": .integer(plan.counts.add), "change": .integer(plan.counts.change),
      "import": .integer(plan.counts.adopt), "remove": .integer(plan.counts.destroy), "operation": "plan",
    ]
    counts["forget"] = .integer(plan.changes.count { $0.action == .forget })
    text += line(
      "change_summary", "Plan: \(PlanRenderer.counts(of: plan)).", ["changes": .map(counts)])
    return text + plannedOutputs(plan.outputs)
  }

  /// The line of a diagnostic.
  func diagnostic(_ diagnostic: Diagnostic) -> String {
    line(
      "diagnostic", "\(diagnostic.severity == .error ? "Error" : "Warning"): \(diagnostic.summary)",
      ["diagnostic": diagnostic.jsonValue], level: diagnostic.severity == .error ? "error" : "warn")
  }

  /// The line of a note.
  func log(_ message: String) -> String { line("log", message, [:]) }

  // MARK: Plans

  private func plannedChange(_ change: ResourceChange, isDestroy: Bool) -> String {
    let action = Self.word(for: change.action)
    var members: [String: Value] = [
      "resource": Self.resource(change.address, change.section), "action": .string(action),
    ]
    if let reason = JSONPlan.actionReason(of: change, isDestroy: isDestroy) {
      members["reason"] = .string(Self.eventReasons[reason] ?? reason)
    }
    if let hint = change.renameHint { members["rename_hint"] = .string(hint.advice(for: change.address)) }
    if change.action == .adopt { members["importing"] = ["id": change.id.map { .string($0) } ?? .null] }
    return line(
      "planned_change", "\(change.address): Plan to \(action)", ["change": .map(members)])
  }

  /// Where the events' words for a reason differ from the JSON plan's.
  private static let eventReasons = [
    "replace_because_cannot_update": "cannot_update", "replace_by_request": "requested",
    "replace_by_triggers": "replace_triggered_by",
  ]

  private func plannedOutputs(_ outputs: [OutputChange]) -> String {
    guard !outputs.isEmpty else { return "" }
    let members = outputs.map { output -> (String, Value) in
      let action = JSONPlan.actions(before: output.before, after: output.after).first ?? "noop"
      return (
        output.name,
        ["action": action == "no-op" ? "noop" : .string(action), "sensitive": .boolean(output.isSecret)]
      )
    }
    return line(
      "outputs", "Outputs: \(outputs.count)",
      ["outputs": .map(Dictionary(members, uniquingKeysWith: { _, last in last }))])
  }

  private static func word(for action: ResourceChange.Action) -> String {
    switch action {
    case .keep: "noop"
    case .cleanUp: "delete"
    case .create: "create"
    case .update: "update"
    case .replace: "replace"
    case .delete: "delete"
    case .adopt: "import"
    case .forget: "remove"
    }
  }

  /// A resource as Terraform's tools address it, with the section in the place of the type.
  static func resource(_ address: Address, _ section: String) -> Value {
    [
      "addr": .string(address.description), "module": "", "resource": .string(address.description),
      "implied_provider": "aws", "resource_type": .string(section),
      "resource_name": .string(String(address.description.dropFirst(address.section.count + 1))),
      "resource_key": .null,
    ]
  }

  /// One line: the members that all events have, and these.
  func line(
    _ type: String, _ message: String, _ members: [String: Value], level: String = "info"
  ) -> String {
    let common: [String: Value] = [
      "@level": .string(level), "@message": .string(message), "@module": "stackform.ui",
      "@timestamp": .string(timestamp()), "type": .string(type),
    ]
    return Value.map(common.merging(members) { own, _ in own }).json + "\n"
  }
}
