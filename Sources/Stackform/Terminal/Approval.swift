import Planner

/// What stands between something that is shown and its being done: a `yes`, or, where the profile is protected, the profile's name.
///
/// Whatever changes a target asks through this: `apply`, `destroy`, and all that ends in one of them.
struct Approval: Sendable {
  /// Where it would be done.
  let target: Target
  let question: Prompt.Question
  /// Somebody has looked at it before: it is a saved plan. No excuse on a protected profile.
  var isGiven = false

  /// Asks as far as the command line leaves something to ask.
  /// - Throws: that nobody can be asked, with the option that goes ahead without.
  func ask(
    _ command: ParsedCommand, on terminal: Terminal, unless isCancelled: @Sendable () -> Bool = { false }
  ) throws(Diagnostic) -> Prompt.Answer {
    try command.checkConfirmation(of: target.profile)
    if command.confirmation != nil { return .approved }
    guard target.isProtected else {
      if isGiven || command.isApproved { return .approved }
      return try Prompt(terminal: terminal)
        .ask(question, refusal: command.inputRefusal, unless: isCancelled)
    }
    if command.isApproved { throw unconfirmed("--auto-approve and its kin do not count here") }
    if let refusal = command.inputRefusal { throw unconfirmed(refusal) }
    guard terminal.canAsk else { throw unconfirmed("standard input is no terminal") }
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

  /// Refuses a confirmation of another profile than the one that this run goes to.
  func checkConfirmation(of profile: String) throws(Diagnostic) {
    guard let confirmation, confirmation != profile else { return }
    throw Diagnostic(
      "Another profile was confirmed",
      "--confirm names \"\(confirmation)\", and this run goes to the profile \"\(profile)\".",
      fix: "Which one is meant? --profile says where a run goes.")
  }
}
