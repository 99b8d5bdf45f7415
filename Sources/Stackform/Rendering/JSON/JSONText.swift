import Planner

extension Value {
  /// JSON for people: two spaces a depth, members sorted by name.
  var prettyJSON: String {
    var lines: [String] = []
    write(into: &lines, lead: "", indent: "", end: "")
    return lines.joined(separator: "\n") + "\n"
  }

  private func write(into lines: inout [String], lead: String, indent: String, end: String) {
    switch self {
    case .list(let items) where !items.isEmpty:
      lines.append("\(indent)\(lead)[")
      for (index, item) in items.enumerated() {
        item.write(into: &lines, lead: "", indent: indent + "  ", end: index == items.count - 1 ? "" : ",")
      }
      lines.append("\(indent)]\(end)")
    case .map(let entries) where !entries.isEmpty:
      lines.append("\(indent)\(lead){")
      for (index, (key, value)) in entries.sorted(by: { $0.key < $1.key }).enumerated() {
        value.write(
          into: &lines, lead: "\(Value.string(key).json): ", indent: indent + "  ",
          end: index == entries.count - 1 ? "" : ",")
      }
      lines.append("\(indent)}\(end)")
    case .null, .boolean, .integer, .number, .string, .list, .map, .pending:
      lines.append("\(indent)\(lead)\(json)\(end)")
    }
  }
}
