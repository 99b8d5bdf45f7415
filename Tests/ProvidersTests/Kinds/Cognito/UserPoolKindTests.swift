import Testing

@testable import Planner
@testable import Providers

struct `A user pool` {
  private let kind = UserPoolKind()
  private let owner = Owner(stack: "shop", address: Address("userPools", "customers"))

  private func pool(_ properties: [String: Value] = [:]) -> Resource {
    kind.completed(Resource(Address("userPools", "customers"), name: "customers", properties: properties))
  }

  /// What DescribeUserPool answers of a pool.
  private func answer(_ id: String = "eu-west-1_a", owner: Owner?, _ more: [String: Value] = [:]) -> Value {
    let tags = (owner?.tags ?? [:]).mapValues(Value.string)
    return [
      "UserPool": .map(
        [
          "Id": .string(id), "Name": "customers", "UserPoolTags": .map(tags), "MfaConfiguration": "OFF",
          "EstimatedNumberOfUsers": 3, "FutureSetting": "kept",
          "KeyConfiguration": ["KeyType": "AWS_OWNED_KEY"],
          "Policies": [
            "PasswordPolicy": [
              "MinimumLength": 8, "RequireNumbers": true, "TemporaryPasswordValidityDays": 7,
            ],
            "SignInPolicy": ["AllowedFirstAuthFactors": ["PASSWORD"]],
          ],
          "AdminCreateUserConfig": ["AllowAdminCreateUserOnly": false, "UnusedAccountValidityDays": 7],
          "SchemaAttributes": [
            ["Name": "sub", "AttributeDataType": "String", "Mutable": false, "Required": true],
            ["Name": "email", "AttributeDataType": "String", "Mutable": true, "Required": false],
            ["Name": "custom:tier", "AttributeDataType": "String", "Mutable": true, "Required": false],
          ],
        ].merging(more) { $1 })
    ]
  }

  private func sender(_ answers: [String: Value]) -> AnsweringSender { AnsweringSender(answers) }

  private func update(
    _ wanted: Resource, _ changed: Set<String>, live: [String: Value] = [:], _ sender: AnsweringSender
  ) async throws {
    let live = LiveResource(id: "eu-west-1_a", properties: live, attributes: [:], owner: owner)
    _ = try await kind.update(
      Update(live: live, resource: wanted, owner: owner, changed: changed), sender.writing)
  }

  @Test func `is changed with all that it has, as it is at that moment`() async throws {
    let sender = sender(["DescribeUserPool": answer(owner: owner), "UpdateUserPool": [:]])
    try await update(pool(["passwordPolicy": ["minimumLength": 12]]), ["passwordPolicy"], sender)
    #expect(await sender.operations == ["DescribeUserPool", "UpdateUserPool"])
    let input = try #require(await sender.input("UpdateUserPool"))
    #expect(input["UserPoolId"] == "eu-west-1_a" && input["KeyConfiguration"] == ["KeyType": "AWS_OWNED_KEY"])
    #expect(input.at("Policies.PasswordPolicy") == ["MinimumLength": 12])
    #expect(input.at("Policies.SignInPolicy.AllowedFirstAuthFactors") == ["PASSWORD"])
    #expect(input["UserPoolTags"]?.map?.count == 2)
    #expect(input["FutureSetting"] == nil && input["EstimatedNumberOfUsers"] == nil && input["Id"] == nil)
  }

  @Test func `never has the validity of invitations under both of its names`() async throws {
    let sender = sender(["DescribeUserPool": answer(owner: owner), "UpdateUserPool": [:]])
    try await update(pool(["deletionProtection": "ACTIVE"]), ["deletionProtection"], sender)
    let input = try #require(await sender.input("UpdateUserPool"))
    #expect(input["AdminCreateUserConfig"] == ["AllowAdminCreateUserOnly": false])
    #expect(input["DeletionProtection"] == "ACTIVE")
  }

  @Test func `gets new attributes by a call of their own, and no other request`() async throws {
    let sender = sender(["AddCustomAttributes": [:]])
    let tier: Value = ["attributeDataType": "String", "mutable": true, "required": false]
    try await update(
      pool(["schema": ["tier": [:], "points": ["attributeDataType": "Number"]]]), ["schema"],
      live: ["schema": ["tier": tier]], sender)
    #expect(await sender.operations == ["AddCustomAttributes"])
    #expect(
      await sender.input("AddCustomAttributes")?["CustomAttributes"] == [
        [
          "Name": "points", "AttributeDataType": "Number", "DeveloperOnlyAttribute": false, "Mutable": true,
          "Required": false,
        ]
      ])
  }

  @Test func `shows its custom attributes, and standard ones that are not as every pool has them`()
    async throws
  {
    let sender = sender(["DescribeUserPool": answer(owner: owner)])
    let live = try #require(
      try await kind.read(LiveQuery(pool(), id: "eu-west-1_a", owner: owner), sender.reading))
    #expect(live.properties["schema"]?.map?.keys.sorted() == ["tier"])
    let named = pool(["schema": ["email": ["required": true], "tier": [:]]])
    let wanted = try #require(
      try await kind.read(LiveQuery(named, id: "eu-west-1_a", owner: owner), sender.reading))
    #expect(wanted.properties["schema"]?["email"]?["required"] == false)
  }

  @Test func `is found among those of its name by its owner tags`() async throws {
    let pools: Value = [
      "UserPools": [
        ["Id": "eu-west-1_x", "Name": "others"], ["Id": "eu-west-1_a", "Name": "customers"],
        ["Id": "eu-west-1_b", "Name": "customers"],
      ]
    ]
    let sender = AnsweringSender([
      "ListUserPools": [.success(pools)],
      "DescribeUserPool": [
        .success(answer("eu-west-1_a", owner: nil)), .success(answer("eu-west-1_b", owner: owner)),
      ],
    ])
    let live = try await kind.read(LiveQuery(pool(), owner: owner), sender.reading)
    #expect(live?.id == "eu-west-1_b")
    #expect(live?.attributes["issuer"] == "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_b")
    #expect(live?.attributes["arn"] == "arn:aws:cognito-idp:eu-west-1:111111111111:userpool/eu-west-1_b")
  }

  @Test func `that is protected says by which property`() async throws {
    let sender = sender(["DescribeUserPool": answer(owner: owner, ["DeletionProtection": "ACTIVE"])])
    let live = try await kind.read(LiveQuery(pool(), id: "eu-west-1_a", owner: owner), sender.reading)
    #expect(live?.deletionBar == "deletionProtection")
  }

  @Test func `turns off its second factor without naming any`() async throws {
    let on: Value = ["MfaConfiguration": "ON", "SoftwareTokenMfaConfiguration": ["Enabled": true]]
    let sender = sender([
      "DescribeUserPool": answer(owner: owner), "GetUserPoolMfaConfig": on,
      "SetUserPoolMfaConfig": ["MfaConfiguration": "OFF"], "UpdateUserPool": [:],
    ])
    try await update(
      pool(["mfaConfiguration": "OFF", "enabledMfas": .null]), ["mfaConfiguration", "enabledMfas"], sender)
    #expect(
      await sender.input("SetUserPoolMfaConfig") == ["UserPoolId": "eu-west-1_a", "MfaConfiguration": "OFF"])
  }

  @Test func `knows a lambda that changes tokens by one of its two names`() async throws {
    let triggers: Value = [
      "PreTokenGeneration": "arn:f",
      "PreTokenGenerationConfig": ["LambdaArn": "arn:f", "LambdaVersion": "V2_0"],
    ]
    let sender = sender(["DescribeUserPool": answer(owner: owner, ["LambdaConfig": triggers])])
    let wanted = pool([
      "lambdaConfig": ["preTokenGenerationConfig": ["lambdaArn": "arn:f", "lambdaVersion": "V2_0"]]
    ])
    let live = try #require(
      try await kind.read(LiveQuery(wanted, id: "eu-west-1_a", owner: owner), sender.reading))
    let property = try #require(kind.schema.property("lambdaConfig"))
    #expect(
      property.differences(live: live.properties["lambdaConfig"], wanted: wanted["lambdaConfig"] ?? .null)
        == [])
  }

  @Test func `lets its lambdas be called, each by one permission, and its role send texts`() throws {
    let resources = try StackChecking.resources(
      """
      lambdas: { check: { code: { zipFile: handler }, runtime: python3.12, handler: index.handler } }
      roles: { texts: { assumedBy: [cognito-idp.amazonaws.com] } }
      userPools:
        customers:
          lambdaConfig: { preSignUp: "${lambdas.check.arn}", customMessage: "${lambdas.check.arn}" }
          smsConfiguration: { snsCallerArn: "${roles.texts.arn}" }
      """)
    let permissions = resources.values.filter { $0.section == "permissions" }
    #expect(permissions.map(\.address.description) == ["userPools.customers.permission-check"])
    #expect(permissions.first?["principal"] == "cognito-idp.amazonaws.com")
    #expect(permissions.first?["sourceArn"]?.isPending == true)
    let statements = resources["roles.texts"]?["policy"]?.items("Statement") ?? []
    #expect(statements.map { $0.items("Action") } == [["sns:Publish"]])
  }
}
