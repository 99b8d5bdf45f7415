/// The page of one kind in the documentation, in Markdown: made of its schema, so that it can't fall behind it.
package enum ReferencePage {
  /// The reference page of one kind, as Markdown.
  package static func markdown(for schema: Schema) -> String {
    var lines = ["# \(schema.section)", "", "\(schema.title). \(schema.summary)", ""]
    lines += facts(schema).map { "- \($0)" }
    lines += ["", "```yaml"] + schema.exampleSection.split(separator: "\n").map(String.init)
    lines += ["```", "", "## Properties", ""]
    lines += table(schema.properties.filter { !$0.isDerived }, isRevised: schema.isRevised)
    lines += rules(of: schema)
    for (path, members) in objects(in: schema.properties.filter { !$0.isDerived }, below: "") {
      lines += ["", "### \(path)", ""] + table(members) + rules(of: schema, in: path)
    }
    lines += [
      "",
      "Besides these every resource takes "
        + UniversalKey.allCases.filter { $0 != .name || schema.naming != nil }.map { "`\($0.rawValue)`" }
        .joined(separator: ", ") + ".",
    ]
    let derived = schema.properties.filter(\.isDerived)
    if !derived.isEmpty {
      lines += ["", "## Set by Stackform", "", "Shown in plans, not to be written.", ""] + table(derived)
    }
    if !schema.attributes.isEmpty { lines += ["", "## Attributes", ""] + attributes(schema) }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func facts(_ schema: Schema) -> [String] {
    var facts: [String] = []
    if let naming = schema.naming {
      facts.append(
        "Physical name: \(naming.rule.words)." + (naming.isUnique ? "" : " It need not be unique."))
      if let suffix = naming.suffix {
        facts.append("The default name ends in `\(suffix.suffix)` when `\(suffix.property)` is true.")
      }
    } else {
      facts.append("Has no physical name.")
    }
    if schema.holdsData {
      facts.append(
        "Holds data: deleting or replacing it needs `--allow-data-loss`, unless the profile is disposable.")
    }
    if schema.isRevised { facts.append(schema.revisionSentence) }
    if !schema.isTaggable { facts.append("Takes no tags.") }
    return facts
  }

  private static func table(_ properties: [Property], isRevised: Bool = false) -> [String] {
    guard !properties.isEmpty else { return ["None."] }
    let head = ["| Property | Is | Default | A change | |", "|---|---|---|---|---|"]
    return head
      + properties.map { property in
        let name = "`\(property.name)`" + (property.isRequired ? " (required)" : "")
        let standard = property.defaultValue.map { "`\($0.json)`" } ?? ""
        var notes = property.summary
        if property.isSecret { notes += " Secret: never shown or stored." }
        if property.isLocal { notes += " Read by Stackform alone." }
        let change =
          property.change == .replaces
          ? (isRevised ? "**revises**" : "**replaces**")
          : property.staysOn
            ? "in place; \(property.wayBack) **replaces**"
            : property.rebuilds ? "**rebuilds** what it is in" : "in place"
        return "| \(name) | \(cell(property.shape.words)) | \(cell(standard)) | \(change) | \(cell(notes)) |"
      }
  }

  /// What the properties of the object at the place have to do with each other.
  private static func rules(of schema: Schema, in place: String = "") -> [String] {
    let words = schema.relations.map { RelationWords(schema: schema, relation: $0, mark: "`") }
      .filter { $0.place == place }
    return words.isEmpty ? [] : ["", "Rules:", ""] + words.map { "- \($0.sentence)" }
  }

  /// The objects inside of properties, each under its path, for tables of their own.
  private static func objects(
    in properties: [Property], below path: String
  ) -> [(path: String, members: [Property])] {
    properties.flatMap { property in
      let path = path.isEmpty ? property.name : "\(path).\(property.name)"
      return property.shape.objects.flatMap { members in [(path, members)] + objects(in: members, below: path)
      }
    }
  }

  private static func attributes(_ schema: Schema) -> [String] {
    ["| `${\(schema.section).NAME.…}` | Known | |", "|---|---|---|"]
      + schema.attributes.map { attribute in
        let known = attribute.isKnownEarly ? "before apply" : "after apply"
        let secret = attribute.isSecret ? " Secret: never shown or stored." : ""
        return "| `\(attribute.name)` | \(known) | \(cell(attribute.summary + secret)) |"
      }
  }

  private static func cell(_ text: String) -> String {
    text.replacing("|", with: "\\|").replacing("\n", with: " ")
  }
}

extension Schema {
  /// What a kind of revisions does with a change.
  package var revisionSentence: String {
    "A change of anything but tags makes a new revision; what uses it moves to that in the same apply, and then "
      + "the old one is retired."
  }

  /// The example below its section's key, whether or not the kind wrote that itself.
  package var exampleSection: String {
    if example.hasPrefix("\(section):") { return example }
    let entries = example.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : "  \($0)" }
    return "\(section):\n" + entries.joined(separator: "\n")
  }
}

extension Shape {
  /// The objects that the shape is made of, not looking inside of these.
  fileprivate var objects: [[Property]] {
    switch self {
    case .object(let members): [members]
    case .list(let item), .set(let item), .map(let item): item.objects
    case .either(let shapes): shapes.flatMap(\.objects)
    case .boolean, .integer, .integerChoice, .number, .string, .choice, .path, .document, .policy: []
    }
  }
}
