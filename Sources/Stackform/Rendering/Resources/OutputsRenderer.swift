import Planner

/// Outputs as text and as JSON, in Terraform's shapes.
struct OutputsRenderer: Sendable {
  let style: TerminalStyle

  /// `Changes to Outputs:` and a line for each.
  func changes(_ outputs: [OutputChange], text: ValueText) -> String {
    let text = DifferenceText(style: style, text: text)
    let width = DifferenceText.nameWidth(outputs.map(\.name))
    let lines = outputs.sorted { $0.name < $1.name }.flatMap { output -> [String] in
      if output.isSecret {
        let sign: DifferenceText.Sign =
          output.before == nil ? .add : output.after == nil ? .remove : .change
        return [text.secretLine(name: output.name, width: width, sign: sign, column: 2)]
      }
      return text.lines(
        name: output.name, width: width, before: output.before, after: output.after, column: 2)
    }
    return style("Changes to Outputs:", .bold) + "\n" + lines.joined(separator: "\n")
  }

  /// `name = value` a line, aligned; what `output` writes.
  func list(_ outputs: [Output]) -> String {
    let text = DifferenceText(style: style, text: ValueText(limit: nil))
    let width = DifferenceText.nameWidth(outputs.map(\.name))
    return outputs.sorted { $0.name < $1.name }.map { output in
      if output.isSecret { return TerminalText.padded(output.name, to: width) + " = <sensitive>\n" }
      return text.plainLines(name: output.name, width: width, value: output.value).joined(separator: "\n")
        + "\n"
    }.joined()
  }

  /// The block at the end of an apply; empty without outputs.
  func block(_ outputs: [Output]) -> String {
    outputs.isEmpty ? "" : "\n" + style("Outputs:", .bold) + "\n\n" + list(outputs)
  }

  /// The bare text of one output, for `--raw`; nil for lists and maps, which have none.
  static func raw(_ value: Value) -> String? {
    switch value {
    case .string(let text): text
    case .integer, .number, .boolean: ValueText(limit: nil).scalar(value)
    case .null: ""
    case .list, .map, .pending: nil
    }
  }

  /// `{"apiUrl": {"sensitive": false, "type": "string", "value": "…"}}`; a secret's value is null.
  static func json(_ outputs: [Output]) -> Value {
    .map(
      Dictionary(
        outputs.map { output in
          (
            output.name,
            [
              "sensitive": .boolean(output.isSecret), "type": type(of: output.value),
              "value": output.isSecret ? .null : output.value.withoutPending,
            ] as Value
          )
        }, uniquingKeysWith: { _, last in last }))
  }

  /// The type as Terraform's JSON spells it: `"string"`, `["object", {"a": "number"}]`.
  static func type(of value: Value) -> Value {
    switch value {
    case .string: "string"
    case .boolean: "bool"
    case .integer, .number: "number"
    case .list(let items): ["tuple", .list(items.map(type))]
    case .map(let entries): ["object", .map(entries.mapValues(type))]
    case .null, .pending: "dynamic"
    }
  }
}

extension Value {
  /// The tree with null for everything that is known only after apply.
  var withoutPending: Value { replacingTemplates { (_: Template) -> Value in .null } }
}
