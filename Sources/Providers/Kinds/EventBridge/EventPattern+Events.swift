import Planner

extension EventPattern {
  /// How long the text of a rule's or archive's pattern may be: PutRule in the EventBridge API reference.
  private static let longest = 4096

  /// What EventBridge refuses of a pattern.
  static func problems(inEvents pattern: Value?, at path: [String]) -> [PropertyProblem] {
    let problems = EventPattern().problems(in: pattern, at: path)
    guard let pattern, !pattern.isPending else { return problems }
    let length = (pattern.string ?? pattern.json).count
    guard length > longest else { return problems }
    return problems + [
      PropertyProblem(
        path, "Pattern too long",
        "A pattern has \(longest) characters as JSON at most, and this one \(length).")
    ]
  }
}
