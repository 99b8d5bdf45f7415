extension Value {
  /// What the value is, for a message.
  var describedShape: String {
    switch self {
    case .null: "nothing"
    case .boolean(let flag): flag ? "true" : "false"
    case .integer(let number): "the number \(number)"
    case .number(let number): "the number \(number)"
    case .string(let text): "the text \"\(text.shortened)\""
    case .list: "a list"
    case .map: "a mapping"
    case .pending: "known only after apply"
    }
  }
}

extension String {
  /// At most sixty characters on one line, for a message.
  package var shortened: String {
    let line = split(separator: "\n", omittingEmptySubsequences: false).first.map(String.init) ?? ""
    return line.count > 60 ? line.prefix(57) + "..." : line == self ? line : line + "..."
  }
}
