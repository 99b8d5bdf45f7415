import Planner

/// A kind with a property for everything that a relation can be about.
struct RelationSample: ResourceKind {
  let schema: Schema

  init(_ relations: [Relation] = []) {
    schema = Schema(
      section: "things", kind: "thing", title: "A thing", summary: "A thing.", naming: nil, isTaggable: false,
      properties: Self.properties, attributes: [], relations: relations, example: "things: {}")
  }

  func earlyAttributes(of resource: Resource, in target: Target) -> [String: Value] { [:] }

  /// What is wrong with a thing of these properties.
  func problems(of properties: [String: Value], _ references: [Reference] = []) -> [PropertyProblem] {
    allProblems(of: Resource(Address("things", "one"), properties: properties, references: references))
  }

  /// Whether the JSON Schema takes the same. What is pending is written as an expression.
  func isAcceptedByEditor(_ properties: [String: Value]) -> Bool {
    let document = JSONSchema.document(for: KindRegistry([self]))
    let stack: Value = [
      "stack": "shop", "things": ["one": Value.map(properties).replacingTemplates { .string($0.source) }],
    ]
    return SchemaChecker(document: document).accepts(stack, by: document)
  }

  /// An expression whose answer is known after apply.
  static let pending = Value.pending(.reference(to: Address("queues", "jobs"), "arn"))

  private static let properties = [
    Property("kind", .choice(["standard", "fifo"]), default: "standard", "Its kind."),
    Property("scope", .choice(["one", "all"]), default: "one", "Its scope."),
    Property("key", .text, "Its key."),
    Property("managed", .boolean, default: true, "Whether it is managed."),
    Property("size", .integer(0...100), default: 5, "Its size."),
    Property("least", .integer(nil), "Its least."),
    Property("source", .arn, "Where it reads."), Property("labels", .list(.text), "Its labels."),
    Property("secrets", .map(.object([Property("value", .text, secret: true, "The text.")])), "Its secrets."),
    Property("people", .map(.object([Property("name", .text, "A name.")])), "Who may see it."),
    Property(
      "routes",
      .map(
        .object([
          Property("http", .text, "A URL."), Property("lambda", .text, "A lambda."),
          Property("person", .text, "One of people."), Property("type", .choice(["a", "b"]), "A type."),
        ])), "Where it leads."),
    Property(
      "rules",
      .list(
        .object([
          Property("id", .text, "Its id."), Property("days", .integer(nil), "Days."),
          Property(
            "moves",
            .list(.object([Property("days", .integer(nil), "Days."), Property("date", .text, "A date.")])),
            "Moves."),
          Property("priority", .integer(nil), default: 0, "Its priority."),
        ])), "What becomes of it."),
    Property(
      "code",
      .either([.path, .object([Property("zip", .text, "A zip."), Property("image", .text, "An image.")])]),
      "What runs."),
    Property(
      "limits",
      .object([
        Property("mode", .choice(["on", "off"]), default: "off", "Whether."),
        Property("most", .integer(nil), "How many."),
      ]), "Its limits."),
  ]
}
