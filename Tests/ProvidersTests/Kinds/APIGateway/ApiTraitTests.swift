import Testing

@testable import Planner
@testable import Providers

private let owner = Owner(stack: "orders", address: Address("apis", "shop"))

/// What an emulator does otherwise is worked around there, and nowhere else.
struct `An API on an emulator` {
  private static func target(_ software: EndpointSoftware?) -> Target {
    Target(
      account: "123456789012", region: "eu-west-1", endpoint: "http://localhost:4566",
      software: software?.rawValue)
  }

  private func update(
    _ properties: [String: Value], from live: [String: Value], on software: EndpointSoftware?,
    _ answers: [String: Value], failing: [String: ProviderError] = [:]
  ) async throws -> AnsweringSender {
    let sender = AnsweringSender(
      answers.mapValues { [.success($0)] }.merging(failing.mapValues { [.failure($0)] }) { $1 })
    let isHTTP = properties["protocol"] == "http"
    let resource = LiveResource(
      id: "a", properties: live.merging(["protocol": isHTTP ? "http" : "rest"]) { $1 },
      attributes: ["name": "shop", "stage": isHTTP ? "$default" : "live"], owner: owner)
    let wanted = Resource(owner.address, name: "shop", properties: properties)
    let update = Update(
      live: resource, resource: wanted, owner: owner, changed: Set(properties.keys).subtracting(["protocol"]))
    _ = try await ApiKind().update(update, WritingClient(target: Self.target(software), sender: sender))
    return sender
  }

  private func writes(_ sender: AnsweringSender) async -> [String] {
    await sender.requests.filter(\.isWrite).map(\.operation)
  }

  @Test(arguments: [
    (EndpointSoftware?.none, ["DeleteAccessLogSettings"]), (.miniStack, ["UpdateStage"]),
  ])
  func `keeps the stage of an HTTP API that loses its access logs`(
    _ software: EndpointSoftware?, _ operations: [String]
  ) async throws {
    let stage: Value = ["stageName": "$default", "autoDeploy": true]
    let sender = try await update(
      ["protocol": "http", "accessLogs": .null], from: [:], on: software,
      [
        "GetStages": ["items": [stage]], "DeleteAccessLogSettings": .null,
        "UpdateStage": ["stageName": "$default"],
      ])
    #expect(await writes(sender) == operations)
  }

  @Test(arguments: [
    (EndpointSoftware?.none, ["UntagResource", "TagResource"]),
    (.localStack, ["UntagResource", "TagResource", "UpdateRestApi", "UpdateRestApi"]),
  ])
  func `has the tags of a REST API where reads look for them, the old ones removed first`(
    _ software: EndpointSoftware?, _ operations: [String]
  ) async throws {
    let sender = try await update(
      ["tags": ["team": "red"]], from: ["tags": ["old": "1"]], on: software,
      [
        "UntagResource": .null, "TagResource": .null, "UpdateRestApi": ["id": "a"],
        "GetRestApi": ["id": "a", "tags": ["old": "1"]],
      ])
    #expect(await writes(sender) == operations)
    #expect(await sender.requests.first?.query.map(\.value) == ["old"])
    #expect(
      await sender.requests.first?.path
        == ["tags", "arn:aws:apigateway:eu-west-1::/restapis/a"])
  }

  @Test func `clears every deployment of ours that no stage shows once a new one is there`() async throws {
    func deployment(_ id: String, _ description: String) -> Value {
      ["id": .string(id), "description": .string(description)]
    }
    func stage(_ name: String, _ deployment: String) -> Value {
      ["stageName": .string(name), "deploymentId": .string(deployment)]
    }
    let sender = try await update(
      ["deployment": "hash"], from: [:], on: nil,
      [
        "GetStages": ["item": [stage("live", "old"), stage("theirs", "shown")]],
        "CreateDeployment": ["id": "new"], "UpdateStage": ["stageName": "live"], "DeleteDeployment": .null,
        "GetResources": ["item": [["id": "r", "path": "/"]]],
        "GetRequestValidators": [:], "GetModels": [:], "GetAuthorizers": [:], "GetGatewayResponses": [:],
        "GetDeployments": [
          "item": [
            deployment("old", "stackform a"), deployment("lost", "stackform b"),
            deployment("new", "stackform c"),
            deployment("shown", "stackform d"), deployment("other", "by hand"),
          ]
        ],
      ])
    let deleted = await sender.requests.filter { $0.operation == "DeleteDeployment" }.map { $0.path.last }
    #expect(deleted == ["old", "lost"])
  }

  @Test(arguments: [ProviderError.Kind.denied, .unsupported])
  func `clears the deployment that it takes the place of, and its old parts, where none may be listed`(
    _ kind: ProviderError.Kind
  ) async throws {
    let stage: Value = ["stageName": "live", "deploymentId": "old"]
    let sender = try await update(
      ["deployment": "hash", "models": [:]], from: ["models": ["Order": [:]]], on: nil,
      [
        "GetStages": ["item": [stage]], "CreateDeployment": ["id": "new"],
        "UpdateStage": ["stageName": "live"], "DeleteDeployment": .null, "DeleteModel": .null,
        "GetResources": ["item": [["id": "r", "path": "/"]]], "GetRequestValidators": [:],
        "GetModels": ["item": [["id": "m", "name": "Order", "contentType": "application/json"]]],
      ], failing: ["GetDeployments": ProviderError(kind, message: "no")])
    #expect(
      await writes(sender) == ["CreateDeployment", "UpdateStage", "DeleteModel", "DeleteDeployment"])
    #expect(await sender.requests.last?.path.last == "old")
  }

  @Test func `sets the limits of a route that LocalStack does not take out`() {
    let operations = [Value.remove("/~1a/GET"), .replace("/~1b/GET/throttling/rateLimit", 5)]
    #expect(
      operations.flatMap(RestStage.substitutes) == [
        .replace("/~1a/GET/throttling/burstLimit", 5000), .replace("/~1a/GET/throttling/rateLimit", 10000),
        .replace("/~1b/GET/throttling/rateLimit", 5),
      ])
    #expect([Value.remove("/*/*")].flatMap(RestStage.substitutes) == [.remove("/*/*")])
  }

  @Test func `reads the tags of an HTTP API from GetTags on MiniStack`() async throws {
    let sender = AnsweringSender([
      "GetApi": ["apiId": "a", "protocolType": "HTTP", "tags": ["team": "blue"]],
      "GetApis": ["items": []], "GetTags": ["tags": ["team": "red"]], "GetStages": ["items": []],
    ])
    let wanted = Resource(owner.address, name: "shop", properties: ["protocol": "http"])
    let query = LiveQuery(wanted, id: "a", depth: .declared(["tags"]), owner: owner)
    let mini = ReadingClient(target: Self.target(.miniStack), sender: sender)
    #expect(try await ApiKind().read(query, mini)?.properties["tags"] == ["team": "red"])
    let other = ReadingClient(target: Self.target(nil), sender: sender)
    #expect(try await ApiKind().read(query, other)?.properties["tags"] == ["team": "blue"])
  }
}

/// An entry that was renamed keeps its API, which a listing shows with the tags of its creation.
struct `An API that was another entry's once` {
  private static func tags(_ address: String) -> Value {
    ["stackform:stack": "orders", "stackform:address": .string("apis.\(address)")]
  }

  private func read(id: String?, present: [String]) async throws -> LiveResource? {
    func api(_ id: String) -> Value {
      ["apiId": .string(id), "name": "shop", "protocolType": "HTTP", "tags": Self.tags("shop")]
    }
    let sender = AnsweringSender([
      "GetApis": [.success(["items": [api("other"), api("own")].suffix(id == nil ? 1 : 2).asList])],
      "GetTags": present.map { .success(["tags": Self.tags($0)]) },
      "GetStages": [.success(["items": []])],
    ])
    var target = sender.target
    target.software = EndpointSoftware.miniStack.rawValue
    let wanted = Resource(owner.address, name: "shop", properties: ["protocol": "http"])
    let query = LiveQuery(wanted, id: id, depth: .declared(["description"]), owner: owner)
    return try await HttpApi.read([query], ReadingClient(target: target, sender: sender))[owner.address]?
      .get()
  }

  /// GetTags tells first of the other API, then of the own one.
  @Test func `is no twin of the one that bears its former name now`() async throws {
    #expect(try await read(id: "own", present: ["renamed", "shop"])?.twins.map(\.id) == [])
    #expect(try await read(id: "own", present: ["shop", "shop"])?.twins.map(\.id) == ["other"])
  }

  /// Both in one question, as a plan asks: the listing shows both with the tags of their creation.
  @Test(arguments: ["own", nil])
  func `is no twin, nor found by its former name, beside the entry that it is now`(id: String?) async throws {
    func api(_ id: String) -> Value {
      ["apiId": .string(id), "name": "shop", "protocolType": "HTTP", "tags": Self.tags("shop")]
    }
    let sender = AnsweringSender([
      "GetApis": [.success(["items": .list([api("renamed")] + (id.map { [api($0)] } ?? []))])],
      "GetTags": [.success(["tags": Self.tags("renamed")])], "GetStages": [.success(["items": []])],
    ])
    var target = sender.target
    target.software = EndpointSoftware.miniStack.rawValue
    func query(_ name: String, _ id: String?) -> LiveQuery {
      let address = Address("apis", name)
      return LiveQuery(
        Resource(address, name: "shop", properties: ["protocol": "http"]), id: id,
        depth: .declared(["description"]), owner: Owner(stack: "orders", address: address))
    }
    let read = await HttpApi.read(
      [query("shop", id), query("renamed", "renamed")], ReadingClient(target: target, sender: sender))
    #expect(try read[Address("apis", "shop")]?.get()?.id == id)
    #expect(try read[Address("apis", "shop")]?.get()?.twins.map(\.id) ?? [] == [])
    #expect(try read[Address("apis", "renamed")]?.get()?.id == "renamed")
  }

  @Test func `is not asked for where one known API is meant`() async throws {
    let sender = AnsweringSender([
      "GetApi": [.success(["apiId": "own", "name": "shop", "protocolType": "HTTP"])],
      "GetStages": [.success(["items": []])], "GetTags": [.success(["tags": Self.tags("shop")])],
    ])
    let wanted = Resource(owner.address, name: "shop", properties: ["protocol": "http"])
    let query = LiveQuery(
      wanted, id: "own", depth: .declared(["description"]), owner: owner, looksForTwins: false)
    #expect(try await HttpApi.read([query], sender.reading)[owner.address]?.get()?.id == "own")
    #expect(await !sender.operations.contains("GetApis"))
  }

  @Test func `is not found by its former owner`() async throws {
    #expect(try await read(id: nil, present: ["renamed"]) == nil)
    #expect(try await read(id: nil, present: ["shop"])?.id == "own")
  }
}

extension ArraySlice<Value> {
  fileprivate var asList: Value { .list(Array(self)) }
}

struct `An API whose answers lack what they must have` {
  private let properties: [String: Value] = ["routes": ["GET /": ["mock": ["status": 200]]]]

  @Test func `is not made without an id`() async throws {
    let sender = AnsweringSender(["CreateRestApi": ["name": "shop"]])
    let creation = Creation(
      resource: Resource(owner.address, name: "shop", properties: properties), owner: owner)
    let error = await #expect(throws: ProviderError.self) {
      _ = try await ApiKind().create(creation, sender.writing)
    }
    #expect(error?.kind == .malformed)
    #expect(error?.message == "the endpoint answered without id")
    #expect(await sender.operations == ["CreateRestApi"])
  }

  @Test func `gets no route when its root is not listed`() async throws {
    let sender = AnsweringSender([
      "CreateRestApi": ["id": "a"], "GetResources": ["item": []],
    ])
    let creation = Creation(
      resource: Resource(owner.address, name: "shop", properties: properties), owner: owner)
    let error = await #expect(throws: ProviderError.self) {
      _ = try await ApiKind().create(creation, sender.writing)
    }
    #expect(error?.kind == .malformed)
    #expect(await sender.operations == ["CreateRestApi", "GetResources"])
  }

  @Test func `is gone when its stages are`() async throws {
    let sender = AnsweringSender([
      "GetApi": ["apiId": "a", "protocolType": "HTTP"], "GetApis": ["items": []],
    ])
    let wanted = Resource(owner.address, name: "shop", properties: ["protocol": "http"])
    let query = LiveQuery(wanted, id: "a", depth: .declared(["description"]), owner: owner)
    #expect(try await HttpApi.read(query, sender.reading) == nil)
  }
}
