import Planner
import Testing

@testable import Providers

struct `A delivery policy` {
  private static let full: Value = [
    "healthyRetryPolicy": [
      "minDelayTarget": 20, "maxDelayTarget": 20, "numRetries": 5, "numMaxDelayRetries": 0,
      "numNoDelayRetries": 0, "numMinDelayRetries": 0, "backoffFunction": "linear",
    ],
    "sicklyRetryPolicy": .null, "throttlePolicy": .null, "requestPolicy": .null, "guaranteed": false,
  ]

  @Test func `is what the file says, without what SNS fills in`() {
    let wanted: Value = ["healthyRetryPolicy": ["numRetries": 5, "minDelayTarget": 20]]
    #expect(DeliveryPolicy.read(Self.full, wanted: wanted) == wanted)
    #expect(DeliveryPolicy.read(.string(Self.full.json), wanted: wanted) == wanted)
    #expect(
      DeliveryPolicy.read(Self.full, wanted: ["throttlePolicy": ["maxReceivesPerSecond": 1]])
        == ["healthyRetryPolicy": ["numRetries": 5]])
    #expect(DeliveryPolicy.read(Self.full, wanted: nil) == Self.full)
  }
}
