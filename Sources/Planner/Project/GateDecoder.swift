/// Reads the `gates` of a profile.
struct GateDecoder {
  private(set) var diagnostics = Diagnostics()

  private static let forms =
    "There are: inSync, alarmsOk, verified, { verified: NAME }, { run: COMMAND, timeout: 10m }, { soak: 30m }, { approval: required }, { approval: [NAME, …] }."
  private static let words = ["inSync", "alarmsOk", "verified", "run", "soak", "approval"]

  /// The gates of a profile, in the order of the file. Wrong ones are diagnostics and are left out.
  mutating func gates(_ node: YAMLNode, of profile: String) -> [Gate] {
    guard let items = node.items else {
      diagnostics.add(
        .wrongShape(
          "profiles.\(profile).gates", wanted: "a list", node, fix: "Write gates: [inSync, alarmsOk]."))
      return []
    }
    var gates: [Gate] = []
    for (index, item) in items.enumerated() {
      guard let gate = gate(item, of: "profiles.\(profile).gates.\(index)") else { continue }
      if gates.contains(gate) {
        diagnostics.add(
          Diagnostic(
            .warning, "The same gate twice", "\(gate.title) stands here already.", at: item.span,
            fix: "Leave out one of the two."))
      } else {
        gates.append(gate)
      }
    }
    return gates
  }

  private mutating func gate(_ node: YAMLNode, of owner: String) -> Gate? {
    if let word = node.text { return plain(word, node) }
    guard let entries = node.entries else {
      diagnostics.add(.wrongShape(owner, wanted: "a word or a mapping", node, fix: Self.forms))
      return nil
    }
    let kinds = entries.map(\.key).filter(Self.words.contains)
    guard kinds.count == 1, let kind = kinds.first else {
      diagnostics.add(kinds.isEmpty ? unknown(entries.first?.key ?? "", node) : several(kinds, node))
      return nil
    }
    var members = MemberReader(node, of: owner)
    defer {
      members.finish()
      diagnostics.add(contentsOf: members.diagnostics)
    }
    switch kind {
    case "run": return run(&members, node)
    case "soak": return soak(&members, node)
    case "approval": return approval(&members, node)
    case "verified": return verified(&members, node)
    default:
      members.add(
        Diagnostic(
          "Wrong form", "\(kind) takes nothing.", at: node.span, fix: "Write the word alone: \(kind)."))
      _ = members.node(kind)
      return nil
    }
  }

  private mutating func plain(_ word: String, _ node: YAMLNode) -> Gate? {
    switch word {
    case "inSync": return .inSync
    case "alarmsOk": return .alarmsOk
    case "verified": return .verified(name: nil)
    case "run", "soak", "approval":
      let form = ["run": "{ run: COMMAND }", "soak": "{ soak: 30m }", "approval": "{ approval: required }"]
      diagnostics.add(
        Diagnostic(
          "Incomplete gate", "\(word) says nothing by itself.", at: node.span,
          fix: "Write \(form[word] ?? word)."))
    default: diagnostics.add(unknown(word, node))
    }
    return nil
  }

  private func unknown(_ word: String, _ node: YAMLNode) -> Diagnostic {
    let near = suggestion(for: word, among: Self.words).map { "Did you mean \($0)?" }
    return Diagnostic(
      "Unknown gate",
      word.isEmpty
        ? "Stackform does not know this gate." : "There is no gate \"\(word.shortened)\".",
      at: node.span, fix: near ?? Self.forms)
  }

  private func several(_ kinds: [String], _ node: YAMLNode) -> Diagnostic {
    Diagnostic(
      "Several gates in one", "This is \(kinds.joined(separator: " and ")) in one.", at: node.span,
      fix: "Give each an item of its own: [\(kinds.map { "{ \($0): … }" }.joined(separator: ", "))].")
  }

  // MARK: Those with members

  private func run(_ members: inout MemberReader, _ node: YAMLNode) -> Gate? {
    let limit = members.seconds("timeout", node)
    guard let command = members.node("run") else {
      members.add(.emptyGate("run", node, "Write { run: scripts/smoke }."))
      return nil
    }
    let source: String
    if let items = command.items {
      let words = items.compactMap(\.text)
      guard words.count == items.count else {
        members.add(.wrongShape("run", wanted: "a command, or a list of its words", command))
        return nil
      }
      source = words.map(CommandTemplate.quotedWord).joined(separator: " ")
    } else if let text = command.text {
      source = text
    } else {
      members.add(.wrongShape("run", wanted: "a command, or a list of its words", command))
      return nil
    }
    guard source.contains(where: { !$0.isWhitespace }) else {
      members.add(.emptyGate("run", command, "Write { run: scripts/smoke }."))
      return nil
    }
    do throws(CommandTemplate.Problem) {
      return .run(GateCommand(template: try CommandTemplate(source), limit: limit ?? GateCommand.usualLimit))
    } catch {
      members.add(Diagnostic("Unknown reference", error.detail, at: command.span, fix: error.fix))
      return nil
    }
  }

  private func soak(_ members: inout MemberReader, _ node: YAMLNode) -> Gate? {
    if let seconds = members.seconds("soak", node) { return .soak(seconds) }
    if members.diagnostics.isEmpty { members.add(.emptyGate("soak", node, "Write { soak: 30m }.")) }
    return nil
  }

  private func verified(_ members: inout MemberReader, _ node: YAMLNode) -> Gate? {
    guard let name = members.text("verified") else {
      if members.diagnostics.isEmpty {
        members.add(.emptyGate("verified", node, "Write { verified: smoke }, or verified alone."))
      }
      return nil
    }
    return .verified(name: name)
  }

  private func approval(_ members: inout MemberReader, _ node: YAMLNode) -> Gate? {
    guard let value = members.node("approval") else {
      members.add(.emptyGate("approval", node, "Write { approval: required }."))
      return nil
    }
    if let word = value.text {
      if word == "required" { return .approval(ApprovalRule()) }
      members.add(
        Diagnostic(
          "Bad approval",
          "An approval is \"required\" or a list of names, and this is \"\(word.shortened)\".",
          at: value.span, fix: "Write { approval: required } or { approval: [\(word.shortened)] }."))
      return nil
    }
    if value.items != nil { return rule(from: members.texts("approval"), count: nil, value, &members) }
    var inner = MemberReader(value, of: "approval")
    let names = inner.texts("from")
    let countNode = inner.node("count")
    inner.finish()
    for item in inner.diagnostics.items { members.add(item) }
    return inner.diagnostics.hasErrors ? nil : rule(from: names, count: countNode, value, &members)
  }

  private func rule(
    from names: [(text: String, span: SourceSpan)], count node: YAMLNode?, _ value: YAMLNode,
    _ members: inout MemberReader
  ) -> Gate? {
    let people = names.map(\.text)
    if let double = names.first(where: { name in people.count { $0 == name.text } > 1 }) {
      members.add(
        Diagnostic("Named twice", "\(double.text) is named twice.", at: double.span, fix: "Once is enough."))
      return nil
    }
    if value.items?.isEmpty == true || names.contains(where: { $0.text.isEmpty }) {
      members.add(
        Diagnostic(
          "Bad approval", "No one is named here.", at: value.span,
          fix: "Name who may approve, or write { approval: required } for anybody."))
      return nil
    }
    guard let node else { return .approval(ApprovalRule(names: people)) }
    guard let count = node.plainScalar?.integer, count >= 1 else {
      members.add(.wrongShape("approval.count", wanted: "a whole number from 1", node))
      return nil
    }
    guard people.isEmpty || count <= people.count else {
      members.add(
        Diagnostic(
          "Bad approval", "\(count) approvals are needed, and only \(people.count) may give one.",
          at: node.span, fix: "Name more people, or ask for fewer approvals."))
      return nil
    }
    return .approval(ApprovalRule(names: people, count: count))
  }
}

extension MemberReader {
  /// A length of time; nil when it is absent or none.
  fileprivate mutating func seconds(_ key: String, _ gate: YAMLNode) -> Int? {
    guard let node = node(key) else { return nil }
    // A bare number says no unit: seconds for one reader, minutes for another.
    if let text = node.text, Int(text) == nil, let seconds = DurationText.seconds(text) {
      if seconds > 0 || key != "timeout" { return seconds }
    }
    let shown = node.text.map { "\"\($0.shortened)\"" } ?? node.describedShape
    add(
      Diagnostic(
        "Bad time", "\(key) is a length of time, and this is \(shown).", at: node.span,
        fix: "Write it as 90s, 30m, 2h or 1d."))
    return nil
  }
}

extension Diagnostic {
  fileprivate static func emptyGate(_ kind: String, _ node: YAMLNode, _ fix: String) -> Diagnostic {
    Diagnostic("Incomplete gate", "\(kind) says nothing.", at: node.span, fix: fix)
  }
}
