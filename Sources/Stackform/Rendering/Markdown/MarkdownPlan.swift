import Planner

/// A plan as a comment on a pull request: the counts first, a table of what changes, the details on a click.
struct MarkdownPlan: Sendable {
  let plan: Plan
  /// As `--verbose`: long values whole.
  let isVerbose: Bool

  init(_ plan: Plan, isVerbose: Bool = false) {
    self.plan = plan
    self.isVerbose = isVerbose
  }

  var report: MarkdownReport {
    let changes = Self.inOrder(plan)
    let renderer = PlanRenderer(style: .plain, isVerbose: isVerbose)
    return MarkdownReport(
      head: [Self.title(plan), Self.summary(plan)] + Self.warnings(plan, allowsDataLoss: false),
      titles: Self.titles, rows: changes.map(Self.row),
      details: changes.map { change in
        MarkdownReport.Detail(
          summary: "\(change.action.sign.trimmed) \(change.address)",
          body: MarkdownText.block(Self.diff(renderer.text(of: change, in: plan)), language: "diff"),
          isGrave: change.isGrave)
      } + outputs)
  }

  static let titles = ["", "Resource", "What happens", "Which properties"]

  /// Destroyed and replaced resources first, so that they are not overlooked.
  static func inOrder(_ plan: Plan) -> [ResourceChange] {
    let changes = plan.changes.filter { $0.action != .keep }
    return changes.filter(\.isGrave) + changes.filter { !$0.isGrave }
  }

  /// The heading, with the stack and its target.
  static func title(_ plan: Plan) -> String {
    let target = plan.target
    let places = [
      "profile \(target.profile)", target.account.map { "account \($0)" }, target.region,
      target.endpoint ?? "AWS",
    ]
    return "### \(MarkdownText.words(plan.stack)): "
      + MarkdownText.words(places.compactMap(\.self).joined(separator: ", "))
  }

  /// The counts, as a sentence.
  static func summary(_ plan: Plan) -> String {
    if plan.isNothing { return "**No changes.**" }
    if plan.changes.allSatisfy({ $0.action == .keep }) {
      return "**No changes to resources.** Outputs differ."
    }
    return "**Plan:** \(PlanRenderer.counts(of: plan))."
  }

  /// Lost data and drift, above everything else.
  static func warnings(_ plan: Plan, allowsDataLoss: Bool) -> [String] {
    var warnings: [String] = []
    let losing = plan.changes.count(where: \.losesData)
    if losing > 0 {
      let isAllowed = allowsDataLoss || plan.target.isDisposable
      warnings.append(
        "> [!CAUTION]\n> What \(losing) \(losing == 1 ? "resource holds" : "resources hold") is lost."
          + (isAllowed ? "" : " It is not carried out without `--allow-data-loss`."))
    }
    let left = plan.changes.filter { $0.reason == .perhapsLeftOut }.map(\.address.description)
    if !left.isEmpty {
      warnings.append(
        "> [!NOTE]\n> Not deleted, for \(Reason.perhapsLeftOut.sentence): "
          + "\(left.map(MarkdownText.code).joined(separator: ", ")).")
    }
    let drifted = plan.changes.count { $0.drift != nil }
    if drifted > 0 {
      warnings.append(
        "> [!WARNING]\n> \(drifted) \(drifted == 1 ? "resource was" : "resources were") changed outside of this stack."
      )
    }
    return warnings
  }

  /// A change as a row of the table.
  static func row(_ change: ResourceChange) -> MarkdownReport.Row {
    var names = Set(change.properties.compactMap(\.path.first)).sorted()
    let count = names.count
    if count > 4 { names = Array(names.prefix(4)) }
    let properties =
      change.action == .create || names.isEmpty
      ? ""
      : names.map(MarkdownText.code).joined(separator: ", ") + (count > 4 ? " and \(count - 4) more" : "")
    return MarkdownReport.Row(
      cells: [
        MarkdownText.code(change.action.sign.trimmed), MarkdownText.code(change.address.description),
        what(change), properties,
      ], isGrave: change.isGrave, name: "\(change.action.sign.trimmed) \(change.address)")
  }

  private static func what(_ change: ResourceChange) -> String {
    let word: String =
      switch change.action {
      case .keep, .cleanUp: "kept"
      case .create: "created"
      case .update: "updated"
      case .replace: change.isRevision ? "revised" : "**replaced**"
      case .delete: "**destroyed**"
      case .adopt: "adopted"
      case .forget: "forgotten"
      }
    let left = change.leftovers.count
    return word + (left > 0 ? ", \(left) left over **destroyed**" : "")
      + (change.losesData ? ", **data lost**" : "")
      + (change.drift == nil ? "" : ", was changed outside")
      + (change.renameHint.map { ": \(MarkdownText.words($0.advice(for: change.address)))" } ?? "")
  }

  private var outputs: [MarkdownReport.Detail] {
    let outputs = plan.outputs.filter(\.isChange)
    guard !outputs.isEmpty else { return [] }
    let text = OutputsRenderer(style: .plain).changes(outputs, text: ValueText(limit: isVerbose ? nil : 120))
    return [
      MarkdownReport.Detail(
        summary: "\(outputs.count) \(outputs.count == 1 ? "output" : "outputs")",
        body: MarkdownText.block(Self.diff(text), language: "diff"), isGrave: false)
    ]
  }

  /// Signs at the beginning of the line, where a block in the language `diff` has its colours from.
  static func diff(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
      let indent = line.prefix { $0 == " " }
      let rest = line.dropFirst(indent.count)
      for (sign, mark) in [("-/+ ", "!"), ("+/- ", "!"), ("~ ", "!"), ("+ ", "+"), ("- ", "-"), ("# ", "#")]
      where rest.hasPrefix(sign) { return mark + indent + rest.dropFirst(sign.count - 1) }
      return " " + line
    }.joined(separator: "\n")
  }
}

extension ResourceChange {
  /// It is deleted, or replaced by what is no revision of it.
  var isGrave: Bool {
    switch action {
    case .delete, .cleanUp: true
    case .replace: !isRevision || losesData
    case .keep, .create, .update, .adopt, .forget: losesData
    }
  }
}

extension String {
  /// Without blanks at either end.
  fileprivate var trimmed: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
