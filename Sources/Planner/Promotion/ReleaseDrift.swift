/// What is live under a release and is not what the release made: somebody else's changes.
package struct ReleaseDrift: Sendable, Hashable {
  /// As a plan that would put the release back has them, but only with what is certain.
  package var changes: [ResourceChange]
  /// Properties of which nobody can tell: a secret that was not given, and of which no fingerprint was kept.
  package var unknown: [String]

  package var isEmpty: Bool { changes.isEmpty }

  package init(changes: [ResourceChange] = [], unknown: [String] = []) {
    self.changes = changes
    self.unknown = unknown
  }

  /// Reads it off a plan of the release against what is live.
  ///
  /// What the plan can't compare, because a secret of the release was not given or hangs on something that was not, is compared by its fingerprint
  /// after the last apply.
  package init(of planned: Pipeline.Planned, registry: KindRegistry, fingerprint: Fingerprinter) {
    self.init()
    for change in planned.plan.changes {
      switch change.action {
      // Neither the release nor the endpoint has it.
      case .keep, .forget: continue
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
    guard property.after?.isPending == true, let name = property.path.first else { return true }
    let shape = registry[change.section]?.schema.property(name)?.shape
    let live = planned.snapshot.live[change.address]?.properties[name] ?? .null
    guard let shape, let applied = planned.ledger.records[change.address]?.applied[name]?.live else {
      unknown.append("\(change.address).\(property.path.joined(separator: "."))")
      return false
    }
    return applied != fingerprint(shape.normalised(live))
  }

  /// Of these changes those that a plan would run over: it does something to the same property, or to the resource as a whole.
  ///
  /// What somebody changed by hand to just what is wanted is no loss, nor is what an interrupted run has brought about already.
  package func overrun(by plan: Plan, except excused: Set<Address> = []) -> [ResourceChange] {
    let planned = Dictionary(plan.changes.map { ($0.address, $0) }) { first, _ in first }
    return changes.compactMap { change in
      guard !excused.contains(change.address), let next = planned[change.address], next.action != .keep else {
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
  /// What somebody else did to it, in a few words: `queues.orders: visibilityTimeout`.
  package var driftWords: String {
    switch action {
    case .create: return "\(address) is gone"
    case .delete: return "\(address) is there, and the release does not have it"
    case .adopt: return "\(address) is not ours any more"
    case .keep, .update, .replace, .forget:
      let names = properties.map { $0.path.joined(separator: ".") }
      if names.isEmpty { return "\(address): \(reason?.sentence ?? "changed")" }
      let shown = names.prefix(3).joined(separator: ", ")
      return "\(address): \(shown)" + (names.count > 3 ? " and \(names.count - 3) more" : "")
    }
  }
}
