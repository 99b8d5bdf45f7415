/// The code blocks and links of a page.
struct MarkdownPage {
  /// A fenced or indented block.
  struct Block {
    /// What stands behind the fence, as `yaml`; empty for an indented block.
    var language: String
    var line: Int
    var text: String
  }

  private(set) var blocks: [Block] = []
  /// The targets of links, as they are written.
  private(set) var links: [String] = []

  init(_ text: String) {
    var open: Block?
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if line.hasPrefix("```") {
        if let block = open {
          blocks.append(block)
          open = nil
        } else {
          open = Block(language: String(line.dropFirst(3)), line: index + 1, text: "")
        }
      } else if open != nil {
        open?.text += line + "\n"
      } else if line.hasPrefix("    ") {
        blocks.append(Block(language: "", line: index + 1, text: String(line.dropFirst(4)) + "\n"))
      } else {
        links += Self.links(in: line)
      }
    }
  }

  private static func links(in line: Substring) -> [String] {
    line.components(separatedBy: "](").dropFirst().compactMap { rest in
      rest.firstIndex(of: ")").map { String(rest[..<$0]) }
    }
  }

  /// The words of every `stackform …` line, without the program's name and without what a shell does with it.
  var commandLines: [[String]] {
    blocks.filter { ["", "sh"].contains($0.language) }.flatMap { block in
      block.text.split(separator: "\n").compactMap { line in
        ShellLine.stackform(in: line)
      }
    }
  }
}

/// A line as the shell reads it.
enum ShellLine {
  private static let ends: Set = ["|", "||", ">", ">>", "&&", "&", ";", "#"]

  /// The words of a call of stackform, without the program's name and without what the shell does with it;
  /// nil for any other line.
  static func stackform(in line: some StringProtocol) -> [String]? {
    let words = words(of: line)
    guard words.first == "stackform" else { return nil }
    return Array(words.dropFirst().prefix { !ends.contains($0) })
  }

  /// Split at blanks, quotes taken off.
  private static func words(of line: some StringProtocol) -> [String] {
    var words: [String] = []
    var word = ""
    var quote: Character?
    for character in line {
      switch character {
      case quote: quote = nil
      case "\"" where quote == nil, "'" where quote == nil: quote = character
      case " " where quote == nil:
        if !word.isEmpty { words.append(word) }
        word = ""
      default: word.append(character)
      }
    }
    return word.isEmpty ? words : words + [word]
  }
}

extension Substring {
  fileprivate func components(separatedBy separator: String) -> [Substring] {
    split(separator: separator, omittingEmptySubsequences: false)
  }
}
