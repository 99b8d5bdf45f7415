/// A shell command with references in it: `scripts/smoke ${outputs.apiUrl} ${release.number}`.
///
/// A reference is never written into the command as text: a value could become shell code. It reads a
/// variable of the command's environment, quoted as its position in the command needs; in code for a second shell
/// (`sh -c '…'`) that one reads the variable. In code of another language or machine no quoting helps, and a
/// reference is refused. What has no dot
/// in its braces is the shell's own, and so is everything else.
package struct CommandTemplate: Sendable, Hashable {
  /// The command as the file has it.
  package let source: String
  private let parts: [Part]

  /// The command on one line, for tables and titles.
  var line: String {
    source.split(whereSeparator: \.isNewline).map { $0.trimmingPrefix { $0.isWhitespace } }
      .joined(separator: " ")
  }

  private enum Part: Sendable, Hashable {
    case text(String)
    case reference(Reference, Position)
  }

  /// What a reference means.
  package enum Reference: Sendable, Hashable {
    case output(String)
    /// A fact of the release or of a profile, by its words: `release.number`.
    case fact(Fact)
  }

  /// What is known besides the outputs.
  package enum Fact: String, Sendable, CaseIterable {
    case releaseNumber = "release.number"
    case releaseDigest = "release.digest"
    case profileName = "profile.name"
    case profileRegion = "profile.region"
    case profileAccount = "profile.account"
    case profileEndpoint = "profile.endpoint"
    case targetName = "target.name"
  }

  /// How the shell reads the position of a reference; and how a second one does, whose code it stands in.
  private struct Position: Sendable, Hashable {
    var quoting: ShellWalker.Quoting
    var inCode: ShellWalker.Quoting?

    /// What reads the variable of that name there.
    func spelling(_ variable: String) -> String {
      guard let inCode else { return Self.spelling(variable, quoting) }
      let code = Self.spelling(variable, inCode)
      // What the second shell is to read must pass the first one untouched.
      switch quoting {
      case .single, .none: return code.replacing("'", with: #"'\''"#)
      case .double:
        return code.map { "\"\\$`".contains($0) ? "\\\($0)" : String($0) }.joined()
      }
    }

    private static func spelling(_ variable: String, _ quoting: ShellWalker.Quoting) -> String {
      switch quoting {
      case .double: "${\(variable)}"
      case .none: "\"${\(variable)}\""
      case .single: "'\"${\(variable)}\"'"
      }
    }
  }

  /// Why it is not a valid command.
  package struct Problem: Error, Sendable, Hashable {
    package let detail: String
    package let fix: String?
  }

  package init(_ source: String) throws(Problem) {
    self.source = source
    var reader = Reader(source)
    parts = try reader.read()
  }

  /// What it refers to, in order.
  package var references: [Reference] {
    parts.compactMap { if case .reference(let reference, _) = $0 { reference } else { nil } }
  }

  /// What the shell gets; `variable` names the variable of the environment that holds what is referred to.
  package func shellText(_ variable: (Reference) -> String) -> String {
    parts.map { part in
      switch part {
      case .text(let text): text
      case .reference(let reference, let position): position.spelling(variable(reference))
      }
    }.joined()
  }

  /// A word as the shell reads it back whole: in double quotes, in which references are read; anything else
  /// of the shell's is taken as it is.
  static func quotedWord(_ word: String) -> String {
    var text = "\""
    var rest = word[...]
    while let character = rest.first {
      if rest.hasPrefix("${"), let end = rest.firstIndex(of: "}"), rest[..<end].contains(".") {
        text += rest[...end]
        rest = rest[rest.index(after: end)...]
        continue
      }
      if "\"\\$`".contains(character) { text += "\\" }
      text.append(character)
      rest = rest.dropFirst()
    }
    return text + "\""
  }

  // MARK: Reading

  /// Walks a command, knowing where the shell quotes.
  private struct Reader {
    private var rest: Substring
    private var text = ""
    private var parts: [Part] = []
    private var walker = ShellWalker()

    init(_ source: String) { rest = source[...] }

    mutating func read() throws(Problem) -> [Part] {
      while let character = rest.first {
        if !walker.isEscaped, rest.hasPrefix("${"), try takeReference() { continue }
        walker.feed(character)
        text.append(character)
        rest = rest.dropFirst()
      }
      flush()
      return parts
    }

    private mutating func flush() {
      if !text.isEmpty { parts.append(.text(text)) }
      text = ""
    }

    /// Whether what begins here is a reference of ours.
    private mutating func takeReference() throws(Problem) -> Bool {
      guard let end = rest.firstIndex(of: "}") else { return false }
      let words = rest[rest.index(rest.startIndex, offsetBy: 2)..<end]
      guard let dot = words.firstIndex(of: "."), words.allSatisfy({ Self.isPartOfName($0) }) else {
        return false
      }
      let position = try position(of: String(words))
      walker.feed("x")
      flush()
      parts.append(
        .reference(
          try Self.reference(String(words), prefix: words[..<dot], name: words[words.index(after: dot)...]),
          position))
      rest = rest[rest.index(after: end)...]
      return true
    }

    /// - Throws: where the value would become code.
    private func position(of words: String) throws(Problem) -> Position {
      guard !walker.isLost else { throw Self.inDocument(words) }
      if let document = walker.document {
        if let reader = document.reader { throw Self.code(words, of: reader) }
        guard !document.isLiteral, !document.hasCommand else { throw Self.inDocument(words) }
        return Position(quoting: .double)
      }
      let readers = walker.commands.map(\.codeReader)
      guard let program = readers.compactMap(\.self).first else { return Position(quoting: walker.quoting) }
      if case .other(let name) = program { throw Self.code(words, of: name) }
      // All of the code would be the value; or a command within puts its result into code.
      guard walker.quoting != .none, readers.last == .shell, readers.count(where: { $0 != nil }) == 1,
        let command = walker.commands.last
      else { throw Self.code(words, of: "a second shell") }
      let inner = ShellWalker(command.word)
      guard inner.commands.allSatisfy({ $0.codeReader == nil }), !inner.isEscaped, !inner.isLost,
        inner.document == nil
      else {
        throw Self.code(words, of: "a third shell")
      }
      return Position(quoting: walker.quoting, inCode: inner.quoting)
    }

    private static func code(_ words: String, of program: String) -> Problem {
      Problem(
        detail: "${\(words)} stands in code that \(program) would run, and the value with it.",
        fix:
          "Hand it over as an argument, as in sh -c 'curl \"$1\"' sh ${\(words)}; or let the code read the "
          + "variable: outputs are in STACKFORM_OUTPUT_NAME.")
    }

    private static func inDocument(_ words: String) -> Problem {
      Problem(
        detail:
          "${\(words)} stands in a here-document that the shell takes as it is or that has commands, or behind a "
          + "`<<` that is not understood.",
        fix: "Let the document's reader take the variable: outputs are in STACKFORM_OUTPUT_NAME.")
    }

    private static func isPartOfName(_ character: Character) -> Bool {
      character.isLetter || character.isNumber || "._-".contains(character)
    }

    private static func reference(
      _ words: String, prefix: Substring, name: Substring
    ) throws(Problem) -> Reference {
      if prefix == "outputs", !name.isEmpty { return .output(String(name)) }
      if let fact = Fact(rawValue: words) { return .fact(fact) }
      let known = Fact.allCases.map(\.rawValue) + ["outputs.NAME"]
      throw Problem(
        detail: "A gate's command has no ${\(words)} to refer to.",
        fix: suggestion(for: words, among: known).map { "Did you mean ${\($0)}?" }
          ?? "There are: \(known.sorted().map { "${\($0)}" }.joined(separator: ", ")).")
    }
  }
}
