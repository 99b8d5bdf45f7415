import Testing

@testable import Planner
@testable import Providers

struct `A managed policy` {
  private let kind = PolicyKind()
  private let owner = Owner(stack: "shop", address: Address("policies", "read"))
  private let old: Value = ["Version": "2012-10-17", "Statement": [["Effect": "Deny"]]]
  private let new: Value = ["Version": "2012-10-17", "Statement": [["Effect": "Allow", "Resource": "*"]]]
  private let full = ProviderError(.invalid, code: "LimitExceeded", message: "five", status: 409)

  private func policy(_ properties: [String: Value]) -> Resource {
    Resource(Address("policies", "read"), name: "read", properties: properties)
  }

  private func update(from live: Value) -> Update {
    let resource = LiveResource(
      id: "read", properties: ["policyDocument": live],
      attributes: ["arn": "arn:aws:iam::111111111111:policy/read"], owner: owner)
    return Update(
      live: resource, resource: policy(["policyDocument": new]), owner: owner,
      changed: ["policyDocument", "tags"])
  }

  @Test func `makes room for a sixth version by deleting the oldest that is not in force`() async throws {
    let versions: Value = [
      ["VersionId": "v12", "IsDefaultVersion": "true"], ["VersionId": "v9", "IsDefaultVersion": "false"],
      ["VersionId": "v10", "IsDefaultVersion": "false"],
    ]
    let sender = AnsweringSender([
      "CreatePolicyVersion": [.failure(full), .success(["PolicyVersion": ["VersionId": "v13"]])],
      "ListPolicyVersions": [.success(["Versions": versions])], "DeletePolicyVersion": [.success([:])],
    ])
    let attributes = try await kind.update(update(from: old), sender.writing)
    #expect(attributes["defaultVersionId"] == "v13")
    #expect(await sender.input("DeletePolicyVersion")?["VersionId"] == "v9")
    #expect(
      await sender.operations == [
        "CreatePolicyVersion", "ListPolicyVersions", "DeletePolicyVersion", "CreatePolicyVersion",
      ])
  }

  @Test func `makes no second version of what a lost answer made`() async throws {
    let sender = AnsweringSender()
    _ = try await kind.update(update(from: new), sender.writing)
    #expect(await sender.operations == [])
  }

  private func deletion(_ entities: Value, roleOf stacks: String...) -> AnsweringSender {
    let roles = stacks.map { stack in
      AnsweringSender.Answer.success([
        "Role": [
          "Tags": [
            ["Key": "stackform:stack", "Value": .string(stack)],
            ["Key": "stackform:address", "Value": "roles.reader"],
          ]
        ]
      ])
    }
    return AnsweringSender([
      "ListPolicyVersions": [.success(["Versions": [["VersionId": "v1", "IsDefaultVersion": "true"]]])],
      "ListEntitiesForPolicy": [.success(entities)], "GetRole": roles, "DetachRolePolicy": [.success([:])],
      "DeletePolicy": [.success([:])],
    ])
  }

  private func delete(_ sender: AnsweringSender) async throws {
    try await kind.delete(
      Deletion(
        address: owner.address, section: "policies", live: update(from: old).live, stack: "shop"),
      sender.writing)
  }

  @Test func `is taken off the roles of its own stack before it goes`() async throws {
    let sender = deletion(["PolicyRoles": [["RoleName": "ours"]]], roleOf: "shop")
    try await delete(sender)
    #expect(await sender.input("DetachRolePolicy")?["RoleName"] == "ours")
    #expect(await sender.operations.last == "DeletePolicy")
  }

  @Test(
    arguments: [
      (["PolicyRoles": [["RoleName": "ours"], ["RoleName": "theirs"]]], "the role theirs has it"),
      (
        [
          "PolicyRoles": [["RoleName": "ours"]], "PolicyUsers": [["UserName": "ada"]],
          "PolicyGroups": [["GroupName": "ops"]],
        ], "the user ada, the group ops have it"
      ),
    ] as [(Value, String)])
  func `is taken off nothing where anybody else has it, for IAM would not delete it`(
    entities: Value, words: String
  ) async throws {
    let sender = deletion(entities, roleOf: "shop", "other")
    let error = await #expect(throws: ProviderError.self) { try await delete(sender) }
    #expect(error?.message == "\(words), and IAM deletes no policy that is in use: detach it there first")
    #expect(await Set(sender.operations) == ["ListEntitiesForPolicy", "GetRole"])
  }

  @Test func `is taken off nothing where a role of its own stack has it as its boundary`() async throws {
    let bound: Value = [
      "Role": ["PermissionsBoundary": ["PermissionsBoundaryArn": "arn:aws:iam::111111111111:policy/read"]]
    ]
    let sender = AnsweringSender([
      "ListEntitiesForPolicy": [.success(["PolicyRoles": [["RoleName": "bound"]]])],
      "GetRole": [.success(bound)],
    ])
    let error = await #expect(throws: ProviderError.self) { try await delete(sender) }
    #expect(error?.message.hasPrefix("the role bound, as its boundary, has it") == true)
    #expect(await Set(sender.operations) == ["ListEntitiesForPolicy", "GetRole"])
  }

  @Test func `is found by its name whatever its path, the wanted path first`() async throws {
    func listed(_ path: String) -> Value {
      ["PolicyName": "read", "Path": .string(path), "Arn": .string("arn:aws:iam::1:policy\(path)read")]
    }
    let sender = AnsweringSender(["ListPolicies": ["Policies": [listed("/b/"), listed("/a/")]]])
    for (path, found) in [("/a/", "/a/"), ("/c/", "/b/")] {
      var query = LiveQuery(policy(["path": .string(path)]), depth: .existence, owner: owner)
      query.knownTags = KnownTags(tags: [:], source: .read)
      let live = try await kind.read(query, sender.reading)
      #expect(live?.properties["path"] == .string(found))
    }
  }

  @Test func `loses a tag before it gets one that differs from it in case only`() async throws {
    let sender = AnsweringSender(["TagPolicy": [:], "UntagPolicy": [:]])
    var update = update(from: new)
    update.live.properties["tags"] = ["Team": "blue"]
    update.resource.properties["tags"] = ["team": "blue"]
    _ = try await kind.update(update, sender.writing)
    #expect(await sender.operations == ["UntagPolicy", "TagPolicy"])
    #expect(await sender.input("UntagPolicy")?["TagKeys"] == ["Team"])
  }

  @Test func `can't have two tags that differ in case only`() {
    let twice = policy(["policyDocument": new, "tags": ["Team": "a", "team": "b"]])
    #expect(kind.problems(of: twice).map(\.path) == [["tags", "team"]])
  }

  @Test func `is refused when it is empty or too long`() {
    let long = Value.list((0..<500).map { .string("arn:aws:s3:::bucket-\($0)") })
    for document: Value in [
      ["Statement": []], ["Statement": [["Effect": "Allow", "Action": "s3:*", "Resource": long]]],
    ] {
      #expect(kind.allProblems(of: policy(["policyDocument": document])).map(\.path) == [["policyDocument"]])
    }
    #expect(kind.allProblems(of: policy(["policyDocument": new])) == [])
  }
}
