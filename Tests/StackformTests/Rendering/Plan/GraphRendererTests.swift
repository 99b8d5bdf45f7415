import Planner
import Testing

@testable import Stackform

struct GraphRendererTests {
  private let nodes = [
    GraphNode(Address("queues", "jobs"), action: .create),
    GraphNode(Address("queues", "dead"), action: .keep),
    GraphNode(Address("lambdas", "worker"), action: .update),
    GraphNode(Address("lambdas", "worker", part: "role"), section: "roles"),
    GraphNode(Address("eventMappings", "jobs"), action: .replace(createFirst: true)),
  ]
  private let edges = [
    GraphEdge(Address("queues", "jobs"), needs: Address("queues", "dead")),
    GraphEdge(Address("lambdas", "worker"), needs: Address("lambdas", "worker", part: "role")),
    GraphEdge(Address("lambdas", "worker", part: "role"), needs: Address("queues", "jobs")),
    GraphEdge(Address("eventMappings", "jobs"), needs: Address("queues", "jobs")),
    GraphEdge(Address("eventMappings", "jobs"), needs: Address("lambdas", "worker")),
  ]

  @Test(arguments: GraphFormat.allCases) func `a graph is drawn`(format: GraphFormat) {
    let text = GraphRenderer(style: .unicode).render(nodes, edges, as: format)
    expectSnapshot(text, "graph-\(format.rawValue)")
  }

  @Test func `a ring of needs does not hang the drawing`() {
    let (a, b) = (Address("x", "a"), Address("x", "b"))
    let text = GraphRenderer(style: .plain).render(
      [GraphNode(a), GraphNode(b)], [GraphEdge(a, needs: b), GraphEdge(b, needs: a)], as: .tree)
    #expect(text == "x.a\n`-- x.b\n    `-- x.a (above)\n")
  }
}
