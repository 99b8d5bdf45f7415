import Testing

@testable import Planner

/// The way from a stack file to a resolved stack.
@Suite struct ResolverTests {
  static let pipeline = """
    stack: shop
    variables:
      retention: 7
    tags: { team: build }
    queues:
      dead:
      jobs:
        visibilityTimeout: 60
        redrivePolicy: { deadLetterTargetArn: "${queues.dead.arn}", maxReceiveCount: 3 }
        tags: { team: web, stage: "${profile.name}" }
    lambdas:
      worker:
        code: code/worker
        runtime: python3.12
        environment: { QUEUE: "${queues.jobs.url}", API: "${apis.shop.url}/v1" }
        grants: [{ allow: ["sqs:SendMessage"], on: "${queues.jobs.arn}" }]
    eventMappings:
      jobs: { source: "${queues.jobs.arn}", lambda: "${lambdas.worker.arn}", dependsOn: queues.dead }
    apis:
      shop:
        routes:
          POST /orders: { lambda: "${lambdas.worker.arn}" }
    outputs:
      url: "${apis.shop.url}"
      dead: { value: "${queues.dead.name}", description: Where failures go }
    """
  static let code = ["code/worker/app.py": "pass"]

  @Test func `attributes that are known early are put in`() throws {
    let stack = try resolved(Self.pipeline, others: Self.code)
    let queue = try #require(stack[Address("queues", "jobs")])
    #expect(queue["redrivePolicy"]?["deadLetterTargetArn"] == "arn:aws:sqs:us-east-1:000000000000:dead")
    #expect(
      stack[Address("lambdas", "worker")]?["environment"]?["QUEUE"]
        == "http://localhost:4566/000000000000/jobs")
  }

  @Test func `what only the service gives stays pending, with its reference`() throws {
    let stack = try resolved(Self.pipeline, others: Self.code)
    let worker = try #require(stack[Address("lambdas", "worker")])
    #expect(worker["environment"]?["API"]?.templates.map(\.source) == ["${apis.shop.url}/v1"])
    let reference = worker.references.first { $0.address == Address("apis", "shop") }
    #expect(reference?.isSoft == false)
    #expect(reference?.path == "environment.API")
  }

  @Test func `a reference in an environment is soft, one that the service checks is hard`() throws {
    let stack = try resolved(Self.pipeline, others: Self.code)
    let worker = try #require(stack[Address("lambdas", "worker")])
    let mapping = try #require(stack[Address("eventMappings", "jobs")])
    #expect(worker.references.first { $0.path == "environment.QUEUE" }?.isSoft == true)
    #expect(worker.references.first { $0.path == "grants.0.on" }?.isSoft == true)
    #expect(mapping.references.map(\.isSoft) == [false, false])
    #expect(mapping.dependsOn == [Address("queues", "dead"), Address("lambdas", "worker", part: "role")])
  }

  @Test func `a role is derived from grants, and everybody adds to its policy`() throws {
    let stack = try resolved(Self.pipeline, others: Self.code)
    let address = Address("lambdas", "worker", part: "role")
    let role = try #require(stack[address])
    #expect(
      role["policy"] == [
        "Version": "2012-10-17",
        "Statement": [
          [
            "Effect": "Allow", "Action": ["sqs:SendMessage"],
            "Resource": "arn:aws:sqs:us-east-1:000000000000:jobs",
          ],
          [
            "Effect": "Allow", "Action": ["sqs:ReceiveMessage"],
            "Resource": "arn:aws:sqs:us-east-1:000000000000:jobs",
          ],
        ],
      ])
    #expect(role.derivations["policy"] == "grants of lambdas.worker, eventMappings.jobs reads its source")
    let worker = try #require(stack[Address("lambdas", "worker")])
    #expect(worker["role"] == "arn:aws:iam::000000000000:role/shop-worker")
    #expect(worker.references.contains(Reference(address, attribute: "arn", property: "role", path: "role")))
    #expect(stack.resources.map(\.address.description).firstIndex(of: "lambdas.worker.role") == 3)
  }

  @Test func `tags of the stack lie beneath a resource's own`() throws {
    let stack = try resolved(Self.pipeline, others: Self.code)
    #expect(stack[Address("queues", "jobs")]?["tags"] == ["team": "web", "stage": "local"])
    #expect(stack[Address("queues", "dead")]?["tags"] == ["team": "build"])
    #expect(stack[Address("lambdas", "worker", part: "role")]?["tags"] == ["team": "build"])
  }

  @Test func `outputs are known or pending`() throws {
    let stack = try resolved(Self.pipeline, others: Self.code)
    #expect(stack.outputs.map(\.name) == ["url", "dead"])
    #expect(stack.outputs[0].value.isPending)
    #expect(
      stack.outputs[1]
        == Output(
          name: "dead", value: "dead", summary: "Where failures go", references: [["queues", "dead", "name"]])
    )
  }

  @Test func `an output may be nothing`() throws {
    let stack = try resolved(
      "stack: shop\noutputs: { none: { value: null, description: Nothing }, one: { value: 1 } }")
    #expect(stack.outputs.map(\.value) == [.null, 1])
  }
}
