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
      "CreateSecurityGroup": ["groupId": "sg-1"], "DeleteSecurityGroup": ["return": "true"],
      "AuthorizeSecurityGroupIngress": ["return": "true"],
      "AuthorizeSecurityGroupEgress": ["return": "true"], "RevokeSecurityGroupIngress": ["return": "true"],
      "RevokeSecurityGroupEgress": ["return": "true"],
      "UpdateSecurityGroupRuleDescriptionsIngress": ["return": "true"],
    ])
  }

  private func operations(_ sender: AnsweringSender) async -> [String] {
    await sender.operations.filter { !$0.hasPrefix("Describe") }
  }

  @Test func `is gone once it is not listed, whoever else is`() async throws {
    let sender = sender([answer("sg-2", owner: nil)])
    let live = LiveResource(id: "sg-1", properties: [:], attributes: [:], owner: owner)
    try await kind.delete(
      Deletion(address: owner.address, section: "securityGroups", live: live), sender.writing)
    #expect(await sender.operations == ["DeleteSecurityGroup", "DescribeSecurityGroups"])
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

  @Test func `of another one is found by its name, in the VPC where it would be made`() async throws {
    var elsewhere = try #require(answer("sg-8", owner: nil).map)
    elsewhere["vpcId"] = "vpc-2"
    let groups: [Value] = [answer("sg-7", owner: nil), .map(elsewhere)]
    func found(_ properties: [String: Value], _ answers: [String: Value]) async throws -> String? {
      let sender = AnsweringSender(
        ["DescribeSecurityGroups": [.success(["securityGroupInfo": .list(groups)])]].merging(
          answers.mapValues { [.success($0)] }
        ) { $1 })
      var wanted = group()
      wanted.properties.merge(properties) { $1 }
      let query = LiveQuery(wanted, depth: .declared(["groupDescription"]), owner: owner)
      let live = try await kind.read(query, sender.reading)
      #expect(live?.owner == nil)
      return live?.id
    }
    #expect(try await found(["vpcId": "vpc-2"], [:]) == "sg-8")
    #expect(try await found(["vpcId": "vpc-3"], [:]) == nil)
    #expect(try await found([:], ["DescribeVpcs": ["vpcSet": [["vpcId": "vpc-1"]]]]) == "sg-7")
    #expect(try await found([:], ["DescribeVpcs": ["vpcSet": []]]) == nil)
  }

  @Test func `by its name is not looked for where existence alone counts`() async throws {
    let sender = sender([answer("sg-7", owner: nil)])
    let query = LiveQuery(group(), id: "sg-1", depth: .existence, owner: owner)
    #expect(try await kind.read(query, sender.reading) == nil)
  }

  @Test(arguments: [("vpc-1", Value?.none), ("vpc-9", "vpc-1")])
  func `whose VPC is taken out of the file stays in the default one`(standard: String, vpc: Value?)
    async throws
  {
    let sender = AnsweringSender([
      "DescribeSecurityGroups": [.success(["securityGroupInfo": [answer(owner: owner)]])],
      "DescribeVpcs": [.success(["vpcSet": [["vpcId": .string(standard)]]])],
    ])
    let query = LiveQuery(group(), id: "sg-1", depth: .declared(["vpcId"]), owner: owner)
    #expect(try await kind.read(query, sender.reading)?.properties["vpcId"] == vpc)
  }

  @Test func `is spelled as the file spells it where a rule names itself or its account`() async throws {
    let sender = AnsweringSender([
      "DescribeSecurityGroups": [
        .success([
          "securityGroupInfo": [
            [
              "groupId": "sg-1", "groupName": "web", "groupDescription": "web", "vpcId": "vpc-1",
              "ipPermissions": [
                [
                  "ipProtocol": "-1",
                  "groups": [
                    ["groupId": "sg-1", "userId": "111111111111"],
                    ["groupId": "sg-2", "userId": "222222222222"],
                  ],
                ]
              ],
            ]
          ]
        ])
      ]
    ])
    func rules(_ own: [String: Value]) async throws -> [Value]? {
      let declared = Value.map(own.merging(["ipProtocol": "-1"]) { $1 })
      let wanted = group(["securityGroupIngress": [declared]])
      let query = LiveQuery(wanted, id: "sg-1", depth: .declared(["securityGroupIngress"]), owner: owner)
      let live = try await kind.read(query, sender.reading)
      return live?.properties["securityGroupIngress"]?.list?.map { rule in
        .map((rule.map ?? [:]).filter { $0.key.hasPrefix("source") })
      }
    }
    let other: Value = ["sourceSecurityGroupId": "sg-2", "sourceSecurityGroupOwnerId": "222222222222"]
    let short: [String: Value] = ["sourceSecurityGroupId": "self"]
    let spelledOut: [String: Value] = ["sourceSecurityGroupId": "sg-1"]
    let whole = spelledOut.merging(["sourceSecurityGroupOwnerId": "111111111111"]) { $1 }
    #expect(try await rules([:]) == [.map(short), other])
    let pending: [String: Value] = [
      "sourceSecurityGroupId": .pending(try Template(parsing: "${securityGroups.web.id}")),
      "sourceSecurityGroupOwnerId": "111111111111",
    ]
    #expect(try await rules(pending) == [.map(whole), other])
    for own in [short, spelledOut, whole] { #expect(try await rules(own) == [.map(own), other]) }
  }

  @Test func `is told whose group a rule names`() {
    let rule: Value = [
      "ipProtocol": "-1", "sourceSecurityGroupId": "sg-2", "sourceSecurityGroupOwnerId": "222222222222",
    ]
    #expect(
      SecurityGroupRules.permission(rule, id: "sg-1", in: sender([]).writing.target) == [
        "IpProtocol": "-1", "Groups": [["GroupId": "sg-2", "UserId": "222222222222"]],
      ])
  }
}
