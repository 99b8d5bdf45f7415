import Planner
import Providers

/// What `compare` found, for people, for a comment, and for programs.
struct ComparisonReport: Sendable {
  let comparison: PlaceComparison
  let first: ComparisonSide
  let second: ComparisonSide
  /// What works in the first place and will be different in the second.
  let parity: [Diagnostic]
  let isVerbose: Bool

  private var titles: (String, String) { (first.title, second.title) }

  // MARK: For people

  /// The report for people, laid out for the terminal.
  func text(_ terminal: Terminal) -> String {
    let style = terminal.style
    var parts = [head(style)]
    if comparison.undeclared.isEmpty {
      parts.append(style("No undeclared differences.", .bold) + "\n")
    } else {
      parts.append(table(comparison.undeclared, style))
      parts.append(style(Self.summary(comparison.undeclared), .bold) + "\n")
    }
    if isVerbose, !comparison.byDesign.isEmpty {
      parts.append("Different by design:\n" + table(comparison.byDesign, style))
    } else if !comparison.byDesign.isEmpty {
      parts.append(byDesign + " --verbose shows them.\n")
    }
    if isVerbose, !parity.isEmpty {
      let renderer = DiagnosticRenderer(style: style, width: terminal.textWidth, isCompact: false)
      parts.append(renderer.render(Diagnostics(parity)))
    } else if !parity.isEmpty {
      parts.append(parityCount + " --verbose shows them.\n")
    }
    return parts.joined(separator: "\n")
  }

  private func head(_ style: TerminalStyle) -> String {
    [first, second].map { side in
      let target = side.session.target
      let facts = [
        target.account.map { "account \($0)" }, target.region, target.endpoint ?? "AWS",
        side.release.map { "release #\($0.number)" } ?? "nothing released, so the working tree's stack",
      ]
      return style("profile \(target.profile)", .bold) + " "
        + style(facts.compactMap(\.self).joined(separator: " \(style.symbols.bullet) "), .dim)
    }.joined(separator: "\n") + releases + "\n"
  }

  /// Said only where the two places run different files.
  private var releases: String {
    guard let one = first.release, let other = second.release, one.bundle != other.bundle else { return "" }
    return "\nThe releases differ: \(one.bundle.prefix(12)) in \(first.session.target.profile), "
      + "\(other.bundle.prefix(12)) in \(second.session.target.profile)."
  }

  private func table(_ differences: [PlaceDifference], _ style: TerminalStyle) -> String {
    var table = TextTable(
      style: style,
      columns: [("Property", .left), (titles.0, .left), (titles.1, .left), ("Why", .left)])
    for difference in differences {
      let (first, second) = cells(difference)
      table.rows.append([TerminalText.printable(difference.name), first, second, why(difference)])
    }
    return table.text()
  }

  private func cells(_ difference: PlaceDifference) -> (String, String) {
    ValueText.cells(
      difference.first, difference.second, isSecret: difference.isSecret, limit: isVerbose ? 120 : 48)
  }

  private func why(_ difference: PlaceDifference) -> String {
    switch difference.cause {
    case .undeclared: "nothing asks for it"
    case .release: "the releases differ"
    case .missing: "only in \((difference.first == nil ? second : first).session.target.profile)"
    case .profile: "the profiles' values"
    case .endpoint: "the endpoints' own"
    }
  }

  /// How many differences there are, as a sentence.
  static func summary(_ differences: [PlaceDifference]) -> String {
    let resources = Set(differences.map(\.address)).count
    return
      "\(differences.count) undeclared difference\(differences.count == 1 ? "" : "s") in \(resources) resource\(resources == 1 ? "" : "s")."
  }

  private var byDesign: String {
    let count = comparison.byDesign.count
    return "\(count) difference\(count == 1 ? " is" : "s are") by design (the profiles' values)."
  }

  private var parityCount: String {
    "\(parity.count) point\(parity.count == 1 ? "" : "s") will be different in \(second.session.target.profile) than in \(first.session.target.profile)."
  }

  // MARK: For a comment

  var markdown: MarkdownReport {
    let target = (first.session.target.profile, second.session.target.profile)
    let outcome =
      comparison.isSame ? "**No undeclared differences.**" : "**\(Self.summary(comparison.undeclared))**"
    var head = [
      "### \(MarkdownText.words(first.session.stack.name)): \(MarkdownText.words(target.0)) and \(MarkdownText.words(target.1))",
      outcome + (releases.isEmpty ? "" : " " + MarkdownText.words(releases)),
    ]
    if !comparison.byDesign.isEmpty { head.append(byDesign) }
    return MarkdownReport(
      head: head, titles: ["Property", MarkdownText.words(titles.0), MarkdownText.words(titles.1), "Why"],
      rows: comparison.undeclared.map { difference in
        let (first, second) = cells(difference)
        return MarkdownReport.Row(
          cells: [
            MarkdownText.code(difference.name), MarkdownText.code(first), MarkdownText.code(second),
            MarkdownText.words(why(difference)),
          ], isGrave: difference.cause == .missing, name: difference.name)
      },
      details: parity.map {
        MarkdownReport.Detail(
          summary: "\($0.summary) (\($0.address?.description ?? ""))",
          body: MarkdownText.words($0.detail + ($0.fix.map { " " + $0 } ?? "")), isGrave: false)
      })
  }

  // MARK: For programs

  var json: Value {
    [
      "format_version": "1.0", "stack": .string(first.session.stack.name),
      "places": .list([first, second].map(\.json)), "same": .boolean(comparison.isSame),
      "undeclared": .list(comparison.undeclared.map(\.json)),
      "by_design": .list(comparison.byDesign.map(\.json)),
      "parity": .list(
        parity.map {
          [
            "address": .string($0.address?.description ?? ""), "summary": .string($0.summary),
            "detail": .string($0.detail), "fix": $0.fix.map(Value.string) ?? .null,
          ]
        }),
    ]
  }
}

extension ComparisonSide {
  /// Where it is and what runs there.
  var json: Value {
    let target = session.target
    return [
      "profile": .string(target.profile), "account": target.account.map(Value.string) ?? .null,
      "region": .string(target.region), "endpoint": target.endpoint.map(Value.string) ?? .null,
      "release": release.map { .integer($0.number) } ?? .null,
      "bundle": release.map { .string($0.bundle) } ?? .null,
    ]
  }
}

extension PlaceDifference {
  var json: Value {
    func shown(_ value: Value?) -> Value { value.map { isSecret ? .string(ValueText.secret) : $0 } ?? .null }
    return [
      "address": .string(address.description), "property": .string(path.joined(separator: ".")),
      "first": shown(first), "second": shown(second), "cause": .string(cause.rawValue),
      "sensitive": .boolean(isSecret),
    ]
  }
}

extension ValueText {
  /// A value in a cell of a table: one line, cut where it is long.
  static func cell(_ value: Value?, isSecret: Bool, limit: Int?) -> String {
    guard let value else { return "-" }
    if isSecret { return secret }
    let text = ValueText(limit: limit)
    if let scalar = text.scalar(value) { return TerminalText.printable(scalar) }
    let whole = TerminalText.printable(value.string ?? value.json).replacing("\n", with: " ")
    guard let limit, whole.count > limit + 12 else { return whole }
    return "\(whole.prefix(limit))… (\(whole.count) characters)"
  }

  /// Two values beside each other: long ones are cut so that the place where they differ is in both cells.
  static func cells(_ one: Value?, _ other: Value?, isSecret: Bool, limit: Int) -> (String, String) {
    func raw(_ value: Value?) -> String { value.map { $0.string ?? $0.json } ?? "" }
    guard !isSecret, let (left, right) = shortened(raw(one), raw(other), limit: limit) else {
      return (cell(one, isSecret: isSecret, limit: limit), cell(other, isSecret: isSecret, limit: limit))
    }
    func cut(_ text: String) -> String {
      TerminalText.printable(String(text.prefix(limit))).replacing("\n", with: " ")
        + (text.count > limit ? "…" : "")
    }
    return (cut(left), cut(right))
  }
}
