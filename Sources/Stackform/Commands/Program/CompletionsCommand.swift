import Planner

/// `stackform completions SHELL`
enum CompletionsCommand {
  /// Writes the completion script of a shell.
  static func run(_ command: ParsedCommand, _ terminal: Terminal) throws(Diagnostic) -> ExitCode {
    let word = command.subject ?? ""
    guard let shell = ShellCompletions(rawValue: word) else {
      let names = ShellCompletions.allCases.map(\.rawValue)
      throw Diagnostic(
        "Unknown shell", "There are no completions for \"\(word)\".",
        fix: "There are completions for \(names.joined(separator: ", ")).")
    }
    terminal.write(shell.script)
    return .success
  }
}
