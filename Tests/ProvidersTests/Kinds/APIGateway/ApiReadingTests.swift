import Planner
import Testing

@testable import Providers

struct `Reading APIs` {
  private static func tags(_ name: String) -> Value {
    ["stackform:stack": "orders", "stackform:address": .string("apis.\(name)"), "team": "blue"]
  }

  private static func query(_ name: String, id: String? = nil) -> LiveQuery {
    let address = Address("apis", name)
    return LiveQuery(
      Resource(address, name: name, properties: ["routes": ["GET /": ["mock": ["status": 200]]]]), id: id,
      depth: .declared(["routes"]), owner: Owner(stack: "orders", address: address))
  }

  /// Two pages of APIs, of which one is somebody else's of the same name.
  private let sender = AnsweringSender([
    "GetRestApis": [
      .success(["item": [["id": "a", "name": "shop"]], "position": "2"]),
      .success(["item": [["id": "b", "name": "shop", "tags": tags("shop")]]]),
    ],
    "GetRestApi": [.success(["id": "b", "name": "shop", "tags": tags("shop")])],
    "GetStages": [.success(["item": [["stageName": "live", "deploymentId": "d", "variables": [:]]]])],
    "GetResources": [.success(["item": [["id": "r", "path": "/"]]])],
  ])

  private var aws: ReadingClient {
    ReadingClient(target: Target(account: "123456789012", region: "eu-west-1"), sender: sender)
  }

  @Test func `finds one by its owner on any page, and never by its name`() async throws {
    let live = try #require(try await ApiKind().read(Self.query("shop"), aws))
    #expect(live.id == "b")
    #expect(live.owner?.address == Address("apis", "shop"))
    #expect(live.properties["tags"] == ["team": "blue"])
    #expect(live.attributes["url"] == "https://b.execute-api.eu-west-1.amazonaws.com/live")
    #expect(live.attributes["executionArn"] == "arn:aws:execute-api:eu-west-1:123456789012:b")
    #expect(Set(live.attributes.keys) == Set(ApiKind().schema.attributes.map(\.name)))
    #expect(try await ApiKind().read(Self.query("other"), aws) == nil)
  }

  @Test func `takes three requests for one whose id is known, and one for each further page of the listing`()
    async throws
  {
    let answers = await ApiKind().read([Self.query("shop", id: "b")], aws)
    #expect(try answers[Address("apis", "shop")]?.get()?.id == "b")
    #expect(await sender.operations.sorted() == ["GetResources", "GetRestApis", "GetRestApis", "GetStages"])
  }

  @Test func `finds by its owner one whose recorded id went`() async throws {
    let sender = AnsweringSender([
      "GetRestApis": ["item": [["id": "b", "name": "shop", "tags": Self.tags("shop")]]],
      "GetStages": ["item": []], "GetResources": ["item": []],
    ])
    #expect(try await ApiKind().read(Self.query("shop", id: "gone"), sender.reading)?.id == "b")
    #expect(await sender.operations.prefix(2) == ["GetRestApis", "GetRestApi"])
  }

  /// The ledger alone knows it: no file says which protocol it has.
  @Test func `shows the twins of an HTTP API that no entry has any more, too`() async throws {
    func api(_ id: String) -> Value {
      ["apiId": .string(id), "name": "shop", "protocolType": "HTTP", "tags": Self.tags("shop")]
    }
    let sender = AnsweringSender([
      "GetRestApis": ["item": []], "GetApis": ["items": [api("b"), api("a")]], "GetApi": api("a"),
      "GetStages": ["items": []],
    ])
    let address = Address("apis", "shop")
    var query = LiveQuery(
      address: address, section: "apis", name: "shop", id: "a", wanted: nil, depth: .existence,
      owner: Owner(stack: "orders", address: address))
    query.looksForTwins = true
    let live = try await ApiKind().read(query, sender.reading)
    #expect(live?.id == "a" && live?.twins.map(\.id) == ["b"])
  }

  @Test func `lists once for many, and asks again only for one that has an id`() async throws {
    let queries = [Self.query("shop"), Self.query("other"), Self.query("third", id: "c")]
    let sender = AnsweringSender([
      "GetRestApis": [
        .success(["item": [["id": "a", "name": "shop"]], "position": "2"]),
        .success(["item": [["id": "b", "name": "shop", "tags": Self.tags("shop")]]]),
      ],
      "GetRestApi": [.success(["id": "c", "name": "third", "tags": Self.tags("third")])],
      "GetStages": [.success(["item": [["stageName": "live", "deploymentId": "d", "variables": [:]]]])],
      "GetResources": [.success(["item": [["id": "r", "path": "/"]]])],
    ])
    let answers = await ApiKind().read(queries, sender.reading)
    #expect(answers.count == 3)
    #expect(try answers[Address("apis", "other")]?.get() == nil)
    #expect(
      await sender.operations.sorted()
        == [
          // The third is not in the listing, and there.
          "GetResources", "GetResources", "GetRestApi", "GetRestApis", "GetRestApis", "GetStages",
          "GetStages",
        ])
  }
}
