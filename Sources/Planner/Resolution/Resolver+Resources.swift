extension Resolver {
  /// Decodes each resource after those that it refers to, so that their early attributes are known. Returns
  /// them in the order of the file.
  mutating func decodeResources() -> [Resource] {
    let declarations = scope.declaration.resources
    let order = DecodingOrder(declarations, scope)
    var decoded = [Decoded?](repeating: nil, count: declarations.count)
    for index in order.all {
      decoded[index] = decode(declarations[index])
      if let result = decoded[index] { remember(result.resource) }
    }
    // What a cycle or a reference to itself left open is known by now, if it is known before apply at all.
    for index in order.unordered { decoded[index] = decode(declarations[index]) }
    var resources: [Resource] = []
    for result in decoded.compactMap({ $0 }) {
      diagnostics.add(contentsOf: result.diagnostics)
      stack.secretTexts.formUnion(result.secretTexts)
      resources.append(result.resource)
    }
    return resources
  }

  private func remember(_ resource: Resource) {
    scope.early[resource.address] =
      scope.registry[resource.section]?.earlyAttributes(of: resource, in: scope.target) ?? [:]
  }

  private struct Decoded {
    let resource: Resource
    let diagnostics: Diagnostics
    let secretTexts: Set<String>
  }

  private func decode(_ declaration: ResourceDeclaration) -> Decoded? {
    guard let kind = scope.registry[declaration.address.section] else { return nil }
    let schema = kind.schema
    var decoder = ShapeDecoder(scope: scope, address: declaration.address, directory: declaration.directory)
    var resource = Resource(declaration.address, name: names[declaration.address])
    for entry in declaration.node.entries ?? [] {
      if let property = schema.property(entry.key), !property.isDerived {
        if entry.value.isNull { continue }
        if let value = decoder.decode(entry.value, property: property) {
          resource.properties[entry.key] = value
        }
      } else if let key = UniversalKey(rawValue: entry.key) {
        decoder.decode(key, entry.value, into: &resource, schema)
      } else if entry.key == "when" || entry.key == "forEach" {
        decoder.diagnostics.add(.notThereYet(entry.key, at: entry.keySpan))
      } else {
        decoder.diagnostics.add(
          .unknownProperty(
            entry, of: schema.section, schema.properties, universal: UniversalKey.allCases.map(\.rawValue),
            address: declaration.address))
      }
    }
    decoder.checkRequired(schema, declaration)
    if schema.isTaggable {
      if let node = declaration.node["tags"] { decoder.checkTags(node) }
      takeStackTags(&resource)
    }
    resource.references = decoder.references
    resource.secretPaths = decoder.secretPaths
    if !decoder.diagnostics.hasErrors {
      for problem in kind.allProblems(of: resource) + schema.tagProblems(of: resource) {
        decoder.diagnostics.add(Diagnostic(problem, of: resource.address, in: declaration.node))
      }
    }
    return Decoded(
      resource: resource, diagnostics: decoder.diagnostics, secretTexts: decoder.secretTexts)
  }

  /// Adds the stack's tags, unless the resource has a tag of the same name.
  func takeStackTags(_ resource: inout Resource) {
    guard !tags.isEmpty else { return }
    let own = resource.properties["tags"]?.map ?? [:]
    resource.properties["tags"] = .map(tags.merging(own) { _, own in own })
  }
}

extension ShapeDecoder {
  /// Takes in a key that every resource has.
  fileprivate mutating func decode(
    _ key: UniversalKey, _ node: YAMLNode, into resource: inout Resource, _ schema: Schema
  ) {
    if node.isNull { return }
    allowsResources = false
    defer { allowsResources = true }
    switch key {
    case .name: break
    case .protect: resource.isProtected = within("protect") { $0.decode(node, .boolean) } == true
    case .adopt: resource.adopts = within("adopt") { $0.decode(node, .boolean) } == true
    case .dependsOn: resource.dependsOn = texts("dependsOn", node).compactMap { Address($0.text) }
    case .ignoreChanges:
      let names = schema.properties.map(\.name)
      for item in texts("ignoreChanges", node) {
        let top = item.text.split(separator: ".").first.map(String.init) ?? ""
        if names.contains(top) {
          resource.ignoredChanges.append(item.text)
        } else {
          let near = suggestion(for: top, among: names).map { "Did you mean \($0)?" }
          diagnostics.add(
            Diagnostic(
              "Unknown property", "\(schema.section) has no property \"\(top)\" to ignore.", at: item.span,
              address: address, fix: near))
        }
      }
    }
  }

  /// One text, or a list of them.
  private mutating func texts(_ key: String, _ node: YAMLNode) -> [(text: String, span: SourceSpan)] {
    var texts: [(String, SourceSpan)] = []
    for item in node.items ?? [node] {
      if let text = within(key, { $0.decode(item, .text) })?.string { texts.append((text, item.span)) }
    }
    return texts
  }

  fileprivate mutating func checkRequired(_ schema: Schema, _ declaration: ResourceDeclaration) {
    for property in schema.properties
    where property.isRequired && !property.isDerived && (declaration.node[property.name]?.isNull ?? true) {
      diagnostics.add(
        Diagnostic(
          "Missing property", "\(address) needs \(property.name): \(property.summary)",
          at: declaration.keySpan,
          address: address, fix: "\(property.name) is \(property.shape.words)."))
    }
  }

  /// AWS's rules for tags, and our own: two of the fifty are the owner's.
  mutating func checkTags(_ node: YAMLNode) {
    let entries = node.entries ?? []
    for entry in entries {
      let lowered = entry.key.lowercased()
      if lowered.hasPrefix("aws:") || lowered.hasPrefix("stackform:") {
        diagnostics.add(
          Diagnostic(
            "Reserved tag",
            "\"\(entry.key.shortened)\" begins with a word that is kept for AWS or Stackform.",
            at: entry.keySpan, address: address, fix: "Name it without."))
      } else if entry.key.count > 128 {
        diagnostics.add(
          Diagnostic(
            "Bad tag", "A tag's name has at most 128 characters, and this one has \(entry.key.count).",
            at: entry.keySpan, address: address))
      }
    }
  }
}
