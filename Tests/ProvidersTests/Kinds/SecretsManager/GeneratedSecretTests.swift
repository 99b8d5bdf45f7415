import Testing

@testable import Planner
@testable import Providers

struct `A secret with a generated text` {
  private let kind = SecretKind()
  private let owner = Owner(stack: "shop", address: Address("secrets", "login"))
  private let settings: Value = [
    "passwordLength": 20, "excludePunctuation": true, "generateStringKey": "password",
    "secretStringTemplate": "{\"username\":\"me\"}", "generation": 2,
  ]

  private func secret(_ properties: [String: Value]) -> Resource {
    Resource(owner.address, name: "login", properties: properties)
  }

  @Test func `has the text of the service in its template`() async throws {
    let sender = AnsweringSender([
      "GetRandomPassword": ["RandomPassword": "canary"], "CreateSecret": ["ARN": "arn"],
    ])
    _ = try await kind.create(
      Creation(resource: secret(["generateSecretString": settings]), owner: owner), sender.writing)
    #expect(
      await sender.input("GetRandomPassword") == ["PasswordLength": 20, "ExcludePunctuation": true])
    let input = try #require(await sender.input("CreateSecret"))
    #expect(
      input["SecretString"]?.string.flatMap { Value(json: $0) } == ["username": "me", "password": "canary"])
    #expect(input["GenerateSecretString"] == nil)
  }

  @Test func `is not told by an error that repeats the request`() async throws {
    let refusal = ProviderError(
      .invalid, code: "InvalidParameterException", message: "can't take canary", status: 400)
    let sender = AnsweringSender([
      "GetRandomPassword": [.success(["RandomPassword": "canary"])], "CreateSecret": [.failure(refusal)],
    ])
    do throws(ProviderError) {
      _ = try await kind.create(
        Creation(resource: secret(["generateSecretString": settings]), owner: owner), sender.writing)
      Issue.record("it was made")
    } catch {
      #expect(!"\(error)".contains("canary") && error.code == refusal.code)
    }
  }

  @Test func `gets another one where its entry asks for it, and none where it is restored`() async throws {
    let sender = AnsweringSender([
      "GetRandomPassword": ["RandomPassword": "canary"], "UpdateSecret": ["ARN": "arn"],
      "DeleteResourcePolicy": ["ARN": "arn"],
    ])
    var live = LiveResource(id: "login", properties: [:], attributes: [:], owner: owner)
    let wanted = secret(["generateSecretString": settings, "description": "new"])
    let changed: Set = ["generateSecretString", "description"]
    _ = try await kind.update(
      Update(live: live, resource: wanted, owner: owner, changed: changed), sender.writing)
    #expect(await sender.input("UpdateSecret")?["SecretString"] != nil)
    live.isDeleting = true
    _ = try await kind.update(
      Update(live: live, resource: wanted, owner: owner, changed: changed), sender.writing)
    #expect(await sender.input("UpdateSecret")?["SecretString"] == nil)
    #expect(await sender.operations.count { $0 == "GetRandomPassword" } == 1)
  }

  /// Without a record nobody knows what it was made of: a new text would lock out whoever has the old one.
  @Test func `keeps its text where no record says what made it`() async throws {
    for (versions, untold): (Value, Set<String>) in [
      (["v1": ["AWSCURRENT"]], ["generateSecretString"]), ([:], []),
    ] {
      let sender = AnsweringSender([
        "DescribeSecret": ["ARN": "arn", "Name": "login", "VersionIdsToStages": versions],
        "GetResourcePolicy": ["ARN": "arn"],
      ])
      let live = try await kind.read(LiveQuery(secret([:]), owner: owner), sender.reading)
      #expect(live?.untold == untold)
    }
  }
}
