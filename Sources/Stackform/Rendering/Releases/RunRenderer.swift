import Planner

/// The last runs of a stack in one place, newest first.
struct RunRenderer: Sendable {
  let style: TerminalStyle

  /// The table of runs, the newest first.
  func render(_ ledger: Ledger?, target: Target, stack: String) -> String {
    let head = style(ReleaseText.place(stack, target), .bold) + "\n\n"
    guard let ledger, !ledger.runs.isEmpty else { return head + "No run changed anything yet.\n" }
    var table = TextTable(
      style: style,
      columns: [
        ("Run", .right), ("When (UTC)", .left), ("Who", .left), ("Command", .left), ("Changes", .left),
        ("Ended", .left), ("Release", .left),
      ])
    for run in ledger.runs.reversed() {
      table.rows.append([
        "\(run.number)", ReleaseText.minute(run.time), TerminalText.printable(run.author.description),
        TerminalText.cut(TerminalText.printable(run.command), to: 40, ellipsis: style.symbols.ellipsis),
        run.outcome == .unfinished ? "?" : ReleaseText.counts(run.counts), outcome(run.outcome),
        run.release.map { "#\($0)" } ?? "",
      ])
    }
    return head + table.text()
  }

  private func outcome(_ outcome: RunNote.Outcome) -> String {
    switch outcome {
    case .done: style("done", .green)
    case .settled: "settled"
    case .incomplete: style("incomplete", .red)
    case .unfinished: style("unfinished", .yellow)
    }
  }

  /// What `history --runs --json` writes.
  static func json(_ ledger: Ledger?, target: Target, stack: String) -> Value {
    var value = ReleaseJSON.place(target, stack: stack)
    value["runs"] = .list(
      (ledger?.runs ?? []).reversed().map { run in
        [
          "number": .integer(run.number), "id": .string(run.id), "command": .string(run.command),
          "author": ReleaseJSON.author(run.author), "time": .string(run.time),
          "outcome": .string(run.outcome.rawValue), "counts": ReleaseJSON.counts(run.counts),
          "base": run.base.map(Value.integer) ?? .null, "release": run.release.map(Value.integer) ?? .null,
          "custody": run.custody.map { .string($0.rawValue) } ?? .null,
        ]
      })
    return .map(value)
  }
}
