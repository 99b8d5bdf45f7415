import Foundation
import Planner
import Testing

@testable import Providers

struct QueryProtocolTests {
  private func form(_ service: AWSService, _ operation: String, _ input: Value) -> [String] {
    let request = AWSRequest.writing(service, operation, input.map ?? [:])
    let form = QueryProtocol.form(request, input: input, apiVersion: "2010-03-31", lists: .member)
    return String(decoding: form, as: UTF8.self).split(separator: "&").map(String.init)
  }

  @Test func `lists, structures, numbers and flags are flattened and sorted`() {
    let input: Value = [
      "AlarmName": "a b", "Period": 60, "Threshold": .number(1.5), "Whole": .number(2),
      "ActionsEnabled": true,
      "Dimensions": [["Name": "QueueName", "Value": "q/1"]], "OKActions": [], "Unset": .null,
      "Nested": ["Inner": ["Leaf": "x"]],
    ]
    #expect(
      form(CloudWatch.service, "PutMetricAlarm", input) == [
        "Action=PutMetricAlarm", "ActionsEnabled=true", "AlarmName=a%20b",
        "Dimensions.member.1.Name=QueueName", "Dimensions.member.1.Value=q%2F1", "Nested.Inner.Leaf=x",
        "OKActions=", "Period=60", "Threshold=1.5", "Version=2010-03-31", "Whole=2",
      ])
  }

  @Test func `a topic's attributes are entries`() {
    #expect(
      form(
        SNS.service, "CreateTopic", ["Name": "t", "Attributes": ["FifoTopic": "true", "DisplayName": "d"]])
        == [
          "Action=CreateTopic", "Attributes.entry.1.key=DisplayName", "Attributes.entry.1.value=d",
          "Attributes.entry.2.key=FifoTopic", "Attributes.entry.2.value=true", "Name=t", "Version=2010-03-31",
        ])
  }

  @Test func `the result is taken out of the answer`() {
    let answer: Value = [
      "CreateTopicResult": ["TopicArn": "arn"], "ResponseMetadata": ["RequestId": "1"],
    ]
    #expect(QueryProtocol.result(answer, operation: "CreateTopic") == ["TopicArn": "arn"])
    #expect(QueryProtocol.result(["ResponseMetadata": ["RequestId": "1"]], operation: "TagRole") == [:])
    #expect(QueryProtocol.result(["ListTopicsResult": ""], operation: "ListTopics") == [:])
  }
}
