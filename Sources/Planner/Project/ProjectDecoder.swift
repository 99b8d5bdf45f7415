/// Reads `stackform.yaml`.
struct ProjectDecoder {
  var diagnostics = Diagnostics()

  /// Decodes the root node of a project's file. Mistakes are in ``diagnostics``.
  mutating func project(_ node: YAMLNode, path: String) -> Project {
    var members = MemberReader(node, of: "A project")
    let name = members.text("project")
    let profilesNode = members.node("profiles")
    let retention = retention(&members)
    members.finish()
    diagnostics.add(contentsOf: members.diagnostics)
    var profiles: [Profile] = []
    for entry in profilesNode?.entries ?? [] { profiles.append(profile(entry)) }
    if let profilesNode, profilesNode.entries == nil {
      diagnostics.add(.wrongShape("profiles", wanted: "a mapping", profilesNode))
    }
    if !profiles.contains(where: { $0.name == "local" }) { profiles.insert(.local, at: 0) }
    checkPromotions(profiles, profilesNode)
    return Project(path: path, name: name, profiles: profiles, retention: retention)
  }

  private func retention(_ members: inout MemberReader) -> Retention {
    guard let node = members.node("keepReleases") else { return Retention() }
    if let count = node.plainValue.integer, count >= Retention.leastCount { return Retention(count: count) }
    members.add(
      Diagnostic(
        "Bad number", "keepReleases is a whole number from \(Retention.leastCount) up.", at: node.span,
        fix: "The current release and the one before it are the least that a rollback needs."))
    return Retention()
  }

  private mutating func profile(_ entry: YAMLNode.Entry) -> Profile {
    var members = MemberReader(entry.value, of: "profiles.\(entry.key)")
    // A local profile in the file changes those settings of the built-in one that it names.
    var profile = entry.key == "local" ? Profile.local : Profile(name: entry.key)
    profile.span = entry.keySpan
    profile.endpoint = endpoint(&members) ?? profile.endpoint
    profile.region = members.text("region") ?? profile.region
    if let account = account(&members) {
      profile.account = account
      profile.isAccountDeclared = true
    }
    profile.awsProfile = members.text("awsProfile")
    profile.assumeRole = role(&members)
    profile.namePrefix = members.text("namePrefix") ?? ""
    profile.isDisposable = members.boolean("disposable") ?? profile.isDisposable
    profile.isProtected = members.boolean("protect") ?? false
    profile.promoteFrom = members.text("promoteFrom")
    if let node = members.node("variables") {
      if node.entries == nil {
        members.add(.wrongShape("profiles.\(entry.key).variables", wanted: "a mapping", node))
      }
      // Texts keep their characters: the stack's variable says what type it wants.
      for variable in node.entries ?? [] {
        profile.variables[variable.key] = variable.value.text.map(Value.string) ?? variable.value.plainValue
      }
    }
    if let node = members.node("gates") {
      var gates = GateDecoder()
      profile.gates = gates.gates(node, of: entry.key)
      diagnostics.add(contentsOf: gates.diagnostics)
    }
    profile.variableFiles = members.texts("variableFiles").map {
      Profile.VariableFilePath(path: $0, span: $1)
    }
    members.finish()
    diagnostics.add(contentsOf: members.diagnostics)
    return profile
  }

  private func endpoint(_ members: inout MemberReader) -> String? {
    guard let node = members.node("endpoint"), let text = members.text("endpoint") else { return nil }
    guard text.hasPrefix("http://") || text.hasPrefix("https://"), !text.contains(" ") else {
      members.add(
        Diagnostic(
          "Bad endpoint", "\"\(text.shortened)\" is not a URL.", at: node.span,
          fix: "It begins with http:// or https://, as http://localhost:4566."))
      return nil
    }
    return text.hasSuffix("/") ? String(text.dropLast()) : text
  }

  private func account(_ members: inout MemberReader) -> String? {
    guard let node = members.node("account"), let text = members.text("account") else { return nil }
    let isDigits = text.utf8.allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
    if isDigits, text.count == 12 { return text }
    members.add(
      Diagnostic("Bad account", "An account is 12 digits, and this is \"\(text.shortened)\".", at: node.span))
    return nil
  }

  private func role(_ members: inout MemberReader) -> String? {
    guard let node = members.node("assumeRole"), let text = members.text("assumeRole") else { return nil }
    let fields = text.split(separator: ":", omittingEmptySubsequences: false)
    if fields.count == 6, fields[0] == "arn", fields[2] == "iam", fields[5].hasPrefix("role/") { return text }
    members.add(
      Diagnostic(
        "Bad role", "A role's ARN is arn:aws:iam::ACCOUNT:role/NAME, and this is \"\(text.shortened)\".",
        at: node.span))
    return nil
  }

  private mutating func checkPromotions(_ profiles: [Profile], _ node: YAMLNode?) {
    let names = profiles.map(\.name)
    for profile in profiles {
      guard let from = profile.promoteFrom, !names.contains(from) || from == profile.name else { continue }
      let near = suggestion(for: from, among: names.filter { $0 != profile.name }).map {
        "Did you mean \($0)?"
      }
      diagnostics.add(
        Diagnostic(
          "Unknown profile",
          "profiles.\(profile.name) is promoted from \"\(from)\", and there is no such other profile.",
          at: node?[profile.name]?["promoteFrom"]?.span, fix: near))
    }
  }
}
