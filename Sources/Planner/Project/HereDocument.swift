/// Lines that a command reads: from behind `<<WORD` and the end of its line to a line that is the word.
struct HereDocument {
  /// `<<WORD` and `<<-WORD`, while the word is read.
  struct Heading {
    /// `<<-`: tabs at a line's beginning count for nothing.
    let isIndented: Bool
    private(set) var word = ""
    /// A part of the word was in quotes: the shell puts nothing into the document.
    private(set) var isLiteral = false
    private(set) var isDone = false
    private var quote: Character?
    private var isEscaped = false

    init(isIndented: Bool) { self.isIndented = isIndented }

    /// Whether the character belongs to it.
    mutating func take(_ character: Character) -> Bool {
      if isEscaped {
        isEscaped = false
        word.append(character)
        return true
      }
      if let open = quote {
        if character == open { quote = nil } else { word.append(character) }
        return true
      }
      switch character {
      case "'", "\"": (quote, isLiteral) = (character, true)
      case "\\": (isEscaped, isLiteral) = (true, true)
      case " ", "\t":
        isDone = !word.isEmpty || isLiteral
        return !isDone
      case "\n", "|", "&", ";", "<", ">", "(", ")":
        isDone = true
        return false
      default: word.append(character)
      }
      return true
    }
  }

  let isLiteral: Bool
  /// A program of its line takes what it reads for code.
  var reader: String?
  /// A command that its text has: what stands behind it may be a word of that.
  private(set) var hasCommand = false
  private let word: String
  private let isIndented: Bool
  private var line = ""

  /// nil for a word that only a shell can tell, and for none.
  init?(_ heading: Heading) {
    guard heading.isLiteral || !heading.word.isEmpty, !heading.word.contains(where: { "$`".contains($0) })
    else { return nil }
    (word, isIndented, isLiteral) = (heading.word, heading.isIndented, heading.isLiteral)
  }

  /// Takes a character in. Whether that ends the document.
  mutating func feed(_ character: Character, isEscaped: Bool) -> Bool {
    guard character == "\n", !isEscaped else {
      line.append(character)
      if !isLiteral, !isEscaped, character == "`" || line.hasSuffix("$(") { hasCommand = true }
      return false
    }
    let read = isIndented ? line.drop { $0 == "\t" } : line[...]
    let isOver = read == word
    line = ""
    return isOver
  }
}
