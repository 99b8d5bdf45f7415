extension ShapeDecoder {
  /// A scalar in the shape's type, range and words; nil when it is wrong.
  mutating func scalar(_ node: YAMLNode, _ shape: Shape) -> Value? {
    guard case .scalar(let text, _) = node.content, !node.isNull else {
      var fix: String?
      if case .string = shape, node.isNull { fix = "Write \"\" for an empty text." }
      reportShape(node, shape, fix: fix)
      return nil
    }
    switch shape {
    case .boolean: return boolean(text, node, shape)
    case .integer(let range):
      guard let number = integer(text, node, shape) else { return nil }
      if let range, !range.contains(number) {
        report("Out of range", "\(name) is \(shape.words), and not \(number).", at: node)
        return nil
      }
      return .integer(number)
    case .integerChoice(let numbers):
      guard let number = integer(text, node, shape) else { return nil }
      guard numbers.contains(number) else {
        let near = numbers.min { abs($0 - number) < abs($1 - number) }
        report(
          "Not a choice", "\(name) can't be \(number).", at: node,
          fix: "It is \(shape.words)" + (near.map { "; \($0) is the nearest." } ?? "."))
        return nil
      }
      return .integer(number)
    case .number:
      if let number = YAMLScalar.number(text) { return number }
    case .string(let rule): return self.text(text, rule, node)
    case .choice(let words): return choice(text, words, node)
    case .list, .set, .map, .object, .path, .document, .policy, .either: break
    }
    reportShape(node, shape)
    return nil
  }

  private mutating func boolean(_ text: String, _ node: YAMLNode, _ shape: Shape) -> Value? {
    switch YAMLScalar.value(text, isPlain: true) {
    case .boolean(let flag): return .boolean(flag)
    default:
      let meant = ["yes": "true", "on": "true", "no": "false", "off": "false"][text.lowercased()]
      reportShape(node, shape, fix: meant.map { "Write \($0)." })
      return nil
    }
  }

  private mutating func integer(_ text: String, _ node: YAMLNode, _ shape: Shape) -> Int? {
    if let number = YAMLScalar.number(text)?.integer { return number }
    let hasLeadingZero = text.count > 1 && text.hasPrefix("0") && text.allSatisfy(\.isWholeNumber)
    reportShape(node, shape, fix: hasLeadingZero ? "Write it without the leading zero." : nil)
    return nil
  }

  private mutating func choice(_ text: String, _ words: [String], _ node: YAMLNode) -> Value? {
    if words.contains(text) { return .string(text) }
    let near = suggestion(for: text, among: words).map { "Did you mean \($0)?" }
    report(
      "Not a choice", "\(name) can't be \"\(text.shortened)\".", at: node,
      fix: near ?? "It is one of: \(words.joined(separator: ", ")).")
    return nil
  }

  private mutating func text(_ text: String, _ rule: TextRule, _ node: YAMLNode) -> Value? {
    if let problem = scope.problem(of: text, rule) {
      report("Bad text", "\(name) is \(rule.words), and \(problem).", at: node)
      return nil
    }
    return .string(text)
  }

  /// A path that exists, seen from the stack's folder.
  mutating func file(_ node: YAMLNode) -> Value? {
    guard let text = node.text, !node.isNull, !text.isEmpty else {
      reportShape(node, .path)
      return nil
    }
    let path = FilePath.joined(directory, text)
    guard !FilePath.climbs(path) else {
      report(
        "Path leaves the stack", "\(text) is outside of the stack's folder.", at: node,
        fix: "Keep what a stack needs below its folder, and name it relative to the file.")
      return nil
    }
    if let target = scope.files.escape(of: path, from: scope.declaration.directory) {
      report(
        "Link leaves the stack", "\(text) leads over a link to \(target), outside of the stack's folder.",
        at: node, fix: "Copy what it points to into the folder: a link's end may differ on another machine.")
      return nil
    }
    guard scope.files.entry(FilePath.joined(scope.declaration.directory, path)) != nil else {
      report(
        "Missing file", "\(FilePath.joined(scope.declaration.directory, path)) does not exist.", at: node,
        fix: "Paths are relative to the file that names them.")
      return nil
    }
    return .string(path)
  }
}

extension ResolutionScope {
  /// What is wrong with a text by a rule, in words that follow "and"; nil when nothing is.
  func problem(of text: String, _ rule: TextRule) -> String? {
    if let length = rule.length, !length.contains(text.count) {
      return text.isEmpty ? "this is empty" : "\"\(text.shortened)\" has \(text.count) characters"
    }
    if let pattern = rule.pattern, !patterns.matches(text, pattern) {
      return text.isEmpty ? "this is empty" : "\"\(text.shortened)\" is not"
    }
    return nil
  }
}
