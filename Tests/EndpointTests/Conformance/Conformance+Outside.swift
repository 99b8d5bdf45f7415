import Planner
import Testing

/// Changes that somebody makes with boto3, behind our back.
extension Conformance {
  /// Each change shows as the cloud's doing, and the next apply puts it right.
  func outsideChanges() async throws {
    guard TestEndpoint.python != nil else { return }
    for (name, reason) in sample.unseen { record.note(name, .unseen, evidence: reason) }
    for (name, script) in sample.outsideChanges.sorted(by: { $0.key < $1.key }) where sound[name] != nil {
      try await changeOutside(script)
      let plan = try await run.plan(yaml(sound))
      let change = change(in: plan)
      #expect(change?.action == .update, "outside change of \(name): \(plan.lines)")
      #expect(
        change?.properties.map { $0.path.first }.contains(name) == true,
        "outside change of \(name): \(plan.lines)")
      #expect(
        change?.properties.allSatisfy { $0.cause == .cloud || $0.derivedBecause != nil } == true,
        "outside change of \(name): \(plan.lines)")
      try await run.apply(yaml(sound))
      try await expectNothingToDo(yaml(sound), after: "putting the outside change of \(name) right")
      record.note(name, .outside)
    }
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
      try await expectNothingToDo(
        yaml(properties), after: "an outside change of \(name), which is not declared")
      record.note(name, .undeclared)
    }
  }

  func changeOutside(_ script: String) async throws {
    let ledger = try await run.pipeline.store.load()?.ledger
    let found = ledger?.records[subject]?.identities.first
    let identity = try #require(found)
    let id = identity.id ?? identity.name ?? ""
    try account.python(script, ["name": identity.name ?? id, "id": id])
  }
}
