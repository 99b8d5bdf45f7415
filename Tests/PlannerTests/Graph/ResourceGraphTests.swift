import Testing

@testable import Planner

@Suite struct ResourceGraphTests {
  @Test func `Everything comes after what it needs, in the order of the file where nothing decides`() throws {
    let graph = try ResourceGraph(stack([thing("a", needs: ["c"]), thing("b"), thing("c")]))
    #expect(graph.order.map { graph.addresses[$0].name } == ["c", "a", "b"])
    #expect(graph.needs(of: Address("things", "a")) == [Address("things", "c")])
  }

  @Test func `A cycle of hard references is told by its shortest way round`() {
    let resources = [
      thing("a", needs: ["b"]), thing("b", needs: ["c", "d"]), thing("c", needs: ["a"]),
      thing("d", needs: ["b"]),
    ]
    let error = #expect(throws: Diagnostics.self) { try ResourceGraph(stack(resources)) }
    #expect(error?.items.map(\.summary) == ["Cycle"])
    #expect(
      error?.items.first?.detail
        == "these resources need one another, so none can be made first: things.b.uses.1 refers to ${things.d.arn}; "
        + "things.d.uses.0 refers to ${things.b.arn}.")
  }

  @Test func `A reference that needs only a known text gives way where it would close a cycle`() throws {
    let graph = try ResourceGraph(
      stack([thing("lambda", mentions: ["bucket"]), thing("bucket", needs: ["lambda"])]))
    #expect(graph.order.map { graph.addresses[$0].name } == ["lambda", "bucket"])
  }

  @Test func `Such a reference orders where it closes no cycle`() throws {
    let graph = try ResourceGraph(stack([thing("lambda", mentions: ["bucket"]), thing("bucket")]))
    #expect(graph.order.map { graph.addresses[$0].name } == ["bucket", "lambda"])
  }

  @Test func `A chain of a hundred thousand does not overflow`() throws {
    let count = 100_000
    let resources = (0..<count).map { thing("t\($0)", needs: $0 + 1 < count ? ["t\($0 + 1)"] : []) }
    let graph = try ResourceGraph(stack(resources))
    #expect(graph.order.first == count - 1)
  }
}
