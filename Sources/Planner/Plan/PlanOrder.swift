/// The order of a plan's steps, held against a rule: after each prefix of them, and whichever fails, nothing that stays
/// has lost what it uses. As a step runs only after those that it needs, the rule is one about edges: a deletion needs
/// the steps by which everything that used the resource lets go of it.
///
/// The edges are made elsewhere, and cycles among them are broken. This looks at the outcome.
struct PlanOrder {
  /// Something that would lose what it uses.
  struct Bare: Hashable {
    /// What is deleted.
    var address: Address
    var id: String
    /// What still uses it then.
    var user: Address
  }

  private let plan: Plan
  private let registry: KindRegistry
  private let actions: [Address: ResourceChange.Action]
  /// By address: what used it at the last apply.
  private let users: [Address: [Address]]
  /// By address: what let it work at the last apply.
  private let enabled: [Address: [Address]]
  private let making: [Address: Int]
  private let deleting: [Address: [Int]]

  /// `needs` are those of the last apply.
  init(_ plan: Plan, needs: [Address: [Address]], registry: KindRegistry) {
    self.plan = plan
    self.registry = registry
    actions = Dictionary(plan.changes.map { ($0.address, $0.action) }) { first, _ in first }
    var (making, deleting): ([Address: Int], [Address: [Int]]) = ([:], [:])
    for step in plan.steps {
      if step.isDeletion {
        deleting[step.address, default: []].append(step.id)
      } else {
        making[step.address] = step.id
      }
    }
    (self.making, self.deleting) = (making, deleting)
    var (users, enabled): ([Address: [Address]], [Address: [Address]]) = ([:], [:])
    for (user, others) in needs {
      for other in others where deleting[other] != nil { users[other, default: []].append(user) }
      let schema = registry[user.section]?.schema
      guard deleting[user] != nil, let schema, !schema.enables.isEmpty else { continue }
      let parents = Set(schema.properties.compactMap(\.boundTo))
      enabled[user] = others.filter { !parents.contains($0.section) }
    }
    (self.users, self.enabled) = (users, enabled)
  }

  /// The first that would lose something; nil when none would.
  var bare: Bare? {
    for step in plan.steps {
      guard case .delete(let live) = step.operation, leavesItsPlace(step) else { continue }
      let users = (users[step.address] ?? []) + (enabled[step.address] ?? [])
      let bare = users.sorted().first { user in
        user != step.address && stays(user) && !letsGo(user, before: step)
      }
      if let bare { return Bare(address: step.address, id: live.id, user: bare) }
    }
    return nil
  }

  /// Not where the place is taken again under the same name: then the users wait for the successor. And not of
  /// leftovers, which nothing uses.
  private func leavesItsPlace(_ step: Step) -> Bool {
    switch actions[step.address] {
    case .delete, .replace(createFirst: true): true
    case .replace(createFirst: false), .keep, .cleanUp, .create, .update, .adopt, .forget, nil: false
    }
  }

  private func stays(_ user: Address) -> Bool {
    switch actions[user] {
    case .update, .adopt: making[user] != nil
    case .replace(createFirst: true): true
    case .keep, .cleanUp, .create, .replace(createFirst: false), .delete, .forget, nil: false
    }
  }

  /// By its change, or with the end of the one that used it.
  private func letsGo(_ user: Address, before step: Step) -> Bool {
    if case .replace = actions[user] {
      return (deleting[user] ?? []).allSatisfy { isNeeded($0, by: step.id) }
        || making[user].map { isNeeded($0, by: step.id) } ?? false
    }
    // A change that waits for the deletion itself can't come first: a place in between is taken again under its name.
    return making[user].map { isNeeded($0, by: step.id) || isNeeded(step.id, by: $0) } ?? true
  }

  /// Whether a step has ended whenever another one begins.
  private func isNeeded(_ step: Int, by other: Int) -> Bool {
    if plan.steps[other].needs.contains(step) { return true }
    var seen: Set<Int> = [other]
    var queue = [other]
    while let next = queue.popLast() {
      for before in plan.steps[next].needs where seen.insert(before).inserted {
        if before == step { return true }
        queue.append(before)
      }
    }
    return false
  }
}
