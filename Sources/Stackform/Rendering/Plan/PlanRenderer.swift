import Planner

/// A plan as text, in the shapes of Terraform's that eyes and tools know: signs, sentences, counts.
struct PlanRenderer: Sendable {
  let style: TerminalStyle
  /// Values whole, however long, and why each derived property is there.
  let isVerbose: Bool
  /// `--allow-data-loss` was given.
  let allowsDataLoss: Bool

  init(style: TerminalStyle, isVerbose: Bool = false, allowsDataLoss: Bool = false) {
    self.style = style
    self.isVerbose = isVerbose
    self.allowsDataLoss = allowsDataLoss
  }

  /// The whole plan: its target, each change, the counts. A `body` replaces the changes; then the target was
  /// shown before.
  func render(_ plan: Plan, body: String? = nil) -> String {
    let changes = plan.changes.filter { $0.action != .keep }
    let outputs = plan.outputs.filter(\.isChange)
    var parts =
      body == nil ? [Banner(style: style, isVerbose: isVerbose).render(plan.target, stack: plan.stack)] : []
    if changes.isEmpty {
      parts.append(nothingToDo(plan, hasOutputs: !outputs.isEmpty))
      if let note = leftNote(plan) { parts.append(note) }
      if !outputs.isEmpty {
        parts.append(OutputsRenderer(style: style).changes(outputs, text: valueText))
        parts.append("An apply records these outputs; no resource changes.")
      }
    } else {
      parts.append(legend(of: changes))
      parts.append("Stackform will perform the following actions:")
      parts += body.map { [$0] } ?? changes.map { text(of: $0, in: plan) }
      if let note = driftNote(changes) { parts.append(note) }
      if let note = leftNote(plan) { parts.append(note) }
      parts.append(summary(of: plan))
      if !outputs.isEmpty { parts.append(OutputsRenderer(style: style).changes(outputs, text: valueText)) }
      if let warning = dataLossWarning(changes, plan) { parts.append(warning) }
    }
    return parts.joined(separator: "\n\n") + "\n"
  }

  /// `Plan: 1 to add, 2 to change, 0 to destroy.`
  func summary(of plan: Plan) -> String {
    style("Plan:", .bold) + " " + Self.counts(of: plan) + "."
  }

  /// The counts in Terraform's words: `2 to add, 1 to change, 0 to destroy`.
  static func counts(of plan: Plan) -> String {
    let counts = plan.counts
    let forgotten = plan.changes.count { $0.action == .forget }
    var parts = ["\(counts.add) to add", "\(counts.change) to change", "\(counts.destroy) to destroy"]
    if counts.adopt > 0 { parts.insert("\(counts.adopt) to adopt", at: 0) }
    if forgotten > 0 { parts.append("\(forgotten) to forget") }
    return parts.joined(separator: ", ")
  }

  private var valueText: ValueText { ValueText(limit: isVerbose ? nil : 120) }

  private func nothingToDo(_ plan: Plan, hasOutputs: Bool) -> String {
    let sentence =
      if plan.isDestroy {
        "There is nothing to destroy."
      } else if hasOutputs {
        "Only outputs differ."
      } else if plan.changes.contains(where: { $0.isLeftOut && $0.id == nil }) {
        "What was chosen is as the stack says; what was left out was not looked at, or is not there."
      } else {
        "Your infrastructure matches the stack."
      }
    return style("No changes.", .bold, .green) + " " + style(sentence, .bold)
  }

  private func legend(of changes: [ResourceChange]) -> String {
    let present = Set(changes.filter { !$0.isRevision }.map(\.action))
    var lines = ResourceChange.Action.legendOrder.filter(present.contains).map {
      "\($0.coloured(style)) \($0.legend)"
    }
    if let revision = changes.first(where: \.isRevision) {
      lines.append("\(revision.action.coloured(style)) make a new revision and then retire the old one")
    }
    return "Resource actions are indicated with the following symbols:\n" + lines.joined(separator: "\n")
  }

  /// How many resources were changed from outside: the marks at the properties are easily missed in a long
  /// plan.
  private func driftNote(_ changes: [ResourceChange]) -> String? {
    let drifted = changes.filter { $0.drift != nil }
    guard !drifted.isEmpty else { return nil }
    return style("Note: ", .bold, .magenta) + style("Objects have changed outside of this stack: ", .bold)
      + drifted.map(\.address.description).joined(separator: ", ")
  }

  /// What the stack no longer has and stays all the same.
  private func leftNote(_ plan: Plan) -> String? {
    let left = plan.changes.filter { $0.reason == .perhapsLeftOut }
    guard !left.isEmpty else { return nil }
    return style("Note: ", .bold) + style("Not deleted, for \(Reason.perhapsLeftOut.sentence): ", .bold)
      + left.map(\.address.description).joined(separator: ", ")
  }

  private func dataLossWarning(_ changes: [ResourceChange], _ plan: Plan) -> String? {
    let losing = changes.filter(\.losesData).map(\.address.description)
    guard !losing.isEmpty, !allowsDataLoss, !plan.target.isDisposable else { return nil }
    return style("What these hold would be lost: ", .bold, .red) + losing.joined(separator: ", ")
      + ".\nThe plan is not carried out like this. Add --allow-data-loss if that is meant."
  }

  // MARK: One resource

  /// One change as it is shown in a plan.
  func text(of change: ResourceChange, in plan: Plan) -> String {
    let text = DifferenceText(style: style, text: valueText)
    var lines = heading(of: change, isDestroy: plan.isDestroy, isDisposable: plan.target.isDisposable)
    let tree = PropertyTree(change.properties)
    let isIdentified = change.action != .create && change.id != nil
    let names = tree.members.map(\.name) + (isIdentified ? ["id"] : [])
    let width = DifferenceText.nameWidth(names)
    var body: [String] = []
    if isIdentified, let id = change.id {
      body.append(
        text.prefix(.none, 6) + TerminalText.padded("id", to: width) + " = "
          + style(ValueText.quoted(id), .dim))
    }
    body += properties(tree.members, width: width, column: 6, of: change, text)
    if change.unchangedCount > 0, change.action != .create {
      let noun = change.unchangedCount == 1 ? "attribute" : "attributes"
      body.append(text.comment("(\(change.unchangedCount) unchanged \(noun) hidden)", column: 6))
    }
    let leftovers = change.leftovers.map { id in
      let note = change.action == .cleanUp ? "" : "  # left over"
      return "\(ResourceChange.Action.delete.coloured(style)) \(change.address)"
        + style(" [id=\(TerminalText.printable(id))]\(note)", .dim)
    }
    if change.action == .cleanUp { return (lines + leftovers).joined(separator: "\n") }
    let title = "\(change.action.coloured(style)) \(change.address)"
    if change.properties.isEmpty, change.unchangedCount == 0 {
      lines.append(title + (change.id.map { style(" [id=\(TerminalText.printable($0))]", .dim) } ?? ""))
    } else {
      lines += [title + " {"] + body + ["    }"]
    }
    lines += leftovers
    return lines.joined(separator: "\n")
  }

  /// The comments above a resource: what happens to it, and why.
  func heading(of change: ResourceChange, isDestroy: Bool, isDisposable: Bool) -> [String] {
    let isRequested = change.reason == .requested
    let isForced =
      change.properties.contains(where: \.forcesReplacement) || (change.reason != nil && !isRequested)
    let (sentence, weight) =
      change.isRevision
      ? (isRequested ? " will be revised, as requested" : " will be revised", "")
      : change.action.sentence(isForced: isForced)
    var lines = [
      "  " + style("# \(change.address)", .bold) + style(sentence, .bold) + style(weight, .bold, .red)
    ]
    if let reason = change.reason, !isRequested {
      let colour: TerminalStyle.Colour = change.drift == .delete ? .magenta : .dim
      lines.append("  " + style("# (\(TerminalText.printable(reason.sentence)))", colour))
    }
    if change.isRevision {
      lines.append("  " + style("# (a new revision; the old one is retired once nothing uses it)", .dim))
    }
    if let hint = change.renameHint {
      lines.append("  " + style("# (\(TerminalText.printable(hint.advice(for: change.address))))", .yellow))
    }
    if let cause = change.derivedBecause { lines.append("  " + style("# derived: \(cause)", .dim)) }
    if change.losesData {
      lines.append(
        isDisposable || allowsDataLoss
          ? "  " + style("# what it holds is lost", .red)
          : "  " + style("# what it holds would be lost: needs --allow-data-loss", .bold, .red))
    }
    return lines
  }

  private func properties(
    _ members: [PropertyTree.Node], width: Int, column: Int, of change: ResourceChange, _ text: DifferenceText
  ) -> [String] {
    members.flatMap { node -> [String] in
      if let property = node.change {
        return self.property(property, name: node.name, width: width, column: column, of: change, text)
      }
      return inner(node, width: width, column: column, of: change, text)
    }
  }

  /// A property of which only members differ.
  private func inner(
    _ node: PropertyTree.Node, width: Int, column: Int, of change: ResourceChange, _ text: DifferenceText
  ) -> [String] {
    let isList = node.members.allSatisfy { Int($0.name) != nil }
    let members = node.members.map {
      PropertyTree.Node(name: isList ? "[\($0.name)]" : $0.name, change: $0.change, members: $0.members)
    }
    let head =
      text.prefix(change.action == .create ? .add : .change, column)
      + TerminalText.padded(ValueText.key(node.name), to: width)
    let body = properties(
      members, width: DifferenceText.nameWidth(members.map(\.name)), column: column + 4, of: change, text)
    return [head + " = " + (isList ? "[" : "{")] + body
      + [String(repeating: " ", count: column + 2) + (isList ? "]" : "}")]
  }

  private func property(
    _ property: PropertyChange, name: String, width: Int, column: Int, of change: ResourceChange,
    _ text: DifferenceText
  ) -> [String] {
    let note = self.note(on: property, of: change)
    if property.isSecret {
      let sign: DifferenceText.Sign =
        property.before == nil ? .add : property.after == nil ? .remove : .change
      return [text.secretLine(name: name, width: width, sign: sign, column: column, note: note)]
    }
    return text.lines(
      name: name, width: width, before: property.before, after: property.after, column: column, note: note)
  }

  /// Comments behind a property, the gravest first.
  private func note(on property: PropertyChange, of change: ResourceChange) -> String {
    var notes: [String] = []
    if property.forcesReplacement {
      notes.append(
        change.isRevision ? style("# makes a new revision", .yellow) : style("# forces replacement", .red))
    }
    if let place = property.rebuilds {
      notes.append(style("# \(TerminalText.printable(place)) is deleted and made anew", .red))
    }
    switch property.cause {
    case .cloud: notes.append(style("# changed outside of this stack", .magenta))
    case .both: notes.append(style("# changed in the file and outside of this stack", .magenta))
    case .reset: notes.append(style("# no longer declared: back to its default", .dim))
    case .file, .unknown: break
    }
    if let cause = property.derivedBecause, cause != change.derivedBecause {
      notes.append(style("# derived: \(cause)", .dim))
    }
    return notes.joined(separator: " ")
  }
}
