/// A shell command with references in it: `scripts/smoke ${outputs.apiUrl} ${release.number}`.
///
/// A reference is never written into the command as text: a value could become shell code. It reads a
/// variable of the command's environment, quoted as its position in the command needs. Where the command hands
/// code to a second shell or language (`sh -c '…'`) no quoting helps, and a reference is refused. What has no dot
/// in its braces is the shell's own, and so is everything else.
package struct CommandTemplate: Sendable, Hashable {
  /// The command as the file has it.
  package let source: String
  private let parts: [Part]

  private enum Part: Sendable, Hashable {
    case text(String)
    case reference(Reference, Quoting)
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

  /// How the shell reads the position of a reference.
  private enum Quoting: Sendable, Hashable { case none, single, double }

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
      case .reference(let reference, .double): "${\(variable(reference))}"
      case .reference(let reference, .none): "\"${\(variable(reference))}\""
      case .reference(let reference, .single): "'\"${\(variable(reference))}\"'"
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
    /// The quoting of each `$(` that is open; the last is the innermost.
    private var quoting: [Quoting] = [.none]
    /// The words so far of the simple command that each of them is in.
    private var commands = [SimpleCommand()]

    init(_ source: String) { rest = source[...] }

    mutating func read() throws(Problem) -> [Part] {
      while let character = rest.first {
        if rest.hasPrefix("${"), try takeReference() { continue }
        step(over: character)
      }
      flush()
      return parts
    }

    private mutating func step(over character: Character) {
      let innermost = quoting[quoting.count - 1]
      commands[commands.count - 1].note(rest, isQuoted: innermost != .none)
      if character == "\\", innermost != .single {
        take(2)
        return
      }
      if rest.hasPrefix("$("), innermost != .single {
        quoting.append(.none)
        commands.append(SimpleCommand())
        take(2)
        return
      }
      switch (character, innermost) {
      case ("'", .none): quoting[quoting.count - 1] = .single
      case ("'", .single), ("\"", .double): quoting[quoting.count - 1] = .none
      case ("\"", .none): quoting[quoting.count - 1] = .double
      case (")", .none) where quoting.count > 1:
        quoting.removeLast()
        commands.removeLast()
      default: break
      }
      take(1)
    }

    private mutating func take(_ count: Int) {
      text += rest.prefix(count)
      rest = rest.dropFirst(count)
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
      if let program = commands.lazy.compactMap(\.readerOfCode).first {
        throw Problem(
          detail: "${\(words)} stands in code that \(program) would run, and the value with it.",
          fix: "Hand it over as an argument, sh -c 'curl \"$1\"' sh ${\(words)}; or let the code read "
            + "the variable: outputs are in STACKFORM_OUTPUT_NAME.")
      }
      commands[commands.count - 1].noteReference()
      flush()
      parts.append(
        .reference(
          try Self.reference(String(words), prefix: words[..<dot], name: words[words.index(after: dot)...]),
          quoting[quoting.count - 1]))
      rest = rest[rest.index(after: end)...]
      return true
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
