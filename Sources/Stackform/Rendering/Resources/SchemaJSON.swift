import Planner

/// A kind's schema as JSON, for `explain --json`.
enum SchemaJSON {
  /// A kind in a list of kinds.
  static func summary(_ schema: Schema) -> Value {
    [
      "section": .string(schema.section), "kind": .string(schema.kind), "title": .string(schema.title),
      "summary": .string(schema.summary),
    ]
  }

  /// All of a kind: properties, attributes, relations, example.
  static func page(_ schema: Schema) -> Value {
    var members = summary(schema).map ?? [:]
    members["holds_data"] = .boolean(schema.holdsData)
    if schema.isRevised { members["revised"] = true }
    members["properties"] = .list(schema.properties.filter { !$0.isDerived }.map(property))
    members["attributes"] = .list(
      schema.attributes.map { attribute in
        var members: [String: Value] = [
          "name": .string(attribute.name), "summary": .string(attribute.summary),
          "known_early": .boolean(attribute.isKnownEarly),
        ]
        if attribute.isSecret { members["secret"] = true }
        return .map(members)
      })
    members["relations"] = rules(schema.relations, of: schema)
    members["example"] = .string(schema.example)
    return .map(members)
  }

  /// One property of the kind, with what it has to do with others.
  static func property(_ property: Property, at path: [String], of schema: Schema) -> Value {
    var members = self.property(property).map ?? [:]
    members["relations"] = rules(schema.relations.filter { $0.concerns(path) }, of: schema)
    return .map(members)
  }

  private static func rules(_ relations: [Relation], of schema: Schema) -> Value {
    .list(
      relations.map { relation in
        let words = RelationWords(schema: schema, relation: relation)
        return ["place": .string(words.place), "rule": .string(words.sentence)]
      })
  }

  private static func property(_ property: Property) -> Value {
    var members: [String: Value] = [
      "name": .string(property.name), "shape": .string(property.shape.words),
      "summary": .string(property.summary), "required": .boolean(property.isRequired),
      "replaces": .boolean(property.change == .replaces), "secret": .boolean(property.isSecret),
      "schema": JSONSchema.values(of: property),
    ]
    if let value = property.defaultValue { members["default"] = value }
    if !property.shape.members.isEmpty {
      members["members"] = .list(property.shape.members.map(self.property))
    }
    return .map(members)
  }
}
