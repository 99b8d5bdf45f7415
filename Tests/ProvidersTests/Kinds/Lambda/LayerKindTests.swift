import Testing

@testable import Planner
@testable import Providers

struct `A layer's version` {
  private let kind = LayerKind()
  private let owner = Owner(stack: "shop", address: Address("layers", "libraries"))
  private static let layer = "arn:aws:lambda:eu-west-1:111111111111:layer:libraries"

  private func layer(_ properties: [String: Value] = [:]) -> Resource {
    Resource(
      owner.address, name: "libraries",
      properties: properties.merging(["codeSha256": "one"]) { first, _ in first })
  }

  private static func version(_ digest: Value, _ description: Value = .null) -> AnsweringSender.Answer {
    .success([
      "LayerVersionArn": "arn", "Content": ["CodeSha256": digest], "Description": description,
      "CompatibleRuntimes": [],
    ])
  }

  private func listing(_ versions: Int...) -> AnsweringSender.Answer {
    .success([
      "LayerVersions": .list(versions.map { ["LayerVersionArn": .string("\(Self.layer):\($0)")] })
    ])
  }

  @Test func `is read by its ARN, and tells its name and number`() async throws {
    let sender = AnsweringSender(["GetLayerVersion": [Self.version("one", "shared")]])
    let query = LiveQuery(layer(), id: "\(Self.layer):7", owner: owner)
    let live = try #require(try await kind.read(query, sender.reading))
    #expect(live.properties == ["codeSha256": "one", "description": "shared"])
    #expect(
      live.attributes == [
        "arn": .string("\(Self.layer):7"), "layerArn": .string(Self.layer), "name": "libraries",
        "version": "7",
      ])
    #expect(await sender.requests.map(\.path) == [["2018-10-31", "layers", "libraries", "versions", "7"]])
  }

  @Test func `that no record knows is found by its content and all else that is declared of it`() async throws
  {
    let sender = AnsweringSender([
      "ListLayerVersions": [listing(9, 8, 7, 6)],
      "GetLayerVersion": [
        Self.version("one", "other"), Self.version("two", "shared"), Self.version("one", "shared"),
      ],
    ])
    var query = LiveQuery(layer(["description": "shared"]), owner: owner)
    query.otherIDs = ["\(Self.layer):9"]
    query.findsByContents = true
    let live = try #require(try await kind.read(query, sender.reading))
    #expect(live.id == "\(Self.layer):6" && live.owner == nil)
    #expect(await sender.operations == ["ListLayerVersions"] + Array(repeating: "GetLayerVersion", count: 3))
  }

  @Test func `is not looked for where no run began one, nor while its content is not known`() async throws {
    let sender = AnsweringSender()
    #expect(try await kind.read(LiveQuery(layer(), owner: owner), sender.reading) == nil)
    var query = LiveQuery(layer(["codeSha256": .null]), owner: owner)
    query.findsByContents = true
    #expect(try await kind.read(query, sender.reading) == nil)
    #expect(await sender.operations == [])
  }

  @Test func `tells where an endpoint keeps its digest to itself`() async throws {
    let sender = AnsweringSender(["GetLayerVersion": [Self.version("")]])
    let query = LiveQuery(layer(), id: "\(Self.layer):7", owner: owner)
    let live = try #require(try await kind.read(query, sender.reading))
    #expect(live.properties == [:] && live.untold == ["codeSha256"])
  }

  @Test func `is published with its content from a bucket`() async throws {
    let sender = AnsweringSender(["PublishLayerVersion": ["LayerVersionArn": .string("\(Self.layer):1")]])
    let wanted = layer([
      "codeObject": ["s3Bucket": "code", "s3Key": "layer.zip"], "compatibleRuntimes": ["python3.12"],
    ])
    let created = try await kind.create(Creation(resource: wanted, owner: owner), sender.writing)
    #expect(created.id == "\(Self.layer):1" && created.attributes["version"] == "1")
    #expect(
      await sender.input("PublishLayerVersion") == [
        "Content": ["S3Bucket": "code", "S3Key": "layer.zip"], "CompatibleRuntimes": ["python3.12"],
      ])
  }
}
