import Planner
import Testing

@testable import Providers

struct `A log group` {
  private let kind = LogGroupKind()
  private let owner = Owner(stack: "shop", address: Address("logGroups", "worker"))

  private func group(_ properties: [String: Value] = [:], name: String = "/aws/lambda/worker") -> Resource {
    Resource(Address("logGroups", "worker"), name: name, properties: properties)
  }

  @Test
  func `is not taken for one whose name begins the same, and tells that its class is kept from us`()
    async throws
  {
    let sender = AnsweringSender([
      "DescribeLogGroups": [
        "logGroups": [
          ["logGroupName": "/aws/lambda/worker-2", "retentionInDays": 3],
          ["logGroupName": "/aws/lambda/worker", "retentionInDays": 7],
        ]
      ],
      "ListTagsForResource": ["tags": ["team": "blue"]],
    ])
    let wanted = group(["logGroupClass": "INFREQUENT_ACCESS"])
    let live = try #require(try await kind.read(LiveQuery(wanted, owner: owner), sender.reading))
    #expect(live.properties == ["retentionInDays": 7, "tags": ["team": "blue"]])
    #expect(live.untold == ["logGroupClass"])
    #expect(
      await sender.input("ListTagsForResource")?["resourceArn"]
        == "arn:aws:logs:eu-west-1:111111111111:log-group:/aws/lambda/worker")
    let other = group(name: "/aws/lambda/work")
    #expect(try await kind.read(LiveQuery(other, owner: owner), sender.reading) == nil)
  }

  @Test func `loses its tags before it goes from an emulator`() async throws {
    let sender = AnsweringSender(["UntagResource": [:], "DeleteLogGroup": [:]])
    let live = LiveResource(
      id: "/aws/lambda/worker", properties: ["tags": ["team": "blue"]], attributes: [:], owner: owner)
    try await kind.delete(
      Deletion(address: owner.address, section: "logGroups", live: live), sender.writing)
    #expect(await sender.operations == ["UntagResource", "DeleteLogGroup"])
    #expect(
      await sender.input("UntagResource")?["tagKeys"] == ["stackform:stack", "stackform:address", "team"])
  }

  @Test func `can't have a name of AWS's own, nor a retention that its class ignores`() {
    #expect(kind.problems(of: group(name: "aws/worker")).map(\.path) == [["name"]])
    let delivery = group(["logGroupClass": "DELIVERY", "retentionInDays": 7])
    #expect(kind.problems(of: delivery).map(\.path) == [["retentionInDays"]])
    #expect(kind.problems(of: group(["retentionInDays": 7])).isEmpty)
  }
}
