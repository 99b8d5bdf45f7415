import Testing

@testable import Planner
@testable import Providers

struct `A parameter` {
  private let kind = ParameterKind()
  private let owner = Owner(stack: "shop", address: Address("ssmParameters", "token"))

  private func parameter(_ properties: [String: Value]) -> Resource {
    Resource(owner.address, name: "/shop/token", properties: properties)
  }

  private func got(_ value: Value) -> Value {
    ["Parameter": ["Name": "/shop/token", "Type": "SecureString", "Value": value, "DataType": "text"]]
  }

  private var listed: Value {
    ["Parameters": [["Name": "/shop/token", "KeyId": "alias/mine", "Tier": "Standard"]]]
  }

  @Test func `is decrypted to be compared`() async throws {
    let sender = AnsweringSender([
      "GetParameter": [.success(got("cipher")), .success(got("plain"))],
      "DescribeParameters": [.success(listed)],
      "ListTagsForResource": [.success(["TagList": []])],
    ])
    let live = try await kind.read(LiveQuery(parameter([:]), owner: owner), sender.reading)
    #expect(live?.properties["secureValue"] == "plain" && live?.properties["value"] == nil)
    #expect(live?.properties["keyId"] == "alias/mine")
  }

  @Test func `that may not be decrypted is compared with what was applied last`() async throws {
    let sender = AnsweringSender([
      "GetParameter": [
        .success(got("cipher")), .failure(ProviderError(.denied, message: "no kms:Decrypt", status: 400)),
      ],
      "DescribeParameters": [.success(listed)], "ListTagsForResource": [.success(["TagList": []])],
    ])
    let live = try await kind.read(LiveQuery(parameter([:]), owner: owner), sender.reading)
    #expect(live?.properties["secureValue"] == nil && live?.untold == ["secureValue"])
  }

  @Test func `is not decrypted where its existence is asked for alone`() async throws {
    let sender = AnsweringSender([
      "GetParameter": got("cipher"), "ListTagsForResource": ["TagList": []],
    ])
    let query = LiveQuery(parameter([:]), depth: .existence, owner: owner)
    _ = try await kind.read(query, sender.reading)
    #expect(await sender.operations.sorted() == ["GetParameter", "ListTagsForResource"])
  }

  /// Without a key a new version is encrypted by the account's default one.
  @Test func `keeps what the file does not name when its text changes`() async throws {
    let sender = AnsweringSender([
      "GetParameter": [.success(got("cipher")), .success(got("old"))],
      "DescribeParameters": [.success(listed)], "PutParameter": [.success(["Version": 2])],
    ])
    let live = LiveResource(
      id: "/shop/token", properties: ["type": "SecureString", "secureValue": "old"], attributes: [:],
      owner: owner)
    let wanted = parameter(["type": "SecureString", "secureValue": "new"])
    _ = try await kind.update(
      Update(live: live, resource: wanted, owner: owner, changed: ["secureValue"]), sender.writing)
    #expect(
      await sender.input("PutParameter") == [
        "Name": "/shop/token", "Type": "SecureString", "Value": "new", "KeyId": "alias/mine",
        "DataType": "text", "Overwrite": true,
      ])
  }

  @Test func `sends what somebody else wrote meanwhile, and nothing where it can't be read`() async throws {
    func listed(_ type: String) -> Value {
      ["Parameters": [["Name": "/shop/token", "Type": .string(type), "Description": "old"]]]
    }
    func got(_ text: String) -> Value {
      ["Parameter": ["Name": "/shop/token", "Type": "String", "Value": .string(text), "DataType": "text"]]
    }
    let sender = AnsweringSender([
      "GetParameter": [.success(got("theirs"))], "DescribeParameters": [.success(listed("String"))],
      "PutParameter": [.success(["Version": 2])],
    ])
    let live = LiveResource(
      id: "/shop/token", properties: ["type": "String", "value": "planned"], attributes: [:], owner: owner)
    var wanted = parameter(["type": "String", "value": "ours", "description": "new"])
    wanted.ignoredChanges = ["value"]
    _ = try await kind.update(
      Update(live: live, resource: wanted, owner: owner, changed: ["description"]), sender.writing)
    #expect(await sender.input("PutParameter")?["Value"] == "theirs")

    let secret: Value = ["Parameter": ["Name": "/shop/token", "Type": "SecureString", "Value": "cipher"]]
    let denying = AnsweringSender([
      "GetParameter": [
        .success(secret), .failure(ProviderError(.denied, message: "no", operation: "ssm:GetParameter")),
      ],
      "DescribeParameters": [.success(listed("SecureString"))], "PutParameter": [.success(["Version": 2])],
    ])
    var kept = parameter(["type": "SecureString", "secureValue": "ours", "description": "new"])
    kept.ignoredChanges = ["secureValue"]
    await #expect(throws: ProviderError.self) {
      try await kind.update(
        Update(live: live, resource: kept, owner: owner, changed: ["description"]), denying.writing)
    }
    #expect(await !denying.operations.contains("PutParameter"))
  }

  @Test func `has an ARN with one slash before its name`() {
    let target = Target(account: "111111111111", region: "eu-west-1", endpoint: "http://localhost:4566")
    for (name, end) in [("/shop/token", "parameter/shop/token"), ("token", "parameter/token")] {
      let resource = Resource(owner.address, name: name, properties: [:])
      let arn = kind.earlyAttributes(of: resource, in: target)["arn"]
      #expect(arn?.string == "arn:aws:ssm:eu-west-1:111111111111:\(end)")
    }
  }

  @Test func `of one word with a slash is refused where the endpoint loses the slash`() {
    for (name, software, isRefused): (String, EndpointSoftware?, Bool) in [
      ("/one", .localStack, true), ("/one", .miniStack, false), ("/one", nil, false),
      ("/shop/one", .localStack, false), ("one", .localStack, false),
    ] {
      var target = Target(account: "111111111111", region: "eu-west-1", endpoint: "http://localhost:4566")
      target.software = software?.rawValue
      let resource = Resource(owner.address, name: name, properties: [:])
      let stack = Stack(name: "shop", target: target, resources: [resource])
      #expect(kind.problems(of: resource, in: stack).isEmpty != isRefused, "\(name) \(target)")
    }
  }

  @Test func `names its policies in any of the forms that endpoints tell them in`() async throws {
    let policy: Value = ["Type": "Expiration", "Version": "1.0", "Attributes": ["Timestamp": "2030-01-01"]]
    for told: Value in [
      [["PolicyText": .string(policy.json), "PolicyType": "Expiration"]], [["PolicyText": policy]],
      .string(Value.list([policy]).json),
    ] {
      let sender = AnsweringSender([
        "GetParameter": got("cipher"), "ListTagsForResource": ["TagList": []],
        "DescribeParameters": ["Parameters": [["Name": "/shop/token", "Policies": told]]],
      ])
      let live = try await kind.read(LiveQuery(parameter([:]), owner: owner), sender.reading)
      #expect(live?.properties["policies"] == [policy], "\(told)")
    }
  }
}
