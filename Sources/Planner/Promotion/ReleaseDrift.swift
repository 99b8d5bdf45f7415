/// Changes from outside: what is live under a release and is not what the release made.
package struct ReleaseDrift: Sendable, Hashable {
  /// As a plan that would put the release back has them, but only with what is certain.
  package var changes: [ResourceChange]
  /// Properties that can't be compared: a secret that was not given, and of which no fingerprint was kept.
  package var unknown: [String]
  /// Of the changed properties those that were taken into the stack's file since, and that no release has yet.
  package var accepted: [String]
  /// What was moved or forgotten since the release, and what came by a move: no change from outside.
  package var hands: [Address: ChangedHands] = [:]

  /// What the release has, and was moved or forgotten since.
  package var left: [Address] { hands.filter { $0.value == .left }.keys.sorted() }

  package var isEmpty: Bool { changes.isEmpty }

  package init(changes: [ResourceChange] = [], unknown: [String] = [], accepted: [String] = []) {
    self.changes = changes
    self.unknown = unknown
    self.accepted = accepted
  }

  /// Reads it off a plan of the release against what is live, made with ``PlanOptions/release``.
  ///
  /// If a secret of the release was not given, the plan can't compare a property with it. Such a property is
  /// compared by its fingerprint after the last apply.
  package init(of planned: Pipeline.Planned, registry: KindRegistry, fingerprint: Fingerprinter) {
    self.init()
    for address in planned.plan.changes.map(\.address) {
      hands[address] =
        planned.ledger.hasLeft(address) ? .left : planned.ledger.hasCome(address) ? .came : nil
    }
    for change in planned.plan.changes {
      switch change.action {
      // Neither the release nor the endpoint has it.
      case .keep, .cleanUp, .forget: continue
      case .create, .delete, .adopt: changes.append(change)
      case .update, .replace:
        var certain = change
        certain.properties = change.properties.filter { property in
          isChanged(property, of: change, planned, registry, fingerprint)
        }
        if !certain.properties.isEmpty || change.reason != nil { changes.append(certain) }
      }
    }
  }

  private mutating func isChanged(
    _ property: PropertyChange, of change: ResourceChange, _ planned: Pipeline.Planned,
    _ registry: KindRegistry,
    _ fingerprint: Fingerprinter
  ) -> Bool {
    guard let name = property.path.first else { return true }
    let shape = registry[change.section]?.schema.property(name)?.shape
    let live = planned.snapshot.live[change.address]?.properties[name] ?? .null
    let record = planned.ledger.records[change.address]?.applied[name]
    guard property.after?.isPending == true else {
      if let shape, let wanted = record?.wanted, wanted == fingerprint(shape.normalised(live)) {
        accepted.append("\(change.address).\(property.path.joined(separator: "."))")
      }
      return true
    }
    guard let shape, let applied = record?.live else {
      unknown.append("\(change.address).\(property.path.joined(separator: "."))")
      return false
    }
    return applied != fingerprint(shape.normalised(live))
  }

  /// Those of these changes that a plan would overwrite: it changes the same property, or the resource as a
  /// whole.
  ///
  /// A change by hand to exactly the wanted value is not lost, nor is a change that an interrupted run made. What changed
  /// hands is run over where it would be made once more, or deleted.
  package func overrun(by plan: Plan, except excused: Set<Address> = []) -> [ResourceChange] {
    let planned = Dictionary(plan.changes.map { ($0.address, $0) }) { first, _ in first }
    let undone = hands.sorted { $0.key < $1.key }.compactMap { address, hands in
      planned[address].flatMap { excused.contains(address) ? nil : $0.undoing(hands) }
    }
    return undone
      + changes.compactMap { change in
        guard !excused.contains(change.address), let next = planned[change.address], next.action != .keep
        else {
          return nil
        }
        guard case .update = change.action, case .update = next.action, !change.properties.isEmpty else {
          return change
        }
        var both = change
        both.properties = change.properties.filter { property in
          next.properties.contains {
            $0.path.starts(with: property.path) || property.path.starts(with: $0.path)
          }
        }
        return both.properties.isEmpty ? nil : both
      }
  }
}

extension ResourceChange {
  /// What happened to the resource, where this change takes it back; nil where it does not.
  fileprivate func undoing(_ hands: ChangedHands) -> ResourceChange? {
    switch (hands, action) {
    case (.left, .create):
      ResourceChange(address: address, section: section, id: nil, action: .create, reason: .left)
    case (.came, .delete):
      ResourceChange(address: address, section: section, id: id, action: .delete, reason: .came)
    default: nil
    }
  }

  /// The change from outside, in a few words: `queues.orders: visibilityTimeout`.
  package var driftWords: String {
    switch action {
    case .create where reason == .left, .delete where reason == .came:
      return "\(address) \(reason?.sentence ?? "")"
    case .create: return "\(address) is \(reason == .deletedOutside ? "gone" : "not there")"
    case .delete: return "\(address) is there, and the release does not have it"
    case .adopt: return "\(address) is not ours any more"
    case .keep, .cleanUp, .update, .replace, .forget:
      let names = properties.map { $0.path.joined(separator: ".") }
      if names.isEmpty { return "\(address): \(reason?.sentence ?? "changed")" }
      let shown = names.prefix(3).joined(separator: ", ")
      return "\(address): \(shown)" + (names.count > 3 ? " and \(names.count - 3) more" : "")
    }
  }
}
