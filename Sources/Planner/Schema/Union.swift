extension Shape {
  /// A policy, or policies by name.
  var isPolicy: Bool {
    switch self {
    case .policy: true
    case .map(let member): member == .policy
    case .boolean, .integer, .integerChoice, .number, .string, .choice, .path, .document, .list, .set,
      .object,
      .either:
      false
    }
  }

  /// A value that lets in all that either of two does: members by name, of a policy what it allows. nil where the wanted one
  /// does that already, and for shapes that let nobody in.
  func union(of live: Value?, with wanted: Value?) -> Value? {
    switch self {
    case .policy: return Self.policies(live?.parsedIfJSON, wanted?.parsedIfJSON)
    case .map(let member):
      var whole = wanted?.map ?? [:]
      var isLarger = false
      for (name, value) in live?.map ?? [:] {
        guard let both = whole[name] == nil ? value : member.union(of: value, with: whole[name]) else {
          continue
        }
        whole[name] = both
        isLarger = true
      }
      return isLarger ? .map(whole) : nil
    case .set:
      let items = wanted?.list ?? []
      let known = Set(items.map(normalised))
      let leaving = (live?.list ?? []).filter { !known.contains(normalised($0)) }
      return leaving.isEmpty ? nil : .list(items + leaving)
    case .boolean, .integer, .integerChoice, .number, .string, .choice, .path, .document, .list, .object,
      .either:
      return nil
    }
  }

  /// What is allowed beside what is wanted was allowed under the denials that are there. So where one of these goes, too,
  /// there is no union.
  private static func policies(_ live: Value?, _ wanted: Value?) -> Value? {
    let statements = wanted?.statements ?? []
    let forms = Set(statements.map(form))
    let gone = (live?.statements ?? []).filter { !forms.contains(form($0)) }
    guard gone.allSatisfy({ $0["Effect"] == "Allow" }) else { return nil }
    let leaving = gone.filter { statement in !statements.contains { $0.allows(statement) } }
    if leaving.isEmpty { return nil }
    guard var members = wanted?.map else { return live }
    // A policy takes each `Sid` once.
    let names = Set(statements.compactMap { $0["Sid"] })
    members["Statement"] = .list(
      statements
        + leaving.map { statement in
          guard let name = statement["Sid"], names.contains(name), var unnamed = statement.map else {
            return statement
          }
          unnamed["Sid"] = nil
          return .map(unnamed)
        })
    return .map(members)
  }

  /// The form that all spellings of a statement share.
  private static func form(_ statement: Value) -> Value {
    Shape.policy.normalised(["Version": "2012-10-17", "Statement": [statement]])
  }
}

extension Value {
  fileprivate var statements: [Value] { self["Statement"].map { $0.list ?? [$0] } ?? [] }
}
