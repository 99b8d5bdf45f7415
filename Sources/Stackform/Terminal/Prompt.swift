import Planner

/// Asks for approval; only `yes` is one.
struct Prompt: Sendable {
  enum Question: Sendable, Hashable {
    case apply
    case destroy
    /// Breaking the lock of somebody else, described in a sentence.
    case unlock(String)
  }

  enum Answer: Sendable, Hashable {
    case approved
    case declined
    /// ^C while the question stood.
    case interrupted
  }

  let terminal: Terminal

  /// Puts the question and reads one line, from a terminal or whatever else is the input: `echo yes | stackform apply` approves, as with
  /// Terraform. `refusal` is why nothing may be asked, as ``ParsedCommand/inputRefusal`` has it.
  /// - Throws: when there is nobody to ask: an input that is no terminal and at its end.
  func ask(
    _ question: Question, refusal: String? = nil, unless isCancelled: @Sendable () -> Bool
  ) throws(Diagnostic) -> Answer {
    if let refusal { throw Self.nobodyToAsk(question, refusal) }
    terminal.write(text(of: question))
    let line = terminal.readLine(isCancelled)
    if let line, line.drop(while: { $0 == " " }).prefix(while: { $0 != " " && $0 != "\r" }) == "yes" {
      return .approved
    }
    // What follows an approval begins with a line of its own; a refusal is followed by a sentence.
    terminal.writeLine()
    if line == nil, !terminal.canAsk, !isCancelled() {
      throw Self.nobodyToAsk(question, "standard input is no terminal and holds no answer")
    }
    return line == nil && isCancelled() ? .interrupted : .declined
  }

  /// What is said when the answer was no.
  static func cancellation(of question: Question) -> String {
    switch question {
    case .apply: "Apply cancelled."
    case .destroy: "Destroy cancelled."
    case .unlock: "Unlock cancelled."
    }
  }

  private func text(of question: Question) -> String {
    let style = terminal.style
    let (title, lines) =
      switch question {
      case .apply:
        (
          "Do you want to perform these actions?",
          [
            "Stackform will perform the actions described above.",
            "Only 'yes' will be accepted to approve.",
          ]
        )
      case .destroy:
        (
          "Do you really want to destroy all resources?",
          [
            "Stackform will destroy everything shown above.",
            "There is no undo. Only 'yes' will be accepted to confirm.",
          ]
        )
      case .unlock(let holder):
        (
          "Do you really want to break the lock?",
          [holder, "Whoever holds it loses it. Only 'yes' will be accepted to confirm."]
        )
      }
    let body = lines.map { "  \($0)\n" }.joined()
    return "\n\(style(title, .bold))\n\(body)\n  \(style("Enter a value:", .bold)) "
  }

  private static func nobodyToAsk(_ question: Question, _ reason: String) -> Diagnostic {
    let option: String =
      switch question {
      case .apply, .destroy: "--auto-approve"
      case .unlock: "--force"
      }
    return Diagnostic(
      "Nobody to ask for approval", "This needs a 'yes', and \(reason).",
      mend: "Add \(option) to go ahead without the question.")
  }
}
