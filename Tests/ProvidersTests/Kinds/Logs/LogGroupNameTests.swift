import Planner
import Testing

@testable import Providers

struct `The name of a log group` {
  private func groups(_ entry: String) throws -> [String?] {
    let yaml =
      "stack: shop\nlambdas: { worker: { code: { zipFile: handler }, runtime: python3.12, handler: index.handler } }\nlogGroups: { worker: \(entry) }"
    let files = FileReader(files: ["stack.yaml": Array(yaml.utf8)])
    let stack = try StackDeclaration.load("stack.yaml", files: files).resolved(
      registry: AWSKinds.registry, target: Target(account: nil, region: "us-east-1", namePrefix: "dev-"),
      variables: [:], environment: [:], files: files)
    return stack.resources(in: "logGroups").map(\.name)
  }

  @Test func `may follow that of the lambda that writes to it, with the profile's prefix`() throws {
    #expect(try groups("{ name: '${lambdas.worker.logGroupName}' }") == ["/aws/lambda/dev-worker"])
    #expect(try groups("{ name: '/own/${lambdas.worker.name}' }") == ["/own/dev-worker"])
    #expect(throws: Diagnostics.self) { try groups("{ name: '${lambdas.worker.arn}' }") }
  }
}
