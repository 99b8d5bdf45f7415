import Testing

@testable import Planner
@testable import Providers

struct `A KMS key` {
  private let kind = KeyKind()
  private let owner = Owner(stack: "shop", address: Address("kmsKeys", "orders"))

  private func key(_ properties: [String: Value] = [:]) -> Resource {
    kind.completed(Resource(owner.address, section: "kmsKeys", properties: properties))
  }

  private func described(_ id: String, _ state: Value) -> Value {
    [
      "KeyMetadata": [
        "KeyId": .string(id), "Arn": .string("arn:aws:kms:eu-west-1:111111111111:key/\(id)"),
        "KeyState": state, "Enabled": .boolean(state == "Enabled"),
      ]
    ]
  }

  private var tags: Value {
    ["Tags": .list(owner.tags.map { ["TagKey": .string($0.key), "TagValue": .string($0.value)] })]
  }

  private func query(_ wanted: Resource, id: String?, depth: LiveQuery.Depth = .everything) -> LiveQuery {
    LiveQuery(wanted, id: id, depth: depth, owner: owner)
  }

  @Test func `that no record names is found by its tags, all keys being listed once`() async throws {
    let sender = AnsweringSender([
      "ListKeys": ["Keys": [["KeyId": "one"]]], "ListResourceTags": tags,
      "DescribeKey": described("one", "Enabled"),
    ])
    let other = Owner(stack: "shop", address: Address("kmsKeys", "other"))
    var stranger = query(key(), id: nil, depth: .declared([]))
    stranger.address = other.address
    stranger.owner = other
    let found = await kind.read([query(key(), id: nil, depth: .declared([])), stranger], sender.reading)
    #expect(try found[owner.address]?.get()?.id == "one")
    #expect(try found[other.address]?.get() == .some(nil))
    #expect(await sender.operations.count { $0 == "ListKeys" } == 1)
  }

  @Test func `that waits for its deletion counts as gone, but for the entry that the ledger has it for`()
    async throws
  {
    let sender = AnsweringSender([
      "ListKeys": ["Keys": [["KeyId": "one"]]], "ListResourceTags": tags,
      "DescribeKey": described("one", "PendingDeletion"), "GetKeyPolicy": ["Policy": "{}"],
      "GetKeyRotationStatus": ["KeyRotationEnabled": false],
    ])
    #expect(try await kind.read(query(key(), id: nil), sender.reading) == nil)
    #expect(try await kind.read(query(key(), id: "one", depth: .existence), sender.reading) == nil)
    let live = try #require(try await kind.read(query(key(), id: "one"), sender.reading))
    #expect(!live.isDeleting && live.properties["enabled"] == "PendingDeletion")
  }

  @Test func `that waits for its deletion is brought back by the change that enables it`() async throws {
    let done: Value = ["KeyId": "one"]
    let sender = AnsweringSender(["CancelKeyDeletion": done, "EnableKey": [:]])
    let live = LiveResource(
      id: "one", properties: ["enabled": "PendingDeletion"], attributes: [:], owner: owner)
    _ = try await kind.update(
      Update(live: live, resource: key(), owner: owner, changed: ["enabled"]), sender.writing)
    #expect(await sender.operations == ["CancelKeyDeletion", "EnableKey"])
  }

  @Test func `is enabled before its rotation changes, and disabled after`() async throws {
    let sender = AnsweringSender(["EnableKey": [:], "EnableKeyRotation": [:], "DisableKey": [:]])
    for (before, after): (Value, Value) in [(false, true), (true, false)] {
      let live = LiveResource(id: "one", properties: ["enabled": before], attributes: [:], owner: owner)
      let wanted = key(["enabled": after, "enableKeyRotation": true, "rotationPeriodInDays": 100])
      let changed: Set = ["enabled", "enableKeyRotation"]
      _ = try await kind.update(
        Update(live: live, resource: wanted, owner: owner, changed: changed), sender.writing)
    }
    #expect(
      await sender.operations == ["EnableKey", "EnableKeyRotation", "EnableKeyRotation", "DisableKey"])
    #expect(await sender.input("EnableKeyRotation") == ["KeyId": "one", "RotationPeriodInDays": 100])
  }

  @Test
  func `that is off stays off when its rotation changes, and one that goes already is not deleted again`()
    async throws
  {
    let sender = AnsweringSender(["EnableKey": [:], "EnableKeyRotation": [:], "DisableKey": [:]])
    let off = LiveResource(id: "one", properties: ["enabled": false], attributes: [:], owner: owner)
    let wanted = key(["enabled": false, "enableKeyRotation": true])
    _ = try await kind.update(
      Update(live: off, resource: wanted, owner: owner, changed: ["enableKeyRotation"]), sender.writing)
    #expect(await sender.operations == ["EnableKey", "EnableKeyRotation", "DisableKey"])
    let leaving = LiveResource(
      id: "two", properties: ["enabled": "PendingDeletion"], attributes: [:], owner: owner)
    try await kind.delete(
      Deletion(address: Address("kmsKeys", "k"), section: "kmsKeys", live: leaving), sender.writing)
    #expect(await sender.operations.count == 3)
  }

  @Test func `whose policy is taken out has the one again that a new key has`() async throws {
    let sender = AnsweringSender(["PutKeyPolicy": [:]])
    let live = LiveResource(id: "one", properties: [:], attributes: [:], owner: owner)
    let wanted = key(["keyPolicy": .null])
    _ = try await kind.update(
      Update(live: live, resource: wanted, owner: owner, changed: ["keyPolicy"]), sender.writing)
    let input = await sender.input("PutKeyPolicy")
    #expect(input?["PolicyName"] == "default")
    #expect(input?["Policy"]?.string?.contains("arn:aws:iam::111111111111:root") == true)
  }

  /// Many write it out as the console shows it.
  @Test(arguments: [true, false])
  func `with the policy of a new key has none, unless the file says just this one`(isDeclared: Bool)
    async throws
  {
    let standard = KeyKind.defaultPolicy(in: Target(account: "111111111111", region: "eu-west-1"))
    let sender = AnsweringSender([
      "ListResourceTags": tags, "DescribeKey": described("one", "Enabled"),
      "GetKeyPolicy": ["Policy": .string(standard.json)],
      "GetKeyRotationStatus": ["KeyRotationEnabled": false],
    ])
    let wanted = key(isDeclared ? ["keyPolicy": standard] : [:])
    let live = try #require(try await kind.read(query(wanted, id: "one"), sender.reading))
    #expect((live.properties["keyPolicy"] != nil) == isDeclared)
  }

  @Test func `made twice is told with its twins`() async throws {
    let sender = AnsweringSender([
      "ListKeys": ["Keys": [["KeyId": "two"], ["KeyId": "one"]]], "ListResourceTags": tags,
      "DescribeKey": described("any", "Enabled"),
    ])
    let live = try await kind.read(query(key(), id: nil, depth: .declared([])), sender.reading)
    #expect(live?.id == "one" && live?.twins.map(\.id) == ["two"])
    // What no file has any more is looked for, too.
    var former = query(key(), id: nil, depth: .existence)
    former.wanted = nil
    #expect(try await kind.read(former, sender.reading)?.id == "one")
  }

  @Test func `is given to the uses of its spec alone`() {
    for (spec, usage, isRight): (Value, Value, Bool) in [
      ("RSA_2048", "SIGN_VERIFY", true), ("HMAC_256", "GENERATE_VERIFY_MAC", true),
      ("SM2", "KEY_AGREEMENT", true),
      ("ECC_NIST_P256", "ENCRYPT_DECRYPT", false), ("ML_DSA_44", "SIGN_VERIFY", true),
      ("SYMMETRIC_DEFAULT", "SIGN_VERIFY", false), ("ECC_SECG_P256K1", "KEY_AGREEMENT", false),
    ] {
      let problems = kind.problems(of: key(["keySpec": spec, "keyUsage": usage]))
      #expect(problems.isEmpty == isRight, "\(spec) \(usage)")
    }
  }
}
