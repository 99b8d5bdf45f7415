import Planner

/// Which statement of a function's policy is meant.
extension PermissionKind {
  /// The one that the record knows; else of those that bear our mark the one that says what is wanted, or any: what a killed
  /// run has left.
  func found(
    _ query: LiveQuery, among statements: [Value], of function: FunctionReference
  ) -> Value? {
    if let known = query.id.flatMap(Place.init(id:)), known.function == function,
      let statement = statements.first(where: { $0["Sid"]?.string == known.statement })
    {
      return statement
    }
    let ours = statements.filter { statement in
      guard let id = statement["Sid"]?.string, Self.isOurs(id, query.owner) else { return false }
      return !query.otherIDs.contains(Place(function, id).id) && Self.isOf(function, statement)
    }
    return ours.first { says($0, query.wanted, of: function) } ?? ours.first
  }

  static func isOurs(_ id: String, _ owner: Owner) -> Bool {
    id == mark(of: owner) || id.hasPrefix(mark(of: owner) + "-") || id == formerStatementID(of: owner)
  }

  /// Whether a statement is of this alias, or of the function alone.
  private static func isOf(_ function: FunctionReference, _ statement: Value) -> Bool {
    guard let resource = statement["Resource"]?.string else { return true }
    return FunctionReference(resource).qualifier == function.qualifier
  }

  /// Whether a statement says what is wanted, as far as that is known before apply.
  private func says(_ statement: Value, _ wanted: Resource?, of function: FunctionReference) -> Bool {
    guard let wanted else { return false }
    let live = properties(statement, of: function)
    return schema.properties.allSatisfy { property in
      let value = wanted[property.name] ?? property.defaultValue ?? .null
      return property.name == "function" || value.isPending
        || property.differences(live: live[property.name], wanted: value).isEmpty
    }
  }
}
