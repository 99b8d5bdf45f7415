import Planner
import Testing

@testable import Providers

struct `What an API calls for` {
  private let target = Target(account: "123456789012", region: "eu-west-1", namePrefix: "dev-")

  private func derived(_ properties: [String: Value], in target: Target? = nil) -> [Derived] {
    var references: [Reference] = []
    for (name, route) in properties["routes"]?.map ?? [:] {
      if route["lambda"] != nil {
        let path = "routes.\(name).lambda"
        references.append(
          Reference(Address("lambdas", "status"), attribute: "arn", property: "routes", path: path))
      }
      if route["queue"] != nil {
        let path = "routes.\(name).queue"
        references.append(
          Reference(Address("queues", "jobs"), attribute: "url", property: "routes", path: path))
      }
    }
    let api = Resource(Address("apis", "shop"), name: "shop", properties: properties, references: references)
    let stack = Stack(name: "orders", target: target ?? self.target, resources: [api], outputs: [])
    return ApiKind().derived(from: api, in: stack)
  }

  private func resources(_ derived: [Derived]) -> [Resource] {
    derived.compactMap { if case .resource(let resource) = $0 { resource } else { nil } }
  }

  private func property(_ name: String, _ derived: [Derived]) -> Value? {
    for case .property(_, let property, let value, _) in derived where property == name { return value }
    return nil
  }

  private static let queue: Value = ["queue": "https://sqs.eu-west-1.amazonaws.com/123456789012/jobs"]
  private static let lambda: Value = ["lambda": "arn:aws:lambda:eu-west-1:123456789012:function:status"]

  @Test func `is a role that may send to just its queues and topics`() throws {
    let derived = derived([
      "routes": [
        "POST /jobs": Self.queue, "PUT /jobs": Self.queue,
        "POST /events": ["topic": "arn:aws:sns:eu-west-1:123456789012:events"],
      ]
    ])
    let role = try #require(resources(derived).first)
    #expect(role.address.description == "apis.shop.role")
    #expect(role.name == "dev-orders-shop-apigateway-eu-west-1")
    #expect(role["assumedBy"] == ["apigateway.amazonaws.com"])
    #expect(
      role["policy"]?["Statement"] == [
        [
          "Effect": "Allow", "Action": ["sqs:SendMessage"],
          "Resource": ["arn:aws:sqs:eu-west-1:123456789012:jobs"],
        ],
        [
          "Effect": "Allow", "Action": ["sns:Publish"],
          "Resource": ["arn:aws:sns:eu-west-1:123456789012:events"],
        ],
      ])
    #expect(
      property("role", derived) == "arn:aws:iam::123456789012:role/dev-orders-shop-apigateway-eu-west-1")
  }

  @Test func `is no role when it names one, or sends to none`() {
    let role: Value = "arn:aws:iam::123456789012:role/own"
    #expect(resources(derived(["routes": ["POST /jobs": Self.queue], "role": role])).isEmpty)
    #expect(resources(derived(["routes": ["GET /": ["mock": ["status": 200]]]])).isEmpty)
  }

  @Test func `is a permission for each route that calls a lambda`() {
    let routes: Value = [
      "GET /jobs/{id}": Self.lambda, "ANY /{proxy+}": Self.lambda, "GET /": ["mock": ["status": 200]],
      "GET /jobs-id": Self.lambda,
    ]
    let permissions = resources(derived(["routes": routes]))
    #expect(
      permissions.map(\.address.part) == [
        "permission-GET-jobs-id", "permission-GET-jobs-id-ad102b7e", "permission-ANY-proxy",
      ])
    #expect(permissions.allSatisfy { $0.section == "permissions" })
    #expect(
      permissions.map { $0.referenced(by: "function") }
        == Array(repeating: Address("lambdas", "status"), count: 3))
    #expect(permissions.last?["function"] == Self.lambda["lambda"])
    #expect(
      permissions.compactMap { $0["sourceArn"]?.templates.first?.source } == [
        "arn:aws:execute-api:eu-west-1:123456789012:${apis.shop.id}/*/GET/jobs-id",
        "arn:aws:execute-api:eu-west-1:123456789012:${apis.shop.id}/*/GET/jobs/*",
        "arn:aws:execute-api:eu-west-1:123456789012:${apis.shop.id}/*/*/*",
      ])
  }

  @Test func `is a deployment for every other set of routes, and for no other way to say the same`() {
    func hash(_ properties: [String: Value]) -> Value? { property("deployment", derived(properties)) }
    let plain = hash(["routes": ["GET /": ["mock": ["status": 200]]]])
    #expect(plain?.string?.count == 16)
    #expect(
      plain
        == hash([
          "routes": ["GET /": ["mock": ["status": 200], "authorization": "NONE", "apiKeyRequired": .null]],
          "apiKeySource": "HEADER", "binaryMediaTypes": [], "description": "other", "stage": "other",
        ]))
    #expect(plain != hash(["routes": ["GET /": ["mock": ["status": 201]]]]))
    #expect(plain != hash(["routes": ["GET /": ["mock": ["status": 200], "authorization": "AWS_IAM"]]]))
    #expect(plain != hash(["routes": ["GET /": ["mock": ["status": 200]]], "binaryMediaTypes": ["*/*"]]))
  }

  @Test func `waits for what is known after apply`() throws {
    let url = Value.pending(try Template(parsing: "${queues.jobs.url}"))
    let derived = derived(
      ["routes": ["POST /jobs": ["queue": url]]], in: Target(account: nil, region: "eu-west-1"))
    let role = try #require(resources(derived).first)
    #expect(role["policy"]?.templates.map(\.source) == ["${queues.jobs.arn}"])
    #expect(property("role", derived)?.templates.map(\.source) == ["${apis.shop.role.arn}"])
    let deployment = try #require(property("deployment", derived)?.templates.first)
    #expect(deployment.source == "${apis.shop.role.arn}${queues.jobs.url}")
    #expect(try Template(parsing: deployment.source) == deployment)
  }
}

struct `A stage` {
  @Test func `tells what is published by its description, and what somebody else published`() {
    let description = RestStage.description(hash: "abc", deployment: "d1")
    func deployment(_ wire: Value) -> Value? { RestStage(among: [wire], wanted: "live")?.deployment }
    #expect(
      deployment(["stageName": "live", "deploymentId": "d1", "description": .string(description)]) == "abc")
    #expect(
      deployment(["stageName": "live", "deploymentId": "d2", "description": .string(description)])
        == "other (d2)")
    #expect(deployment(["stageName": "live", "deploymentId": "d1"]) == "other (d1)")
  }

  @Test func `is the wanted one, else one of ours`() {
    let ours: Value = ["stageName": "b", "description": "Published by Stackform: abc as d1"]
    let stages: [Value] = [["stageName": "a"], ours, ["stageName": "c"]]
    #expect(RestStage(among: stages, wanted: "c")?.name == "c")
    #expect(RestStage(among: stages, wanted: "live")?.name == "b")
    #expect(RestStage(among: [], wanted: "live") == nil)
  }

  @Test func `loses one group of settings and keeps the other`() {
    let api = Resource(Address("apis", "shop"), properties: ["logging": .null])
    let operations = RestStage.operations(
      to: api,
      from: ["logging": ["level": "INFO"], "throttling": ["burstLimit": 5, "rateLimit": .number(10.5)]],
      changed: ["logging"])
    #expect(
      operations == [
        .remove("/*/*"), .replace("/*/*/throttling/burstLimit", "5"),
        .replace("/*/*/throttling/rateLimit", "10.5"),
      ])
  }

  @Test func `tells settings that nobody set only when they are wanted`() throws {
    let all: Value = [
      "loggingLevel": "INFO", "dataTraceEnabled": false, "metricsEnabled": false,
      "throttlingBurstLimit": 5000, "throttlingRateLimit": 10000,
    ]
    let stage = try #require(
      RestStage(among: [["stageName": "live", "methodSettings": ["*/*": all]]], wanted: nil))
    #expect(stage.properties(wanted: nil)["throttling"] == nil)
    #expect(stage.properties(wanted: nil)["logging"]?["level"] == "INFO")
    let api = Resource(Address("apis", "shop"), properties: ["throttling": ["burstLimit": 5000]])
    #expect(stage.properties(wanted: api)["throttling"]?["burstLimit"] == 5000)
  }
}
