import TestSupport
import Testing

@testable import Planner

/// Random texts with comments, both styles and all kinds of quotes; random changes.
struct `Random edits` {
  @Test(arguments: 0..<400) func `a changed text says the new value, and its other lines are the same`(
    seed: Int
  ) throws {
    var text = RandomYAML(seed: UInt64(seed))
    let yaml = text.document()
    let source = SourceText(name: "stack.yaml", text: yaml)
    let before = try #require(try YAMLParser.parse(source)).plainValue
    let editor = try YAMLEditor(source)
    for _ in 0..<6 {
      let change = text.change(of: before)
      let comment = Comment(rawValue: "seed \(seed): \(change)\n\(yaml)")
      let edited: String
      do {
        if let value = change.value {
          edited = try editor.setting(change.path, to: value, current: before.at(change.path))
        } else {
          edited = try editor.removing(change.path)
        }
      } catch {
        Issue.record("refused: \(error) \(comment.rawValue)")
        continue
      }
      let after = try YAMLParser.parse(SourceText(name: "stack.yaml", text: edited))?.plainValue ?? .null
      #expect(after.withoutEmpties == before.setting(change.path, change.value).withoutEmpties, comment)
      expectUntouched(yaml, edited, change, comment)
    }
  }

  /// Lines that the change has nothing to do with are byte for byte what they were, comments too.
  private func expectUntouched(_ before: String, _ after: String, _ change: RandomChange, _ comment: Comment)
  {
    let old = before.split(separator: "\n", omittingEmptySubsequences: false)
    let new = after.split(separator: "\n", omittingEmptySubsequences: false)
    let head = zip(old, new).prefix { $0 == $1 }.count
    let tail = zip(old.dropFirst(head).reversed(), new.dropFirst(head).reversed()).prefix { $0 == $1 }.count
    let touched = old.count - head - tail
    #expect(touched <= change.span, "\(touched) lines of \(change.span): \(comment.rawValue)\n---\n\(after)")
    // Comments of whole lines never go.
    func comments(_ lines: [Substring]) -> [Substring] {
      lines.filter { $0.drop { $0 == " " }.hasPrefix("#") }
    }
    if change.keepsComments { #expect(comments(old) == comments(new), comment) }
  }
}

struct RandomChange: CustomStringConvertible {
  var path: [String]
  /// nil takes the member out.
  var value: Value?
  /// How many lines may differ at most.
  var span: Int
  var keepsComments: Bool
  var description: String { "\(path.joined(separator: ".")) = \(value?.json ?? "nothing")" }
}

struct RandomYAML {
  private var random: SeededRandom
  private var count = 0

  init(seed: UInt64) { random = SeededRandom(seed: seed) }

  private mutating func chance(_ parts: Int) -> Bool { Int.random(in: 0..<parts, using: &random) == 0 }

  mutating func document() -> String {
    let step = chance(3) ? 4 : 2
    let text = mapping(depth: 0, column: 0, step: step)
    return (chance(4) ? "# top\n" : "") + (chance(5) ? String(text.dropLast()) : text)
  }

  private mutating func mapping(depth: Int, column: Int, step: Int) -> String {
    var text = ""
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let indentation = String(repeating: " ", count: column)
      if chance(4) { text += "\(indentation)# note \(next())\n" }
      if chance(6) { text += "\n" }
      let key = chance(5) ? "\"k \(next())\"" : "k\(next())"
      let comment = chance(3) ? "  # c\(next())" : ""
      if depth < 3, chance(3) {
        text +=
          "\(indentation)\(key):\(comment)\n" + mapping(depth: depth + 1, column: column + step, step: step)
      } else if depth < 3, chance(4) {
        text += "\(indentation)\(key):\(comment)\n" + sequence(column: column + step)
      } else {
        text += "\(indentation)\(key): \(value(depth: depth, column: column + step))\(comment)\n"
      }
    }
    return text
  }

  private mutating func sequence(column: Int) -> String {
    let indentation = String(repeating: " ", count: column)
    return (0..<Int.random(in: 1...3, using: &random)).map { _ in
      "\(indentation)- \(flow(depth: 2))\(chance(3) ? " # i\(next())" : "")\n"
    }.joined()
  }

  private mutating func value(depth: Int, column: Int) -> String { flow(depth: depth) }

  private mutating func flow(depth: Int) -> String {
    switch Int.random(in: 0..<(depth < 3 ? 9 : 6), using: &random) {
    case 0: return String(next())
    case 1: return "plain text \(next())"
    case 2: return "'single ''quoted'' \(next())'"
    case 3: return "\"double \\\"quoted\\\" \(next())\""
    case 4: return ["true", "false", "~", "1.5", "0x1F"].randomElement(using: &random) ?? "~"
    case 5: return "arn:aws:sqs:eu-west-1:111111111111:q\(next())"
    case 6:
      return
        "[\((0..<Int.random(in: 0...3, using: &random)).map { _ in flow(depth: 3) }.joined(separator: ", "))]"
    case 7: return "{}"
    default: return "{ f\(next()): \(flow(depth: depth + 1)), f\(next()): \(flow(depth: 3)) }"
    }
  }

  private mutating func next() -> Int {
    count += 1
    return count
  }

  // MARK: Changes

  mutating func change(of document: Value) -> RandomChange {
    let paths = document.paths
    let path = paths.randomElement(using: &random) ?? []
    let old = document.at(path) ?? .null
    switch Int.random(in: 0..<3, using: &random) {
    case 0:
      // Another scalar; what it takes the place of may be a whole block.
      return RandomChange(
        path: path, value: scalar(), span: old.scalarCount * 3 + 4,
        keepsComments: old.map == nil && old.list == nil)
    case 1:
      let mappings = paths.filter { document.at($0)?.map != nil } + [[]]
      let holder = mappings.randomElement(using: &random) ?? []
      return RandomChange(path: holder + ["new"], value: collection(), span: 2, keepsComments: true)
    default:
      let members = paths.filter { $0.last.map { Int($0) == nil } ?? false }
      let member = members.randomElement(using: &random) ?? ["none"]
      let count = document.at(member)?.scalarCount ?? 0
      return RandomChange(path: member, value: nil, span: count * 6 + 6, keepsComments: false)
    }
  }

  private mutating func scalar() -> Value {
    let texts: [Value] = [
      "word", "two words", "with: colon", "# no comment", "", " blank", "yes", "007", "it's", "a \"b\"", "ü",
      "tab\there",
      "line\nline", "[x", "{", "- a", "a,b", "null", "${x}", "https://a.b/c?d=e",
    ]
    let others: [Value] = [.integer(count), .boolean(true), .number(2.5)]
    return (texts + others).randomElement(using: &random) ?? "word"
  }

  private mutating func collection() -> Value {
    switch Int.random(in: 0..<3, using: &random) {
    case 0: scalar()
    case 1: .list([scalar(), scalar()])
    default: ["x": scalar(), "y": ["z": scalar()]]
    }
  }
}

extension Value {
  fileprivate func at(_ path: [String]) -> Value? {
    path.reduce(self as Value?) { value, name in value?[name] ?? Int(name).flatMap { value?[$0] } }
  }

  /// Every path to a member or an item, sorted.
  fileprivate var paths: [[String]] {
    switch self {
    case .map(let members):
      members.sorted { $0.key < $1.key }.flatMap { name, value in [[name]] + value.paths.map { [name] + $0 } }
    case .list(let items):
      items.enumerated().flatMap { index, value in
        [[String(index)]] + value.paths.map { [String(index)] + $0 }
      }
    default: []
    }
  }

  fileprivate var scalarCount: Int {
    switch self {
    case .map(let members): members.values.reduce(1) { $0 + $1.scalarCount }
    case .list(let items): items.reduce(1) { $0 + $1.scalarCount }
    default: 1
    }
  }

  fileprivate func setting(_ path: [String], _ value: Value?) -> Value {
    guard let first = path.first else { return value?.afterReading ?? .null }
    let rest = Array(path.dropFirst())
    switch self {
    case .list(var items):
      guard let index = Int(first), items.indices.contains(index) else { return self }
      items[index] = items[index].setting(rest, value)
      return .list(items)
    default:
      var members = map ?? [:]
      members[first] = rest.isEmpty && value == nil ? nil : (members[first] ?? .null).setting(rest, value)
      return .map(members)
    }
  }

  /// A literal `${` is written as `$${`.
  private var afterReading: Value {
    switch self {
    case .string(let text): .string(text.replacing("${", with: "$${"))
    case .list(let items): .list(items.map(\.afterReading))
    case .map(let members): .map(members.mapValues(\.afterReading))
    default: self
    }
  }

  /// A mapping that lost its last member is the same as none.
  fileprivate var withoutEmpties: Value {
    switch self {
    case .map(let members):
      members.isEmpty ? .null : .map(members.mapValues(\.withoutEmpties))
    case .list(let items): items.isEmpty ? .null : .list(items.map(\.withoutEmpties))
    default: self
    }
  }
}
