import Testing

@testable import Planner
@testable import Providers

struct `The kind roles` {
  private let kind = RoleKind()
  private let owner = Owner(stack: "shop", address: Address("roles", "reader"))
  private static let details: Value = [
    "RoleName": "reader", "Arn": "arn:aws:iam::111111111111:role/reader", "RoleId": "AROA1", "Path": "/",
    "AssumeRolePolicyDocument": .string(
      "%7B%22Statement%22%3A%5B%7B%22Effect%22%3A%22Allow%22%2C%22Principal%22%3A%7B%22Service%22%3A"
        + "%22lambda.amazonaws.com%22%7D%2C%22Action%22%3A%5B%22sts%3AAssumeRole%22%5D%7D%5D%7D"),
    "RolePolicyList": [
      ["PolicyName": "stackform", "PolicyDocument": "{\"Statement\":[]}"],
      ["PolicyName": "more", "PolicyDocument": "%7B%22Version%22%3A%22100%25%22%7D"],
    ],
    "AttachedManagedPolicies": [["PolicyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess"]],
    "Tags": [
      ["Key": "stackform:stack", "Value": "shop"], ["Key": "stackform:address", "Value": "roles.reader"],
      ["Key": "team", "Value": "blue"],
    ],
  ]

  private func role(_ name: String, _ properties: [String: Value] = [:]) -> Resource {
    Resource(Address("roles", name), name: name, properties: properties)
  }

  @Test(arguments: [(10, []), (11, [Diagnostic.Severity.warning]), (25, [.warning]), (26, [.error])])
  func `have as many managed policies as the account may have been granted`(
    _ count: Int, _ severities: [Diagnostic.Severity]
  ) {
    let policies = (0..<count).map { Value.string("arn:aws:iam::aws:policy/P\($0)") }
    let reader = role(
      "reader", ["assumedBy": ["lambda.amazonaws.com"], "managedPolicyArns": .list(policies)])
    #expect(kind.allProblems(of: reader).map(\.severity) == severities)
  }

  @Test func `are read by one call when there are three or more`() async throws {
    let sender = AnsweringSender(["GetAccountAuthorizationDetails": ["RoleDetailList": [Self.details]]])
    let queries = ["reader", "writer", "other"].map {
      LiveQuery(role($0), depth: .declared(["policy", "assumedBy"]), owner: owner)
    }
    let answers = await kind.read(queries, sender.reading)
    let live = try #require(try answers[Address("roles", "reader")]?.get())
    #expect(await sender.operations == ["GetAccountAuthorizationDetails"])
    #expect(live.owner == owner)
    #expect(live.properties["assumedBy"] == ["lambda.amazonaws.com"])
    #expect(live.properties["policy"] == ["Statement": []])
    #expect(live.properties["policies"] == ["more": ["Version": "100%"]])
    #expect(live.properties["managedPolicyArns"] == ["arn:aws:iam::aws:policy/ReadOnlyAccess"])
    #expect(live.properties["tags"] == ["team": "blue"])
    #expect(try answers[Address("roles", "writer")]?.get() == nil)
  }

  @Test func `are read one by one where the account's whole may not be read`() async throws {
    let denied = ProviderError(.denied, message: "no")
    let sender = AnsweringSender([
      "GetAccountAuthorizationDetails": [.failure(denied)], "GetRole": [.success(["Role": Self.details])],
    ])
    let queries = (1...3).map { LiveQuery(role("r\($0)"), depth: .declared(["path"]), owner: owner) }
    let answers = await kind.read(queries, sender.reading)
    #expect(answers.values.allSatisfy { (try? $0.get()) != nil })
    #expect(await sender.operations.filter { $0 == "GetRole" }.count == 3)
  }

  @Test func `ask for no more than is wanted`() async throws {
    let sender = AnsweringSender(["GetRole": ["Role": Self.details]])
    let query = LiveQuery(role("reader"), depth: .declared(["policy"]), owner: owner)
    _ = try await kind.read(query, sender.reading)
    #expect(await sender.operations.sorted() == ["GetRole", "GetRolePolicy"])
  }

  @Test func `tell a trust policy beyond the short form as a whole only`() async throws {
    let policy: Value = [
      "Statement": [
        [
          "Effect": "Allow", "Principal": ["Service": "lambda.amazonaws.com"], "Action": "sts:AssumeRole",
          "Condition": ["Bool": ["aws:SecureTransport": "true"]],
        ]
      ]
    ]
    #expect(RoleKind.services(inTrust: policy) == nil)
    let short = role("a", ["assumedBy": ["sns.amazonaws.com", "lambda.amazonaws.com"]])
    #expect(
      RoleKind.services(inTrust: RoleKind.trust(of: short)) == ["lambda.amazonaws.com", "sns.amazonaws.com"])
  }

  @Test func `say once who may assume them`() {
    let trust: Value = ["Statement": []]
    #expect(kind.allProblems(of: role("a")).map(\.path) == [[]])
    #expect(kind.allProblems(of: role("a", ["assumedBy": ["x"]])).isEmpty)
    #expect(
      kind.allProblems(of: role("a", ["assumedBy": ["x"], "assumeRolePolicyDocument": trust])).map(\.path)
        == [["assumeRolePolicyDocument"]])
    let named = role("a", ["assumedBy": ["x"], "policies": ["stackform": [:], "a b": [:], "fine": [:]]])
    #expect(kind.allProblems(of: named).map(\.path) == [["policies", "a b"], ["policies", "stackform"]])
  }

  @Test func `take inline policies away that are wanted no longer`() async throws {
    let sender = AnsweringSender(["PutRolePolicy": [:], "DeleteRolePolicy": [:]])
    let live = LiveResource(
      id: "reader", properties: ["policies": ["old": ["Statement": [1]], "same": ["Statement": [2]]]],
      attributes: [:], owner: owner)
    let wanted = role("reader", ["policies": ["same": ["Statement": [2]], "new": ["Statement": [3]]]])
    _ = try await kind.update(
      Update(live: live, resource: wanted, owner: owner, changed: ["policies"]), sender.writing)
    #expect(await sender.operations == ["PutRolePolicy", "DeleteRolePolicy"])
    #expect(await sender.input("PutRolePolicy")?["PolicyName"] == "new")
    #expect(await sender.input("DeleteRolePolicy")?["PolicyName"] == "old")
  }

  @Test func `lose a tag before they get one that differs from it in case only`() async throws {
    let sender = AnsweringSender(["TagRole": [:], "UntagRole": [:]])
    let live = LiveResource(
      id: "reader", properties: ["tags": ["Team": "blue"]], attributes: [:], owner: owner)
    _ = try await kind.update(
      Update(
        live: live, resource: role("reader", ["tags": ["team": "blue"]]), owner: owner, changed: ["tags"]),
      sender.writing)
    #expect(await sender.operations == ["UntagRole", "TagRole"])
    #expect(await sender.input("UntagRole")?["TagKeys"] == ["Team"])
    #expect(await sender.input("TagRole")?["Tags"] == [["Key": "team", "Value": "blue"]])
  }

  @Test func `can't have two tags that differ in case only`() {
    let twice = role("a", ["assumedBy": ["x"], "tags": ["Team": "a", "team": "b", "teams": "c"]])
    #expect(kind.problems(of: twice).map(\.path) == [["tags", "team"]])
  }

  @Test(arguments: [(EndpointSoftware?.none, 1), (.miniStack, 0), (.localStack, 0)])
  func `wait for a new policy to be known only where that takes time`(
    _ software: EndpointSoftware?, _ retried: Int
  ) async throws {
    let sender = AnsweringSender(["AttachRolePolicy": [:]])
    let aws = software.map { sender.writing(as: $0) } ?? sender.writing
    try await kind.attach("arn:aws:iam::1:policy/p", to: "reader", aws)
    #expect(await sender.requests.first?.retriedErrors.count == retried)
  }

  @Test func `have policies of today's version unless they say otherwise`() {
    let policies: Value = ["old": ["Version": "2008-10-17"], "new": ["Statement": []]]
    let wanted = role("a", ["policy": ["Statement": []], "policies": policies])
    let completed = kind.completed(wanted)
    #expect(completed["policy"]?["Version"] == "2012-10-17")
    #expect(completed["policies"]?["old"]?["Version"] == "2008-10-17")
    #expect(completed["policies"]?["new"]?["Version"] == "2012-10-17")
    #expect(completed["assumeRolePolicyDocument"] == nil)
  }

  @Test func `have an ARN with their path`() {
    let target = Target(account: "111111111111", region: "eu-west-1")
    #expect(
      kind.earlyAttributes(of: role("a", ["path": "/x/"]), in: target)["arn"]
        == "arn:aws:iam::111111111111:role/x/a")
  }
}
