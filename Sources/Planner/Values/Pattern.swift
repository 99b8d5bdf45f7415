/// Regular expressions by their text, compiled once a thread of work.
enum Pattern {
  /// The expression; nil when the text is not a valid one.
  static func compiled(_ pattern: String) -> Regex<AnyRegexOutput>? { try? Regex(pattern) }

  /// Whether the whole text matches. For single checks; see ``PatternCache`` for many.
  static func matches(_ text: String, _ pattern: String) -> Bool {
    guard let regex = compiled(pattern) else { return false }
    return (try? regex.wholeMatch(in: text)) != nil
  }
}

/// The expressions of one run: compiling one costs more than matching a name.
final class PatternCache {
  private var compiled: [String: Regex<AnyRegexOutput>] = [:]

  /// Whether the whole text matches. Each pattern is compiled once.
  func matches(_ text: String, _ pattern: String) -> Bool {
    if compiled[pattern] == nil { compiled[pattern] = Pattern.compiled(pattern) }
    guard let regex = compiled[pattern] else { return false }
    return (try? regex.wholeMatch(in: text)) != nil
  }
}
