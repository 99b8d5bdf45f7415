import Planner
import Providers

/// Who changed what moved, where the endpoint keeps a trail: AWS's CloudTrail. Where it keeps none, nothing is said.
enum CloudTrailAuthors {
  /// The last change of a resource, by CloudTrail's event.
  struct Change: Sendable, Hashable {
    let user: String
    let operation: String

    var words: String { "\(user) (\(operation))" }
  }

  /// The service takes two of these a second, so that not many are asked.
  private static let most = 10

  /// The last change of each of the first ten drifted resources, where CloudTrail has an event of it.
  static func find(_ report: DriftReport, _ side: ComparisonSide) async -> [Address: Change] {
    var changes: [Address: Change] = [:]
    for entry in report.entries.prefix(most) {
      guard let id = entry.id else { continue }
      // If the first question is not answered, there is no trail.
      guard let found = await lastChange(of: id, side) else { return changes }
      changes[entry.address] = found.first
    }
    return changes
  }

  /// nil where there is no trail to ask.
  private static func lastChange(of id: String, _ side: ComparisonSide) async -> [Change]? {
    let attribute: [String: Value] = ["AttributeKey": "ResourceName", "AttributeValue": .string(id)]
    let request = Request(
      CloudTrail.lookupEvents, ["LookupAttributes": [.map(attribute)], "MaxResults": 10]
    ).wire
    guard let answer = try? await side.place.client.send(request) else { return nil }
    return answer.value.items("Events").compactMap { event in
      guard let user = event["Username"]?.string, let operation = event["EventName"]?.string,
        !["Get", "List", "Describe", "Head"].contains(where: operation.hasPrefix)
      else { return nil }
      return Change(user: user, operation: operation)
    }
  }
}
