import Planner
import Testing

@testable import Providers

/// Lambdas and what hangs on them, from the stack file to the resolved stack.
struct `A stack with lambdas` {
  private static let worker = """
    lambdas:
      worker:
        code: { zipFile: "def handler(event, context): return event" }
        runtime: python3.12
        handler: index.handler
        grants: [{ allow: ["s3:PutObject"], on: "arn:aws:s3:::reports/*" }]
    """

  private func resolved(_ yaml: String, account: String? = "111111111111") throws -> Stack {
    let files = FileReader(files: ["stack.yaml": Array("stack: shop\n\(yaml)\n".utf8)])
    return try StackDeclaration.load("stack.yaml", files: files).resolved(
      registry: AWSKinds.registry, target: Target(account: account, region: "eu-west-1"), variables: [:],
      environment: [:], files: files)
  }

  @Test func `gives each its role, and makes that first`() throws {
    let stack = try resolved(Self.worker)
    let lambda = try #require(stack[Address("lambdas", "worker")])
    let role = try #require(stack[Address("lambdas", "worker", part: "role")])
    #expect(lambda["role"] == "arn:aws:iam::111111111111:role/shop-worker-eu-west-1")
    #expect(lambda.references.contains { $0.address == role.address && !$0.isSoft })
    #expect(lambda["codeSha256"] != nil && stack.artifacts.count == 1)
    #expect(role.name == "shop-worker-eu-west-1" && role["assumedBy"] == ["lambda.amazonaws.com"])
    #expect(role["policy"]?.items("Statement").count == 3)
    #expect(role.derivations[""] == "grants of lambdas.worker")
  }

  @Test func `lets the role read what a mapping feeds it with, and the mapping waits for that`() throws {
    let stack = try resolved(
      """
      \(Self.worker)
      queues: { jobs: {} }
      logGroups: { worker: { name: /aws/lambda/worker } }
      eventMappings:
        jobs: { source: "${queues.jobs.arn}", lambda: "${lambdas.worker.arn}" }
      """)
    let role = try #require(stack[Address("lambdas", "worker", part: "role")])
    let statements = role["policy"]?.items("Statement") ?? []
    #expect(
      statements.last == [
        "Effect": "Allow", "Action": ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
        "Resource": "arn:aws:sqs:eu-west-1:111111111111:jobs",
      ])
    #expect(!statements.contains { $0["Action"] == ["logs:CreateLogGroup"] })
    #expect(stack[Address("eventMappings", "jobs")]?.dependsOn == [role.address])
    #expect(stack[Address("lambdas", "worker")]?.dependsOn == [Address("logGroups", "worker")])
  }

  @Test func `resolves offline, with the role's ARN left for later`() throws {
    let stack = try resolved(Self.worker, account: nil)
    #expect(stack[Address("lambdas", "worker")]?["role"]?.isPending == true)
  }

  @Test func `has valid examples on its pages`() throws {
    for kind in [EventMappingKind(), PermissionKind(), RoleKind()] as [any AWSKind] {
      let entry = kind.schema.example.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n")
      let stack = try resolved("\(kind.schema.section):\n\(entry)")
      #expect(stack.resources.count == 1)
    }
    let folder = try TemporaryFolder([
      "lambdas/worker/app.py": "def handler(event, context): pass\n",
      "stack.yaml": "stack: shop\nlambdas:\n"
        + LambdaKind().schema.example.split(separator: "\n").map { "  \($0)\n" }.joined(),
    ])
    let stack = try StackDeclaration.load("\(folder.path)/stack.yaml", files: .disk).resolved(
      registry: AWSKinds.registry, target: Target(account: nil, region: "eu-west-1"), variables: [:],
      environment: [:], files: .disk)
    #expect(stack.artifacts.count == 1)
  }
}
