import Planner
import Testing

/// Changes that somebody makes with boto3, behind our back.
extension Conformance {
  /// Each change drifts, shows in the plan as the cloud's doing, and is put right by that plan.
  mutating func outsideChanges() async throws {
    guard TestEndpoint.python != nil else { return }
    for (name, reason) in sample.unseen { record.note(name, .unseen, evidence: reason) }
    for (name, script) in sample.outsideChanges.sorted(by: { $0.key < $1.key }) where sound[name] != nil {
      try await changeOutside(script)
      let drift = Drift(try await run.drift(yaml(sound)).report, of: subject)
      let last = unproven
      let change = PlannedChange(
        what: "the outside change of \(name)", names: [name], yaml: yaml(sound),
        planned: try await run.planned(yaml(sound)), subject: subject, schema: schema,
        formerlyDerived: derived)
      expect(change, isMadeOutside: name, as: drift, after: last)
      try await apply(change)
      record.note(name, .outside)
    }
    try await expectNothingToDo()
    try await expectNoDrift(yaml(sound), after: "putting the outside changes right")
  }

  /// Demands that the plan puts the property right, that `drift` tells the same, and that nothing is left of the change before.
  private func expect(
    _ change: PlannedChange, isMadeOutside name: String, as drift: Drift, after last: PlannedChange?
  ) {
    var complaints: [String] = []
    let properties = change.change?.properties ?? []
    if change.change?.action != .update { complaints.append("no update puts it right") }
    if !properties.contains(where: { $0.path.first == name }) { complaints.append("\(name) does not show") }
    for property in properties where property.cause != .cloud && property.derivedBecause == nil {
      complaints.append("\(property.path) is the doing of: \(property.cause)")
    }
    if !drift.names.contains(name), sample.unseen[name] == nil {
      complaints.append("\(name) does not drift")
    }
    // Drift is told against what was there after the last apply, and the plan against the file.
    let cause = last.map { ": \($0.what) was not put right, or moved it" } ?? ""
    for left in change.shown.subtracting(drift.names).sorted() where sample.unseen[left] == nil {
      complaints.append("\(left) shows without drift\(cause)")
    }
    for left in drift.declared.subtracting(properties.compactMap(\.path.first)).sorted() {
      complaints.append("\(left) drifts, and does not show\(cause)")
    }
    complaints += drift.others.map { "\($0) drifts, too" }
    #expect(complaints == [], "\(change.what): \(change.plan.lines), drift: \(drift.lines)")
  }

  /// What is not declared (and was reset once) is left alone.
  func outsideChangesOfUndeclared(_ properties: [String: String]) async throws {
    guard TestEndpoint.python != nil else { return }
    for (name, script) in sample.outsideChanges.sorted(by: { $0.key < $1.key })
    where sound[name] != nil && properties[name] == nil {
      // What is not declared may be derived, and then is enforced.
      guard try run.stack(yaml(properties))[subject]?.derivations[name] == nil else { continue }
      // Some changes need what is not declared now, as a limit needs its scope: the endpoint refuses, and nothing has changed.
      guard (try? await changeOutside(script)) != nil else { continue }
      let plan = try await run.plan(yaml(properties))
      #expect(plan.lines == [], "after an outside change of \(name), which is not declared")
      record.note(name, .undeclared)
    }
  }

  /// A fresh apply does not drift; what nobody declared and somebody sets does.
  func driftOfUndeclared(_ yaml: String) async throws {
    let fresh = try await expectNoDrift(yaml, after: "an apply of the least")
    guard TestEndpoint.python != nil else { return }
    let scripts = sample.outsideChanges.filter { least[$0.key] == nil && sound[$0.key] != nil }
    var changed: [String] = []
    for (name, script) in scripts.sorted(by: { $0.key < $1.key }) {
      // What needs others to be there first is refused, and nothing has changed.
      if (try? await changeOutside(script)) != nil { changed.append(name) }
    }
    guard !changed.isEmpty else { return }
    let all = try await run.drift(yaml)
    for name in changed where try !expectDrift(of: name, from: fresh, to: all) {
      // It was set to the default, or a later change has undone it: once more by itself.
      guard let script = scripts[name], (try? await changeOutside(script)) != nil else { continue }
      try expectDrift(of: name, from: fresh, to: try await run.drift(yaml))
    }
  }

  /// Demands that the property drifts, if it is not what it was. Returns whether it is not.
  @discardableResult
  private func expectDrift(
    of name: String, from fresh: Pipeline.Drifted, to drifted: Pipeline.Drifted
  ) throws -> Bool {
    let property = try #require(schema.property(name))
    let before = fresh.snapshot.live[subject]?.properties[name] ?? .null
    let now = drifted.snapshot.live[subject]?.properties[name]
    guard !property.differences(live: now, wanted: before).isEmpty else { return false }
    let drift = Drift(drifted.report, of: subject)
    #expect(drift.names.contains(name), "\(name), which is not declared: \(drift.lines)")
    return true
  }

  @discardableResult
  func expectNoDrift(
    _ yaml: String, after what: String, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> Pipeline.Drifted {
    let drifted = try await run.drift(yaml)
    #expect(Drift(drifted.report, of: subject).lines == [], "after \(what)", sourceLocation: sourceLocation)
    return drifted
  }

  func changeOutside(_ script: String) async throws {
    let ledger = try await run.pipeline.store.load()?.ledger
    let found = ledger?.records[subject]?.identities.first
    let identity = try #require(found)
    let id = identity.id ?? identity.name ?? ""
    try await account.python(script, ["name": identity.name ?? id, "id": id])
  }
}

/// What `drift` tells of a sample's stack.
private struct Drift {
  /// The subject's properties that moved, declared or not.
  let names: Set<String>
  /// Those of them that the file declares.
  let declared: Set<String>
  /// Other resources that moved.
  let others: [String]
  /// One line a move: `queues.subject visibilityTimeout: 30 -> 99`.
  let lines: [String]

  init(_ report: DriftReport, of subject: Address) {
    let own = report.entries.filter { $0.address == subject }
    names = Set(own.flatMap(\.moves).compactMap(\.path.first))
    declared = Set(own.flatMap(\.moves).filter(\.isDeclared).compactMap(\.path.first))
    others = report.entries.filter { $0.address != subject }.map(\.address.description)
    lines = report.entries.flatMap { entry -> [String] in
      if entry.moves.isEmpty { return ["\(entry.address) \(entry.kind)"] }
      return entry.moves.map { move in
        let note = move.isDeclared ? "" : " (undeclared)"
        return "\(entry.address) \(move.name): \(move.was) -> \(move.now?.json ?? "nothing")\(note)"
      }
    }
  }
}
