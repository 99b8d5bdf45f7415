/// A promotion's changes with three values each: live in the source, live in the target, wanted.
package struct ThreeWayComparison: Sendable, Hashable {
  package var changes: [Change]

  /// One resource that the promotion changes.
  package struct Change: Sendable, Hashable {
    package var change: ResourceChange
    /// It is there in the source.
    package var isInSource: Bool
    package var rows: [Row]
  }

  /// One property, or a member of one, that the promotion changes in the target.
  package struct Row: Sendable, Hashable {
    package var path: [String]
    /// Live in the source; nil where there is nothing.
    package var source: Value?
    /// Live in the target; nil where there is nothing.
    package var before: Value?
    /// Wanted in the target; nil where it is taken out.
    package var after: Value?
    /// None of the three may be shown.
    package var isSecret = false
    package var forcesReplacement = false
  }

  package init(changes: [Change]) { self.changes = changes }

  /// A promotion's changes with the live values of the source, by address. `isSecretInSource` says whether a
  /// property is secret in the source's stack, whatever the target's stack says.
  package init(
    _ plan: Plan, source: [Address: LiveResource], registry: KindRegistry,
    isSecretInSource: (Address, [String]) -> Bool = { _, _ in false }
  ) {
    changes = plan.changes.filter { $0.action != .keep }.map { change in
      let live = source[change.address]
      let schema = registry[change.section]?.schema
      let rows = change.properties.map { property in
        Row(
          path: property.path, source: live.flatMap { Self.value(of: $0, at: property.path, schema: schema) },
          before: property.before, after: property.after,
          isSecret: property.isSecret || isSecretInSource(change.address, property.path),
          forcesReplacement: property.forcesReplacement)
      }
      return Change(change: change, isInSource: live != nil, rows: rows)
    }
  }

  /// What a live resource has at a path; nil for nothing.
  private static func value(of live: LiveResource, at path: [String], schema: Schema?) -> Value? {
    guard let top = path.first else { return nil }
    if top == "name", schema?.property(top) == nil { return live.attributes[top] ?? .string(live.id) }
    guard let value = live.properties[top] else { return nil }
    // As the plan has it, if that is enough; a path into a set is one of its normal form.
    let found =
      value.member(at: path.dropFirst())
      ?? (schema?.property(top)?.shape).flatMap { $0.normalised(value).member(at: path.dropFirst()) }
    return found.flatMap { $0.isNull ? nil : $0.withoutNulls }
  }
}

extension Value {
  fileprivate func member(at path: ArraySlice<String>) -> Value? {
    guard let step = path.first else { return self }
    return (self[step] ?? Int(step).flatMap { self[$0] })?.member(at: path.dropFirst())
  }
}
