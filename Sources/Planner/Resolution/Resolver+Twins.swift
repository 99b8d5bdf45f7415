extension Resolver {
  /// Two entries that agree in all that tells them apart would be one resource: what is taken out of one goes with the other.
  mutating func refuseTwins() {
    var seen: [String: [[Value]: Address]] = [:]
    for resource in stack.resources {
      guard let schema = scope.registry[resource.section]?.schema,
        let contents = schema.contents(resource.properties)
      else { continue }
      if let first = seen[schema.section]?[contents] {
        diagnostics.add(.twin(resource.address, of: first, schema, at: stack.place(of: resource.address)))
      } else {
        seen[schema.section, default: [:]][contents] = resource.address
      }
    }
  }
}

extension Diagnostic {
  fileprivate static func twin(
    _ address: Address, of first: Address, _ schema: Schema, at span: SourceSpan?
  ) -> Diagnostic {
    Diagnostic(
      "Two entries, one resource",
      "\(first) has the same \(schema.uniqueWords), and there can be only one of these.",
      at: span, address: address, fix: "Take one of them out.")
  }
}

extension Schema {
  /// The values of ``uniqueBy``, comparable; nil where one is missing, or names do the telling.
  func contents(_ properties: [String: Value]) -> [Value]? {
    let values = uniqueBy.compactMap { name in
      properties[name].flatMap { property(name)?.shape.normalised($0) }
    }
    return uniqueBy.isEmpty || values.count < uniqueBy.count ? nil : values
  }

  /// What tells its resources apart, in words: `topic, protocol and endpoint`.
  var uniqueWords: String {
    [uniqueBy.dropLast().joined(separator: ", "), uniqueBy.last ?? ""].filter { !$0.isEmpty }
      .joined(separator: " and ")
  }
}
