import Planner

/// Releases in words.
enum ReleaseText {
  /// `2026-01-31 09:15`, of an ISO 8601 time in UTC.
  static func minute(_ time: String) -> String {
    let text = TerminalText.printable(time).replacing("T", with: " ")
    return String(text.prefix(16))
  }

  /// `1a2b3c4d`, with a `+` when the sources differed from it.
  static func commit(_ commit: String?) -> String {
    guard let commit else { return "" }
    return String(TerminalText.printable(commit).prefix(8)) + (commit.hasSuffix("+changes") ? "+" : "")
  }

  /// How a release was made, in a few words.
  static func origin(_ release: Release) -> String {
    origin(release.origin) + (release.isPartial ? ", in part" : "")
  }

  private static func origin(_ origin: ReleaseOrigin) -> String {
    switch origin {
    case .apply: "applied"
    case .promote(let from): "promoted from \(TerminalText.printable(from.profile)) #\(from.release)"
    case .rollback(let number): "rolled back to #\(number)"
    case .undo(let run, _): "run \(TerminalText.printable(run).prefix { $0 != "-" }) undone"
    case .repair: "drift repaired"
    }
  }

  /// `+1 ~2 -0`.
  static func counts(_ counts: ReleaseCounts) -> String {
    let adopted = counts.adopted > 0 ? "<=\(counts.adopted) " : ""
    return "\(adopted)+\(counts.added) ~\(counts.changed) -\(counts.destroyed)"
  }

  /// `0.4 s`, `42 s`, `3 min`.
  static func duration(_ seconds: Double) -> String {
    if seconds < 10 { return "\((seconds * 10).rounded() / 10) s" }
    if seconds < 120 { return "\(Int(seconds)) s" }
    return "\(Int(seconds / 60)) min"
  }

  /// Where a stack is, in a line.
  static func place(_ stack: String, _ target: Target) -> String {
    "\(stack) in \(target.profile) (\(target.place))"
  }
}
