import Planner
import Testing

@testable import Providers

struct `Logging of a topic's deliveries` {
  private let role: Value = "arn:aws:iam::111111111111:role/logs"

  @Test func `is spelt as attributes of each protocol, and read back`() {
    let value: Value = [
      ["protocol": "http/s", "failureFeedbackRoleArn": role, "successFeedbackSampleRate": 0],
      ["protocol": "sqs", "successFeedbackRoleArn": role, "successFeedbackSampleRate": 30],
    ]
    let texts = TopicDeliveryLogging.texts(of: value)
    #expect(
      texts == [
        "HTTPFailureFeedbackRoleArn": role, "HTTPSuccessFeedbackSampleRate": "0",
        "SQSSuccessFeedbackRoleArn": role, "SQSSuccessFeedbackSampleRate": "30",
      ])
    #expect(TopicDeliveryLogging.value(in: .map(texts)) == value)
  }

  @Test func `is taken out by empty texts, of which nothing is left`() {
    let live: Value = [
      ["protocol": "lambda", "successFeedbackRoleArn": role, "successFeedbackSampleRate": 30]
    ]
    let changes = TopicDeliveryLogging.changes(from: live, to: .null)
    #expect(changes == ["LambdaSuccessFeedbackRoleArn": "", "LambdaSuccessFeedbackSampleRate": "0"])
    #expect(TopicDeliveryLogging.value(in: .map(changes)) == [])
  }

  @Test func `is read in LocalStack's spelling, too`() {
    let value = TopicDeliveryLogging.value(in: ["HttpFailureFeedbackRoleArn": role])
    #expect(value[0]?["protocol"] == "http/s" && value[0]?["failureFeedbackRoleArn"] == role)
  }
}
