extension Resolver {
  /// Two entries that agree in all that tells them apart would be one resource: what is taken out of one goes with the other.
  mutating func refuseTwins() {
    var seen: [String: [[Value]: Address]] = [:]
    for resource in stack.resources {
      guard let schema = scope.registry[resource.section]?.schema, !schema.uniqueBy.isEmpty else { continue }
      let values = schema.uniqueBy.compactMap { name in
        resource[name].flatMap { schema.property(name)?.shape.normalised($0) }
      }
      guard values.count == schema.uniqueBy.count else { continue }
      if let first = seen[schema.section]?[values] {
        diagnostics.add(.twin(resource.address, of: first, schema, at: stack.place(of: resource.address)))
      } else {
        seen[schema.section, default: [:]][values] = resource.address
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
  /// What tells its resources apart, in words: `topic, protocol and endpoint`.
  var uniqueWords: String {
    [uniqueBy.dropLast().joined(separator: ", "), uniqueBy.last ?? ""].filter { !$0.isEmpty }
      .joined(separator: " and ")
  }
}
