extension Value {
  /// A policy document as IAM reads it. One value is the same as a list of one. Order does not matter, nor
  /// does the case of actions and condition keys. An account's number means its root.
  ///
  /// Facts: IAM JSON policy grammar (IAM User Guide); endpoints rewrite principals and the order of members,
  /// and services add `Id` and empty `Sid`s of their own. A missing `Version` means `2008-10-17`.
  var canonicalPolicy: Value {
    guard var members = map else { return self }
    members["Version"] = members["Version"] ?? "2008-10-17"
    if members["Id"]?.isEmpty == true { members["Id"] = nil }
    let statements = members["Statement"].map { $0.list ?? [$0] } ?? []
    if statements.isEmpty { return .null }
    members["Statement"] = .list(statements.map(\.canonicalStatement).sortedAndUnique)
    return .map(members)
  }

  private var canonicalStatement: Value {
    guard let map else { return self }
    var members: [String: Value] = [:]
    for (name, value) in map where !value.isEmpty {
      switch name {
      case "Action", "NotAction": members[name] = value.canonicalTexts { $0.lowercased() }
      case "Resource", "NotResource": members[name] = value.canonicalTexts { $0 }
      case "Principal", "NotPrincipal": members[name] = value.canonicalPrincipal
      case "Condition": members[name] = value.canonicalCondition
      default: members[name] = value
      }
    }
    return .map(members)
  }

  /// One text or many: a sorted list.
  private func canonicalTexts(_ spelling: (String) -> String) -> Value {
    let items = list ?? [self]
    return .list(items.map { item in item.scalarText.map { .string(spelling($0)) } ?? item }.sortedAndUnique)
  }

  /// `"*"` is `{"AWS": "*"}`.
  private var canonicalPrincipal: Value {
    guard let map else { return ["AWS": canonicalTexts(Self.canonicalAccount)] }
    return .map(map.mapValues { $0.canonicalTexts(Self.canonicalAccount) })
  }

  /// An account's root ARN as the account's number; every other principal as it is.
  private static func canonicalAccount(_ principal: String) -> String {
    let fields = principal.split(separator: ":", omittingEmptySubsequences: false)
    guard fields.count == 6, fields[0] == "arn", fields[2] == "iam", fields[5] == "root" else {
      return principal
    }
    return String(fields[4])
  }

  /// Operator → key → texts. Keys (`AWS:SourceArn`) are read without regard to case.
  private var canonicalCondition: Value {
    guard let operators = map else { return self }
    return .map(
      operators.mapValues { keys in
        guard let keys = keys.map else { return keys }
        var members: [String: Value] = [:]
        for (key, value) in keys { members[key.lowercased()] = value.canonicalTexts { $0 } }
        return .map(members)
      })
  }
}
