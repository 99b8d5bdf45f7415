import Planner

/// What is live now, resource by resource. Secret properties are masked.
struct LiveRenderer: Sendable {
  /// A wanted resource and the live one; nil when it does not exist.
  typealias Entry = (resource: Resource, live: LiveResource?)

  let style: TerminalStyle
  let registry: KindRegistry

  /// The live resources with their properties and attributes. Secrets are masked.
  func render(_ entries: [Entry], target: Target) -> String {
    entries.map(text).joined(separator: "\n")
  }

  private func text(_ entry: Entry) -> String {
    let address = style("# \(entry.resource.address)", .bold)
    guard let live = entry.live else { return "\(address) \(style("is not there", .yellow))\n" }
    let values = Self.shown(entry.resource, live, registry[entry.resource.section]?.schema)
    let lines = DifferenceText(style: style, text: ValueText(limit: nil))
    let width = DifferenceText.nameWidth(values.map(\.name))
    let body = values.flatMap { name, value in
      lines.plainLines(name: name, width: width, value: value).map { "    " + $0 }
    }
    return ([address + style(" (\(live.id))", .dim)] + body).joined(separator: "\n") + "\n"
  }

  /// Attributes, then properties, each sorted by name.
  private static func shown(
    _ resource: Resource, _ live: LiveResource, _ schema: Schema?
  ) -> [(name: String, value: Value)] {
    let attributes = live.attributes.filter { !$0.value.isEmpty }.sorted { $0.key < $1.key }
    let properties = live.properties.filter { live.attributes[$0.key] == nil && !$0.value.isEmpty }
      .sorted { $0.key < $1.key }
    return attributes.map { name, value in
      (name, schema?.attribute(name)?.isSecret == true ? "(sensitive value)" : value)
    }
      + properties.map { name, value in
        let isSecret =
          schema?.property(name)?.isSecret == true
          || resource.secretPaths.contains { $0 == name || $0.hasPrefix(name + ".") }
        return (name, isSecret ? "(sensitive value)" : value)
      }
  }

  /// The same for programs.
  func json(_ entries: [Entry]) -> Value {
    let resources = entries.compactMap { entry -> Value? in
      guard let live = entry.live else { return nil }
      let values = Self.shown(entry.resource, live, registry[entry.resource.section]?.schema)
      return [
        "address": .string(entry.resource.address.description), "type": .string(entry.resource.section),
        "name": .string(entry.resource.address.name), "id": .string(live.id),
        "values": .map(Dictionary(values.map { ($0.name, $0.value) }) { first, _ in first }),
      ]
    }
    return ["format_version": "1.0", "values": ["root_module": ["resources": .list(resources)]]]
  }
}
