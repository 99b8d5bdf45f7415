import Planner

/// Reads a command line by its declarations: one dash or two, `--name=value` or `--name value`, options
/// before or behind arguments.
struct CommandLineParser {
  private var words: ArraySlice<String>
  private var command: CommandDeclaration?
  private var arguments: [String] = []
  private var values: [OptionName: [String]] = [:]
  private var notes: [Diagnostic] = []
  /// What follows `--`, for commands that run a program.
  private var program: [String] = []

  /// Understands the words behind the program's name.
  static func parse(_ arguments: [String]) throws(Diagnostic) -> ParsedCommand {
    var parser = CommandLineParser(words: arguments[...])
    return try parser.parsed()
  }

  private init(words: ArraySlice<String>) { self.words = words }

  private mutating func parsed() throws(Diagnostic) -> ParsedCommand {
    var isLiteral = false
    while let word = words.popFirst() {
      if word == "--", !isLiteral {
        if command?.program != nil {
          program = Array(words)
          words = []
        }
        isLiteral = true
      } else if !isLiteral, word.hasPrefix("-"), word != "-" {
        try option(word)
      } else if command == nil, !isLiteral {
        command = try declaration(of: word)
      } else {
        arguments.append(word)
      }
    }
    return try finished()
  }

  private mutating func declaration(of word: String) throws(Diagnostic) -> CommandDeclaration {
    if let name = CommandName(rawValue: word) { return CommandTable[name] }
    if let pointer = TerraformWords.commands[word] {
      throw Diagnostic("No such command", "Stackform has no command \"\(word)\".", fix: pointer)
    }
    throw Diagnostic(
      "Unknown command", "Stackform has no command \"\(Self.withoutValue(word))\".",
      fix: suggestion(for: word, among: CommandName.allCases.map(\.rawValue)).map {
        "Did you mean \"\($0)\"?"
      }
        ?? "`stackform help` lists the commands.")
  }

  private mutating func option(_ word: String) throws(Diagnostic) {
    let body = word.drop { $0 == "-" }
    let name = String(body.prefix { $0 != "=" })
    let attached = body.firstIndex(of: "=").map { String(body[body.index(after: $0)...]) }
    guard let declaration = OptionLookup.declaration(of: name, isSingleDash: !word.hasPrefix("--")) else {
      try foreignOption(name, attached: attached, word: word)
      return
    }
    if let command, !isTaken(declaration.name, by: command) { throw misplaced(declaration, command) }
    values[declaration.name, default: []].append(try value(of: declaration, attached: attached))
  }

  private mutating func value(
    of declaration: OptionDeclaration, attached: String?
  ) throws(Diagnostic) -> String {
    guard declaration.takesValue else { return try flagValue(of: declaration, attached: attached) }
    let isNegativeNumber = words.first.map { Int($0) != nil } ?? false
    let next = words.first.flatMap { $0.hasPrefix("-") && !isNegativeNumber && $0 != "-" ? nil : $0 }
    guard let value = attached ?? next else {
      throw Diagnostic(
        "Missing value", "--\(declaration.name.rawValue) needs a value.",
        fix: "Write --\(declaration.name.rawValue) \(declaration.valueName).")
    }
    if attached == nil { words.removeFirst() }
    if command == nil, CommandTable.hasVariants(of: declaration.name) { return value }
    try check(value, of: command?.declaration(of: declaration.name) ?? declaration)
    return value
  }

  private func check(_ value: String, of declaration: OptionDeclaration) throws(Diagnostic) {
    guard let expectation = OptionLookup.unmetExpectation(of: value, declaration.form) else { return }
    if declaration.form == .assignment {
      // What was given may be a secret, or end in one.
      throw Diagnostic(
        "Invalid value",
        "--\(declaration.name.rawValue) takes \(expectation.what), and this is something else.",
        fix: expectation.fix)
    }
    throw Diagnostic(
      "Invalid value",
      "--\(declaration.name.rawValue) takes \(expectation.what), not \"\(TerminalText.printable(value))\".",
      fix: expectation.fix)
  }

  private func flagValue(of declaration: OptionDeclaration, attached: String?) throws(Diagnostic) -> String {
    switch attached?.lowercased() {
    case nil, "true", "1": return "true"
    case "false", "0": return "false"
    default:
      throw Diagnostic(
        "Invalid value", "--\(declaration.name.rawValue) takes no value but true or false.",
        fix: "Write --\(declaration.name.rawValue) alone.")
    }
  }

  private mutating func foreignOption(
    _ name: String, attached: String?, word: String
  ) throws(Diagnostic) {
    if let reason = TerraformWords.ignoredOptions[name] {
      notes.append(Diagnostic(.warning, "Option without effect", "--\(name) does nothing here. \(reason)"))
      return
    }
    if let pointer = TerraformWords.refusedOptions[name] {
      throw Diagnostic("No such option", "Stackform has no option --\(name).", fix: pointer)
    }
    let known = (command?.options ?? OptionName.allCases).map(\.rawValue)
    throw Diagnostic(
      "Unknown option",
      "\(command.map { "stackform \($0.name.rawValue)" } ?? "stackform") has no option \"\(Self.withoutValue(word))\".",
      fix: suggestion(for: name, among: known).map { "Did you mean \"--\($0)\"?" }
        ?? "`stackform help\(command.map { " \($0.name.rawValue)" } ?? "")` lists the options.")
  }

  /// A word of the command line for a message. What stands behind its name may be a variable's value, and so a
  /// secret: `--vra=password=x`, `--var:password=x`, `password=x`.
  private static func withoutValue(_ word: String) -> String {
    let signs = word.hasPrefix("-") ? "=:" : "="
    guard let end = word.firstIndex(where: { signs.contains($0) }) else {
      return TerminalText.printable(word)
    }
    return TerminalText.printable(String(word[..<end])) + "=…"
  }

  private func isTaken(_ option: OptionName, by command: CommandDeclaration) -> Bool {
    command.options.contains(option)
  }

  private func misplaced(_ option: OptionDeclaration, _ command: CommandDeclaration) -> Diagnostic {
    let takers = CommandTable.all.filter { isTaken(option.name, by: $0) }.map(\.name.rawValue)
    return Diagnostic(
      "Option of another command",
      "stackform \(command.name.rawValue) does not take --\(option.name.rawValue).",
      fix: takers.isEmpty
        ? "Write stackform --\(option.name.rawValue)." : "It belongs to \(takers.joined(separator: ", ")).")
  }

  private func finished() throws(Diagnostic) -> ParsedCommand {
    guard let command else {
      let wantsVersion = values[.version] != nil || (values[.verbose] != nil && !values.keys.contains(.help))
      // `stackform --help` asks for the overview, not for the page of `help`.
      let values = values.filter { $0.key != .help }
      var parsed = ParsedCommand(wantsVersion ? .version : .help, values: values)
      parsed.notes = notes
      return parsed
    }
    for option in OptionName.allCases where values[option] != nil && !isTaken(option, by: command) {
      if let declaration = OptionTable.all[option] { throw misplaced(declaration, command) }
    }
    // An option before the command was only checked against the options of all commands.
    let narrowed = Set(command.choices.keys).union(values.keys.filter(CommandTable.hasVariants))
    for option in narrowed.sorted(by: { $0.rawValue < $1.rawValue }) {
      guard let declaration = command.declaration(of: option) else { continue }
      for value in values[option] ?? [] { try check(value, of: declaration) }
    }
    var parsed = ParsedCommand(command.name, arguments: arguments, values: values)
    parsed.notes = notes
    parsed.program = program
    if !parsed.wantsHelp { try checkArguments(of: command) }
    return parsed
  }

  private func checkArguments(of command: CommandDeclaration) throws(Diagnostic) {
    if arguments.count > command.arguments.count, command.arguments.last?.isRepeated != true {
      let extra = Self.withoutValue(arguments[command.arguments.count])
      throw Diagnostic(
        "Unexpected argument", "stackform \(command.name.rawValue) has no use for \"\(extra)\".",
        fix: extra.hasSuffix("=…")
          ? "Variables are given as --var NAME=VALUE." : CommandLineHelp.usage(of: command))
    }
    for (position, argument) in command.arguments.enumerated()
    where argument.isRequired && position >= arguments.count {
      throw Diagnostic(
        "Missing argument",
        "stackform \(command.name.rawValue) needs \(argument.name): \(argument.summary)",
        fix: CommandLineHelp.usage(of: command))
    }
    if let declared = command.program, declared.isRequired, program.isEmpty {
      throw Diagnostic(
        "Missing argument",
        "stackform \(command.name.rawValue) needs \(declared.name) behind --: \(declared.summary)",
        fix: CommandLineHelp.usage(of: command))
    }
  }
}

/// Finds declarations by what was typed, and says what a value fails of.
enum OptionLookup {
  /// The option of that name; nil for an unknown one.
  static func declaration(of name: String, isSingleDash: Bool) -> OptionDeclaration? {
    if let option = OptionName(rawValue: name) { return OptionTable.all[option] }
    return OptionTable.all.values.first { declaration in
      declaration.aliases.contains(name)
        || (isSingleDash && declaration.short.map { String($0) == name } ?? false)
    }
  }

  /// What the form expects that the value is not; nil when it fits.
  static func unmetExpectation(
    of value: String, _ form: OptionDeclaration.Form
  ) -> (what: String, fix: String?)? {
    switch form {
    case .flag, .switchedOn: return nil
    case .text, .file, .folder: return value.isEmpty ? ("a value", nil) : nil
    case .integer(let range):
      if let number = Int(value), range.contains(number) { return nil }
      return ("a whole number from \(range.lowerBound) to \(range.upperBound)", nil)
    case .duration:
      return Duration(commandLine: value) == nil ? ("a time", "Write it as 30s, 5m or 1h.") : nil
    case .choice(let words):
      if words.contains(value) { return nil }
      let meant = suggestion(for: value, among: words)
      return ("one of \(words.joined(separator: ", "))", meant.map { "Did you mean \"\($0)\"?" })
    case .assignment:
      let name = value.prefix { $0 != "=" }
      return name.isEmpty || name.count == value.count ? ("NAME=VALUE", "Write --var name=value.") : nil
    }
  }
}
