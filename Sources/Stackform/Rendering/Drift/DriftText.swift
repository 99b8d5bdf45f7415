import Planner
import Providers

/// What `drift` found, for people, for a comment, and for programs.
struct DriftText: Sendable {
  let report: DriftReport
  let side: ComparisonSide
  /// By address: who changed it last, if the endpoint records it.
  let authors: [Address: CloudTrailAuthors.Change]
  let isVerbose: Bool

  private var target: Target { side.session.target }
  private var stack: String { side.session.stack.name }

  private struct Line {
    let name: String
    let was: String
    let now: String
    let note: String
    let isGrave: Bool
  }

  private var lines: [Line] {
    report.entries.flatMap { entry -> [Line] in
      let author = authors[entry.address].map { ", by \($0.words)" } ?? ""
      switch entry.kind {
      case .deleted:
        return [
          Line(
            name: entry.address.description, was: "there", now: "gone", note: "deleted" + author,
            isGrave: true)
        ]
      case .unknown:
        return [
          Line(
            name: entry.address.description, was: "-", now: "there", note: "not in the ledger" + author,
            isGrave: false)
        ]
      case .unfinished:
        return [
          Line(
            name: entry.address.description, was: "-", now: "unfinished",
            note: "a run that did not come to its end left it half done: stackform apply", isGrave: true)
        ]
      case .twin:
        return [
          Line(
            name: entry.address.description, was: "one", now: "two",
            note: "\(entry.id ?? "another") has its owner tags, too" + author, isGrave: true)
        ]
      case .changed:
        return entry.moves.map { move in
          let (was, now) = texts(of: move)
          return Line(
            name: "\(entry.address).\(move.name)", was: was, now: now,
            note: (move.isDeclared ? "declared" : "undeclared") + author, isGrave: false)
        }
      }
    }
  }

  private func texts(of move: PropertyMove) -> (was: String, now: String) {
    let limit = isVerbose ? 120 : 48
    if case .value(let value) = move.was {
      return ValueText.cells(value, move.now, isSecret: move.isSecret, limit: limit)
    }
    let now = ValueText.cell(move.now, isSecret: move.isSecret, limit: limit)
    return (move.was == .nothing ? "-" : "(not kept)", now)
  }

  // MARK: For people

  /// The report for people, laid out for the terminal.
  func text(_ terminal: Terminal) -> String {
    let style = terminal.style
    let since = side.release.map { "release #\($0.number)" } ?? "the last apply"
    var parts = [style(ReleaseText.place(stack, target), .bold) + "\n"]
    if !report.wasApplied {
      parts.append("Nothing was applied here yet.\n")
    } else if report.isEmpty {
      parts.append(style("Nothing moved", .bold) + " since \(since).\n")
    } else {
      var table = TextTable(
        style: style, columns: [("Property", .left), ("Was", .left), ("Is now", .left), ("", .left)])
      table.rows = lines.map {
        [TerminalText.printable($0.name), $0.was, $0.now, TerminalText.printable($0.note)]
      }
      parts.append(table.text())
      parts.append(style(summary, .bold) + " since \(since).\n")
    }
    if let note = half {
      parts.append(TerminalText.wrapped(note, to: terminal.textWidth).joined(separator: "\n") + "\n")
    }
    return parts.joined(separator: "\n")
  }

  private var summary: String {
    let moves = report.entries.reduce(0) { $0 + max(1, $1.moves.count) }
    let resources = report.entries.count
    return "\(moves) thing\(moves == 1 ? "" : "s") moved in \(resources) resource\(resources == 1 ? "" : "s")"
  }

  /// A note about what is not known.
  private var half: String? {
    guard !report.halfJudged.isEmpty else { return nil }
    let names = report.halfJudged.map(\.description)
    let shown = isVerbose ? names : Array(names.prefix(3))
    let more = names.count > shown.count ? " and \(names.count - shown.count) more" : ""
    return
      "Of \(shown.joined(separator: ", "))\(more) not every undeclared property can be judged: it was made alike to another resource, "
      + "or its endpoint does not return them. What is declared was compared."
  }

  // MARK: For a comment

  var markdown: MarkdownReport {
    let places = ["profile \(target.profile)", target.account.map { "account \($0)" }, target.region]
    let outcome = report.isEmpty ? "**Nothing moved.**" : "**\(summary).**"
    return MarkdownReport(
      head: [
        "### \(MarkdownText.words(stack)): \(MarkdownText.words(places.compactMap(\.self).joined(separator: ", ")))",
        outcome,
      ],
      titles: ["Property", "Was", "Is now", ""],
      rows: lines.map { line in
        MarkdownReport.Row(
          cells: [
            MarkdownText.code(line.name), MarkdownText.code(line.was), MarkdownText.code(line.now),
            MarkdownText.words(line.note),
          ], isGrave: line.isGrave, name: line.name)
      }, tail: half.map { [MarkdownText.words($0)] } ?? [])
  }

  // MARK: For programs

  var json: Value {
    [
      "format_version": "1.0", "stack": .string(stack), "place": side.json,
      "applied": .boolean(report.wasApplied),
      "drift": .list(report.entries.map(json)),
      "half_judged": .list(report.halfJudged.map { .string($0.description) }),
    ]
  }

  private func json(_ entry: DriftEntry) -> Value {
    [
      "address": .string(entry.address.description), "type": .string(entry.section),
      "id": entry.id.map(Value.string) ?? .null, "kind": .string(entry.kind.rawValue),
      "by": authors[entry.address].map { .string($0.words) } ?? .null,
      "moves": .list(
        entry.moves.map { move in
          func shown(_ value: Value?) -> Value {
            value.map { move.isSecret ? .string(ValueText.secret) : $0 } ?? .null
          }
          var members: [String: Value] = [
            "property": .string(move.name), "now": shown(move.now), "declared": .boolean(move.isDeclared),
            "sensitive": .boolean(move.isSecret),
          ]
          switch move.was {
          case .value(let value): members["was"] = shown(value)
          case .nothing: members["was"] = .null
          case .notKept: members["was_known"] = false
          }
          return .map(members)
        }),
    ]
  }
}
