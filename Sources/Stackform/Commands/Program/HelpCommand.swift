import Planner

/// `stackform help [COMMAND]` and `stackform COMMAND --help`
enum HelpCommand {
  /// Writes the help of the program, or of one command.
  static func run(_ command: ParsedCommand, _ terminal: Terminal) throws(Diagnostic) -> ExitCode {
    let help = CommandLineHelp(style: terminal.style, width: terminal.textWidth)
    guard command.name == .help else {
      terminal.write(help.page(for: CommandTable[command.name]))
      return .success
    }
    guard let subject = command.subject else {
      terminal.write(command.wantsHelp ? help.page(for: CommandTable[.help]) : help.overview)
      return .success
    }
    // An unknown word gets the same answer as if it had been run.
    let name = try CommandLineParser.parse([subject, "--help"]).name
    terminal.write(help.page(for: CommandTable[name]))
    return .success
  }
}
