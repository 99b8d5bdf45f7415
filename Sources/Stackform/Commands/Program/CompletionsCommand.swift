import Planner

/// `stackform completions SHELL`; and, for what it writes, `stackform completions profiles` and its likes.
enum CompletionsCommand {
  /// Writes the completion script of a shell.
  static func run(_ command: ParsedCommand, _ terminal: Terminal) throws(Diagnostic) -> ExitCode {
    let word = command.subject ?? ""
    if let list = CompletionList(rawValue: word) {
      terminal.write(list.words().map { $0 + "\n" }.joined())
      return .success
    }
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
