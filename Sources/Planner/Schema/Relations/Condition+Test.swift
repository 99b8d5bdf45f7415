extension RelationCheck {
  /// Whether a value passes a test; nil when that is known only after apply.
  func holds(_ test: Condition.Test, _ value: Value?, _ found: Finding) -> Bool? {
    if found.isInsidePending { return nil }
    guard let value, !value.isNull else { return false }
    if case .pending(let template) = value { return holds(test, template, at: found.path) }
    return switch test {
    case .isSet: !value.isEmpty
    case .isOneOf(let values): values.contains(value)
    case .isWithin(let range): value.integer.map(range.contains) ?? false
    case .endsWith(let suffix): value.string?.hasSuffix(suffix) ?? false
    case .isARN(let owners): owners.contains { $0.service == value.string.flatMap(Self.service) }
    }
  }

  /// A pending value will be set; which section's ARN it will be is often known.
  private func holds(_ test: Condition.Test, _ template: Template, at path: [String]) -> Bool? {
    switch test {
    case .isSet: return true
    case .isOneOf, .isWithin, .endsWith: return nil
    case .isARN(let owners):
      guard case .reference(let reference) = template.whole else { return nil }
      return owners.contains { $0.section != nil && $0.section == reference.first } ? true : nil
    }
  }

  /// The third part of an ARN, as `sqs`.
  private static func service(of arn: String) -> String? {
    let parts = arn.split(separator: ":", maxSplits: 3, omittingEmptySubsequences: false)
    return parts.count > 3 ? String(parts[2]) : nil
  }
}
