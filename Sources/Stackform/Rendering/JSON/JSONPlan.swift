import Planner

/// A plan in the shape of `terraform show -json`, which policy checks and pull-request tools read. Holds no secret's value.
struct JSONPlan: Sendable {
  let plan: Plan
  private let steps: [Address: [Step]]
  /// When it was made, in ISO 8601; nil leaves the member out.
  let timestamp: String?

  init(_ plan: Plan, timestamp: String? = nil) {
    self.plan = plan
    steps = Dictionary(grouping: plan.steps, by: \.address)
    self.timestamp = timestamp
  }

  var value: Value {
    let changes = plan.changes.map { ($0, resourceChange($0)) }
    let drifted = plan.changes.filter { $0.drift != nil }
    var members: [String: Value] = [
      "format_version": "1.2", "stackform_version": .string(Version.current),
      "stack": .string(plan.stack), "target": plan.target.jsonValue,
      "resource_changes": .list(changes.map(\.1) + plan.changes.flatMap(leftovers)),
      "resource_drift": .list(drifted.map(drift)),
      "output_changes": .map(
        Dictionary(
          plan.outputs.map { ($0.name, outputChange($0)) }, uniquingKeysWith: { _, last in last })),
      "applyable": .boolean(
        changes.contains { $0.0.action != .keep } || plan.outputs.contains(where: \.isChange)),
      "complete": true, "errored": false,
    ]
    if let timestamp { members["timestamp"] = .string(timestamp) }
    return .map(members)
  }

  private func resourceChange(_ change: ResourceChange) -> Value {
    var members = identity(of: change)
    members["change"] = JSONChange(change, steps: steps[change.address] ?? []).value
    if let reason = Self.actionReason(of: change, isDestroy: plan.isDestroy) {
      members["action_reason"] = .string(reason)
    }
    if let reason = change.reason { members["reason"] = .string(reason.sentence) }
    if let cause = change.derivedBecause { members["derived_because"] = .string(cause) }
    if let hint = change.renameHint {
      members["rename_hint"] = [
        "address": .string(hint.from.description), "name": hint.name.map(Value.string) ?? .null,
        "advice": .string(hint.advice(for: change.address)),
      ]
    }
    if change.losesData { members["loses_data"] = true }
    if change.isRevision { members["revision"] = true }
    return .map(members)
  }

  /// What interrupted runs left, as Terraform says what a replacement left.
  private func leftovers(of change: ResourceChange) -> [Value] {
    change.leftovers.map { id in
      var members = identity(of: change)
      members["deposed"] = .string(id)
      members["change"] = [
        "actions": ["delete"], "before": ["id": .string(id)], "after": .null, "after_unknown": [:],
        "before_sensitive": [:], "after_sensitive": false,
      ]
      return .map(members)
    }
  }

  private func drift(_ change: ResourceChange) -> Value {
    var members = identity(of: change)
    var moved = change
    moved.action = change.drift == .delete ? .delete : .update
    moved.properties = change.properties.filter { $0.cause == .cloud || $0.cause == .both }.map { property in
      // What moved is the live value; where it moved from was not kept.
      var property = property
      (property.before, property.after) = (nil, property.before)
      return property
    }
    members["change"] = JSONChange(moved, steps: []).value
    return .map(members)
  }

  private func identity(of change: ResourceChange) -> [String: Value] {
    [
      "address": .string(change.address.description), "mode": "managed", "type": .string(change.section),
      "name": .string(String(change.address.description.dropFirst(change.address.section.count + 1))),
      "provider_name": "aws",
    ]
  }

  private func outputChange(_ output: OutputChange) -> Value {
    let isPending = output.after?.isPending ?? false
    func shown(_ value: Value?) -> Value { output.isSecret ? .null : value?.withoutPending ?? .null }
    return [
      "actions": .list(Self.actions(before: output.before, after: output.after).map { .string($0) }),
      "before": shown(output.before), "after": shown(output.after), "after_unknown": .boolean(isPending),
      "before_sensitive": .boolean(output.isSecret), "after_sensitive": .boolean(output.isSecret),
    ]
  }

  /// Terraform's words for a change from `before` to `after`.
  static func actions(before: Value?, after: Value?) -> [String] {
    if before == after { return ["no-op"] }
    if before == nil { return ["create"] }
    return after == nil ? ["delete"] : ["update"]
  }

  /// Terraform's word for why, where it has one.
  static func actionReason(of change: ResourceChange, isDestroy: Bool) -> String? {
    switch change.action {
    case .replace:
      switch change.reason {
      case .requested: "replace_by_request"
      case .parentReplaced, .parentCreated: "replace_by_triggers"
      case .deletedOutside, .restored, .untagged, .moved, .unowned, .unprotected, .notInStack,
        .untaggedNotInStack, .anothers, .left, .came, .perhapsLeftOut, nil:
        "replace_because_cannot_update"
      }
    case .delete: isDestroy ? nil : "delete_because_no_resource_config"
    case .keep, .cleanUp, .create, .update, .adopt, .forget: nil
    }
  }
}

/// The `change` member of one resource: what was, what will be, what is not known yet and what is secret.
private struct JSONChange {
  private let change: ResourceChange
  private var before: [String: Value]?
  private var after: [String: Value]?
  private var secrets: Set<String> = []

  /// The plan's steps for the resource hold what stays the same too.
  init(_ change: ResourceChange, steps: [Step]) {
    self.change = change
    for step in steps { take(step.operation) }
    for property in change.properties {
      if property.isSecret { secrets.insert(property.path.joined(separator: ".")) }
    }
    if change.action != .create { before = before ?? [:] }
    if change.action != .delete && change.action != .forget { after = after ?? [:] }
    for property in change.properties {
      if let value = property.before { before?.put(value, at: property.path) }
      if let value = property.after { after?.put(value, at: property.path) }
    }
    if let id = change.id { before?["id"] = .string(id) }
  }

  /// The live values of what is declared: what else is there may hold secrets that no file marks.
  private mutating func take(_ operation: Step.Operation) {
    switch operation {
    case .create(let resource):
      after = resource.properties
      secrets.formUnion(resource.secretPaths)
    case .update(let live, let resource, _):
      before = live.properties.filter { resource.properties[$0.key] != nil }
      after = resource.properties
      secrets.formUnion(resource.secretPaths)
    case .delete: break
    }
  }

  var value: Value {
    var members: [String: Value] = [
      "actions": .list(actions.map { .string($0) }),
      "before": shown(before), "after": shown(after), "after_unknown": unknown,
      "before_sensitive": sensitive(before), "after_sensitive": sensitive(after),
    ]
    let forcing = change.properties.filter(\.forcesReplacement).map(\.path)
    if !forcing.isEmpty {
      members["replace_paths"] = .list(
        forcing.map { .list($0.map { part in Int(part).map { .integer($0) } ?? .string(part) }) })
    }
    let rebuilt = Set(change.properties.compactMap(\.rebuilds)).sorted()
    if !rebuilt.isEmpty { members["rebuilt"] = .list(rebuilt.map { .string($0) }) }
    if change.action == .adopt { members["importing"] = ["id": change.id.map { .string($0) } ?? .null] }
    return .map(members)
  }

  private var actions: [String] {
    switch change.action {
    case .keep, .cleanUp: ["no-op"]
    case .create: ["create"]
    case .update: ["update"]
    case .replace(let createFirst): createFirst ? ["create", "delete"] : ["delete", "create"]
    case .delete: ["delete"]
    case .adopt: change.properties.isEmpty ? ["no-op"] : ["update"]
    case .forget: ["forget"]
    }
  }

  private func shown(_ values: [String: Value]?) -> Value {
    guard let values else { return .null }
    return Value.map(
      Dictionary(uniqueKeysWithValues: values.map { ($0, $1.nulling(secrets, under: $0)) })
    ).known ?? [:]
  }

  private var unknown: Value {
    guard let after else { return false }
    return .map(after.compactMapValues(\.pendingMarks))
  }

  private func sensitive(_ values: [String: Value]?) -> Value {
    guard let values else { return false }
    var marks: [String: Value] = [:]
    for path in secrets {
      let parts = path.split(separator: ".").map(String.init)
      if let top = parts.first, values[top] != nil { marks.put(true, at: parts) }
    }
    return .map(marks)
  }
}

extension Value {
  /// The tree with null in the place of every secret.
  fileprivate func nulling(_ secrets: Set<String>, under path: String) -> Value {
    if secrets.contains(path) { return .null }
    switch self {
    case .map(let entries):
      return .map(
        Dictionary(uniqueKeysWithValues: entries.map { ($0, $1.nulling(secrets, under: "\(path).\($0)")) }))
    case .list(let items):
      return .list(items.enumerated().map { $1.nulling(secrets, under: "\(path).\($0)") })
    case .null, .boolean, .integer, .number, .string, .pending: return self
    }
  }

  /// `true` where the tree is known only after apply; nil when all of it is known.
  fileprivate var pendingMarks: Value? {
    switch self {
    case .pending: return true
    case .map(let entries):
      let marks = entries.compactMapValues(\.pendingMarks)
      return marks.isEmpty ? nil : .map(marks)
    case .list(let items):
      guard items.contains(where: \.isPending) else { return nil }
      return .list(items.map { $0.pendingMarks ?? false })
    case .null, .boolean, .integer, .number, .string: return nil
    }
  }

  /// The tree without what is known only after apply: a member is left out, as Terraform does it, and an item
  /// is null to keep its place.
  fileprivate var known: Value? {
    switch self {
    case .pending: nil
    case .map(let entries): .map(entries.compactMapValues(\.known))
    case .list(let items): .list(items.map { $0.known ?? .null })
    case .null, .boolean, .integer, .number, .string: self
    }
  }

  /// The tree with a value inserted at a path; lists are lengthened as needed.
  fileprivate func putting(_ value: Value, at path: ArraySlice<String>) -> Value {
    guard let name = path.first else { return value }
    let rest = path.dropFirst()
    if var items = list, let index = Int(name), index >= 0, index <= items.count {
      if index == items.count { items.append(.null) }
      items[index] = items[index].putting(value, at: rest)
      return .list(items)
    }
    var entries = map ?? [:]
    entries[name] = (entries[name] ?? .null).putting(value, at: rest)
    return .map(entries)
  }
}

extension [String: Value] {
  fileprivate mutating func put(_ value: Value, at path: [String]) {
    guard let name = path.first else { return }
    self[name] = (self[name] ?? .null).putting(value, at: path.dropFirst())
  }
}
