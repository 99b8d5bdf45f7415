import Providers
import Testing

@testable import Planner
@testable import Stackform

/// Every stack of the repository is valid, and its graph and first plan are what they were. No endpoint is asked.
struct ExampleTests {
  @Test(arguments: Repository.stacks) func `a stack of the repository is valid, and plans as recorded`(
    folder: String
  ) throws {
    let stack = try ReadStack.file("\(folder)/stack.yaml")
    let graph = try ResourceGraph(stack)
    let plan = try PlanBuilder.plan(
      PlanBuilder.Input(
        stack: stack, graph: graph, snapshot: Snapshot(), ledger: nil, registry: AWSKinds.registry,
        fingerprint: Fingerprinter(salt: ""), options: PlanOptions()))
    let text =
      ReadStack.drawing(of: stack, graph, as: .tree) + "\n" + PlanRenderer(style: .plain).render(plan)
    expectSnapshot(text.withoutDigests, "stack-\(folder.split(separator: "/").joined(separator: "-"))")
  }

  @Test func `every example says what it is about`() throws {
    for folder in Repository.stacks where folder.hasPrefix("examples/") {
      #expect(try Repository.text("\(folder)/README.md").hasPrefix("# "), "\(folder) has no README")
    }
    #expect(Repository.stacks.contains("stacks/code-deploy"))
  }

  @Test(arguments: ["./examples/secrets/stack.yaml", "examples//secrets/./stack.yaml"])
  func `however the path of a stack is written, the code beside it is found`(path: String) throws {
    #expect(try ReadStack.file(path).resources.count == 2)
  }

  @Test func `the README shows the graph of code-deploy as it is`() throws {
    let stack = try ReadStack.file("stacks/code-deploy/stack.yaml")
    let drawing = ReadStack.drawing(of: stack, try ResourceGraph(stack), as: .mermaid)
    let isShown = try Repository.text("README.md").contains("```mermaid\n\(drawing)```")
    #expect(
      isShown, "Put the output of `stackform graph --format mermaid stacks/code-deploy` into README.md.")
  }
}

/// Reads stacks as `validate` and `graph` do, for the built-in local profile.
enum ReadStack {
  /// What variables without a default get.
  static let variables: [String: Value] = ["smtpPassword": "hunter2"]

  static func file(_ path: String, files: FileReader = .disk) throws -> Stack {
    let declaration = try StackDeclaration.load(Repository.path(path), files: files)
    let declared = Set(declaration.variables.map(\.name))
    return try declaration.resolved(
      registry: AWSKinds.registry, target: .local, variables: variables.filter { declared.contains($0.key) },
      environment: ["USER": "ada"], files: files)
  }

  static func drawing(of stack: Stack, _ graph: ResourceGraph, as format: GraphFormat) -> String {
    let nodes = stack.resources.map { GraphNode($0.address, section: $0.section) }
    let edges = stack.resources.flatMap { resource in
      graph.needs(of: resource.address).map { GraphEdge(resource.address, needs: $0) }
    }
    return GraphRenderer(style: .plain).render(nodes, edges, as: format)
  }
}

extension String {
  /// Another version of zlib may pack the same code into other bytes.
  fileprivate var withoutDigests: String {
    split(separator: "\n", omittingEmptySubsequences: false).map { line in
      guard line.contains("codeSha256"), let quote = line.firstIndex(of: "\"") else { return String(line) }
      return line[..<quote] + "(digest)"
    }.joined(separator: "\n")
  }
}
