import Planner

/// The parts of an Amazon Resource Name: `arn:partition:service:region:account:resource`. Any but the first may be empty.
struct ARN: Hashable {
  let partition: String
  let service: String
  let region: String
  let account: String
  /// The rest, with whatever colons it has.
  let resource: String

  /// nil for what is no ARN.
  init?(_ text: String) {
    let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 6, parts[0] == "arn" else { return nil }
    (partition, service, region) = (parts[1], parts[2], parts[3])
    (account, resource) = (parts[4], parts[5])
  }
}

extension PropertyProblem {
  /// EventBridge gives what fails to standard queues alone: "Using dead-letter queues" in its user guide.
  static func ofFIFO(deadLetters arn: Value?, at path: [String]) -> PropertyProblem? {
    guard let queue = arn?.string, queue.hasSuffix(".fifo") else { return nil }
    return PropertyProblem(
      path, "Dead letter queue of another type",
      "What fails goes to a standard queue, and \(queue) is FIFO.")
  }
}

extension Stack {
  /// A dead letter queue is of the account and the region of what sends there: "Using dead-letter queues" in the SQS developer
  /// guide, "Amazon SNS dead-letter queues" in SNS's. EventBridge takes one of another account, too: "Using dead-letter queues
  /// to process undelivered events" in its guide.
  func deadLetterProblems(
    _ arn: Value?, at path: [String], acrossAccounts: Bool = false
  ) -> [PropertyProblem] {
    guard let arn = arn?.string, let place = ARN(arn), !place.region.isEmpty, !place.account.isEmpty
    else { return [] }
    // Offline the account may be a stand-in.
    let account = target.caller == nil ? place.account : target.account ?? place.account
    let faults = [
      acrossAccounts || place.account == account ? nil : "account \(place.account), not \(account)",
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
