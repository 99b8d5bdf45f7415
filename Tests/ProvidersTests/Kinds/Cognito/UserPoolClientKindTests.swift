import Testing

@testable import Planner
@testable import Providers

struct `A user pool client` {
  private let kind = UserPoolClientKind()
  private let owner = Owner(stack: "shop", address: Address("userPoolClients", "web"))
  private let wanted = Resource(
    Address("userPoolClients", "web"), name: "web",
    properties: ["userPoolId": "pool_1", "authSessionValidity": 5])

  private func client(_ id: String, session: Int = 5, _ more: [String: Value] = [:]) -> Value {
    [
      "UserPoolClient": .map(
        [
          "UserPoolId": "pool_1", "ClientId": .string(id), "ClientName": "web",
          "AuthSessionValidity": .integer(session),
        ].merging(more) { $1 })
    ]
  }

  private func listing(_ ids: String...) -> Value {
    [
      "UserPoolClients": .list(
        ids.map { ["UserPoolId": "pool_1", "ClientId": .string($0), "ClientName": "web"] })
    ]
  }

  private func query(findsByContents: Bool) -> LiveQuery {
    var query = LiveQuery(wanted, owner: owner)
    query.findsByContents = findsByContents
    return query
  }

  @Test func `is known by its pool and its id`() async throws {
    let sender = AnsweringSender(["CreateUserPoolClient": client("c1", ["ClientSecret": "s3cret"])])
    let created = try await kind.create(Creation(resource: wanted, owner: owner), sender.writing)
    #expect(created.id == "pool_1|c1")
    #expect(created.attributes == ["id": "c1", "name": "web", "clientSecret": "s3cret"])
    let input = await sender.input("CreateUserPoolClient")
    #expect(input == ["UserPoolId": "pool_1", "ClientName": "web", "AuthSessionValidity": 5])
  }

  @Test func `of the same name is not taken over unless a creation of ours broke off`() async throws {
    let sender = AnsweringSender([
      "ListUserPoolClients": listing("c1"), "DescribeUserPoolClient": client("c1"),
    ])
    #expect(try await kind.read(query(findsByContents: false), sender.reading) == nil)
    let live = try await kind.read(query(findsByContents: true), sender.reading)
    #expect(live?.id == "pool_1|c1" && live?.owner == nil)
  }

  @Test func `that is not as wanted is not the one`() async throws {
    let sender = AnsweringSender([
      "ListUserPoolClients": listing("c1"), "DescribeUserPoolClient": client("c1", session: 9),
    ])
    #expect(try await kind.read(query(findsByContents: true), sender.reading) == nil)
  }

  @Test func `that is like another one stops the run`() async throws {
    let sender = AnsweringSender([
      "ListUserPoolClients": [.success(listing("c1", "c2"))],
      "DescribeUserPoolClient": [.success(client("c1")), .success(client("c2"))],
    ])
    let error = await #expect(throws: ProviderError.self) {
      try await kind.read(query(findsByContents: true), sender.reading)
    }
    #expect(error?.message.contains("pool_1|c1 and pool_1|c2 are alike") == true)
  }

  @Test func `is changed with all that it has`() async throws {
    let sender = AnsweringSender([
      "DescribeUserPoolClient": client(
        "c1", ["ClientSecret": "s3cret", "CallbackURLs": ["https://a.example"]]),
      "UpdateUserPoolClient": client("c1"),
    ])
    let live = LiveResource(id: "pool_1|c1", properties: [:], attributes: [:], owner: nil)
    _ = try await kind.update(
      Update(live: live, resource: wanted, owner: owner, changed: ["authSessionValidity"]), sender.writing)
    #expect(
      await sender.input("UpdateUserPoolClient") == [
        "UserPoolId": "pool_1", "ClientId": "c1", "ClientName": "web", "AuthSessionValidity": 5,
        "CallbackURLs": ["https://a.example"],
      ])
  }

  @Test(
    arguments: [
      (["https://a.example"], "https://a.example"), (["https://b.example"], nil), ([], nil),
    ] as [([Value], Value?)])
  func `keeps a default address that nobody declared as long as it is one of its addresses`(
    _ row: (urls: [Value], left: Value?)
  ) async throws {
    let sender = AnsweringSender([
      "DescribeUserPoolClient": client(
        "c1", ["CallbackURLs": ["https://a.example"], "DefaultRedirectURI": "https://a.example"]),
      "UpdateUserPoolClient": client("c1"),
    ])
    let live = LiveResource(id: "pool_1|c1", properties: [:], attributes: [:], owner: nil)
    var changed = wanted
    changed.properties["callbackURLs"] = .list(row.urls)
    _ = try await kind.update(
      Update(live: live, resource: changed, owner: owner, changed: ["callbackURLs"]), sender.writing)
    #expect(await sender.input("UpdateUserPoolClient")?["DefaultRedirectURI"] == row.left)
  }

  @Test func `has a secret that no output tells`() throws {
    let yaml = """
      stack: shop
      userPools: { main: {} }
      userPoolClients: { web: { userPoolId: "${userPools.main.id}", generateSecret: true } }
      secrets: { web: { secretString: "${userPoolClients.web.clientSecret}" } }
      queues: { jobs: { tags: { secret: "${userPoolClients.web.clientSecret}" } } }
      outputs: { secret: "${userPoolClients.web.clientSecret}", id: "${userPoolClients.web.id}" }
      """
    let stack = try StackChecking.stack(Array(yaml.utf8))
    #expect(stack.outputs.filter(\.isSecret).map(\.name) == ["secret"])
    #expect(stack[Address("queues", "jobs")]?.secretPaths == ["tags.secret"])
  }
}
