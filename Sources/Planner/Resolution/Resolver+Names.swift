extension Resolver {
  /// Gives every declared resource its physical name: `name` of the file, or else the profile's prefix and
  /// the entry's name.
  mutating func nameResources() {
    var taken: [String: [String: SourceSpan]] = [:]
    let later = scope.declaration.resources.filter(isNamedAfterAnother)
    let addresses = Set(later.map(\.address))
    for declaration in scope.declaration.resources.filter({ !addresses.contains($0.address) })
      + later
    {
      guard let schema = scope.registry[declaration.address.section]?.schema else { continue }
      guard let naming = schema.naming else {
        rejectName(of: declaration, schema)
        continue
      }
      let node = declaration.node["name"].flatMap { $0.isNull ? nil : $0 }
      let span = node?.span ?? declaration.keySpan
      guard let name = node.map({ written($0, of: declaration) }) ?? defaultName(of: declaration, naming)
      else {
        continue
      }
      // A bad entry name was reported as such.
      let isSound = node != nil || StackLoader.isEntryName(declaration.address.name)
      if isSound, let problem = scope.problem(of: name, naming.rule) {
        diagnostics.add(
          .badName(name, schema, problem, isDefault: node == nil, at: span, declaration.address))
      }
      if naming.isUnique {
        let identity = identity(name, of: declaration, schema)
        if let first = taken[schema.section]?[identity] {
          diagnostics.add(.nameTaken(name, schema, first: first, at: span, declaration.address))
        } else {
          taken[schema.section, default: [:]][identity] = span
        }
      }
      names[declaration.address] = name
      if !addresses.contains(declaration.address) { note(name, of: declaration, schema) }
    }
  }

  /// A log group is named after its lambda, say: it gets its name when the lambda has one.
  private func isNamedAfterAnother(_ declaration: ResourceDeclaration) -> Bool {
    guard let text = declaration.node["name"]?.text, let template = try? scope.template(text) else {
      return false
    }
    return template.references.contains { scope.registry[$0[0]] != nil }
  }

  /// Attributes that other names may hold.
  private func note(_ name: String, of declaration: ResourceDeclaration, _ schema: Schema) {
    guard schema.naming?.isIdentity == true, let kind = scope.registry[schema.section] else {
      return
    }
    let follow = schema.attributes.filter { attribute in
      attribute.followsNameWithout?.allSatisfy { path in
        let member = path.split(separator: ".").reduce(declaration.node as YAMLNode?) { $0?[String($1)] }
        return member?.isNull ?? true
      } ?? false
    }
    let early = kind.earlyAttributes(
      of: Resource(declaration.address, name: name), in: scope.target)
    scope.named[declaration.address] = early.filter { name, _ in follow.contains { $0.name == name }
    }
  }

  /// The name with what it is unique within, as the file writes that: references are not worked out yet.
  private func identity(_ name: String, of declaration: ResourceDeclaration, _ schema: Schema) -> String {
    let within = (schema.naming?.within ?? []).map { property in
      declaration.node[property]?.text ?? schema.property(property)?.defaultValue?.string ?? ""
    }
    return (within + [schema.naming?.key(name) ?? name]).joined(separator: Schema.identitySeparator)
  }

  private mutating func rejectName(of declaration: ResourceDeclaration, _ schema: Schema) {
    guard schema.property("name") == nil,
      let entry = declaration.node.entries?.first(where: { $0.key == "name" })
    else { return }
    diagnostics.add(
      Diagnostic(
        "Unknown property", "\(schema.kind.withArticle.capitalisedFirst) has no physical name.",
        at: entry.keySpan,
        address: declaration.address, fix: "Take it out."))
  }

  /// The name that the file says; nil when it is wrong, or depends on an account that is not known offline.
  private mutating func written(_ node: YAMLNode, of declaration: ResourceDeclaration) -> String? {
    var decoder = nameDecoder(for: declaration)
    let value = decoder.within("name") { $0.decode(node, .text) }
    diagnostics.add(contentsOf: decoder.diagnostics)
    if !decoder.secretPaths.isEmpty {
      diagnostics.add(
        Diagnostic(
          "Secret in a name", "A physical name is shown everywhere, and this one holds a secret variable.",
          at: node.span, address: declaration.address))
    }
    return value?.string
  }

  private func defaultName(of declaration: ResourceDeclaration, _ naming: Naming) -> String? {
    let name = scope.target.namePrefix + declaration.address.name
    guard let suffix = naming.suffix, let node = declaration.node[suffix.property] else { return name }
    // A wrong value is reported when the property itself is decoded.
    var decoder = nameDecoder(for: declaration)
    return decoder.decode(node, .boolean) == true ? name + suffix.suffix : name
  }

  private func nameDecoder(for declaration: ResourceDeclaration) -> ShapeDecoder {
    var decoder = ShapeDecoder(scope: scope, address: declaration.address, directory: declaration.directory)
    decoder.allowsResources = false
    return decoder
  }
}

extension Diagnostic {
  fileprivate static func badName(
    _ name: String, _ schema: Schema, _ problem: String, isDefault: Bool, at span: SourceSpan,
    _ address: Address
  ) -> Diagnostic {
    let rule = schema.naming?.rule.words ?? "a text"
    return Diagnostic(
      "Bad name", "The physical name of \(schema.kind.withArticle) is \(rule), and \(problem).", at: span,
      address: address,
      fix: isDefault ? "Give it one: name: …, or rename the entry." : nil)
  }

  fileprivate static func nameTaken(
    _ name: String, _ schema: Schema, first: SourceSpan, at span: SourceSpan, _ address: Address
  ) -> Diagnostic {
    Diagnostic(
      "Name taken twice", "The \(schema.kind) of line \(first.line) is called \"\(name)\" too.", at: span,
      address: address, fix: "Give one of them another name.")
  }
}
