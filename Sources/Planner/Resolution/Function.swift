#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A pure function that an expression may call.
package struct Function: Sendable {
  typealias FileText = (String) throws(ExpressionProblem) -> String

  package let name: String
  /// The arguments in words: `separator, items…`.
  package let parameters: String
  package let summary: String
  let arity: ClosedRange<Int>
  let needsFiles: Bool
  let apply: @Sendable ([Value], FileText?) throws(ExpressionProblem) -> Value

  private init(
    _ name: String, _ parameters: String, _ arity: ClosedRange<Int>, _ summary: String,
    _ apply: @escaping @Sendable ([Value]) throws(ExpressionProblem) -> Value
  ) {
    self.name = name
    self.parameters = parameters
    self.arity = arity
    self.summary = summary
    self.needsFiles = false
    self.apply = { values, _ throws(ExpressionProblem) in try apply(values) }
  }

  private init(
    files name: String, _ parameters: String, _ arity: ClosedRange<Int>, _ summary: String,
    _ apply: @escaping @Sendable ([Value], FileText?) throws(ExpressionProblem) -> Value
  ) {
    self.name = name
    self.parameters = parameters
    self.arity = arity
    self.summary = summary
    self.needsFiles = true
    self.apply = apply
  }

  /// Every function, in alphabetical order. The language page is made of this table.
  package static let all: [Function] = [
    Function("base64", "text", 1...1, "The text's UTF-8 bytes in Base64.") {
      values throws(ExpressionProblem) in
      .string(Data(try text(values[0], of: "base64").utf8).base64EncodedString())
    },
    Function(
      "default", "value, fallback", 2...2, "The value, or the fallback when it is null or an unset `env`."
    ) {
      $0[0].isNull ? $0[1] : $0[0]
    },
    Function(files: "file", "path", 1...1, "The text of a file, relative to the stack's folder.") {
      values, files throws(ExpressionProblem) in
      let path = try text(values[0], of: "file")
      guard let files else {
        throw ExpressionProblem("No files", "file(\"\(path)\") can't be read here.", words: "file")
      }
      return .string(try files(path))
    },
    Function(
      "join", "separator, items…", 2...64,
      "The items (or those of one list) as one text, the separator between them."
    ) { values throws(ExpressionProblem) in
      let separator = try text(values[0], of: "join")
      let items = values.count == 2 ? values[1].list ?? [values[1]] : Array(values[1...])
      var texts: [String] = []
      for item in items { texts.append(try text(item, of: "join")) }
      try Evaluator.check(
        texts.reduce(0) { $0 + $1.utf8.count + separator.utf8.count }, madeBy: "join")
      return .string(texts.joined(separator: separator))
    },
    Function("json", "value", 1...1, "The value as a text of JSON.") { .string($0[0].json) },
    Function("length", "value", 1...1, "How many characters, items or members there are.") {
      values throws(ExpressionProblem) in
      switch values[0] {
      case .string(let text): .integer(text.count)
      case .list(let items): .integer(items.count)
      case .map(let members): .integer(members.count)
      case .null, .boolean, .integer, .number, .pending:
        throw misuse("length", "a text, a list or a mapping", values[0])
      }
    },
    Function("lower", "text", 1...1, "The text in small letters.") { values throws(ExpressionProblem) in
      .string(try text(values[0], of: "lower").lowercased())
    },
    Function("parseJson", "text", 1...1, "What a text of JSON spells.") { values throws(ExpressionProblem) in
      let json = try text(values[0], of: "parseJson")
      guard let value = Value(json: json) else { throw misuse("parseJson", "a text of JSON", values[0]) }
      return value
    },
    Function("replace", "text, from, to", 3...3, "The text with every `from` in it replaced by `to`.") {
      values throws(ExpressionProblem) in
      let from = try text(values[1], of: "replace")
      guard !from.isEmpty else { throw misuse("replace", "a text to replace that is not empty", values[1]) }
      let (whole, to) = (try text(values[0], of: "replace"), try text(values[2], of: "replace"))
      let growth = max(0, to.utf8.count - from.utf8.count)
      if whole.utf8.count + growth * (whole.utf8.count / from.utf8.count) > Evaluator.textLimit {
        try Evaluator.check(whole.utf8.count + growth * whole.ranges(of: from).count, madeBy: "replace")
      }
      return .string(whole.replacing(from, with: to))
    },
    Function("split", "separator, text", 2...2, "The pieces of a text between separators, as a list.") {
      values throws(ExpressionProblem) in
      let separator = try text(values[0], of: "split")
      guard !separator.isEmpty else { throw misuse("split", "a separator that is not empty", values[0]) }
      let pieces = try text(values[1], of: "split").split(
        separator: separator, maxSplits: mostPieces, omittingEmptySubsequences: false)
      guard pieces.count <= mostPieces else {
        throw ExpressionProblem(
          "Too many pieces", "split makes more than \(mostPieces) pieces of this text.", words: "split")
      }
      return .list(pieces.map { .string(String($0)) })
    },
    Function("trim", "text", 1...1, "The text without blanks and line ends around it.") {
      values throws(ExpressionProblem) in
      let text = try text(values[0], of: "trim")
      let end = text.lastIndex { !$0.isWhitespace }.map { text.index(after: $0) } ?? text.startIndex
      return .string(String(text[..<end].drop(while: \.isWhitespace)))
    },
    Function("upper", "text", 1...1, "The text in capital letters.") { values throws(ExpressionProblem) in
      .string(try text(values[0], of: "upper").uppercased())
    },
  ]

  private static let mostPieces = 10_000

  private static let byName = Dictionary(all.map { ($0.name, $0) }) { first, _ in first }

  /// The function of that name, when it takes that many arguments.
  static func named(_ name: String, arguments count: Int) throws(ExpressionProblem) -> Function {
    guard let function = byName[name] else {
      let near = suggestion(for: name, among: byName.keys).map { "Did you mean \($0)?" }
      throw ExpressionProblem(
        "Unknown function", "There is no function \(name).", words: name,
        fix: near ?? "There are: \(all.map(\.name).joined(separator: ", ")).")
    }
    guard function.arity.contains(count) else {
      throw ExpressionProblem(
        "Wrong number of arguments", "\(name)(\(function.parameters)) is given \(count).", words: name)
    }
    return function
  }

  private static func text(_ value: Value, of function: String) throws(ExpressionProblem) -> String {
    guard let text = value.scalarText else { throw misuse(function, "a text", value) }
    return text
  }

  private static func misuse(_ function: String, _ wanted: String, _ value: Value) -> ExpressionProblem {
    ExpressionProblem(
      "Wrong argument", "\(function) takes \(wanted), and this is \(value.describedShape).", words: function)
  }
}
