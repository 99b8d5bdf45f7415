import Planner

/// A promotion's report, for people, for a comment, and for programs.
struct PromotionText: Sendable {
  let promotion: Promotion
  let command: ParsedCommand
  let terminal: Terminal

  private var style: TerminalStyle { terminal.style }
  private var from: String { promotion.from.opened.profile.name }
  private var to: String { promotion.to.profile.name }

  /// The release and its route, before the first question.
  var banner: String {
    let release = promotion.release
    let arrow = style.symbols.arrow
    let commit = release.commit.map {
      ", commit \($0.prefix(12))" + ($0.hasSuffix("+changes") ? "+changes" : "")
    }
    let title =
      style(promotion.route.stack, .bold) + " release #\(release.number) "
      + style("(\(release.bundle.prefix(12))\(commit ?? ""), \(release.author), \(release.time))", .dim)
    let banner = Banner(style: style, isVerbose: command.isVerbose)
    let places = [("from", promotion.from.opened.target), (arrow, promotion.to.target)].map { word, target in
      "  " + TerminalText.padded(word, to: 4) + " " + banner.render(target)
    }
    return ([title] + places).joined(separator: "\n") + "\n\n"
  }

  /// The warning of `--allow-drift`.
  func driftWarning(_ drift: ReleaseDrift) -> Diagnostic {
    Diagnostic(
      .warning, "The source has drifted",
      "What is live in \"\(from)\" is not its release #\(promotion.release.number), and --allow-drift was given: what is promoted is the release, not what is live. Changed there: \(drift.changes.map(\.driftWords).joined(separator: "; "))."
    )
  }

  /// Why a drifted source is refused.
  func driftRefusal(_ drift: ReleaseDrift) -> Diagnostics {
    let advice = drift.advice(in: from)
    return Diagnostics(
      drift.changes.map { change in
        Diagnostic(
          "The source has drifted",
          "\(change.driftWords): what is live in \"\(from)\" is not what its release #\(promotion.release.number) made.",
          address: change.address,
          fix: advice.prefix(1).uppercased() + advice.dropFirst()
            + ", or promote the release anyway with --allow-drift.")
      })
  }

  // MARK: The plan

  func comparison(_ plan: Plan, live: [Address: LiveResource]) -> ThreeWayComparison {
    let stack = promotion.sourceSession.stack
    return ThreeWayComparison(plan, source: live, registry: promotion.targetSession.pipeline.registry) {
      address, path in
      stack[address]?.isSecret(path) ?? false
    }
  }

  /// The plan with its three columns, in the form that the command line asks for.
  func plan(_ plan: Plan, live: [Address: LiveResource]) -> String {
    if command.isJSON {
      return JSONEvents().plan(plan) + JSONEvents().threeWay(comparison(plan, live: live), from: from, to: to)
    }
    let renderer = command.renderer(of: plan, terminal)
    guard plan.changes.contains(where: { $0.action != .keep }) else { return "\n" + renderer.render(plan) }
    let table = ThreeWayRenderer(
      plan: renderer, width: max(terminal.size().columns, 40), source: from, target: to)
    return "\n" + renderer.render(plan, body: table.render(comparison(plan, live: live), of: plan))
  }

  /// Everything as a comment on a pull request.
  func markdown(_ plan: Plan, live: [Address: LiveResource], _ reports: [GateReport], notes: [Diagnostic])
    -> MarkdownReport
  {
    let comparison = comparison(plan, live: live)
    let byAddress = Dictionary(comparison.changes.map { ($0.change.address, $0) }) { first, _ in first }
    let release = promotion.release
    var head = [
      "### \(MarkdownText.words(promotion.route.stack)) #\(release.number): \(MarkdownText.words(from)) → \(MarkdownText.words(to))",
      "Release \(MarkdownText.code(String(release.bundle.prefix(12)))) by \(MarkdownText.words(release.author.user)), \(MarkdownText.words(release.time))"
        + (release.commit.map { ", commit \(MarkdownText.code($0))" } ?? ""),
      MarkdownPlan.summary(plan),
    ]
    head += notes.map { "> [!WARNING]\n> \(MarkdownText.words($0.detail))" }
    head += MarkdownPlan.warnings(plan, allowsDataLoss: command.allowsDataLoss)
    let gates = GateRenderer.markdown(reports)
    if let gates { head.append(gates.table) }
    let changes = MarkdownPlan.inOrder(plan)
    return MarkdownReport(
      head: head, titles: MarkdownPlan.titles, rows: changes.map(MarkdownPlan.row),
      details: (gates?.details ?? [])
        + changes.compactMap { byAddress[$0.address] }.filter { !$0.rows.isEmpty }.map(detail))
  }

  private func detail(_ change: ThreeWayComparison.Change) -> MarkdownReport.Detail {
    let rows = change.rows.map { row in
      MarkdownText.row(
        [
          MarkdownText.code(row.path.joined(separator: "."))
            + (row.forcesReplacement ? " **forces replacement**" : "")
        ]
          + ThreeWayRenderer.texts(row, limit: command.isVerbose ? nil : 120).map(MarkdownText.code))
    }
    return MarkdownReport.Detail(
      summary: change.change.address.description,
      body: ([
        MarkdownText.head([
          "", MarkdownText.words("\(from) live"), MarkdownText.words("\(to) live"), "wanted",
        ])
      ] + rows)
      .joined(separator: "\n"), isGrave: change.change.isGrave)
  }
}

extension JSONEvents {
  /// What is promoted, the first of its events.
  func promotion(_ promotion: Promotion) -> String {
    var from = promotion.from.opened.target.jsonValue.map ?? [:]
    from["release"] = .integer(promotion.release.number)
    from["digest"] = .string(promotion.release.bundle)
    return line(
      "promotion",
      "\(promotion.route.stack) #\(promotion.release.number): \(promotion.from.opened.profile.name) to \(promotion.to.profile.name)",
      ["stack": .string(promotion.route.stack), "from": .map(from), "to": promotion.to.target.jsonValue])
  }

  /// Where a promotion ended: `promoted`, `already_there`, `gate_closed`, `refused`.
  func promotionEnd(_ outcome: String, _ message: String, release: Int?) -> String {
    line(
      "promotion_end", message,
      ["outcome": .string(outcome), "release": release.map { .integer($0) } ?? .null],
      level: outcome == "promoted" || outcome == "already_there" ? "info" : "error")
  }

  /// One event a changed resource, with source, before and after of each property.
  func threeWay(_ comparison: ThreeWayComparison, from: String, to: String) -> String {
    comparison.changes.map { change in
      let rows = change.rows.map { row -> Value in
        func shown(_ value: Value?) -> Value {
          guard let value, !row.isSecret else { return .null }
          return value.withoutPending
        }
        return [
          "path": .list(row.path.map { .string($0) }), "source": shown(row.source),
          "before": shown(row.before),
          "after": shown(row.after), "after_unknown": .boolean(row.after?.isPending ?? false),
          "sensitive": .boolean(row.isSecret), "forces_replacement": .boolean(row.forcesReplacement),
        ]
      }
      return line(
        "promoted_change", "\(change.change.address): \(from) live, \(to) live, wanted",
        [
          "resource": Self.resource(change.change.address, change.change.section),
          "in_source": .boolean(change.isInSource), "properties": .list(rows),
        ])
    }.joined()
  }
}
