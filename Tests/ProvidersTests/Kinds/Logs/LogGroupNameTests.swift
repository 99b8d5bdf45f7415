import Planner
import Testing

@testable import Providers

struct `The name of a log group` {
  private func groups(_ entry: String) throws -> [String?] {
    try stack(entry).resources(in: "logGroups").map(\.name)
  }

  private func stack(_ entry: String, lambda: String = "worker") throws -> Stack {
    let code = "{ code: { zipFile: handler }, runtime: python3.12, handler: index.handler }"
    let yaml = "stack: shop\nlambdas: { \(lambda): \(code) }\nlogGroups: { worker: \(entry) }"
    let files = FileReader(files: ["stack.yaml": Array(yaml.utf8)])
    return try StackDeclaration.load("stack.yaml", files: files).resolved(
      registry: AWSKinds.registry, target: Target(account: nil, region: "us-east-1", namePrefix: "dev-"),
      variables: [:], environment: [:], files: files)
  }

  @Test(arguments: [("worker", 1), ("image-resizer-worker", 0)])
  func `is that of another lambda only if it lacks the profile's prefix alone`(_ lambda: String, _ count: Int)
    throws
  {
    let stack = try stack("{ name: /aws/lambda/worker }", lambda: lambda)
    #expect(stack.warnings.items.map(\.summary) == Array(repeating: "No lambda writes to it", count: count))
  }

  @Test func `may follow that of the lambda that writes to it, with the profile's prefix`() throws {
    #expect(try groups("{ name: '${lambdas.worker.logGroupName}' }") == ["/aws/lambda/dev-worker"])
    #expect(try groups("{ name: '/own/${lambdas.worker.name}' }") == ["/own/dev-worker"])
    #expect(throws: Diagnostics.self) { try groups("{ name: '${lambdas.worker.arn}' }") }
  }
}
