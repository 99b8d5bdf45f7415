import Planner
import Testing

/// What the stack file asks for, one change after another.
extension Conformance {
  mutating func creation() async throws {
    let created = try await plan("creation", of: Set(sound.keys), to: sound)
    #expect(created.change?.action == .create)
    try await apply(created)
    try await expectNothingToDo()
    try await expectNoDrift(yaml(sound), after: created.what)
    for name in sound.keys { record.note(name, .created) }
  }

  mutating func mutations() async throws {
    var properties = sound
    var mutated: Set<String> = []
    for (name, value) in sample.mutations.sorted(by: { $0.key < $1.key }) where sound[name] != nil {
      if schema.property(name)?.isForDeletion == true {
        try await changeOfDeletion(name, to: value, of: properties)
        continue
      }
      var changed = properties.merging([name: value]) { $1 }
      let leaving = (sample.withdrawals[name] ?? []).filter { changed.removeValue(forKey: $0) != nil }
      let change = try await plan("the change of \(name)", of: Set([name] + leaving), to: changed)
      expectExactly(change, isAction: .update)
      try await apply(change)
      record.note(name, .changed)
      if leaving.isEmpty {
        properties = changed
        mutated.insert(name)
      } else {
        try await apply(plan("the change of \(name) back", of: change.names, to: properties))
      }
    }
    try await expectNothingToDo()
    guard !mutated.isEmpty else { return }
    // Many properties in one update.
    let back = try await plan("changing everything back", of: mutated, to: sound)
    expectExactly(back)
    try await apply(back)
    try await expectNothingToDo()
  }

  /// What says how the resource is deleted changes nothing of it: the plan is empty, and the ledger has the new value
  /// for the day when the entry is gone.
  private func changeOfDeletion(
    _ name: String, to value: String, of properties: [String: String]
  ) async throws {
    for value in [value, sound[name] ?? ""] {
      let yaml = yaml(properties.merging([name: value]) { $1 })
      let planned = try await run.planned(yaml)
      #expect(planned.plan.lines == [], "the change of \(name)")
      try await run.apply(planned)
      let record = try #require(try await run.pipeline.store.load()?.ledger.records[subject])
      #expect(record.onDeletion?[name] == planned.stack[subject]?[name], "the change of \(name)")
    }
    record.note(name, .changed)
  }

  mutating func resets() async throws {
    var properties = sound
    var reset: Set<String> = []
    for name in sound.keys.sorted() where isReset(name) {
      let removed = [name] + (sample.companions[name] ?? [])
      for other in removed { properties[other] = nil }
      let change = try await plan("taking out \(name)", of: Set(removed), to: properties)
      #expect(change.strays.sorted() + change.falselyBlamed == [], "\(change.what): \(change.plan.lines)")
      try await apply(change)
      reset.formUnion(change.shown)
    }
    guard properties != sound else { return }
    try await expectNothingToDo()
    try await expectDefaults(of: reset, properties)
    try await outsideChangesOfUndeclared(properties)
    try await apply(plan("putting everything back in", of: Set(sound.keys), to: sound))
    try await expectNothingToDo()
  }

  /// Whether the property is taken out by itself: it can be, and leads those that go with it.
  private func isReset(_ name: String) -> Bool {
    guard let property = schema.property(name), !property.isRequired, !property.isLocal,
      property.change == .inPlace, !sample.indispensable.contains(name)
    else { return false }
    return !sample.companions.contains { other, companions in
      let leads = sample.companions[name]?.contains(other) == true && name < other
      return companions.contains(name) && !leads
    }
  }

  /// Demands that what was taken out is as if it had never been declared. No plan tells: they look at what is declared only.
  private func expectDefaults(of reset: Set<String>, _ properties: [String: String]) async throws {
    let drifted = try await expectNoDrift(yaml(properties), after: "taking everything out")
    let live = try #require(drifted.snapshot.live[subject])
    for name in sound.keys.sorted() where properties[name] == nil {
      let property = try #require(schema.property(name))
      // Nobody is told what became of it.
      if property.isWriteOnly { continue }
      let wanted = drifted.stack[subject]?[name] ?? property.defaultValue ?? .null
      let isCompared = reset.contains(name) && !live.untold.contains(name)
      let left = isCompared ? property.differences(live: live.properties[name], wanted: wanted) : []
      func expectNothingLeft() { #expect(left == [], "\(name) was taken out, and is left") }
      if let evidence = sample.evidence(thatItKeeps: name, on: endpoint) {
        withKnownIssue(Comment(rawValue: evidence)) { expectNothingLeft() }
        record.note(name, .defect, evidence: evidence)
      } else {
        expectNothingLeft()
        record.note(name, .reset)
      }
    }
  }

  /// From one replacement to the next, and back from the last one: each plan says which property it is that forces it.
  mutating func replacements() async throws {
    var properties = sound
    for (name, value) in sample.replacements.sorted(by: { $0.key < $1.key }) {
      var replaced = properties.merging([name: value]) { $1 }
      if (try? run.stack(yaml(replaced))) == nil {
        // The two do not go together.
        try await replaceBack(from: properties)
        replaced = sound.merging([name: value]) { $1 }
      }
      // A queue that becomes FIFO gets another name by it, and that is what the plan shows.
      let names = schema.naming?.suffix?.property == name ? [name, "name"] : [name]
      let change = try await plan("the replacement by \(name)", of: Set(names), to: replaced)
      guard expectReplacement(change) else { continue }
      try await apply(change)
      properties = replaced
      record.note(name, .replaced)
    }
    try await replaceBack(from: properties)
  }

  private mutating func replaceBack(from properties: [String: String]) async throws {
    guard properties != sound else { return }
    try await expectNothingToDo()
    let names = Set(properties.filter { sound[$0.key] != $0.value }.keys).union(["name"])
    let back = try await plan("the replacement back", of: names, to: sound)
    if expectReplacement(back) { try await apply(back) }
    try await expectNothingToDo()
  }

  /// Demands that these properties, and no others, force a replacement. Of a local property that is what is derived from it.
  private func expectReplacement(_ change: PlannedChange) -> Bool {
    guard let found = change.change, case .replace = found.action else {
      Issue.record("\(change.what) does not replace: \(change.plan.lines)")
      return false
    }
    let forcing = Set(found.properties.filter(\.forcesReplacement).compactMap(\.path.first))
    var complaints = change.falselyBlamed
    if forcing.isEmpty { complaints.append("no property forces it") }
    if change.visible == change.names {
      complaints += forcing.subtracting(change.names).sorted().map { "\($0) forces it" }
    }
    #expect(complaints == [], "\(change.what): \(change.plan.lines)")
    return true
  }
}
