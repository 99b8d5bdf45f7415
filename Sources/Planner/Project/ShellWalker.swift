/// Reads a shell's text character by character, and knows how the shell reads the next one.
struct ShellWalker {
  /// How the shell reads a position.
  enum Quoting: Sendable, Hashable { case none, single, double }

  /// Text that is read by itself: the whole, and within it what `$(`, `(` or a backtick opens.
  private struct Level {
    enum Opening { case none, substitution, arithmetic, parenthesis, backtick }

    var opening = Opening.none
    var quoting = Quoting.none
    var command = SimpleCommand()
    var isComment = false
    /// A word has begun, be it by a quote with nothing in it.
    var isInWord = false
    /// The documents that the line announced so far.
    var announced: [HereDocument] = []
    /// The line so far, to know who reads what it announces.
    var line = ""
    /// A substitution has nothing in it yet: one more parenthesis makes it arithmetic.
    var isFresh = false
    /// How many parentheses are open within arithmetic.
    var depth = 0
  }

  private var levels = [Level()]
  /// A backslash takes the next character as it is.
  private(set) var isEscaped = false
  /// The here-document that is read now.
  private(set) var document: HereDocument?
  /// Something here-documents are made of was not understood: nobody knows how the shell reads what follows.
  private(set) var isLost = false
  /// The word of a document that is announced here, while it is read.
  private var heading: HereDocument.Heading?
  private var isBehindDollar = false
  /// How many `<` there were right before.
  private var arrows = 0

  var quoting: Quoting { levels[levels.count - 1].quoting }
  /// The simple command of each level; the last is the innermost.
  var commands: [SimpleCommand] { levels.map(\.command) }

  private var level: Level {
    get { levels[levels.count - 1] }
    set { levels[levels.count - 1] = newValue }
  }

  init(_ text: String = "") { for character in text { feed(character) } }

  mutating func feed(_ character: Character) {
    if document != nil { return feedDocument(character) }
    level.line.append(character)
    if level.isComment {
      if character == "\n" { endLine() }
      if character == "`", level.opening == .backtick { close() }
      return
    }
    if isHeading(character) { return }
    defer { isBehindDollar = character == "$" && !isEscaped && quoting != .single }
    if isEscaped {
      isEscaped = false
      // The line goes on: neither of the two is there.
      if character == "\n" {
        level.line.removeLast(2)
        return
      }
      // Between double quotes a backslash stays before what it does not change.
      if quoting == .double, !"\"\\$`".contains(character) { append("\\") }
      return append(character)
    }
    if character == "\\", quoting != .single {
      isEscaped = true
      return
    }
    if isBehindDollar, character == "(" { return open(.substitution) }
    if character == "`", quoting != .single {
      return level.opening == .backtick ? close() : open(.backtick)
    }
    if quoting == .none { readPlain(character) } else { readQuoted(character) }
  }

  private mutating func readQuoted(_ character: Character) {
    switch (character, quoting) {
    case ("'", .single), ("\"", .double): level.quoting = .none
    default: append(character)
    }
  }

  private mutating func readPlain(_ character: Character) {
    let wasFresh = level.isFresh
    level.isFresh = false
    switch character {
    case "'", "\"":
      level.quoting = character == "'" ? .single : .double
      level.isInWord = true
    case "(" where wasFresh && level.opening == .substitution: (level.opening, level.depth) = (.arithmetic, 1)
    case "(" where level.opening == .arithmetic: level.depth += 1
    case ")" where level.opening == .arithmetic && level.depth > 0: level.depth -= 1
    case "(": open(.parenthesis)
    case ")" where levels.count > 1 && level.opening != .backtick: close()
    case "#" where level.opening != .arithmetic && !level.isInWord: level.isComment = true
    case " ", "\t":
      level.command.endWord()
      level.isInWord = false
    case "\n": endLine()
    case ";", "|", "&", ")":
      level.command = SimpleCommand()
      level.isInWord = false
    default: append(character)
    }
  }

  private mutating func append(_ character: Character) {
    level.command.append(character)
    level.isInWord = true
    level.isFresh = false
  }

  private mutating func open(_ opening: Level.Opening) {
    levels.append(Level(opening: opening, isFresh: opening == .substitution))
  }

  private mutating func close() {
    // What is announced in here would begin behind it.
    if !level.announced.isEmpty { isLost = true }
    let inner = levels.removeLast().line
    level.line += inner
  }

  private mutating func endLine() {
    (level.isComment, level.isInWord) = (false, false)
    level.command = SimpleCommand()
    let line = level.line
    level.line = ""
    guard !level.announced.isEmpty else { return }
    for position in level.announced.indices {
      level.announced[position].reader = SimpleCommand.codeReader(ofLine: line)
    }
    document = level.announced.removeFirst()
  }
}

// MARK: Here-documents

extension ShellWalker {
  /// Whether a character is of `<<WORD`. Three of these signs announce a text, and in arithmetic they shift.
  private mutating func isHeading(_ character: Character) -> Bool {
    if heading == nil, arrows == 2, character != "<" {
      heading = HereDocument.Heading(isIndented: character == "-")
      arrows = 0
      if character == "-" { return true }
    }
    if var heading {
      let isTaken = heading.take(character)
      self.heading = heading
      if heading.isDone { announce(heading) }
      if isTaken { return true }
    }
    let isArrow = character == "<" && quoting == .none && !isEscaped && level.opening != .arithmetic
    arrows = isArrow ? arrows + 1 : 0
    return false
  }

  private mutating func announce(_ heading: HereDocument.Heading) {
    self.heading = nil
    guard let document = HereDocument(heading) else {
      isLost = true
      return
    }
    level.announced.append(document)
  }

  private mutating func feedDocument(_ character: Character) {
    guard var read = document else { return }
    let isOver = read.feed(character, isEscaped: isEscaped)
    isEscaped = !isEscaped && character == "\\" && !read.isLiteral
    document = read
    if isOver { document = level.announced.isEmpty ? nil : level.announced.removeFirst() }
  }
}
