import Testing

@testable import Planner

/// What is left of a section when its entries are made comments would delete them all.
@Test(arguments: [
  ("queues:\n  # jobs: {}\n", ["Empty section"]), ("queues: {}\n", []), ("queues: ~\n", []),
  ("queues: { jobs: {} }\n", []),
  ("nothing:\n", ["Unknown section"]),
])
func `A section with nothing under it is warned of, and an empty mapping is meant`(
  text: String, summaries: [String]
) throws {
  do throws(Diagnostics) {
    let stack = try StackDeclaration.load("stack.yaml", files: files(["stack.yaml": "stack: shop\n" + text]))
      .resolved(
        registry: SampleKinds.registry, target: sampleTarget, variables: [:], environment: [:],
        files: files([:]))
    #expect(stack.warnings.items.map(\.summary) == summaries)
  } catch {
    #expect(error.items.map(\.summary) == summaries)
  }
}
