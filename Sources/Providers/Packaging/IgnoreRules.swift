/// Which files of a folder stay out of its zip: `.stackformignore`, written like a `.gitignore`, behind what is always left out.
struct IgnoreRules {
  static let fileName = ".stackformignore"
  /// What no lambda needs, and what differs from machine to machine.
  static let always = [".git/", "__pycache__/", "*.pyc", ".DS_Store", "/" + fileName]

  private struct Rule {
    var segments: [[Character]]
    var isNegated = false
    var isForFolders = false
  }

  private let rules: [Rule]

  /// - Parameter text: the text of the folder's own `.stackformignore`, if it has one.
  init(_ text: String = "") {
    rules = (Self.always + text.split(whereSeparator: \.isNewline).map(String.init)).compactMap(Self.rule)
  }

  /// Whether a file or folder, relative to the zipped folder, stays out. The last rule that fits decides.
  func ignores(_ path: [String], isFolder: Bool) -> Bool {
    let segments = path.map(Array.init)
    let last = rules.last { rule in
      (isFolder || !rule.isForFolders) && Self.matches(rule.segments[...], segments[...])
    }
    return last.map { !$0.isNegated } ?? false
  }

  private static func rule(_ line: String) -> Rule? {
    var pattern = line[...]
    while pattern.last == " " || pattern.last == "\t" { pattern.removeLast() }
    guard !pattern.isEmpty, pattern.first != "#" else { return nil }
    var rule = Rule(segments: [])
    if pattern.first == "!" {
      rule.isNegated = true
      pattern.removeFirst()
    } else if pattern.first == "\\" {
      pattern.removeFirst()
    }
    if pattern.last == "/" {
      rule.isForFolders = true
      pattern.removeLast()
    }
    // A slash before the end ties a pattern to the top of the folder.
    let isAnchored = pattern.contains("/")
    rule.segments = pattern.split(separator: "/").map(Array.init)
    if !isAnchored { rule.segments.insert(["*", "*"], at: 0) }
    return rule.segments.isEmpty ? nil : rule
  }

  private static func matches(_ pattern: ArraySlice<[Character]>, _ path: ArraySlice<[Character]>) -> Bool {
    guard let first = pattern.first else { return path.isEmpty }
    if first == ["*", "*"] {
      if pattern.count == 1 { return !path.isEmpty }
      return (path.startIndex...path.endIndex).contains { matches(pattern.dropFirst(), path[$0...]) }
    }
    guard let segment = path.first, fits(first[...], segment[...]) else { return false }
    return matches(pattern.dropFirst(), path.dropFirst())
  }

  /// One name against one pattern: `*`, `?`, `[a-z]`, `[!a-z]`, `\` before what is meant as it stands.
  private static func fits(_ pattern: ArraySlice<Character>, _ name: ArraySlice<Character>) -> Bool {
    guard let first = pattern.first else { return name.isEmpty }
    switch first {
    case "*":
      return (name.startIndex...name.endIndex).contains { fits(pattern.dropFirst(), name[$0...]) }
    case "?":
      return !name.isEmpty && fits(pattern.dropFirst(), name.dropFirst())
    case "[":
      guard let end = pattern.dropFirst(2).firstIndex(of: "]"), let character = name.first else { break }
      let isMember = contains(pattern[(pattern.startIndex + 1)..<end], character)
      return isMember && fits(pattern[(end + 1)...], name.dropFirst())
    case "\\" where pattern.count > 1:
      return name.first == pattern.dropFirst().first && fits(pattern.dropFirst(2), name.dropFirst())
    default: break
    }
    return name.first == first && fits(pattern.dropFirst(), name.dropFirst())
  }

  private static func contains(_ members: ArraySlice<Character>, _ character: Character) -> Bool {
    var rest = members
    let isNegated = rest.first == "!" || rest.first == "^"
    if isNegated { rest.removeFirst() }
    while let low = rest.popFirst() {
      var high = low
      if rest.first == "-", rest.count > 1 {
        rest.removeFirst()
        high = rest.removeFirst()
      }
      if low <= high, (low...high).contains(character) { return !isNegated }
    }
    return isNegated
  }
}
