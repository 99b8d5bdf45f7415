import Foundation
import Planner
import Providers
import Testing

/// The checks of one kind on one endpoint, in an account of its own.
///
/// A plan that was compared is applied as it is, and the plan of the next change proves that the one before
/// it has settled: it may show the next change and nothing else. Each phase ends with a plan of the same
/// file, which must be empty.
struct Conformance {
  let sample: KindSample
  let endpoint: TestEndpoint
  let account: TestAccount
  let run: TestRun
  let schema: Schema
  let subject: Address
  let record: ConformanceRecord
  /// What was applied last, as long as no plan has shown that it has settled.
  private(set) var unproven: PlannedChange?
  /// What plans have derived so far.
  private(set) var derived: Set<[String]> = []

  init(sample: KindSample, endpoint: TestEndpoint, account: TestAccount) throws {
    self.sample = sample
    self.endpoint = endpoint
    self.account = account
    run = TestRun(account)
    schema = try #require(AWSKinds.registry[sample.section]).schema
    subject = Address(sample.section, "subject")
    record = ConformanceRecord(sample.section, on: endpoint)
  }

  /// Properties that this endpoint does right.
  var sound: [String: String] {
    let defects = Set(
      sample.knownDefects.filter { $0.endpoint == endpoint }.compactMap(\.property))
    return sample.properties.filter { !defects.contains($0.key) }
  }

  /// The least that the subject can be without.
  var least: [String: String] { alone(nil) }

  /// The property with what it can't be without.
  func alone(_ property: String?) -> [String: String] {
    let companions =
      (property.flatMap { sample.companions[$0] } ?? [])
      + sample.companions.keys.filter { sample.companions[$0]?.contains(property ?? "") == true }
    let needed = sample.indispensable.union(companions).union(property.map { [$0] } ?? [])
    return sample.properties.filter { schema.property($0.key)?.isRequired == true || needed.contains($0.key) }
  }

  /// Writes the files that samples may name, and makes what no kind of ours makes.
  func prepare() async throws {
    try account.write(
      "def handler(event, context):\n    return event\nother = handler\n", to: "function/app.py")
    try account.write(
      "def handler(event, context):\n    return 2\nother = handler\n", to: "other-function/app.py")
    for (file, text) in KindSample.machines { try account.write(text, to: file) }
    if let preparation = sample.preparation { try await account.python(preparation) }
  }

  // MARK: Planning and applying

  /// Plans a change of `names`. Where that plan can't prove the change before it, an empty one does.
  mutating func plan(
    _ what: String, of names: Set<String>, to properties: [String: String]
  ) async throws -> PlannedChange {
    let yaml = yaml(properties)
    let next = PlannedChange(
      what: what, names: names, yaml: yaml, planned: try await run.planned(yaml), subject: subject,
      schema: schema, formerlyDerived: derived)
    derived = next.derived
    if let last = unproven {
      expectNamed(last, seenBy: next)
      if !next.proves(last) { try await expectNothingToDo() }
    }
    return next
  }

  /// Demands that what a change in place has done to attributes is declared: whoever refers to one gets its new value
  /// in the same apply by that.
  private func expectNamed(_ last: PlannedChange, seenBy next: PlannedChange) {
    guard last.change?.action == .update, let before = last.planned.snapshot.live[subject]?.attributes,
      let after = next.planned.snapshot.live[subject]?.attributes
    else { return }
    let changed = Set(last.change?.properties.compactMap(\.path.first) ?? [])
    let unnamed = schema.attributes.filter { attribute in
      !attribute.isKnownEarly && before[attribute.name] != after[attribute.name]
        && changed.isDisjoint(with: attribute.changesWith)
    }
    #expect(unnamed.map(\.name) == [], "changed by \(last.what), and not by what the schema says")
  }

  /// Demands that the plan shows every property that is meant to change, and nothing else.
  func expectExactly(
    _ next: PlannedChange, isAction action: ResourceChange.Action? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    var complaints = next.visible.subtracting(next.shown).sorted().map { "\($0) does not show" }
    complaints += next.strays.sorted().map { "\($0) shows, too" }
    complaints += next.others.map { "\($0) changes, too" } + next.falselyBlamed
    if let reason = next.change?.reason { complaints.append(reason.sentence) }
    if next.plan.isEmpty { complaints.append("nothing changes") }
    if let action, !next.visible.isEmpty, next.change?.action != action {
      complaints.append("the action is \(next.change.map { "\($0.action)" } ?? "none")")
    }
    #expect(complaints == [], "\(next.what): \(next.plan.lines)", sourceLocation: sourceLocation)
  }

  /// Applies the plan as it is. Whether that has settled is left to the next plan.
  mutating func apply(_ next: PlannedChange) async throws {
    let summary = try await run.apply(next.planned)
    let unsettled = summary.unsettled.map { "\($0.address) \($0.properties)" }
    #expect(unsettled == [], "after \(next.what)")
    let unreported = summary.unreported.map { "\($0.section) \($0.name)" }
    #expect(unreported == [], "after \(next.what): taken, and not returned")
    unproven = next
  }

  /// Demands that a plan of what was applied last is empty, if no plan has shown that yet. Returns whether it is.
  @discardableResult
  mutating func expectNothingToDo(
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> Bool {
    guard let last = unproven else { return true }
    unproven = nil
    let plan = try await run.plan(last.yaml)
    #expect(plan.lines == [], "after \(last.what)", sourceLocation: sourceLocation)
    return plan.lines.isEmpty
  }

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
