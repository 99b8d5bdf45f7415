import Planner
import Providers

/// A command line, understood: every value fits its declaration.
struct ParsedCommand: Sendable, Hashable {
  var name: CommandName
  /// The words that are not options, in order.
  var arguments: [String] = []
  /// The values of each option in the order given; `true` and `false` for flags.
  var values: [OptionName: [String]] = [:]
  /// The program behind `--`, and its arguments.
  var program: [String] = []
  /// What was accepted and changes nothing.
  var notes: [Diagnostic] = []
  /// `--help` was asked for.
  var wantsHelp: Bool { flag(.help) }

  init(_ name: CommandName, arguments: [String] = [], values: [OptionName: [String]] = [:]) {
    self.name = name
    self.arguments = arguments
    self.values = values
  }

  /// Whether a flag is on: its last mention counts, and without one its declaration.
  func flag(_ option: OptionName) -> Bool {
    values[option]?.last.map { $0 == "true" } ?? (OptionTable.all[option]?.form == .switchedOn)
  }

  /// The last value of an option; nil when it was not given.
  func value(_ option: OptionName) -> String? { values[option]?.last }
  /// Every value of a repeatable option.
  func all(_ option: OptionName) -> [String] { values[option] ?? [] }
}

extension ParsedCommand {
  /// The stack file or folder: the last argument of the commands that take something else first.
  var stackPath: String {
    switch name {
    case .compare: arguments.dropFirst(2).first ?? "."
    case .drift, .forget, .move: arguments.first { FileReader.disk.entry($0) != nil } ?? "."
    case .renameStack: arguments.dropFirst(2).first ?? "."
    case .output, .show, .approve, .verify, .undo, .ledger: arguments.dropFirst().first ?? "."
    default: arguments.first ?? "."
    }
  }

  /// Of words that may be addresses or files: those that name no file or folder.
  var wordsThatAreNoFiles: [String] { arguments.filter { FileReader.disk.entry($0) == nil } }

  /// What `output`, `show`, `explain`, `help` and `completions` are about.
  var subject: String? { arguments.first }

  var targets: [String] { all(.target) }
  var exclusions: [String] { all(.exclude) }
  var replacements: [String] { all(.replace) }
  var isDestroy: Bool { name == .destroy || flag(.destroy) }
  var allowsDataLoss: Bool { flag(.allowDataLoss) }
  /// Addresses and globs of what may be taken over.
  var adoptions: [String] { all(.adopt) }
  /// On a ledger, --force does not answer a question.
  var isApproved: Bool { flag(.autoApprove) || (flag(.force) && name != .ledger) }
  /// Why no question may be asked, as the end of a sentence; nil when one may. JSON and Markdown leave no
  /// place for a question.
  var inputRefusal: String? {
    if !flag(.input) { return "--input=false was given" }
    if isJSON { return "--json leaves no place for a question" }
    return wantsMarkdown ? "--format markdown leaves no place for a question" : nil
  }
  var isJSON: Bool { flag(.json) }
  var isVerbose: Bool { flag(.verbose) }
  var wantsDetailedExitCode: Bool { flag(.detailedExitcode) }
  var planFile: String? { value(.out) }
  var parallelism: Int { value(.parallelism).flatMap { Int($0) } ?? 10 }
  var usesLock: Bool { flag(.lock) }
  var lockTimeout: Duration { value(.lockTimeout).flatMap(Duration.init(commandLine:)) ?? .zero }
  /// The profile asked for; nil when the command line names none.
  var profile: String? { value(.profile) }
  var region: String? { value(.region) }
  var endpoint: String? { value(.endpointURL) }
  var variableFiles: [String] { all(.varFile) }

  /// The variables given on the line, later ones over earlier ones.
  var variables: [String: String] {
    Dictionary(
      all(.var).compactMap { text in
        text.firstIndex(of: "=").map { (String(text[..<$0]), String(text[text.index(after: $0)...])) }
      }, uniquingKeysWith: { _, last in last })
  }

  /// What the plan is asked to hold.
  var planOptions: PlanOptions {
    var options = PlanOptions()
    options.isDestroy = isDestroy
    options.targets = targets
    options.excludes = exclusions
    options.replaces = replacements
    options.adopts = adoptions
    return options
  }

  var wantsMarkdown: Bool { value(.format) == "markdown" }
  /// How long Markdown may be.
  var sizeLimit: Int { value(.maxSize).flatMap { Int($0) } ?? MarkdownReport.usualLimit }

  var graphFormat: GraphFormat { value(.format).flatMap(GraphFormat.init) ?? .tree }
}

extension ParsedCommand {
  /// Whether a run may end in a release, now or by its saved plan.
  var recordsRelease: Bool {
    switch name {
    case .apply, .promote, .rollback, .undo: true
    case .drift: flag(.repair)
    case .plan: planFile != nil
    default: false
    }
  }
}

extension Duration {
  /// Reads `30`, `30s`, `5m`, `1h` or `1m30s`; nil for anything else.
  init?(commandLine text: String) {
    guard !text.isEmpty else { return nil }
    var total = 0.0
    var number = ""
    for character in text {
      if character.isASCII, character.isNumber || character == "." {
        number.append(character)
        continue
      }
      guard let factor = ["s": 1.0, "m": 60, "h": 3600][character], let count = Double(number) else {
        return nil
      }
      total += count * factor
      number = ""
    }
    if !number.isEmpty {
      guard let count = Double(number), total == 0 else { return nil }
      total = count
    }
    guard total < 1_000_000 else { return nil }
    self = .milliseconds(Int(total * 1000))
  }
}
