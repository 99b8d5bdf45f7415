/// Reads a shell's text character by character, and knows how the shell reads the next one.
struct ShellWalker {
  /// How the shell reads a position.
  enum Quoting: Sendable, Hashable { case none, single, double }

  /// The quoting of each `$(` and each backtick that is open; the last is the innermost.
  private var levels: [Quoting] = [.none]
  /// Which of them a backtick ends.
  private var backticks: [Bool] = [false]
  /// The simple command that each of them is in.
  private(set) var commands = [SimpleCommand()]
  /// A backslash takes the next character as it is.
  private(set) var isEscaped = false
  /// The here-document that is read now.
  private(set) var document: HereDocument?
  /// Those whose operators the line had so far.
  private var announced: [HereDocument] = []
  private var isBehindDollar = false
  /// How many `<` there were right before.
  private var arrows = 0
  private var line = ""

  var quoting: Quoting { levels[levels.count - 1] }

  init(_ text: String = "") { for character in text { feed(character) } }

  mutating func feed(_ character: Character) {
    if document != nil { return feedDocument(character) }
    line.append(character)
    defer { isBehindDollar = character == "$" && !isEscaped && quoting != .single }
    if isEscaped {
      isEscaped = false
      // Between double quotes a backslash stays before what it does not change.
      if quoting == .double, !"\"\\$`".contains(character) { append("\\") }
      append(character)
      return
    }
    if character == "\\", quoting != .single {
      isEscaped = true
      return
    }
    if isBehindDollar, character == "(" { return open(isBacktick: false) }
    if character == "`", quoting != .single { return backtick() }
    noteArrow(character)
    switch (character, quoting) {
    case ("'", .none): levels[levels.count - 1] = .single
    case ("'", .single), ("\"", .double): levels[levels.count - 1] = .none
    case ("\"", .none): levels[levels.count - 1] = .double
    case (")", .none) where levels.count > 1 && !backticks[levels.count - 1]: close()
    case (" ", .none), ("\t", .none): commands[commands.count - 1].endWord()
    case ("\n", .none):
      commands[commands.count - 1] = SimpleCommand()
      beginDocument()
    case (";", .none), ("|", .none), ("&", .none), ("(", .none), (")", .none):
      commands[commands.count - 1] = SimpleCommand()
    default: append(character)
    }
  }

  private mutating func append(_ character: Character) { commands[commands.count - 1].append(character) }

  /// Within double quotes, too, a backtick begins a command, and the next one ends it.
  private mutating func backtick() {
    if backticks[levels.count - 1] { close() } else { open(isBacktick: true) }
  }

  private mutating func open(isBacktick: Bool) {
    levels.append(.none)
    backticks.append(isBacktick)
    commands.append(SimpleCommand())
  }

  private mutating func close() {
    levels.removeLast()
    backticks.removeLast()
    commands.removeLast()
  }
}

// MARK: Here-documents

extension ShellWalker {
  /// Lines that a command reads: from behind `<<WORD` and the end of its line to a line that is the word.
  struct HereDocument {
    fileprivate var word = ""
    /// A part of the word was in quotes: the shell puts nothing into the document.
    fileprivate(set) var isLiteral = false
    /// `<<-`: tabs at a line's beginning count for nothing.
    fileprivate var isIndented = false
    fileprivate var line = ""
    /// A program of its line takes what it reads for code.
    fileprivate(set) var reader: String?
    /// A command that its text has: what stands in there is a word of that.
    fileprivate(set) var hasCommand = false
  }

  /// Two of them announce a document, three a text.
  private mutating func noteArrow(_ character: Character) {
    guard character == "<", quoting == .none else {
      if arrows == 2 { announced.append(HereDocument(isIndented: character == "-")) }
      arrows = 0
      return
    }
    arrows += 1
  }

  /// At the end of a line: reads the first document that it announced.
  private mutating func beginDocument() {
    defer { line = "" }
    guard !announced.isEmpty, levels.count == 1 else { return }
    let words = line.split(separator: "<<", omittingEmptySubsequences: false).dropFirst()
    for (position, rest) in zip(announced.indices, words.filter { !$0.hasPrefix("<") }) {
      let text = rest.drop { $0 == "-" || $0 == " " || $0 == "\t" }
        .prefix { !" \t\n|&;<>()".contains($0) }
      announced[position].isLiteral = text.contains { "'\"\\".contains($0) }
      announced[position].word = text.filter { !"'\"\\".contains($0) }
      announced[position].reader = SimpleCommand.codeReader(ofLine: line)
    }
    document = announced.removeFirst()
  }

  private mutating func feedDocument(_ character: Character) {
    guard character == "\n" else {
      document?.line.append(character)
      if document?.line.hasSuffix("$(") == true || character == "`" { document?.hasCommand = true }
      return
    }
    guard let read = document else { return }
    let text = read.isIndented ? read.line.drop { $0 == "\t" } : read.line[...]
    document?.line = ""
    if text == read.word { document = announced.isEmpty ? nil : announced.removeFirst() }
  }
}
