import Planner
import Testing

@testable import Providers

struct `A dead letter queue` {
  /// Offline, where nobody was asked, the account is a stand-in.
  @Test(
    arguments: [
      ("us-east-1:123456789012", "arn:aws:iam::123456789012:user/me", []),
      (
        "us-east-1:000000000000", "arn:aws:iam::123456789012:user/me",
        ["account 000000000000, not 123456789012"]
      ),
      ("us-east-1:000000000000", nil, []),
      ("eu-west-1:000000000000", nil, ["region eu-west-1, not us-east-1"]),
    ] as [(String, String?, [String])])
  func `is of the account and the region of what sends there`(
    _ place: String, _ caller: String?, _ faults: [String]
  ) {
    let target = Target(account: "123456789012", region: "us-east-1", caller: caller)
    let arn = "arn:aws:sqs:\(place):dead"
    let stack = Stack(name: "shop", target: target)
    #expect(
      stack.deadLetterProblems(.string(arn), at: ["a"]).map(\.detail)
        == faults.map { "\(arn) is of \($0): it must be where that is which sends there." })
  }
}
