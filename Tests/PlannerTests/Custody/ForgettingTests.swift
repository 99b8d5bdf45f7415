import Testing

@testable import Planner

/// The ledger forgets, and the resource stays.
struct ForgettingTests {
  let world = FakeWorld()

  private func forget(_ patterns: [String]) async throws -> [Forgetting.Entry] {
    let forgetting = try await world.pipeline.forgetting(
      patterns, of: "test", target: fakeTarget, writer: world.cloud)
    let run = RunDraft(
      command: "stackform forget", author: ReleaseAuthor(user: "ada", host: "engine"), time: "now",
      token: "abcd")
    try await world.pipeline.forget(
      forgetting, run: run, target: fakeTarget, writer: world.cloud
    ) { true }
    return forgetting.entries
  }

  @Test func `Owner tags come off, and the next plan asks to adopt`() async throws {
    let wanted = stack([thing("a"), thing("b", needs: ["a"])])
    try await world.apply(wanted)
    let entries = try await forget(["things.a"])
    #expect(entries.map(\.tags) == [.ours])
    #expect(await world.cloud.items["things/a"]?.owner == nil)
    #expect(await world.cloud.items["things/b"]?.owner != nil)
    let ledger = await world.store.stored?.ledger
    #expect(ledger?.records.mapValues(\.needs) == [Address("things", "b"): []])
    #expect(ledger?.runs.last?.custody == .forgotten)
    #expect(await summaries { _ = try await world.plan(wanted) } == ["The resource exists already"])
    #expect(try await world.plan(stack([thing("b")])).symbols.contains("- things.a") == false)
  }

  @Test func `Killed halfway, nothing plans for it until it is forgotten`() async throws {
    try await world.apply(stack([thing("a"), thing("b")]))
    await world.cloud.setFault { _ in .killedAfter }
    _ = try? await forget(["things.a"])
    await world.cloud.revive()
    #expect(await world.cloud.items["things/a"]?.owner == nil)
    for wanted in [stack([thing("b")]), stack([thing("a"), thing("b")])] {
      #expect(await summaries { _ = try await world.plan(wanted) } == ["The resource is being forgotten"])
    }
    _ = try await forget(["things.a"])
    #expect(try await world.plan(stack([thing("b")])).symbols == [])
    #expect(await world.cloud.ids("things") == ["a", "b"])
  }

  @Test func `What is gone or somebody else's is only forgotten`() async throws {
    try await world.apply(stack([thing("a"), thing("b")]))
    await world.cloud.remove("things/a")
    let stranger = Owner(stack: "other", address: Address("things", "b"))
    await world.cloud.change("things/b") { $0.owner = stranger }
    let entries = try await forget(["things.*"])
    #expect(entries.map(\.tags) == [.gone, .foreign])
    #expect(await world.cloud.items["things/b"]?.owner == stranger)
    #expect(await world.store.stored?.ledger.records.isEmpty == true)
  }

  @Test func `An address that the ledger does not have is refused with one that is alike`() async throws {
    try await world.apply(stack([thing("alpha")]))
    do {
      _ = try await forget(["things.alpah"])
      Issue.record("it was forgotten")
    } catch let error as Diagnostics {
      #expect(error.items.map(\.fix) == ["Did you mean \"things.alpha\"?"])
    }
  }

  @Test func `Of two resources of a record, one whose tags stay keeps it`() async throws {
    let (a, b) = (Address("things", "a"), Address("things", "b"))
    try await world.apply(stack([thing("a"), thing("b")]))
    let stored = try #require(await world.store.stored)
    var ledger = stored.ledger
    let second = ledger.records.removeValue(forKey: b)?.identities ?? []
    ledger.records[a]?.identities += second
    _ = try await world.store.save(ledger, replacing: stored.revision)
    await world.cloud.change("things/b") { $0.owner = Owner(stack: "test", address: a) }
    for refused in 1...2 {
      await world.cloud.setFault {
        $0 == refused ? .error(ProviderError(.denied, message: "no", operation: "x:Untag")) : .none
      }
      #expect(await summaries { _ = try await forget(["things.a"]) } == ["Cannot write the owner tags"])
      #expect(await world.store.stored?.ledger.records.keys.map(\.description) == ["things.a"])
      for name in ["a", "b"] {
        await world.cloud.change("things/\(name)") { $0.owner = Owner(stack: "test", address: a) }
      }
    }
  }

  @Test func `Tags that stay keep their record`() async throws {
    try await world.apply(stack([thing("a"), thing("b")]))
    await world.cloud.setFault {
      $0 == 1 ? .error(ProviderError(.denied, message: "no", operation: "x:Untag")) : .none
    }
    #expect(await summaries { _ = try await forget(["things.*"]) } == ["Cannot write the owner tags"])
    #expect(await world.store.stored?.ledger.records.count == 1)
    await world.cloud.setFault(nil)
    _ = try await forget(["things.*"])
    #expect(await world.store.stored?.ledger.records.isEmpty == true)
  }

  @Test func `A part that is being forgotten alone stops a plan, a move and a renaming`() async throws {
    try await world.apply(stack([thing("a"), thing("b")]))
    let stored = try #require(await world.store.stored)
    var ledger = stored.ledger
    let part = Address("things", "a", part: "role")
    ledger.records[part] = ledger.records.removeValue(forKey: Address("things", "b"))
    ledger.records[part]?.isBeingForgotten = true
    _ = try await world.store.save(ledger, replacing: stored.revision)
    let refused = ["The resource is being forgotten"]
    #expect(await summaries { _ = try await world.plan(stack([thing("a")])) } == refused)
    #expect(
      await summaries { _ = try StackMove(["things.a"], as: nil, from: ledger, to: nil, named: "other") }
        == refused)
    #expect(await summaries { _ = try StackRename(ledger, nil, from: "test", to: "other") } == refused)
  }

  @Test func `Whose it is, is read again when the question was answered`() async throws {
    try await world.apply(stack([thing("a")]))
    let forgetting = try await world.pipeline.forgetting(
      ["things.a"], of: "test", target: fakeTarget, writer: world.cloud)
    let stranger = Owner(stack: "other", address: Address("things", "a"))
    await world.cloud.change("things/a") { $0.owner = stranger }
    let run = RunDraft(
      command: "stackform forget", author: ReleaseAuthor(user: "ada", host: "engine"), time: "now",
      token: "abcd")
    try await world.pipeline.forget(forgetting, run: run, target: fakeTarget, writer: world.cloud) { true }
    #expect(await world.cloud.items["things/a"]?.owner == stranger)
    #expect(await world.store.stored?.ledger.records.isEmpty == true)
  }

  @Test func `Where it is not known whether the tags came off, the mark stays`() async throws {
    try await world.apply(stack([thing("a")]))
    await world.cloud.setFault { _ in .refused }
    #expect(await summaries { _ = try await forget(["things.a"]) } == ["Cannot write the owner tags"])
    #expect(await world.store.stored?.ledger.records.values.map(\.isBeingForgotten) == [true])
    await world.cloud.setFault(nil)
    _ = try await forget(["things.a"])
    #expect(await world.store.stored?.ledger.records.isEmpty == true)
  }

  @Test func `An answer that was lost is looked at until it shows`() async throws {
    try await world.apply(stack([thing("a")]))
    await world.cloud.setFault { _ in .appliedThenLost }
    _ = try await forget(["things.a"])
    #expect(await world.cloud.items["things/a"]?.owner == nil)
    #expect(await world.store.stored?.ledger.records.isEmpty == true)
  }

  @Test func `Where the tags don't show yet, or can't be read, the mark stays`() async throws {
    try await world.apply(stack([thing("a")]))
    await world.cloud.setFault { _ in .answeredOnly }
    #expect(await summaries { _ = try await forget(["things.a"]) } == ["Cannot write the owner tags"])
    #expect(await world.store.stored?.ledger.records.values.map(\.isBeingForgotten) == [true])
  }

  @Test func `Where every write was refused, the mark comes off`() async throws {
    try await world.apply(stack([thing("a")]))
    await world.cloud.setFault { _ in .error(ProviderError(.denied, message: "no", operation: "x:Untag")) }
    #expect(await summaries { _ = try await forget(["things.a"]) } == ["Cannot write the owner tags"])
    #expect(await world.store.stored?.ledger.records.values.map(\.isBeingForgotten) == [nil])
  }

  @Test func `What bears no tags, and was forgotten, is nobody's until it is adopted`() async throws {
    let link = Resource(Address("links", "l"), properties: ["to": "there"])
    try await world.apply(stack([link, thing("a")]))
    #expect(try await forget(["links.l"]).map(\.tags) == [.none])
    let wanted = stack([link, thing("a")])
    #expect(await summaries { _ = try await world.plan(wanted) } == ["The resource exists already"])
    #expect(try await world.plan(stack([thing("a")])).symbols == [])
    var options = PlanOptions()
    options.adopts = ["links.l"]
    #expect(try await world.apply(wanted, options).isSuccess)
    #expect(try await world.plan(wanted).symbols == [])
    #expect(await world.store.stored?.ledger.givenAway == nil)
  }

  @Test func `Each that an address gave away is remembered, and what is made anew is its own`() async throws {
    func wanted(_ to: String) -> Stack {
      stack([Resource(Address("links", "l"), properties: ["to": .string(to)])])
    }
    for place in ["one", "two"] {
      try await world.apply(wanted(place))
      _ = try await forget(["links.l"])
    }
    for place in ["one", "two"] {
      #expect(await summaries { _ = try await world.plan(wanted(place)) } == ["The resource exists already"])
    }
    // One that somebody deleted is made again, by the next process if it must.
    let gone = try #require(await world.cloud.ids("links").first)
    let place = try #require(await world.cloud.items["links/\(gone)"]?.properties["to"]?.string)
    await world.cloud.remove("links/\(gone)")
    await world.cloud.setFault { _ in .killedAfter }
    _ = try? await world.apply(wanted(place))
    await world.cloud.revive()
    #expect(try await world.apply(wanted(place)).isSuccess)
    #expect(await world.store.stored?.ledger.givenAway?.count == 2)
    #expect(try await world.apply(stack([])).isSuccess)
    #expect(await world.cloud.ids("links").count == 1)
  }
}
