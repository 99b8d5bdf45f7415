import Testing

@testable import Planner

/// What is wanted once a run is undone, and what is live then.
struct UndoingTests {
  private static let run = RunDraft(
    command: "stackform apply", author: ReleaseAuthor(user: "ada", host: "engine"), time: "", token: "abcd")

  private let world = FakeWorld()

  private func apply(_ stack: Stack, adopting: [String] = [], _ file: String) async throws {
    var options = PlanOptions()
    options.adopts = adopting
    let planned = try await world.pipeline.plan(stack, options: options)
    let summary = try await world.pipeline.apply(
      planned, release: ReleaseTests.draft(file), run: Self.run, writer: world.cloud, width: 4,
      stop: StopRequest()
    ) { _ in }
    #expect(summary.isSuccess)
  }

  /// Undoes a run, the last one if none is named. `base` is the stack of the release before it.
  @discardableResult
  private func undo(_ number: Int? = nil, base: Stack) async throws -> (undoing: Undoing, plan: Plan) {
    let ledger = try #require(await world.store.stored?.ledger)
    let note = try #require(number.map { ledger.run("\($0)") } ?? ledger.runToUndo)
    let journal = try await world.store.journal(note.id)
    let undoing = Undoing(journal, base: base, registry: fakeRegistry, fingerprint: fakeFingerprinter("salt"))
    var options = PlanOptions()
    options.only = undoing.scope
    let planned = try await world.pipeline.plan(undoing.stack, options: options)
    var run = Self.run
    run.undoes = undoing.aftermath
    var draft = ReleaseTests.draft("undo")
    draft.origin = .undo(run: journal.id, to: journal.base)
    let summary = try await world.pipeline.apply(
      planned, release: journal.base == nil ? nil : draft, run: run, writer: world.cloud, width: 4,
      stop: StopRequest()
    ) { _ in }
    #expect(summary.isSuccess)
    try await world.pipeline.giveBack(
      undoing.aftermath, of: undoing.stack, writer: world.cloud, isLockHeld: { true })
    return (undoing, planned.plan)
  }

  private func size(of name: String) async -> Value? {
    await world.cloud.items["things/\(name)"]?.properties["size"]
  }

  @Test func `A drift that the run put right is back, and what the run did not touch stays`() async throws {
    let first = stack([thing("a", ["size": 2]), thing("b", ["size": 3])])
    try await apply(first, "1")
    await world.cloud.change("things/a") { $0.properties["size"] = 7 }
    try await apply(stack([thing("a", ["size": 4]), thing("b", ["size": 3])]), "2")
    await world.cloud.change("things/b") { $0.properties["size"] = 9 }
    let (_, plan) = try await undo(base: first)
    #expect(plan.symbols == ["~ things.a"])
    #expect(await size(of: "a") == 7)
    #expect(await size(of: "b") == 9)
    #expect(await world.store.stored?.ledger.current?.origin == .undo(run: "2-abcd", to: 1))
  }

  @Test func `What is read as the file spells it goes back to what the service makes of its absence`()
    async throws
  {
    let first = stack([thing("a")])
    try await apply(first, "1")
    await world.cloud.change("things/a") { $0.properties["motto"] = "usual" }
    try await apply(stack([thing("a", ["motto": "ours"])]), "2")
    try await undo(base: first)
    #expect(await world.cloud.items["things/a"]?.properties["motto"] == nil)
    #expect(try await world.pipeline.drift(of: first).report.entries.isEmpty)
  }

  @Test func `A secret that nobody can read back is known to be another one`() async throws {
    let first = stack([thing("a", ["pin": "1234"])])
    try await apply(first, "1")
    try await apply(stack([thing("a", ["pin": "9876"])]), "2")
    let note =
      "things.a.pin held another secret before the run, which is kept nowhere: it gets the one that is given now."
    #expect(try await undo(base: stack([thing("a", ["pin": "5555"])])).undoing.notes == [note])
  }

  @Test func `What was created goes, what was deleted and replaced is made again as it was`() async throws {
    let first = stack([
      thing("a", ["color": "red", "size": 2]), thing("old", ["size": 5]), try vault("v", serialOf: "a"),
    ])
    try await apply(first, "1")
    await world.cloud.change("things/old") { $0.properties["size"] = 6 }
    try await apply(
      stack([thing("a", ["color": "blue", "size": 2]), thing("new"), try vault("v", serialOf: "a")]), "2")
    try await undo(base: first)
    #expect(await world.cloud.items["things/new"] == nil)
    #expect(await world.cloud.items["things/a"]?.properties["color"] == "red")
    #expect(await size(of: "old") == 6)
    // The other resource follows the one that was made anew.
    let serial = try #require(await world.cloud.items["things/a"]?.serial)
    let vaults = await world.cloud.items.values.filter { $0.section == "vaults" }
    #expect(vaults.map { $0.properties["serialOf"] } == [.string("serial-\(serial)")])
    #expect(try await world.plan(first).symbols == ["~ things.old"])
  }

  @Test func `What was set by hand and never declared is back, and is no declared property afterwards`()
    async throws
  {
    let first = stack([thing("a", ["color": "red"])])
    try await apply(first, "1")
    await world.cloud.change("things/a") { $0.properties["label"] = "by hand" }
    try await apply(stack([thing("a", ["color": "red", "label": "ours"])]), "2")
    try await undo(base: first)
    #expect(await world.cloud.items["things/a"]?.properties["label"] == "by hand")
    #expect(try await world.plan(first).symbols == [])
  }

  @Test func `What was taken over is nobody's again, with its former values`() async throws {
    let first = stack([thing("a")])
    try await apply(first, "1")
    await world.cloud.put(
      "things/found", FakeCloud.Item(section: "things", properties: ["size": 8], serial: 0, owner: nil))
    try await apply(stack([thing("a"), thing("found", ["size": 3])]), adopting: ["*"], "2")
    #expect(await size(of: "found") == 3)
    let (undoing, _) = try await undo(base: first)
    #expect(await size(of: "found") == 8)
    #expect(undoing.notes.contains { $0.contains("things.found had no owner") })
    #expect(await world.cloud.items["things/found"]?.owner == nil)
    #expect(await world.store.stored?.ledger.records[Address("things", "found")] == nil)
    #expect(try await world.plan(first).symbols == [])
  }

  @Test func `A release that no run made is known, and no earlier run is meant by it`() async throws {
    try await apply(stack([thing("a")]), "1")
    #expect(await world.store.stored?.ledger.releaseWithoutRun == nil)
    try await apply(
      stack([thing("a")], outputs: [Output(name: "x", value: 1)]), "2")
    #expect(await world.store.stored?.ledger.releaseWithoutRun?.number == 2)
    try await apply(stack([thing("a", ["size": 2])]), "3")
    #expect(await world.store.stored?.ledger.releaseWithoutRun == nil)
  }

  @Test func `An entry that was renamed has its former address again`() async throws {
    var renamed = thing("b", ["size": 2])
    renamed.name = "a"
    let first = stack([thing("a", ["size": 2])])
    try await apply(first, "1")
    let serial = await world.cloud.items["things/a"]?.serial
    try await apply(stack([renamed]), "2")
    try await undo(base: first)
    #expect(await world.cloud.items["things/a"]?.owner?.address == Address("things", "a"))
    #expect(await world.cloud.items["things/a"]?.serial == serial)
    #expect(try await world.plan(first).symbols == [])
  }

  @Test func `What somebody had deleted and the run made again goes again, unless something needs it`()
    async throws
  {
    let first = stack([thing("a"), thing("b"), thing("c", needs: ["b"])])
    try await apply(first, "1")
    await world.cloud.remove("things/a")
    await world.cloud.remove("things/b")
    try await apply(first, "1")
    let (undoing, plan) = try await undo(base: first)
    #expect(plan.symbols == ["- things.a"])
    #expect(undoing.notes == ["things.b was gone before, and stays now: others refer to it."])
  }

  @Test func `The undo of an older run touches what that run did, and an undo that was killed is finished`()
    async throws
  {
    let first = stack([thing("a", ["size": 1]), thing("b", ["size": 1])])
    try await apply(first, "1")
    try await apply(stack([thing("a", ["size": 2]), thing("b", ["size": 1])]), "2")
    try await apply(stack([thing("a", ["size": 2]), thing("b", ["size": 2])]), "3")
    try await undo(2, base: first)
    #expect(await size(of: "a") == 1)
    #expect(await size(of: "b") == 2)
    // Half of one more undo.
    var ledger = try #require(await world.store.stored?.ledger)
    #expect(ledger.runToUndo?.number == 4)
    ledger.runs[3].outcome = .unfinished
    #expect(ledger.runToUndo?.number == 2)
  }

  @Test func `No value that holds a secret is in a journal`() async throws {
    var secretive = thing("a", ["password": "canary-one", "label": "is canary-two", "size": 1])
    secretive.secretPaths = ["password", "label"]
    try await apply(stack([secretive, thing("b", ["label": "plain"])]), "1")
    // The file does not say any more that it is a secret; the ledger does.
    try await apply(stack([thing("a", ["label": "other", "size": 2])]), "2")
    try await apply(stack([]), "3")
    let journals = await world.store.journals.values.sorted { $0.id < $1.id }
    #expect(journals.count == 3)
    let entry = try #require(journals[1].entries.first { $0.address == Address("things", "a") })
    #expect(entry.properties == ["size": 1])
    #expect(entry.secrets.keys.sorted() == ["label", "password"])
    #expect(journals[1].entries.first { $0.deed == .deleted }?.properties == ["label": "plain"])
    #expect(!"\(journals)".contains("canary"))
  }

  @Test func `A run that was killed at its very end is settled by an apply that finds nothing to do`()
    async throws
  {
    let only = stack([thing("a")])
    try await apply(only, "1")
    var stored = try #require(await world.store.stored)
    stored.ledger.runs[0].outcome = .unfinished
    _ = try await world.store.save(stored.ledger, replacing: stored.revision)
    try await apply(only, "1")
    #expect(await world.store.stored?.ledger.runs.map(\.outcome) == [.settled])
    let saves = await world.store.saves
    try await apply(only, "1")
    #expect(await world.store.saves == saves)
  }

  @Test func `What the ledger names of runs is bounded, and numbers go on`() {
    var ledger = Ledger(stack: "test", salt: "")
    for _ in 1...25 { _ = ledger.begin(Self.run, release: nil) }
    #expect(ledger.runs.map(\.number) == Array(6...25))
  }
}

/// Which release a rollback means.
struct PreviousReleaseTests {
  private static func ledger(_ origins: ReleaseOrigin...) -> Ledger {
    var ledger = Ledger(stack: "test", salt: "")
    for origin in origins {
      var draft = ReleaseTests.draft()
      draft.origin = origin
      _ = ledger.record(draft, counts: ReleaseCounts(), seconds: 0, fakeFingerprinter(""))
    }
    return ledger
  }

  @Test func `It goes back by what was live, and not to and fro`() {
    #expect(Self.ledger(.apply, .apply).previous?.number == 1)
    #expect(Self.ledger(.apply, .apply, .apply, .rollback(to: 2)).previous?.number == 1)
    #expect(Self.ledger(.apply, .rollback(to: 1)).previous == nil)
    // A fix after a rollback: before it the rollback was live.
    #expect(Self.ledger(.apply, .apply, .rollback(to: 1), .apply).previous?.number == 3)
    #expect(Self.ledger(.apply, .apply, .rollback(to: 1), .apply, .rollback(to: 3)).previous == nil)
    #expect(Self.ledger(.apply, .apply, .apply, .undo(run: "3", to: 2)).previous?.number == 1)
    // A damaged ledger that names what is later.
    #expect(Self.ledger(.apply, .rollback(to: 2)).previous?.number == 1)
  }

  @Test func `After a run that did not end it is the release that the run left, or set out for`() {
    var ledger = Self.ledger(.apply, .apply)
    let run = RunDraft(command: "", author: ReleaseAuthor(user: "", host: ""), time: "", token: "x")
    _ = ledger.begin(run, release: nil)
    #expect(ledger.releaseToReturnTo?.number == 2)
    ledger.runs[0].returnsTo = 1
    #expect(ledger.releaseToReturnTo?.number == 1)
    // A renaming since has left nothing half live.
    ledger.note(run, .renamed)
    #expect(ledger.releaseToReturnTo?.number == 1)
    ledger.runs.removeLast()
    ledger.runs[0].outcome = .done
    #expect(ledger.releaseToReturnTo?.number == 1)
  }

  @Test func `A secret that is not the one of before the run is named`() {
    var entry = RunJournal.Entry(address: Address("things", "a"), section: "things", deed: .updated)
    entry.changed = ["password"]
    entry.secrets = ["password": fakeFingerprinter("salt")("before")]
    let journal = RunJournal(
      id: "1-x", stack: "test", command: "", author: ReleaseAuthor(user: "", host: ""), time: "", base: 1,
      entries: [entry])
    func notes(_ password: Value) -> [String] {
      Undoing(
        journal, base: stack([thing("a", ["password": password])]), registry: fakeRegistry,
        fingerprint: fakeFingerprinter("salt")
      ).notes
    }
    #expect(notes("before") == [])
    #expect(
      notes("other") == [
        "things.a.password held another secret before the run, which is kept nowhere: it gets the one that is given now."
      ])
  }
}
