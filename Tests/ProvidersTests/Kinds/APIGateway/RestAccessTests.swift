import Testing

@testable import Planner
@testable import Providers

private let owner = Owner(stack: "orders", address: Address("apis", "shop"))
private let target = Target(account: "123456789012", region: "eu-west-1")

struct `API keys and usage plans of an API` {
  private static func tags(_ entry: String, api: String = "a") -> Value {
    .map(owner.tags.merging(["stackform:api": api, "stackform:entry": entry]) { $1 }.mapValues(Value.string))
  }

  /// Two keys and a plan of ours, and what another API has of the same names.
  private static let listings: [String: Value] = [
    "GetApiKeys": [
      "item": [
        [
          "id": "k0", "name": "shop-mobile", "value": "other", "enabled": true,
          "tags": tags("mobile", api: "b"),
        ],
        [
          "id": "k1", "name": "shop-mobile", "value": "01234567890123456789", "enabled": true,
          "description": "App", "tags": tags("mobile"),
        ],
        ["id": "k2", "name": "shop-old", "value": "x", "enabled": false, "tags": tags("old")],
        ["id": "k3", "name": "somebody's", "value": "y", "enabled": true],
      ]
    ],
    "GetUsagePlans": [
      "item": [
        [
          "id": "p1", "name": "shop-basic", "tags": tags("basic"),
          "apiStages": [
            [
              "apiId": "a", "stage": "live",
              "throttle": ["/orders/{id}/GET": ["burstLimit": 1, "rateLimit": 2]],
            ]
          ],
          "quota": ["limit": 10, "offset": 0, "period": "DAY"],
          "throttle": ["burstLimit": 3, "rateLimit": 4],
        ]
      ]
    ],
    "GetUsagePlanKeys": ["item": [["id": "k1", "type": "API_KEY"]]],
  ]

  private static let writes = [
    "CreateApiKey", "CreateUsagePlanKey", "DeleteApiKey", "DeleteRestApi", "DeleteUsagePlan",
    "DeleteUsagePlanKey",
    "UpdateApiKey", "UpdateUsagePlan",
  ]

  private func sender(_ more: [String: Value] = [:]) -> AnsweringSender {
    let written = Dictionary(uniqueKeysWithValues: Self.writes.map { ($0, Value.map(["id": "new"])) })
    return AnsweringSender(Self.listings.merging(written) { $1 }.merging(more) { $1 })
  }

  private func wanted(_ properties: [String: Value]) -> Resource {
    Resource(owner.address, name: "shop", properties: properties)
  }

  @Test func `are those with its id in their tags, and told without values that nobody declared`()
    async throws
  {
    let sender = sender()
    let access = try await RestAccess.read(of: "a", ReadingClient(target: target, sender: sender))
    let declared = wanted(["apiKeys": ["mobile": ["value": "0123"]]])
    #expect(
      access.properties(wanted: declared, stage: "live") == [
        "apiKeys": [
          "mobile": ["enabled": true, "description": "App", "value": "01234567890123456789"],
          "old": ["enabled": false],
        ],
        "usagePlans": [
          "basic": [
            "apiKeys": ["mobile"], "quota": ["limit": 10, "offset": 0, "period": "DAY"],
            "throttling": ["burstLimit": 3, "rateLimit": 4],
            "routeThrottling": ["GET /orders/{id}": ["burstLimit": 1, "rateLimit": 2]],
          ]
        ],
      ])
    #expect(access.properties(wanted: nil, stage: "live")["apiKeys"]?["mobile"]?["value"] == nil)
    // A plan that does not hold the API's stage is none.
    #expect(access.properties(wanted: nil, stage: "v2")["usagePlans"] == .map([:]))
    #expect(await sender.operations.sorted() == ["GetApiKeys", "GetUsagePlanKeys", "GetUsagePlans"])
  }

  private func apply(_ properties: [String: Value]) async throws -> AnsweringSender {
    let sender = sender()
    let aws = WritingClient(target: target, sender: sender)
    let live = try await RestAccess.read(of: "a", aws.reading)
    var change = RestAccessChange(
      to: wanted(properties), stage: "live", owner: owner, from: live, aws)
    try await change.apply()
    return sender
  }

  private func written(_ sender: AnsweringSender) async -> [String] {
    await sender.requests.filter { $0.isWrite }.map {
      "\($0.operation) \($0.path.dropFirst().joined(separator: "/"))"
    }
  }

  @Test func `stay as they are when nothing of them differs`() async throws {
    let sender = try await apply([
      "apiKeys": ["mobile": ["description": "App"], "old": ["enabled": false]],
      "usagePlans": [
        "basic": [
          "apiKeys": ["mobile"], "quota": ["limit": 10, "period": "DAY"],
          "throttling": ["burstLimit": 3, "rateLimit": .number(4)],
          "routeThrottling": ["GET /orders/{id}": ["burstLimit": 1, "rateLimit": 2]],
        ]
      ],
    ])
    #expect(await written(sender) == [])
  }

  @Test func `are made anew for another value, changed in place, and deleted behind their plans`()
    async throws
  {
    let sender = try await apply([
      "apiKeys": ["mobile": ["value": "98765432109876543210"]],
      "usagePlans": ["basic": ["apiKeys": ["mobile"]]],
    ])
    #expect(
      await written(sender) == [
        "DeleteApiKey k1", "CreateApiKey ", "UpdateUsagePlan p1", "UpdateUsagePlan p1", "UpdateUsagePlan p1",
        "DeleteUsagePlanKey p1/keys/k1", "CreateUsagePlanKey p1/keys", "DeleteApiKey k2",
      ])
    #expect(await sender.input("CreateApiKey")?["tags"] == Self.tags("mobile"))
    #expect(
      await sender.input("CreateApiKey")?["value"] == "98765432109876543210")
  }

  @Test func `change by the patches that API Gateway knows`() {
    let told: Value = ["routeThrottling": ["GET /orders/{id}": ["burstLimit": 1]]]
    let item: Value = ["quota": ["limit": 10, "offset": 0, "period": "DAY"], "description": "Old"]
    let plan: Value = [
      "quota": ["limit": 20, "offset": 0, "period": "DAY"],
      "throttling": ["rateLimit": .number(2.5), "burstLimit": .null],
      "routeThrottling": ["POST /orders": ["rateLimit": 3]],
    ]
    #expect(
      RestAccessChange.operations(to: plan, from: told, item, place: "a:live") == [
        .replace("/description", ""), .replace("/quota/limit", 20),
        .replace("/throttle/rateLimit", .number(2.5)),
        .remove("/apiStages/a:live/throttle/~1orders~1{id}/GET"),
        .replace("/apiStages/a:live/throttle/~1orders/POST/rateLimit", 3),
      ])
  }

  @Test func `go before the API, plans out of its stage first`() async throws {
    let sender = sender()
    let live = LiveResource(id: "a", properties: ["protocol": "rest"], attributes: [:], owner: owner)
    try await ApiKind().delete(
      Deletion(address: owner.address, section: "apis", live: live),
      WritingClient(target: target, sender: sender))
    #expect(
      await written(sender) == [
        "UpdateUsagePlan p1", "DeleteUsagePlan p1", "DeleteApiKey k1", "DeleteApiKey k2", "DeleteRestApi a",
      ])
    #expect(
      await sender.input("UpdateUsagePlan") == [
        "patchOperations": [["op": "remove", "path": "/apiStages", "value": "a:live"]]
      ])
  }
}

struct `Limits of a route` {
  private let stage = RestStage(
    among: [
      [
        "stageName": "live",
        "methodSettings": [
          "*/*": ["throttlingBurstLimit": 9],
          "~1orders~1{id}/GET": ["throttlingBurstLimit": 2, "throttlingRateLimit": 10000],
          "//GET": ["throttlingBurstLimit": 5000],
        ],
      ]
    ], wanted: "live")

  @Test func `are told with the route, without what counts anyway`() {
    let routes: Value = ["GET /orders/{id}": ["http": "x"], "GET /": ["http": "y"]]
    #expect(
      stage?.limiting(routes, wanted: nil) == [
        "GET /orders/{id}": ["http": "x", "throttling": ["burstLimit": 2]], "GET /": ["http": "y"],
      ])
  }

  @Test func `are taken out, set and changed on the stage`() {
    let wanted = Resource(
      Address("apis", "shop"),
      properties: ["routes": ["GET /a": ["throttling": ["rateLimit": 5]], "GET /b": ["throttling": .null]]])
    let live: [String: Value] = [
      "routes": [
        "GET /a": ["throttling": ["rateLimit": 4, "burstLimit": 2]],
        "GET /b": ["throttling": ["burstLimit": 1]],
      ]
    ]
    #expect(
      RestStage.operations(to: wanted, from: live, changed: ["routes"]) == [
        .remove("/~1a/GET"), .replace("/~1a/GET/throttling/rateLimit", 5), .remove("/~1b/GET"),
      ])
  }
}

struct `A resource policy` {
  private let short: Value = ["Statement": [["Resource": "execute-api:/*"]]]

  @Test func `is told short where the file has it short`() {
    let stored = #"{\"Statement\":[{\"Resource\":\"arn:aws:execute-api:eu-west-1:123456789012:a\/*\"}]}"#
    let api: Value = ["id": "a", "policy": .string(stored)]
    let told = RestSettings.policy(of: api, wanted: short, in: target)?.string
    #expect(told.flatMap { Value(json: $0) } == short)
    let whole = RestSettings.policy(of: api, wanted: nil, in: target)?.string
    #expect(
      whole.flatMap { Value(json: $0) }
        == ["Statement": [["Resource": "arn:aws:execute-api:eu-west-1:123456789012:a/*"]]])
  }
}
