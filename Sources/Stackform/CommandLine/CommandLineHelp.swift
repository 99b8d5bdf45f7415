/// Help from the declarations: values in, text out.
struct CommandLineHelp: Sendable {
  let style: TerminalStyle
  let width: Int

  init(style: TerminalStyle, width: Int) {
    self.style = style
    self.width = min(max(width, 40), 100)
  }

  /// `Usage: stackform plan [OPTIONS] [STACK]`.
  static func usage(of command: CommandDeclaration) -> String { "Usage: \(usageLine(of: command))" }

  private static func usageLine(of command: CommandDeclaration) -> String {
    let arguments = command.arguments.map {
      $0.isRequired ? $0.name : "[\($0.name)]" + ($0.isRepeated ? "…" : "")
    }
    let program = command.program.map { ["--", $0.name] } ?? []
    return (["stackform", command.name.rawValue, "[OPTIONS]"] + arguments + program).joined(separator: " ")
  }

  /// All commands, and how to go on.
  var overview: String {
    var sections = [
      "Stackform \(style.symbols.dash) infrastructure from one YAML file, with no state file.",
      heading("Usage") + "\n  stackform COMMAND [OPTIONS] [STACK]",
    ]
    for group in CommandDeclaration.Group.allCases {
      let commands = CommandTable.all.filter { $0.group == group }
      sections.append(heading(group.rawValue) + "\n" + table(commands.map { ($0.name.rawValue, $0.summary) }))
    }
    sections.append(
      heading("Environment") + "\n"
        + table([
          (
            "AWS_PROFILE, AWS_REGION\(style.symbols.ellipsis)",
            "Credentials, region and endpoint, as for every AWS tool."
          ),
          ("STACKFORM_VAR_name", "The value of a variable of the stack."),
          ("NO_COLOR", "No colours."),
        ]))
    sections.append("`stackform COMMAND --help` shows more about one.")
    return sections.joined(separator: "\n\n") + "\n"
  }

  /// One command, whole.
  func page(for command: CommandDeclaration) -> String {
    var sections = [
      command.summary + ".",
      heading("Usage") + "\n  " + Self.usageLine(of: command),
    ]
    if !command.discussion.isEmpty {
      sections.insert(TerminalText.wrapped(command.discussion, to: width).joined(separator: "\n"), at: 1)
    }
    let arguments = command.arguments + [command.program].compactMap(\.self)
    if !arguments.isEmpty {
      sections.append(heading("Arguments") + "\n" + table(arguments.map { ($0.name, $0.summary) }))
    }
    let own = command.options.filter { !OptionName.everywhere.contains($0) && !OptionName.place.contains($0) }
    let place = command.options.filter(OptionName.place.contains)
    for (title, names) in [
      ("Options", own), ("Where and with what", place), ("Everywhere", OptionName.everywhere),
    ] where !names.isEmpty {
      sections.append(heading(title) + "\n" + table(names.compactMap(command.declaration).map(row)))
    }
    if !command.examples.isEmpty {
      let lines = command.examples.map { "  \(style($0.line, .cyan))\n      \($0.summary)" }
      sections.append(heading("Examples") + "\n" + lines.joined(separator: "\n"))
    }
    return sections.joined(separator: "\n\n") + "\n"
  }

  private func heading(_ text: String) -> String { style(text + ":", .bold) }

  private func row(_ option: OptionDeclaration) -> (String, String) {
    let short = option.short.map { "-\($0), " } ?? "    "
    let value = option.valueName.isEmpty ? "" : " \(option.valueName)"
    var summary = option.summary
    if case .choice(let words) = option.form {
      summary = "\(summary.dropLast()): \(words.joined(separator: ", "))."
    }
    if let text = option.defaultText { summary += " Default: \(text)." }
    if option.isRepeatable { summary += " May be repeated." }
    if let alias = option.aliases.first(where: { $0 == "yes" }) { summary += " Also --\(alias)." }
    return ("\(short)--\(option.name.rawValue)\(value)", summary)
  }

  /// Two columns; a left cell that is too wide has its own line.
  private func table(_ rows: [(String, String)]) -> String {
    let left = min(rows.map { TerminalText.width(of: $0.0) }.max() ?? 0, 30)
    return rows.map { cell, text in
      let lines = TerminalText.wrapped(text, to: max(20, width - left - 4))
      let indent = String(repeating: " ", count: left + 4)
      let isWide = TerminalText.width(of: cell) > left
      let first =
        isWide
        ? "  \(style(cell, .cyan))\n\(indent)" : "  \(style(TerminalText.padded(cell, to: left), .cyan))  "
      return first + lines.joined(separator: "\n" + indent)
    }.joined(separator: "\n")
  }
}
