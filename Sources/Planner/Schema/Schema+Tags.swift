extension Schema {
  /// Tags that the service refuses, the stack's among them. AWS takes fifty a resource, and two are the owner's.
  func tagProblems(of resource: Resource) -> [PropertyProblem] {
    guard isTaggable, let tags = resource["tags"]?.map else { return [] }
    var problems: [PropertyProblem] = []
    if tags.count > 48 {
      problems.append(
        PropertyProblem(
          ["tags"], "Too many tags",
          "AWS takes 50 tags, of which Stackform needs two; here are \(tags.count), with those of the whole stack."
        ))
    }
    guard hasPlainTags else { return problems }
    for (name, value) in tags.sorted(by: { $0.key < $1.key }) {
      guard let sign = (name + (value.string ?? "")).first(where: { !$0.isPlainInTags }) else { continue }
      problems.append(
        PropertyProblem(
          ["tags", name], "Bad tag",
          "The tags of \(kind.withArticle) are letters, digits, blanks and the signs _ . : / = + - @, and \"\(sign)\" "
            + "is none of these.",
          fix: "Write it without."))
    }
    return problems
  }
}

extension Character {
  /// The pattern of tags in the models of IAM, CloudWatch Logs and ECS: `[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]`.
  fileprivate var isPlainInTags: Bool {
    unicodeScalars.allSatisfy { scalar in
      switch scalar.properties.generalCategory {
      case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
        .spaceSeparator, .lineSeparator, .paragraphSeparator, .decimalNumber, .letterNumber, .otherNumber:
        true
      default: "_.:/=+-@".unicodeScalars.contains(scalar)
      }
    }
  }
}
