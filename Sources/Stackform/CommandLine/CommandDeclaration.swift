/// The commands there are.
enum CommandName: String, Sendable, CaseIterable {
  case validate, plan, apply, destroy, output, show, graph, unlock, lock, ledger, explain, schema,
    completions, version,
    help
  case compare, drift
  case promote, approve, verify
  case history, rollback, hold, undo
  case stacks, forget, move
  case renameStack = "rename-stack"
}

/// One command as it is declared: parsing, help, completions and "did you mean" all read this.
struct CommandDeclaration: Sendable {
  /// A heading of the overview.
  enum Group: String, Sendable, CaseIterable {
    case main = "Main commands"
    case promotion = "Promotion"
    case looking = "Looking"
    case language = "The language"
    case other = "Other"
  }

  let name: CommandName
  let group: Group
  /// A few words for the overview.
  let summary: String
  /// Paragraphs for the command's own help.
  let discussion: String
  let arguments: [ArgumentDeclaration]
  let options: [OptionName]
  /// What one of these options may be here, where that is less than everywhere; the first is the default.
  let choices: [OptionName: [String]]
  /// Options that mean something else here than in other commands.
  let variants: [OptionDeclaration]
  /// What may follow `--`: a program with its arguments, taken as it is. nil where that only ends the options.
  let program: ArgumentDeclaration?
  let examples: [Example]

  /// A line to type, and what it does.
  struct Example: Sendable {
    let line: String
    let summary: String

    init(_ line: String, _ summary: String) {
      self.line = line
      self.summary = summary
    }
  }

  init(
    _ name: CommandName, _ group: Group, _ summary: String, discussion: String = "",
    arguments: [ArgumentDeclaration] = [], options: [OptionName] = [],
    choices: [OptionName: [String]] = [:], variants: [OptionDeclaration] = [],
    program: ArgumentDeclaration? = nil,
    examples: [Example] = []
  ) {
    self.name = name
    self.group = group
    self.summary = summary
    self.discussion = discussion
    self.arguments = arguments
    self.options = options + OptionName.everywhere
    self.choices = choices
    self.variants = variants
    self.program = program
    self.examples = examples
  }
}

/// A word of the line that is not an option, by its position.
struct ArgumentDeclaration: Sendable {
  /// How a shell completes it.
  enum Completion: Sendable, Hashable {
    case file
    case words([String])
    /// What `stackform completions kinds` and its likes write, asked when it is needed.
    case listed(CompletionList)
    /// The same, or a file.
    case listedOrFile(CompletionList)
    case nothing
  }

  /// As help shows it: `STACK`.
  let name: String
  let summary: String
  let isRequired: Bool
  /// It may be several words.
  let isRepeated: Bool
  let completion: Completion

  init(
    _ name: String, _ summary: String, isRequired: Bool = false, completion: Completion = .nothing,
    isRepeated: Bool = false
  ) {
    self.isRepeated = isRepeated
    self.name = name
    self.summary = summary
    self.isRequired = isRequired
    self.completion = completion
  }
}

/// One option as it is declared.
struct OptionDeclaration: Sendable {
  /// What may be given to it.
  enum Form: Sendable, Hashable {
    /// Present or not; `=true` and `=false` are understood.
    case flag
    /// On unless `=false`.
    case switchedOn
    case text
    case integer(ClosedRange<Int>)
    /// Seconds, or a number with `s`, `m` or `h`.
    case duration
    case choice([String])
    /// `NAME=VALUE`.
    case assignment
    case file
    case folder
  }

  let name: OptionName
  let form: Form
  /// As help shows it: `PATH`; empty for flags.
  let valueName: String
  let summary: String
  /// What holds without it, in words for help.
  let defaultText: String?
  let isRepeatable: Bool
  let short: Character?
  let aliases: [String]

  init(
    _ name: OptionName, _ form: Form, value valueName: String = "", default defaultText: String? = nil,
    repeatable: Bool = false, short: Character? = nil, aliases: [String] = [], _ summary: String
  ) {
    self.name = name
    self.form = form
    self.valueName = valueName
    self.summary = summary
    self.defaultText = defaultText
    self.isRepeatable = repeatable
    self.short = short
    self.aliases = aliases
  }

  var takesValue: Bool { form != .flag && form != .switchedOn }

  /// The same option with fewer words to choose from.
  fileprivate func choosing(_ words: [String]) -> OptionDeclaration {
    OptionDeclaration(
      name, .choice(words), value: valueName, default: words.first, repeatable: isRepeatable, short: short,
      aliases: aliases, summary)
  }
}

extension CommandDeclaration {
  /// Its options as they are here.
  var optionDeclarations: [OptionDeclaration] { options.compactMap(declaration) }

  /// One option as it is here.
  func declaration(of option: OptionName) -> OptionDeclaration? {
    let declaration = variants.first { $0.name == option } ?? OptionTable.all[option]
    return declaration.map { declaration in choices[option].map(declaration.choosing) ?? declaration }
  }
}
