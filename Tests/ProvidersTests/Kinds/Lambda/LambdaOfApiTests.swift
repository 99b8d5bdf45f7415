import Planner
import Testing

@testable import Providers

struct `A lambda that knows its own API` {
  @Test func `is made after the API, whose routes need no more than its ARN`() throws {
    let stack = try StackChecking.stack(
      Array(
        """
        stack: shop
        lambdas:
          f: { code: { zipFile: handler }, runtime: python3.12, handler: index.handler, environment: { URL: "${apis.a.url}" } }
        apis: { a: { routes: { "GET /a": { lambda: "${lambdas.f.arn}" } } } }
        """.utf8))
    let graph = try ResourceGraph(stack)
    let order = graph.order.map { graph.addresses[$0].description }
    #expect(
      order.filter { $0 != "lambdas.f.role" } == ["apis.a", "lambdas.f", "apis.a.permission-GET-a"])
  }
}
