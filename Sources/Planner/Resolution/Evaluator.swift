/// What is wrong with an expression when it is evaluated.
struct ExpressionProblem: Error, Hashable {
  var summary: String
  var detail: String
  var fix: String?
  /// The words at fault, as they are written in the template: `queues.build-job.arn`.
  var words: String
  /// Follows from a mistake that is reported already.
  var isEcho = false

  init(_ summary: String, _ detail: String, words: String = "", fix: String? = nil) {
    self.summary = summary
    self.detail = detail
    self.fix = fix
    self.words = words
  }
}

/// Evaluates templates. What its lookup does not know yet stays an expression, in which everything known is
/// replaced by its value.
struct Evaluator {
  /// The value of a dotted path; nil when it will be known only later.
  var lookup: ([String]) throws(ExpressionProblem) -> Value?
  /// The text of a file; nil where files can't be read any more, as when a saved plan is applied.
  var file: ((String) throws(ExpressionProblem) -> String)?

  /// A text that an expression makes may have this many bytes: four times what any service takes for one value.
  /// `replace` in `replace` doubles and doubles again.
  static let textLimit = 4 << 20

  /// - Throws: for a text of more bytes than ``textLimit``. Asked before the text is made.
  static func check(_ count: Int, madeBy words: String) throws(ExpressionProblem) {
    guard count > textLimit else { return }
    throw ExpressionProblem(
      "Text too long",
      "\(words.shortened) makes a text of \(ByteCount(count)), and \(ByteCount(textLimit)) is the most that an "
        + "expression may make.",
      words: words, fix: "No service takes as much in one value: make the text shorter.")
  }

  /// The value of a template; a pending one when a part of it is not known yet.
  func value(of template: Template) throws(ExpressionProblem) -> Value {
    if let whole = template.whole {
      switch try result(of: whole) {
      case .known(let value): return value
      case .open(let expression): return .pending(Template([.expression(expression)]))
      }
    }
    var parts: [Template.Part] = []
    var isOpen = false
    for part in template.parts {
      guard case .expression(let expression) = part else {
        parts.append(part)
        continue
      }
      switch try result(of: expression) {
      case .known(let value): parts.append(.text(try text(of: value, from: expression)))
      case .open(let rest):
        parts.append(.expression(rest))
        isOpen = true
      }
    }
    if isOpen { return .pending(Template(parts)) }
    let texts = parts.map { if case .text(let text) = $0 { text } else { "" } }
    try Self.check(texts.reduce(0) { $0 + $1.utf8.count }, madeBy: "The text")
    return .string(texts.joined())
  }

  private enum Result {
    case known(Value)
    case open(Template.Expression)
  }

  private func result(of expression: Template.Expression) throws(ExpressionProblem) -> Result {
    switch expression {
    case .literal(let value): return .known(value)
    case .reference(let path):
      guard let value = try lookup(path) else { return .open(expression) }
      if value.isPending { return .open(expression) }
      return .known(value)
    case .call(let name, let arguments): return try call(name, arguments)
    }
  }

  private func call(
    _ name: String, _ arguments: [Template.Expression]
  ) throws(ExpressionProblem) -> Result {
    let function = try Function.named(name, arguments: arguments.count)
    var values: [Value] = []
    var rest: [Template.Expression] = []
    var isOpen = false
    for argument in arguments {
      switch try name == "default" ? resultOrNull(of: argument) : result(of: argument) {
      case .known(let value):
        values.append(value)
        rest.append(.spelling(value))
      case .open(let expression):
        rest.append(expression)
        isOpen = true
      }
    }
    if isOpen {
      guard !function.needsFiles else {
        throw ExpressionProblem(
          "Known too late", "\(name) needs a file name that is known before apply.", words: name)
      }
      return .open(.call(name, rest))
    }
    let value = try function.apply(values, file)
    if let text = value.string { try Self.check(text.utf8.count, madeBy: name) }
    return .known(value)
  }

  /// `default` is for environment variables that are not set.
  private func resultOrNull(of expression: Template.Expression) throws(ExpressionProblem) -> Result {
    guard case .reference(let path) = expression, path.first == "env", path.count > 1 else {
      return try result(of: expression)
    }
    return .known(((try? lookup(path)) ?? nil) ?? .null)
  }

  private func text(
    of value: Value, from expression: Template.Expression
  ) throws(ExpressionProblem) -> String {
    if let text = value.scalarText { return text }
    let words = expression.source
    switch value {
    case .null:
      throw ExpressionProblem(
        "No text", "${\(words)} is null, which can't stand inside of a text.", words: words)
    default:
      throw ExpressionProblem(
        "No text", "${\(words)} is \(value.describedShape), which can't stand inside of a text.",
        words: words,
        fix: "Use join(\",\", \(words)) or json(\(words)).")
    }
  }
}
