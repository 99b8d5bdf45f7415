/// How the process ends, as Terraform's users expect it.
enum ExitCode: Int32, Sendable {
  case success = 0
  case failure = 1
  /// `plan --detailed-exitcode`: it worked, and there is something to do.
  case changes = 2
  /// `promote`: a gate is closed.
  case gateClosed = 3
  /// Stopped by ^C or a signal.
  case interrupted = 130
}
