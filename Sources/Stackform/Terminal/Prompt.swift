import Planner

/// Asks a question on the terminal; only `yes` is an approval.
struct Prompt: Sendable {
  /// What is asked before something is done. Each command that asks has one of its own.
  struct Question: Sendable, Hashable {
    /// `Do you want to perform these actions?`
    var title: String
    /// What will be done, a sentence a line.
    var lines: [String]
    /// What is said before the answers that count: `There is no undo.`
    var caution: String?
    /// What a `yes` is to do: `approve` or `confirm`.
    var verb = "confirm"
    /// The option that makes the question unnecessary.
    var option = "--auto-approve"
    /// What is said when the answer was no.
    var cancellation: String
  }

  /// The user's answer.
  enum Answer: Sendable, Hashable {
    case approved
    case declined
    /// ^C while the question stood.
    case interrupted
  }

  let terminal: Terminal

  /// Puts the question and reads one line, from a terminal or whatever else is the input:
  /// `echo yes | stackform apply` approves, as with Terraform. `refusal` is why nothing may be asked, as
  /// ``ParsedCommand/inputRefusal`` has it.
  /// - Throws: when no answer can come: the input is not a terminal, and at its end.
  func ask(
    _ question: Question, refusal: String? = nil, unless isCancelled: @Sendable () -> Bool
  ) throws(Diagnostic) -> Answer {
    if let refusal { throw Self.nobodyToAsk(question, refusal) }
    terminal.write(text(of: question, "Only 'yes' will be accepted to \(question.verb)."))
    let line = terminal.readLine(isCancelled)
    if let line, Self.word(line) == "yes" { return .approved }
    // What follows an approval begins with a line of its own; a refusal is followed by a sentence.
    terminal.writeLine()
    if line == nil, !terminal.canAsk, !isCancelled() {
      throw Self.nobodyToAsk(question, "standard input is not a terminal and holds no answer")
    }
    return line == nil && isCancelled() ? .interrupted : .declined
  }

  /// Has the name of something typed that deserves a second thought. Only for terminals.
  func ask(
    forTheNameOf what: String, _ name: String, _ question: Question, unless isCancelled: @Sendable () -> Bool
  ) -> Answer {
    terminal.write(
      text(of: question, "\(what) \"\(name)\" is protected. Type its name to go ahead; all else cancels."))
    let line = terminal.readLine(isCancelled)
    if let line, Self.word(line) == name { return .approved }
    terminal.writeLine()
    return line == nil && isCancelled() ? .interrupted : .declined
  }

  private static func word(_ line: String) -> Substring {
    line.drop { $0 == " " }.prefix { $0 != " " && $0 != "\r" }
  }

  private func text(of question: Prompt.Question, _ answers: String) -> String {
    let style = terminal.style
    let last = [question.caution, answers].compactMap(\.self).joined(separator: " ")
    let body = (question.lines + [last]).map { "  \($0)\n" }.joined()
    return "\n\(style(question.title, .bold))\n\(body)\n  \(style("Enter a value:", .bold)) "
  }

  private static func nobodyToAsk(_ question: Question, _ reason: String) -> Diagnostic {
    Diagnostic(
      "No one to ask for approval", "This needs a 'yes', and \(reason).",
      fix: "Add \(question.option) to go ahead without the question.")
  }
}

extension Prompt.Question {
  static let apply = Prompt.Question(
    title: "Do you want to perform these actions?",
    lines: ["Stackform will perform the actions described above."], verb: "approve",
    cancellation: "Apply cancelled.")

  static let destroy = Prompt.Question(
    title: "Do you really want to destroy all resources?",
    lines: ["Stackform will destroy everything shown above."], caution: "There is no undo.",
    cancellation: "Destroy cancelled.")

  /// The question before another run's lock is broken; the holder is described in a sentence.
  static func unlock(_ holder: String) -> Prompt.Question {
    Prompt.Question(
      title: "Do you really want to break the lock?",
      lines: [holder], caution: "The run that holds it loses it.", option: "--force",
      cancellation: "Unlock cancelled.")
  }
}
