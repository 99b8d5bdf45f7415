import Planner

/// Which files of a folder stay out of its zip: `.stackformignore`, written like a `.gitignore`, behind what is always left out.
struct IgnoreRules {
  static let fileName = ".stackformignore"
  /// What no lambda needs, and what differs from machine to machine.
  static let always = [".git/", "__pycache__/", "*.pyc", ".DS_Store", "/" + fileName]

  private struct Rule {
    /// For each part of a path what fits it.
    var segments: [WildcardPattern<[Character]>.Part]
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
      (isFolder || !rule.isForFolders) && WildcardPattern(parts: rule.segments).fits(segments)
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
    }
    if pattern.last == "/" {
      rule.isForFolders = true
      pattern.removeLast()
    }
    // A slash before the end ties a pattern to the top of the folder.
    let isAnchored = pattern.contains("/")
    var segments = pattern.split(separator: "/").map(Array.init)
    if !isAnchored { segments.insert(["*", "*"], at: 0) }
    guard let last = segments.last else { return nil }
    rule.segments = segments.map(Self.segment)
    // At the end it stands for something, elsewhere perhaps for nothing.
    if last == ["*", "*"] { rule.segments.append(.one { _ in true }) }
    return rule
  }

  private static func segment(_ pattern: [Character]) -> WildcardPattern<[Character]>.Part {
    if pattern == ["*", "*"] { return .any }
    let name = WildcardPattern(parts: parts(of: pattern[...]))
    return .one { name.fits($0) }
  }

  /// The parts of a pattern for one name: `*`, `?`, `[a-z]`, `[!a-z]`, `\` before what is meant as it stands.
  private static func parts(of pattern: ArraySlice<Character>) -> [WildcardPattern<Character>.Part] {
    var rest = pattern
    var parts: [WildcardPattern<Character>.Part] = []
    while let first = rest.popFirst() {
      switch first {
      case "*": parts.append(.any)
      case "?": parts.append(.one { _ in true })
      case "[":
        guard let end = rest.dropFirst().firstIndex(of: "]") else { fallthrough }
        let members = rest[..<end]
        parts.append(.one { contains(members, $0) })
        rest = rest[(end + 1)...]
      default:
        let meant = first == "\\" ? rest.popFirst() ?? first : first
        parts.append(.one { $0 == meant })
      }
    }
    return parts
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
