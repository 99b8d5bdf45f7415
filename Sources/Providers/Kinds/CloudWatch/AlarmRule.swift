/// The rule of a composite alarm, as far as it can be checked without the alarms. Grammar and limits:
/// PutCompositeAlarm in the CloudWatch API reference.
struct AlarmRule {
  private var words: ArraySlice<String>
  private var alarms = 0
  private var elements = 0

  /// What is wrong with a rule; nil when nothing is.
  static func mistake(in text: String) -> String? {
    guard let words = words(of: text) else { return "A quotation mark is not closed." }
    var rule = AlarmRule(words: words[...])
    do throws(Mistake) {
      try rule.expression()
      guard rule.words.isEmpty else {
        throw Mistake("\"\(rule.words[rule.words.startIndex])\" is not expected here.")
      }
    } catch {
      return error.text
    }
    if rule.alarms > 100 { return "A rule names at most 100 alarms, not \(rule.alarms)." }
    if rule.elements > 500 { return "A rule has at most 500 elements, not \(rule.elements)." }
    return nil
  }

  private struct Mistake: Error {
    let text: String
    init(_ text: String) { self.text = text }
  }

  /// Words, quoted names (with their marks), parentheses and commas; nil when a quotation does not end.
  private static func words(of text: String) -> [String]? {
    var words: [String] = []
    var rest = Substring(text)
    while let first = rest.first {
      if first.isWhitespace {
        rest.removeFirst()
      } else if "(),".contains(first) {
        words.append(String(rest.removeFirst()))
      } else if first == "\"" {
        guard let end = rest.dropFirst().firstIndex(of: "\"") else { return nil }
        words.append(String(rest[...end]))
        rest = rest[rest.index(after: end)...]
      } else {
        let word = rest.prefix { !$0.isWhitespace && !"(),\"".contains($0) }
        words.append(String(word))
        rest = rest.dropFirst(word.count)
      }
    }
    return words
  }

  private mutating func expression() throws(Mistake) {
    try term()
    while let word = words.first, word == "AND" || word == "OR" {
      words.removeFirst()
      try term()
    }
  }

  private mutating func term() throws(Mistake) {
    elements += 1
    switch words.popFirst() {
    case "NOT": try term()
    case "(":
      try expression()
      try expect(")")
    case "TRUE", "FALSE": return
    case "ALARM", "OK", "INSUFFICIENT_DATA":
      try expect("(")
      try name()
      try expect(")")
    case "AT_LEAST": try atLeast()
    case nil: throw Mistake("It ends where ALARM(…), OK(…), NOT or a parenthesis is expected.")
    case let word?:
      throw Mistake("\"\(word)\" is not one of ALARM, OK, INSUFFICIENT_DATA, AT_LEAST, TRUE, FALSE, NOT.")
    }
  }

  /// `AT_LEAST(2, ALARM, (one, two, three))`, or of 50%.
  private mutating func atLeast() throws(Mistake) {
    try expect("(")
    let count = words.popFirst() ?? ""
    let isPercent = count.hasSuffix("%")
    guard let number = Int(isPercent ? String(count.dropLast()) : count), number > 0,
      !isPercent || number <= 100
    else { throw Mistake("AT_LEAST begins with a number or a percentage, not \"\(count)\".") }
    try expect(",")
    if words.first == "NOT" { words.removeFirst() }
    let state = words.popFirst() ?? ""
    guard ["ALARM", "OK", "INSUFFICIENT_DATA"].contains(state) else {
      throw Mistake("\"\(state)\" is not a state: ALARM, OK or INSUFFICIENT_DATA.")
    }
    try expect(",")
    try expect("(")
    try name()
    while words.first == "," {
      words.removeFirst()
      try name()
    }
    try expect(")")
    try expect(")")
  }

  private mutating func name() throws(Mistake) {
    let name = words.popFirst() ?? ""
    guard !["", "(", ")", ",", "\"\""].contains(name) else {
      throw Mistake("The name of an alarm is missing.")
    }
    alarms += 1
  }

  private mutating func expect(_ word: String) throws(Mistake) {
    let found = words.popFirst()
    guard found == word else {
      throw Mistake("\"\(word)\" is expected" + (found.map { " before \"\($0)\"." } ?? " at the end."))
    }
  }
}
