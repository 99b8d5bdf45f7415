import Planner

/// The outcome of a target's gates: a line for each, and for a closed one what to do.
struct GateRenderer: Sendable {
  let style: TerminalStyle
  let width: Int

  /// The table, and below it what the commands of closed gates wrote.
  func render(_ reports: [GateReport], target: String) -> String {
    let title = style("Gates of \(target):", .bold)
    guard !reports.isEmpty else { return "\(title) none\n" }
    let names = reports.map { TerminalText.printable($0.gate.title) }
    let times = reports.map(Self.time)
    let nameWidth = min(names.map(TerminalText.width).max() ?? 0, max(12, width / 3))
    let timeWidth = times.map(\.count).max() ?? 0
    let room = max(20, width - 8 - nameWidth - timeWidth)
    var lines = [title]
    for (index, report) in reports.enumerated() {
      let name = TerminalText.cut(names[index], to: nameWidth, ellipsis: style.symbols.ellipsis)
      let details = TerminalText.wrapped(TerminalText.printable(report.detail), to: room)
      let first = details.first ?? ""
      let isTimed = !times[index].isEmpty
      lines.append(
        "  \(sign(report.outcome)) \(TerminalText.padded(name, to: nameWidth))  "
          + (isTimed ? TerminalText.padded(first, to: room) + "  " + style(times[index], .dim) : first))
      let indent = String(repeating: " ", count: nameWidth + 6)
      lines += details.dropFirst().map { indent + $0 }
      if report.outcome != .open, let fix = report.fix {
        lines += TerminalText.wrapped(TerminalText.printable(fix), to: room + timeWidth + 2).map {
          indent + style($0, .cyan)
        }
      }
    }
    let outputs = reports.filter { $0.outcome != .open && !$0.output.isEmpty }.map(output)
    return ([lines.joined(separator: "\n")] + outputs).joined(separator: "\n\n") + "\n"
  }

  private func output(_ report: GateReport) -> String {
    let body = TerminalText.printable(report.output).split(separator: "\n", omittingEmptySubsequences: false)
    let lines = body.last == "" ? body.dropLast() : body[...]
    return style("What \(TerminalText.printable(report.gate.title)) wrote:", .bold) + "\n"
      + lines.map { "  \(style.symbols.gutter) \($0)" }.joined(separator: "\n")
  }

  private func sign(_ outcome: GateReport.Outcome) -> String {
    switch outcome {
    case .open: style(style.symbols.passed, .green)
    case .closed: style(style.symbols.failed, .red)
    case .failed: style(style.symbols.unknown, .red)
    }
  }

  private static func time(_ report: GateReport) -> String {
    report.seconds < 1 ? "" : Duration.seconds(report.seconds).text
  }

  /// A table for a comment, and the outputs of closed gates on a click.
  static func markdown(_ reports: [GateReport]) -> (table: String, details: [MarkdownReport.Detail])? {
    guard !reports.isEmpty else { return nil }
    let rows = reports.map { report in
      MarkdownText.row([
        report.outcome == .open ? "✅" : "❌", MarkdownText.code(report.gate.title),
        MarkdownText.words(report.detail)
          + (report.outcome == .open ? "" : report.fix.map { "<br>" + MarkdownText.words($0) } ?? ""),
        time(report),
      ])
    }
    let details = reports.filter { $0.outcome != .open && !$0.output.isEmpty }.map { report in
      MarkdownReport.Detail(
        summary: "What \(report.gate.title) wrote", body: MarkdownText.block(report.output), isGrave: true)
    }
    return (([MarkdownText.head(["", "Gate", "", "Took"])] + rows).joined(separator: "\n"), details)
  }
}

extension JSONEvents {
  /// One gate as an event.
  func gate(_ report: GateReport, target: String) -> String {
    var members: [String: Value] = [
      "gate": .string(report.gate.word), "title": .string(report.gate.title), "target": .string(target),
      "outcome": .string(report.outcome.rawValue), "detail": .string(report.detail),
      "elapsed_seconds": .number((report.seconds * 1000).rounded() / 1000),
    ]
    if let fix = report.fix { members["fix"] = .string(fix) }
    if !report.output.isEmpty { members["output"] = .string(report.output) }
    return line(
      "gate", "Gate \(report.gate.title): \(report.outcome.rawValue)", members,
      level: report.outcome == .open ? "info" : "error")
  }
}
