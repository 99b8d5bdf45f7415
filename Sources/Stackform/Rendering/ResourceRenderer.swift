import Planner

/// A live resource as text, for `show`.
struct ResourceRenderer: Sendable {
  let style: TerminalStyle

  init(style: TerminalStyle) { self.style = style }

  /// `secrets` are the paths of properties that are not shown, as `environment.PASSWORD`.
  func render(_ live: LiveResource, at address: Address, secrets: Set<String>) -> String {
    let text = DifferenceText(style: style, text: ValueText(limit: nil))
    var rows: [String: Value] = live.attributes.merging(live.properties) { _, property in property }
    rows["id"] = .string(live.id)
    let width = DifferenceText.nameWidth(Array(rows.keys))
    let lines = rows.sorted { $0.key < $1.key }.flatMap { name, value in
      text.plainLines(name: name, width: width, value: value.masking(secrets, under: name), indent: 4)
    }
    return style("# \(address)", .bold) + "\n\(address) {\n" + lines.joined(separator: "\n") + "\n}\n"
  }
}

extension Value {
  /// The tree with a mark in the place of every secret.
  func masking(_ secrets: Set<String>, under path: String) -> Value {
    if secrets.contains(path) { return .string(ValueText.secret) }
    guard !secrets.isEmpty else { return self }
    switch self {
    case .map(let entries):
      return .map(
        Dictionary(uniqueKeysWithValues: entries.map { ($0, $1.masking(secrets, under: "\(path).\($0)")) }))
    case .list(let items):
      return .list(items.enumerated().map { $1.masking(secrets, under: "\(path).\($0)") })
    case .null, .boolean, .integer, .number, .string, .pending: return self
    }
  }
}
