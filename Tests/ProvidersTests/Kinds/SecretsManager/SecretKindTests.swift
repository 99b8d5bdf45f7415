import Testing

@testable import Planner
@testable import Providers

struct `A secret` {
  private let kind = SecretKind()
  private let owner = Owner(stack: "shop", address: Address("secrets", "login"))

  private func secret(_ properties: [String: Value] = [:]) -> Resource {
    Resource(owner.address, name: "login", properties: properties)
  }

  /// As DescribeSecret answers of one that waits for its end.
  private func leaving(_ owner: Owner) -> Value {
    [
      "ARN": "arn:aws:secretsmanager:eu-west-1:111111111111:secret:login-a1b2c3", "Name": "login",
      "KmsKeyId": "alias/mine", "Description": "old", "DeletedDate": 1_900_000_000,
      "Tags": owner.tags.merging(["old": "1"]) { $1 }.tagList,
    ]
  }

  private let refusal = ProviderError(
    .invalid, code: "InvalidRequestException",
    message: "You can't create this secret because a secret with this name is already scheduled for deletion."
  )

  @Test func `that waits for its end is brought back, and nothing of its former life is left`() async throws {
    let answer: Value = ["ARN": "arn:aws:secretsmanager:eu-west-1:111111111111:secret:login-a1b2c3"]
    let sender = AnsweringSender([
      "CreateSecret": [.failure(refusal)], "DescribeSecret": [.success(leaving(owner))],
      "RestoreSecret": [.success(answer)], "UpdateSecret": [.success(answer)],
      "DeleteResourcePolicy": [.success(answer)],
      "UntagResource": [.success([:])], "TagResource": [.success([:])],
    ])
    let created = try await kind.create(
      Creation(resource: secret(["secretString": "new", "tags": ["team": "a"]]), owner: owner),
      sender.writing)
    #expect(created.id == "login" && created.attributes["arn"] == answer["ARN"])
    #expect(
      await sender.operations == [
        "CreateSecret", "DescribeSecret", "RestoreSecret", "UpdateSecret", "DeleteResourcePolicy",
        "UntagResource", "TagResource",
      ])
    var update = try #require(await sender.input("UpdateSecret")?.map)
    update["ClientRequestToken"] = nil
    #expect(
      update == [
        "SecretId": "login", "SecretString": "new", "Description": "", "KmsKeyId": "alias/aws/secretsmanager",
      ])
    #expect(await sender.input("UntagResource")?["TagKeys"] == ["old"])
  }

  @Test func `of another stack stays where it is, and the refusal is passed on`() async throws {
    let other = Owner(stack: "another", address: owner.address)
    let sender = AnsweringSender([
      "CreateSecret": [.failure(refusal)], "DescribeSecret": [.success(leaving(other))],
    ])
    await #expect(throws: refusal) {
      try await kind.create(Creation(resource: secret(), owner: owner), sender.writing)
    }
    #expect(await sender.operations == ["CreateSecret", "DescribeSecret"])
  }

  @Test func `is asked for itself on AWS, whose listing is late, and listed first on emulators`() async throws
  {
    let described: Value = ["ARN": "arn", "Name": "login"]
    let queries = ["a", "b", "c"].map { name in
      LiveQuery(
        Resource(Address("secrets", name), name: name, properties: [:]), depth: .declared([]), owner: owner)
    }
    let sender = AnsweringSender(["ListSecrets": ["SecretList": []], "DescribeSecret": described])
    #expect(await kind.read(queries, sender.reading).values.allSatisfy { (try? $0.get()) != nil })
    #expect(try await kind.identities(among: queries, sender.reading) == nil)
    #expect(await sender.operations == Array(repeating: "DescribeSecret", count: 3))
    let emulator = sender.writing(as: .miniStack).reading
    #expect(await kind.read(queries, emulator).values.allSatisfy { (try? $0.get()) == .some(nil) })
    #expect(try await kind.identities(among: queries, emulator) == [])
    #expect(await sender.operations.dropFirst(3) == ["ListSecrets", "ListSecrets"])
  }

  private static let windows: [(days: Value?, said: Value)] = [
    (nil, ["RecoveryWindowInDays": 30]), (7, ["RecoveryWindowInDays": 7]),
    (0, ["ForceDeleteWithoutRecovery": true]),
  ]

  @Test(arguments: windows)
  func `waits for its end as the ledger's record says`(_ days: Value?, _ said: Value) async throws {
    let sender = AnsweringSender(["DeleteSecret": ["ARN": "arn"]])
    let live = LiveResource(id: "login", properties: [:], attributes: [:], owner: owner)
    var deletion = Deletion(address: owner.address, section: "secrets", live: live)
    deletion.instructions["recoveryWindowInDays"] = days
    try await kind.delete(deletion, sender.writing)
    let wanted = (said.map ?? [:]).merging(["SecretId": "login"]) { $1 }
    #expect(await sender.input("DeleteSecret")?.map == wanted)
  }
}
