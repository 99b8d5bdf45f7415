import Planner

/// The releases of a stack in one place, newest first.
struct HistoryRenderer: Sendable {
  let style: TerminalStyle
  let width: Int
  /// On a terminal, lines that are too long lose columns.
  var mustFit = false

  /// The table of releases, the newest first.
  func render(_ ledger: Ledger?, target: Target, stack: String) -> String {
    let head = style(ReleaseText.place(stack, target), .bold) + "\n\n"
    guard let ledger, !ledger.releases.isEmpty else { return head + "No release yet.\n" }
    var table = TextTable(
      style: style,
      columns: [
        ("", .left), ("#", .right), ("When (UTC)", .left), ("Who", .left), ("Commit", .left), ("What", .left),
        ("Changes", .left), ("Took", .right),
      ])
    for release in ledger.releases.reversed() {
      let isCurrent = release.number == ledger.currentRelease
      table.rows.append([
        isCurrent ? style("*", .green) : "",
        isCurrent ? style("\(release.number)", .bold) : "\(release.number)",
        ReleaseText.minute(release.time), TerminalText.printable(release.author.description),
        ReleaseText.commit(release.commit), ReleaseText.origin(release), ReleaseText.counts(release.counts),
        ReleaseText.duration(release.seconds),
      ])
    }
    table = table.withoutEmptyColumns
    if mustFit { table = table.fitting(width, dropping: ["Took", "Commit", "Changes"]) }
    return head + table.text() + hold(ledger.hold)
  }

  /// Empty where there is none.
  func hold(_ hold: Hold?) -> String {
    guard let hold else { return "" }
    let why = hold.rolledBackFrom.map { ", after a rollback from #\($0)" } ?? ""
    let reason = hold.reason.map { ": \(TerminalText.printable($0))" } ?? "."
    let sentence =
      "On hold since \(ReleaseText.minute(hold.time)) by \(TerminalText.printable(hold.author.description))\(why)\(reason)"
    let fix = "Nothing is promoted to here by itself until `stackform hold --lift`."
    return "\n" + style(sentence, .yellow) + "\n"
      + TerminalText.wrapped(fix, to: width).joined(separator: "\n") + "\n"
  }
}
