import Planner

/// The approval that a shown change needs before it is made: a `yes`, or the profile's name if the profile is
/// protected.
///
/// Every command that changes a target asks through this: `apply`, `destroy`, and all that end in one of
/// them.
struct Approval: Sendable {
  /// Where it would be done.
  let target: Target
  let question: Prompt.Question
  /// It was approved before: it is a saved plan. On a protected profile that does not count.
  var isGiven = false

  /// Whether the command line has the answer, so that no question is asked.
  func isAnswered(by command: ParsedCommand) -> Bool {
    command.confirmation != nil || (!target.isProtected && (isGiven || command.isApproved))
  }

  /// Asks, unless the command line has the answer.
  /// - Throws: if no question can be asked, with the option that makes it unnecessary.
  func ask(
    _ command: ParsedCommand, on terminal: Terminal, unless isCancelled: @Sendable () -> Bool = { false }
  ) throws(Diagnostic) -> Prompt.Answer {
    try command.checkConfirmation(of: target.profile)
    if isAnswered(by: command) { return .approved }
    guard target.isProtected else {
      return try Prompt(terminal: terminal)
        .ask(question, refusal: command.inputRefusal, unless: isCancelled)
    }
    if command.isApproved { throw unconfirmed("--auto-approve and similar options do not count here") }
    if let refusal = command.inputRefusal { throw unconfirmed(refusal) }
    guard terminal.canAsk else { throw unconfirmed("standard input is not a terminal") }
    return Prompt(terminal: terminal)
      .ask(forTheNameOf: "The profile", target.profile, question, unless: isCancelled)
  }

  private func unconfirmed(_ reason: String) -> Diagnostic {
    Diagnostic(
      "The profile is protected",
      "\"\(target.profile)\" wants its name to be typed before anything is changed there, and \(reason).",
      fix: "Add --confirm \(target.profile) to go ahead without the question.")
  }
}

extension ParsedCommand {
  /// The name of the profile that `--confirm` gives.
  var confirmation: String? { value(.confirm) }

  /// Refuses a confirmation for another profile than this run's.
  func checkConfirmation(of profile: String) throws(Diagnostic) {
    guard let confirmation, confirmation != profile else { return }
    throw Diagnostic(
      "Another profile was confirmed",
      "--confirm names \"\(confirmation)\", and this run goes to the profile \"\(profile)\".",
      fix: "Which one is meant? --profile says where a run goes.")
  }
}
