import Planner
import Providers
import Testing

/// Whose the resource is, its end, and its next life.
extension Conformance {
  /// The same file as another stack finds the resource and keeps its hands off.
  func foreignOwner() async throws {
    guard schema.naming?.isUnique == true else { return }
    let other = TestRun(account, stack: "intruder")
    // What lives in something that has its id of the service is another one in the other stack's.
    guard let twin = try other.stack(yaml(sound))[subject], schema.identity(of: twin) != nil else { return }
    let error = await #expect(throws: Diagnostics.self) { try await other.plan(yaml(sound)) }
    // What bears no tags does not say whose it is.
    let isRefused = error?.items.contains { problem in
      problem.summary == "The resource belongs to somebody else"
        || (!schema.isTaggable && problem.address == subject
          && problem.summary == "The resource exists already")
    }
    #expect(isRefused == true, "\(error?.items ?? [])")
    record.note("", .foreign)
  }

  func deletion() async throws {
    let stack = try run.stack(yaml(sound))
    let summary = try await run.destroy(yaml(sound))
    #expect(summary.isSuccess)
    let queries = stack.resources.map { query($0, depth: .existence) }
    for (address, answer) in await run.pipeline.reader.read(queries) {
      #expect(try answer.get() == nil, "\(address) is still there")
    }
    #expect(try await run.pipeline.store.load() == nil)
    record.note("", .deleted)
  }

  /// Created again with the least that it needs, and where it has a name, under that: nothing of the old one
  /// comes back, tags least of all.
  func newLife() async throws {
    let isNamed = schema.isTaggable && schema.naming?.isUnique == true
    let yaml = yaml(least)
    // Without all that makes it an HTTP API it is none that there could be.
    guard isNamed || (try? run.stack(yaml)) != nil else { return }
    try await run.apply(yaml)
    if isNamed {
      let resource = try #require(try run.stack(yaml)[subject])
      let answer = await run.pipeline.reader.read([query(resource, depth: .declared(["tags"]))])[subject]
      let live = try #require(try answer?.get())
      #expect(live.properties["tags"] ?? .map([:]) == .map([:]))
      record.note("", .newLife)
    }
    try await driftOfUndeclared(yaml)
    try await endOfNewLife(yaml)
  }

  /// What somebody protected from deletion stays, in an account that nobody uses again.
  private func endOfNewLife(_ yaml: String) async throws {
    do {
      _ = try await run.destroy(yaml)
    } catch let refusal as Diagnostics {
      #expect(refusal.items.map(\.summary) == ["The service would refuse to delete the resource"])
    }
  }

  private func query(_ resource: Resource, depth: LiveQuery.Depth) -> LiveQuery {
    LiveQuery(
      address: resource.address, section: resource.section,
      name: AWSKinds.registry[resource.section]?.schema.identity(of: resource), id: nil, wanted: resource,
      depth: depth, owner: Owner(stack: run.name, address: resource.address))
  }
}
