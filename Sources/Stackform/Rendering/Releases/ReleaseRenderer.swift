import Planner

/// One release, whole: its record, and what its bundle holds.
struct ReleaseRenderer: Sendable {
  let style: TerminalStyle

  /// All details of a release. `bundle` is nil when its files are not there.
  func render(_ release: Release, in ledger: Ledger, target: Target, bundle: ReleaseBundle?) -> String {
    let isCurrent = ledger.currentRelease == release.number
    let title = "Release #\(release.number) of \(ReleaseText.place(ledger.stack, target))"
    var parts = [
      style(title, .bold) + (isCurrent ? style(", the current one", .green) : "") + "\n" + record(release)
    ]
    parts.append(section("Variables", release.variables.sorted { $0.key < $1.key }.map(variable)))
    parts.append(
      section("Artifacts", release.artifacts.sorted { $0.key < $1.key }.map { ($0, "sha256:\($1)") }))
    parts.append(section("Verified", release.verifications.map(endorsement)))
    parts.append(section("Approved", release.approvals.map(endorsement)))
    parts.append(section("Gates", (release.gates ?? []).flatMap(gate)))
    if let bundle { parts.append(files(bundle, stackFile: release.stackFile)) }
    return parts.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private func record(_ release: Release) -> String {
    let counts = release.counts
    let adopted = counts.adopted > 0 ? "\(counts.adopted) adopted, " : ""
    return lines([
      (
        "Made",
        "\(ReleaseText.minute(release.time)) UTC by \(release.author), in \(ReleaseText.duration(release.seconds))"
      ),
      ("Origin", ReleaseText.origin(release) + place(release.origin)),
      ("Commit", release.commit ?? "not known: there was no git, or no repository"),
      (
        "Changes", "\(adopted)\(counts.added) added, \(counts.changed) changed, \(counts.destroyed) destroyed"
      ),
      ("Bundle", "sha256:\(release.bundle)"),
    ])
  }

  private func place(_ origin: ReleaseOrigin) -> String {
    guard case .promote(let from) = origin else { return "" }
    return " (\(from.account.map { "account \($0), " } ?? "")\(from.region))"
  }

  private func variable(_ name: String, _ variable: ReleaseVariable) -> (String, String) {
    let value = variable.value.map { ValueText(limit: nil).scalar($0) ?? $0.json } ?? "(secret)"
    return (name, "\(value)  \(style("(\(variable.origin.rawValue))", .dim))")
  }

  /// A line for the gate, and the last ones that its command wrote; `--json` shows all that is kept.
  private func gate(_ record: GateRecord) -> [(String, String)] {
    let output = record.output?.split(separator: "\n").suffix(10).map {
      ("", style(TerminalText.printable(String($0)), .dim))
    }
    return [(record.gate, TerminalText.printable(record.detail))] + (output ?? [])
  }

  private func endorsement(_ endorsement: Endorsement) -> (String, String) {
    let note = endorsement.note.map { ": \($0)" } ?? ""
    return (endorsement.profile, "\(ReleaseText.minute(endorsement.time)) by \(endorsement.author)\(note)")
  }

  private func files(_ bundle: ReleaseBundle, stackFile: String) -> String {
    var table = TextTable(style: style, columns: [("Bytes", .right), ("File", .left)])
    for (path, bytes) in bundle.files.sorted(by: { $0.key < $1.key }) {
      let marks = [
        path == stackFile ? "the stack file" : nil, bundle.executables.contains(path) ? "executable" : nil,
      ].compactMap(\.self)
      let mark = marks.isEmpty ? "" : style("  (\(marks.joined(separator: ", ")))", .dim)
      table.rows.append(["\(bytes.count)", TerminalText.printable(path) + mark])
    }
    for (path, target) in bundle.links.sorted(by: { $0.key < $1.key }) {
      table.rows.append(["link", TerminalText.printable("\(path) -> \(target)")])
    }
    return style("Files", .bold) + "\n" + table.text(indent: 2)
  }

  private func section(_ title: String, _ rows: [(String, String)]) -> String {
    rows.isEmpty ? "" : style(title, .bold) + "\n" + lines(rows)
  }

  private func lines(_ rows: [(name: String, text: String)]) -> String {
    let width = rows.map { TerminalText.width(of: $0.name) }.max() ?? 0
    return rows.map { name, text in
      "  \(TerminalText.padded(TerminalText.printable(name), to: width))  \(text)\n"
    }.joined()
  }
}
