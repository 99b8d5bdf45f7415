import Foundation
import Planner
import Providers
import Testing

/// The checks of one kind on one endpoint, in an account of its own.
struct Conformance {
  let sample: KindSample
  let endpoint: TestEndpoint
  let account: TestAccount
  let run: TestRun
  let schema: Schema
  let subject: Address
  let record: ConformanceRecord

  init(sample: KindSample, endpoint: TestEndpoint, account: TestAccount) {
    self.sample = sample
    self.endpoint = endpoint
    self.account = account
    run = TestRun(account)
    guard let kind = AWSKinds.registry[sample.section] else { fatalError("no kind \(sample.section)") }
    schema = kind.schema
    subject = Address(sample.section, "subject")
    record = ConformanceRecord(sample.section, on: endpoint)
  }

  /// Properties that this endpoint does right.
  var sound: [String: String] {
    let defects = Set(
      sample.defects.filter { $0.endpoint.rawValue == endpoint.rawValue }.compactMap(\.property))
    return sample.properties.filter { !defects.contains($0.key) }
  }

  /// The files that samples may name.
  func prepare() throws {
    try account.write("def handler(event, context):\n    return event\n", to: "function/app.py")
    try account.write("def handler(event, context):\n    return 2\n", to: "other-function/app.py")
    if let preparation = sample.preparation { try account.python(preparation) }
  }

  func creation() async throws {
    let plan = try await run.plan(yaml(sound))
    #expect(change(in: plan)?.action == .create)
    let summary = try await run.apply(yaml(sound))
    #expect(summary.unsettled.map { "\($0.address) \($0.properties)" } == [])
    try await expectNothingToDo(yaml(sound), after: "creation")
    for name in sound.keys { record.note(name, .created) }
  }

  func mutations() async throws {
    var properties = sound
    for (name, value) in sample.mutations.sorted(by: { $0.key < $1.key }) where sound[name] != nil {
      var changed = properties.merging([name: value]) { $1 }
      let leaving = (sample.withdrawals[name] ?? []).filter { changed.removeValue(forKey: $0) != nil }
      try await expectChange(
        to: yaml(changed), of: Set([name] + leaving), action: .update, what: "change of \(name)")
      record.note(name, .changed)
      if leaving.isEmpty { properties = changed } else { try await run.apply(yaml(properties)) }
    }
    // Everything back at once: many properties in one update.
    try await run.apply(yaml(sound))
    try await expectNothingToDo(yaml(sound), after: "changing everything back")
  }

  /// The same file as another stack finds the resource and keeps its hands off.
  func foreignOwner() async throws {
    guard schema.naming?.isIdentity == true else { return }
    let other = TestRun(account, stack: "intruder")
    let error = await #expect(throws: Diagnostics.self) { try await other.plan(yaml(sound)) }
    #expect(error?.items.contains { $0.summary == "The resource belongs to somebody else" } == true)
    record.note("", .foreign)
  }

  func resets() async throws {
    var properties = sound
    for name in sound.keys.sorted() where !isLed(name) {
      guard let property = schema.property(name), !property.isRequired, !property.isLocal,
        property.change == .inPlace, !sample.indispensable.contains(name)
      else { continue }
      let removed = [name] + (sample.companions[name] ?? [])
      for other in removed { properties[other] = nil }
      let plan = try await run.plan(yaml(properties))
      let changed = Set(
        change(in: plan)?.properties.filter { $0.derivedBecause == nil }.compactMap(\.path.first) ?? [])
      #expect(changed.isSubset(of: removed), "taking out \(name): \(plan.lines)")
      try await run.apply(yaml(properties))
      try await expectNothingToDo(yaml(properties), after: "taking out \(name)")
      for other in removed { record.note(other, .reset) }
    }
    try await outsideChangesOfUndeclared(properties)
    try await run.apply(yaml(sound))
    try await expectNothingToDo(yaml(sound), after: "putting everything back in")
  }

  /// Whether the property goes with another one: of those that need each other the first one leads.
  private func isLed(_ name: String) -> Bool {
    sample.companions.contains { other, companions in
      let leads = sample.companions[name]?.contains(other) == true && name < other
      return companions.contains(name) && !leads
    }
  }

  func replacements() async throws {
    for (name, value) in sample.replacements.sorted(by: { $0.key < $1.key }) {
      var properties = sound
      properties[name] = value
      let plan = try await run.plan(yaml(properties))
      let found = change(in: plan)
      let change = try #require(found)
      guard case .replace = change.action else {
        Issue.record("\(name) does not replace: \(plan.lines)")
        continue
      }
      // A queue that becomes FIFO gets another name by it, and that is what is told; of a local property, what it led to.
      let names = schema.naming?.suffix?.property == name ? [name, "name"] : [name]
      let isLocal = schema.property(name)?.isLocal == true
      #expect(
        change.properties.contains {
          $0.forcesReplacement && (isLocal || names.contains($0.path.first ?? ""))
        },
        "\(plan.lines)")
      try await run.apply(yaml(properties))
      try await expectNothingToDo(yaml(properties), after: "replacement by \(name)")
      try await run.apply(yaml(sound))
      try await expectNothingToDo(yaml(sound), after: "replacement back by \(name)")
      record.note(name, .replaced)
    }
  }

  /// Created again under the name that it had, with the least that it needs: nothing of the old one comes back, tags least of all.
  func newLife() async throws {
    guard schema.isTaggable, schema.naming?.isIdentity == true else { return }
    let least = yaml(alone(nil))
    try await run.apply(least)
    let stack = try run.stack(least)
    let resource = try #require(stack.resources.first { $0.address == subject })
    let query = LiveQuery(
      address: subject, section: resource.section, name: resource.name, id: nil, wanted: resource,
      depth: .declared(["tags"]), owner: Owner(stack: run.name, address: subject))
    let answer = await run.pipeline.reader.read([query])[subject]
    let live = try #require(try answer?.get())
    #expect(live.properties["tags"] ?? .map([:]) == .map([:]))
    record.note("", .newLife)
    _ = try await run.destroy(least)
  }

  func deletion() async throws {
    let stack = try run.stack(yaml(sound))
    let summary = try await run.destroy(yaml(sound))
    #expect(summary.isSuccess)
    let queries = stack.resources.map { resource in
      LiveQuery(
        address: resource.address, section: resource.section, name: resource.name, id: nil, wanted: resource,
        depth: .existence, owner: Owner(stack: run.name, address: resource.address))
    }
    for (address, answer) in await run.pipeline.reader.read(queries) {
      #expect(try answer.get() == nil, "\(address) is still there")
    }
    #expect(try await run.pipeline.store.load() == nil)
    record.note("", .deleted)
  }

  /// What fails on the endpoint: the property alone, created, re-planned, changed and taken out; or the whole kind.
  func defect(in property: String?) async throws {
    guard let property else { return try await creation() }
    var properties = alone(property)
    try await run.apply(yaml(properties))
    try await expectNothingToDo(yaml(properties), after: "creation with \(property)")
    if let value = sample.mutations[property] {
      properties[property] = value
      try await expectChange(
        to: yaml(properties), of: [property], action: .update, what: "change of \(property)")
    }
    properties[property] = nil
    for other in sample.companions[property] ?? [] { properties[other] = nil }
    try await run.apply(yaml(properties))
    try await expectNothingToDo(yaml(properties), after: "taking out \(property)")
  }

  /// That what is tried of a defect is the endpoint's to refuse: a stack that we refuse ourselves would show nothing of it, and for ever.
  func checkTrial(of property: String?) throws {
    _ = try run.stack(yaml(property.map(alone) ?? sound))
    guard let property, let value = sample.mutations[property] else { return }
    _ = try run.stack(yaml(alone(property).merging([property: value]) { _, new in new }))
  }

  /// The least that the subject can be without.
  var least: [String: String] { alone(nil) }

  /// The property with what it can't be without.
  private func alone(_ property: String?) -> [String: String] {
    let companions =
      (property.flatMap { sample.companions[$0] } ?? [])
      + sample.companions.keys.filter { sample.companions[$0]?.contains(property ?? "") == true }
    let needed = sample.indispensable.union(companions).union(property.map { [$0] } ?? [])
    return sample.properties.filter { schema.property($0.key)?.isRequired == true || needed.contains($0.key) }
  }

  private func expectChange(
    to yaml: String, of names: Set<String>, action: ResourceChange.Action, what: String
  ) async throws {
    let plan = try await run.plan(yaml)
    let change = change(in: plan)
    let isLocal = names.allSatisfy { schema.property($0)?.isLocal == true }
    if !isLocal { #expect(change?.action == action, "\(what): \(plan.lines)") }
    let shown = Set(change?.properties.filter { $0.derivedBecause == nil }.compactMap(\.path.first) ?? [])
    if isLocal {
      // What only we read shows in what is derived of it.
      #expect(shown.allSatisfy { schema.property($0)?.isDerived == true }, "\(what): \(plan.lines)")
      #expect(!plan.lines.isEmpty, "\(what)")
    } else {
      #expect(shown == names, "\(what): \(plan.lines)")
    }
    let others = plan.changes.filter { $0.action != .keep && $0.address.declared != subject }
    #expect(others.map(\.address.description) == [], "\(what)")
    let summary = try await run.apply(yaml)
    #expect(summary.unsettled.isEmpty, "\(what)")
    try await expectNothingToDo(yaml, after: what)
  }

  func expectNothingToDo(_ yaml: String, after what: String) async throws {
    let plan = try await run.plan(yaml)
    #expect(plan.lines == [], "after \(what)")
  }

  func change(in plan: Plan) -> ResourceChange? { plan.changes.first { $0.address == subject } }

  /// The stack file with the subject's properties.
  func yaml(_ properties: [String: String]) -> String {
    var sections = sample.surroundings
    let lines = properties.sorted { $0.key < $1.key }.map { "    \($0.key): \($0.value)" }
    let entry = lines.isEmpty ? "  subject: {}" : "  subject:\n" + lines.joined(separator: "\n")
    sections[sample.section] = [sections[sample.section], entry].compactMap { $0 }.joined(separator: "\n")
    return sections.sorted { $0.key < $1.key }.map { "\($0.key):\n\($0.value)" }.joined(separator: "\n")
      + "\n"
  }
}
