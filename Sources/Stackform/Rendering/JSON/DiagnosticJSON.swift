import Planner

extension Diagnostic {
  /// In the shape of Terraform's `-json` diagnostics: severity, summary, detail, range and snippet.
  var jsonValue: Value {
    var members: [String: Value] = [
      "severity": .string(severity.rawValue), "summary": .string(summary),
      "detail": .string(fix.map { "\(detail)\n\($0)" } ?? detail),
    ]
    if let address { members["address"] = .string(address.description) }
    if let fix { members["fix"] = .string(fix) }
    if let span {
      members["range"] = span.jsonValue
      members["snippet"] = span.jsonSnippet
    }
    return .map(members)
  }
}

extension Diagnostics {
  /// What `validate --json` writes: Terraform's format 1.0.
  var validationJSON: Value {
    let errors = items.count { $0.severity == .error }
    return [
      "format_version": "1.0", "valid": .boolean(errors == 0), "error_count": .integer(errors),
      "warning_count": .integer(items.count - errors),
      "diagnostics": .list(inFileOrder.items.map(\.jsonValue)),
    ]
  }
}

extension SourceSpan {
  fileprivate var jsonValue: Value {
    [
      "filename": .string(source.name),
      "start": ["line": .integer(line), "column": .integer(column), "byte": .integer(byte(line, column))],
      "end": [
        "line": .integer(endLine), "column": .integer(endColumn), "byte": .integer(byte(endLine, endColumn)),
      ],
    ]
  }

  fileprivate var jsonSnippet: Value {
    guard source.shows(line: line) else { return .null }
    // Of a line that no editor shows, what is near the place.
    let whole = source.lines[line - 1]
    let far = whole.utf8.count > 4096 ? max(0, column - 257) : 0
    let code = whole.utf8.count > 4096 ? whole.dropFirst(far).prefix(1024) : whole
    let start = min(max(column - 1 - far, 0), code.count)
    let end = endLine > line ? code.count : min(max(endColumn - 1 - far, start), code.count)
    let before = code.prefix(start).utf8.count
    return [
      "context": .null, "code": .string(String(code)), "start_line": .integer(line),
      "highlight_start_offset": .integer(before),
      "highlight_end_offset": .integer(code.prefix(end).utf8.count), "values": [],
    ]
  }

  /// The offset in bytes of a place in the file.
  private func byte(_ line: Int, _ column: Int) -> Int {
    let before = source.lines.prefix(max(line - 1, 0)).reduce(0) { $0 + $1.utf8.count + 1 }
    guard source.lines.indices.contains(line - 1) else { return before }
    return before + source.lines[line - 1].prefix(max(column - 1, 0)).utf8.count
  }
}
