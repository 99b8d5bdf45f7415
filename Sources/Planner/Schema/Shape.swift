/// What a property's value may look like. Validation, coercion, comparison, the JSON Schema and the reference
/// pages all read this.
package indirect enum Shape: Sendable, Hashable {
  case boolean
  /// Whole numbers in a range; nil for any.
  case integer(ClosedRange<Int>?)
  /// Whole numbers out of a list, as a log group's retention.
  case integerChoice([Int])
  case number
  case string(TextRule)
  /// One of a few words, spelt exactly as AWS does.
  case choice([String])
  /// Items whose order matters.
  case list(Shape)
  /// Items whose order does not matter and that occur once.
  case set(Shape)
  /// Free names to values of one shape. A declared map is enforced as a whole: members that the live one has
  /// beyond it are taken out.
  case map(Shape)
  /// Fixed members. Only the declared ones are enforced.
  case object([Property])
  /// A file or folder, relative to the file that names it; decoded to a path relative to the stack's folder. Must exist.
  case path
  /// Any JSON, written as YAML or as a string of JSON; compared by meaning.
  case document
  /// An IAM policy document, written as YAML or JSON; compared as IAM reads it (one or many, order, principals).
  case policy
  /// One of several shapes; the first that fits is taken.
  case either([Shape])

  /// Text without rules.
  package static let text = Shape.string(.any)
  /// An ARN of some service.
  package static let arn = Shape.string(TextRule(pattern: "arn:[^:]+:[^:]*:[^:]*:[^:]*:.+", says: "an ARN"))
}

/// What a text must look like.
package struct TextRule: Sendable, Hashable {
  /// In characters.
  package let length: ClosedRange<Int>?
  /// A regular expression that the whole text must match.
  package let pattern: String?
  /// What the pattern means, for people: `letters, digits, - and _`.
  package let says: String?
  /// What counts of a text that can be spelt at length and in short; nil where all of it does.
  package let core: Core?

  package static let any = TextRule()

  package init(
    length: ClosedRange<Int>? = nil, pattern: String? = nil, says: String? = nil, core: Core? = nil
  ) {
    self.length = length
    self.pattern = pattern
    self.says = says
    self.core = core
  }

  /// Which part of a text counts. Services answer with the one spelling or the other, whatever they were given.
  package enum Core: Sendable, Hashable {
    /// What follows this mark, as the name in `arn:aws:lambda:us-east-1:111111111111:function:worker`.
    case after(String)
    /// What stands between the first of one mark and the other at the end, as the account in `arn:aws:iam::111111111111:root`.
    case between(String, String)

    /// A text without the mark is the part itself.
    func part(of text: String) -> String {
      switch self {
      case .after(let mark):
        return text.ranges(of: mark).last.map { String(text[$0.upperBound...]) } ?? text
      case .between(let mark, let end):
        guard text.hasSuffix(end), let start = text.firstRange(of: mark)?.upperBound,
          start <= text.index(text.endIndex, offsetBy: -end.count)
        else { return text }
        return String(text[start...].dropLast(end.count))
      }
    }
  }
}
