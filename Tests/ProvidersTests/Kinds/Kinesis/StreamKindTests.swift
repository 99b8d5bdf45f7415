@testable import Planner
import Testing

@testable import Providers

struct `A stream` {
  private let kind = StreamKind()
  private let owner = Owner(stack: "shop", address: Address("streams", "clicks"))
  private static let summary: Value = [
    "StreamDescriptionSummary": [
      "StreamARN": "arn:aws:kinesis:eu-west-1:111111111111:stream/clicks", "StreamStatus": "ACTIVE",
      "OpenShardCount": 1, "RetentionPeriodHours": 24,
    ]
  ]

  private func stream(_ properties: [String: Value] = [:]) -> Resource {
    Resource(owner.address, name: "clicks", properties: properties)
  }

  @Test(arguments: [
    (EndpointSoftware?.none, ["CreateStream", "DescribeStreamSummary"]),
    (.miniStack, ["CreateStream", "AddTagsToStream", "DescribeStreamSummary"]),
    (.localStack, ["CreateStream", "AddTagsToStream", "DescribeStreamSummary"]),
  ])
  func `gets its tags in a call of their own only where its creation drops them`(
    _ software: EndpointSoftware?, _ operations: [String]
  ) async throws {
    let sender = AnsweringSender([
      "CreateStream": [:], "AddTagsToStream": [:], "DescribeStreamSummary": Self.summary,
    ])
    let aws = software.map { sender.writing(as: $0) } ?? sender.writing
    _ = try await kind.create(Creation(resource: stream(), owner: owner), aws)
    #expect(await sender.operations == operations)
    #expect(await sender.input("CreateStream")?["Tags"] == owner.tags.tagMap)
  }

  @Test func `has tags that are written as a map and read as a list, and loses old ones first`() async throws
  {
    let sender = AnsweringSender([
      "DescribeStreamSummary": Self.summary,
      "ListTagsForStream": ["Tags": owner.tags.merging(["old": "1"]) { $1 }.tagList],
      "AddTagsToStream": [:], "RemoveTagsFromStream": [:],
    ])
    let live = try #require(try await kind.read(LiveQuery(stream(), owner: owner), sender.reading))
    #expect(live.owner == owner && live.properties["tags"] == ["old": "1"])
    let before = await sender.operations.count
    _ = try await kind.update(
      Update(live: live, resource: stream(["tags": ["new": "1"]]), owner: owner, changed: ["tags"]),
      sender.writing)
    #expect(await sender.operations.dropFirst(before) == ["RemoveTagsFromStream", "AddTagsToStream"])
    #expect(await sender.input("RemoveTagsFromStream") == ["StreamName": "clicks", "TagKeys": ["old"]])
    #expect(await sender.input("AddTagsToStream") == ["StreamName": "clicks", "Tags": ["new": "1"]])
  }

  @Test func `is not changed a second time where the first may have been carried out`() {
    let live: Value = ["OpenShardCount": 1, "RetentionPeriodHours": 24]
    let wanted = stream(["shardCount": 2, "retentionPeriodHours": 48])
    let calls =
      StreamKind.calls(for: "retentionPeriodHours", of: wanted, live: live)
      + [StreamKind.resharding(wanted, live: live)].compactMap { $0 }
    #expect(calls.map(\.operation.name) == ["IncreaseStreamRetentionPeriod", "UpdateShardCount"])
    #expect(calls.allSatisfy { $0.operation.repeats == .never })
  }
}
