import Planner

/// Where an ARN says that its resource is.
struct ARNPlace: Hashable {
  let region: String
  let account: String

  /// nil for what is no ARN, or names neither.
  init?(_ text: String) {
    let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
    guard parts.count == 6, parts[0] == "arn", !parts[3].isEmpty, !parts[4].isEmpty else { return nil }
    region = String(parts[3])
    account = String(parts[4])
  }
}

extension Stack {
  /// A dead letter queue is of the account and the region of what sends there: "Using dead-letter queues" in the SQS developer
  /// guide, "Amazon SNS dead-letter queues" in SNS's.
  func deadLetterProblems(_ arn: Value?, at path: [String]) -> [PropertyProblem] {
    guard let arn = arn?.string, let place = ARNPlace(arn) else { return [] }
    // Offline the account may be a stand-in.
    let account = target.caller == nil ? place.account : target.account ?? place.account
    let faults = [
      place.account == account ? nil : "account \(place.account), not \(account)",
      place.region == target.region ? nil : "region \(place.region), not \(target.region)",
    ].compactMap(\.self)
    guard !faults.isEmpty else { return [] }
    return [
      PropertyProblem(
        path, "Dead letter queue elsewhere",
        "\(arn) is of \(faults.joined(separator: ", and of ")): it must be where that is which sends there.",
        fix:
          "Declare a queue in this stack and refer to it, or write ${profile.account} and ${profile.region} in its ARN."
      )
    ]
  }
}
