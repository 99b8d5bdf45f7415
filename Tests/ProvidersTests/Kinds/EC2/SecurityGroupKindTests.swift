import Testing

@testable import Planner
@testable import Providers

struct `A security group` {
  private let kind = SecurityGroupKind()
  private let owner = Owner(stack: "shop", address: Address("securityGroups", "web"))

  private func group(_ rules: [String: Value] = [:]) -> Resource {
    kind.completed(
      Resource(
        Address("securityGroups", "web"), name: "web",
        properties: ["groupDescription": "web"].merging(rules) { $1 }))
  }

  /// What DescribeSecurityGroups answers of a group that has one rule for each direction.
  private func answer(_ id: String = "sg-1", owner: Owner?, description: String? = nil) -> Value {
    let tags = (owner?.tags ?? [:]).sorted { $0.key < $1.key }.map { key, value in
      ["key": .string(key), "value": .string(value)] as Value
    }
    var range: [String: Value] = ["cidrIp": "10.0.0.0/8"]
    range["description"] = description.map(Value.string)
    return [
      "groupId": .string(id), "groupName": "web", "groupDescription": "web", "vpcId": "vpc-1",
      "ipPermissions": [
        ["ipProtocol": "tcp", "fromPort": "80", "toPort": "80", "ipRanges": [.map(range)]]
      ],
      "ipPermissionsEgress": [["ipProtocol": "-1", "ipRanges": [["cidrIp": "0.0.0.0/0"]]]],
      "tagSet": .list(tags),
    ]
  }

  private func sender(_ groups: [Value]) -> AnsweringSender {
    AnsweringSender([
      "DescribeSecurityGroups": ["securityGroupInfo": .list(groups)],
      "CreateSecurityGroup": ["groupId": "sg-1"], "AuthorizeSecurityGroupIngress": ["return": "true"],
      "AuthorizeSecurityGroupEgress": ["return": "true"], "RevokeSecurityGroupIngress": ["return": "true"],
      "RevokeSecurityGroupEgress": ["return": "true"],
      "UpdateSecurityGroupRuleDescriptionsIngress": ["return": "true"],
    ])
  }

  private func operations(_ sender: AnsweringSender) async -> [String] {
    await sender.operations.filter { !$0.hasPrefix("Describe") }
  }

  @Test func `without rules for what leaves keeps the one that EC2 gives it`() async throws {
    let sender = sender([answer(owner: owner)])
    let created = try await kind.create(Creation(resource: group(), owner: owner), sender.writing)
    #expect(created.id == "sg-1")
    #expect(
      created.attributes == [
        "id": "sg-1", "name": "web", "arn": "arn:aws:ec2:eu-west-1:111111111111:security-group/sg-1",
      ])
    #expect(await operations(sender) == ["CreateSecurityGroup"])
    #expect(
      await sender.input("CreateSecurityGroup") == [
        "GroupName": "web", "GroupDescription": "web",
        "TagSpecification": [
          [
            "ResourceType": "security-group",
            "Tag": [
              ["Key": "stackform:address", "Value": "securityGroups.web"],
              ["Key": "stackform:stack", "Value": "shop"],
            ],
          ]
        ],
      ])
  }

  @Test func `that lets nothing out loses the rule that EC2 gives it`() async throws {
    let sender = sender([answer(owner: owner)])
    _ = try await kind.create(
      Creation(resource: group(["securityGroupEgress": []]), owner: owner), sender.writing)
    #expect(await operations(sender) == ["CreateSecurityGroup", "RevokeSecurityGroupEgress"])
    #expect(
      await sender.input("RevokeSecurityGroupEgress") == [
        "GroupId": "sg-1",
        "IpPermissions": [["IpProtocol": "-1", "IpRanges": [["CidrIp": "0.0.0.0/0"]]]],
      ])
  }

  @Test func `gets new rules before old ones go`() async throws {
    let sender = sender([answer(owner: owner)])
    let wanted = group([
      "securityGroupIngress": [
        ["ipProtocol": "tcp", "fromPort": 81, "toPort": 81, "sourceSecurityGroupId": "self"]
      ]
    ])
    try await change(to: wanted, sender, sender.writing)
    #expect(
      await operations(sender) == ["AuthorizeSecurityGroupIngress", "RevokeSecurityGroupIngress"])
    #expect(
      await sender.input("AuthorizeSecurityGroupIngress")?["IpPermissions"] == [
        ["IpProtocol": "tcp", "FromPort": 81, "ToPort": 81, "Groups": [["GroupId": "sg-1"]]]
      ])
  }

  @Test func `keeps a rule whose description changes, but where an endpoint can't do that`() async throws {
    let rule: Value = [
      "ipProtocol": "tcp", "fromPort": 80, "toPort": 80, "cidrIp": "10.0.0.0/8", "description": "new",
    ]
    let wanted = group(["securityGroupIngress": [rule]])
    let first = sender([answer(owner: owner, description: "old")])
    try await change(to: wanted, first, first.writing)
    #expect(await operations(first) == ["UpdateSecurityGroupRuleDescriptionsIngress"])
    let second = sender([answer(owner: owner, description: "old")])
    try await change(to: wanted, second, second.writing(as: .miniStack))
    #expect(
      await operations(second) == ["RevokeSecurityGroupIngress", "AuthorizeSecurityGroupIngress"])
  }

  @Test func `is found by its tags, and never in the place of another one`() async throws {
    let other = Owner(stack: "shop", address: Address("securityGroups", "other"))
    let sender = sender([
      answer("sg-1", owner: other), answer("sg-2", owner: owner), answer("sg-3", owner: owner),
    ])
    var query = LiveQuery(group(), owner: owner)
    query.otherIDs = ["sg-2"]
    #expect(try await kind.read(query, sender.reading)?.id == "sg-3")
    #expect(
      await sender.input("DescribeSecurityGroups")?["Filter"] == [
        ["Name": "tag:stackform:stack", "Value": ["shop"]]
      ])
    query.id = "sg-2"
    #expect(try await kind.read(query, sender.reading)?.id == "sg-2")
    #expect(await sender.operations.count == 2)
  }

  /// Changes its incoming rules.
  private func change(to wanted: Resource, _ sender: AnsweringSender, _ aws: WritingClient) async throws {
    let live = try #require(
      try await kind.read(LiveQuery(wanted, id: "sg-1", owner: owner), sender.reading))
    _ = try await kind.update(
      Update(live: live, resource: wanted, owner: owner, changed: ["securityGroupIngress"]), aws)
  }

  @Test func `takes rules out first where no more fit`() async throws {
    let full = ProviderError(
      .invalid, code: "RulesPerSecurityGroupLimitExceeded", message: "too many", status: 400)
    let done: Value = ["return": "true"]
    let sender = AnsweringSender([
      "DescribeSecurityGroups": [.success(["securityGroupInfo": [answer(owner: owner)]])],
      "AuthorizeSecurityGroupIngress": [.failure(full), .success(done)],
      "RevokeSecurityGroupIngress": [.success(done)],
    ])
    let wanted = group([
      "securityGroupIngress": [["ipProtocol": "tcp", "fromPort": 81, "toPort": 81, "cidrIp": "10.0.0.0/8"]]
    ])
    let live = try #require(try await kind.read(LiveQuery(wanted, id: "sg-1", owner: owner), sender.reading))
    _ = try await kind.update(
      Update(live: live, resource: wanted, owner: owner, changed: ["securityGroupIngress"]), sender.writing)
    #expect(
      await operations(sender) == [
        "AuthorizeSecurityGroupIngress", "RevokeSecurityGroupIngress", "AuthorizeSecurityGroupIngress",
      ])
  }

  @Test func `loses the description that is taken out of a rule`() async throws {
    let sender = sender([answer(owner: owner, description: "old")])
    let wanted = group([
      "securityGroupIngress": [["ipProtocol": "tcp", "fromPort": 80, "toPort": 80, "cidrIp": "10.0.0.0/8"]]
    ])
    let live = try #require(try await kind.read(LiveQuery(wanted, id: "sg-1", owner: owner), sender.reading))
    let rules = try #require(kind.schema.property("securityGroupIngress"))
    let value = try #require(wanted["securityGroupIngress"])
    #expect(!rules.differences(live: live.properties["securityGroupIngress"], wanted: value).isEmpty)
    _ = try await kind.update(
      Update(live: live, resource: wanted, owner: owner, changed: ["securityGroupIngress"]), sender.writing)
    #expect(await operations(sender) == ["UpdateSecurityGroupRuleDescriptionsIngress"])
    let sent = await sender.input("UpdateSecurityGroupRuleDescriptionsIngress")
    #expect(sent?["IpPermissions"]?[0]?["IpRanges"] == [["CidrIp": "10.0.0.0/8"]])
  }
}
