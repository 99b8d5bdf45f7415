extension Resolver {
  /// Applies what the kinds derive from the declared resources: whole resources first, since the rest may be about these.
  mutating func derive() {
    linkLiterals()
    var derived: [(from: Address, what: Derived)] = []
    for resource in stack.resources {
      guard let kind = scope.registry[resource.section] else { continue }
      derived += kind.derived(from: resource, in: stack).map { (resource.address, $0) }
    }
    addResources(derived)
    var touched = Set(stack.resources.filter(\.isDerived).map(\.address))
    var added: [Address: Set<Value>] = [:]
    for (_, what) in derived {
      switch what {
      case .resource: break
      case .property(let address, let name, let value, let reason):
        guard stack[address] != nil, stack[address]?.properties[name] == nil else { continue }
        stack[address]?.properties[name] = value
        stack[address]?.addDerivation(of: name, reason)
        touched.insert(address)
      case .statement(let address, let property, let statement, let reason):
        add(statement, to: property, of: address, because: reason, &added[address, default: []])
        touched.insert(address)
      case .dependency(let address, let other, _):
        if stack[address] != nil, stack[other] != nil, address != other,
          stack[address]?.dependsOn.contains(other) == false
        {
          stack[address]?.dependsOn.append(other)
        }
      }
    }
    resolveDerived(touched)
    checkDerivedNames()
    checkDerivedOrderings()
  }

  /// Inserts each derived resource after the one that it is a part of.
  private mutating func addResources(_ derived: [(from: Address, what: Derived)]) {
    var parts: [Address: [Resource]] = [:]
    for case (let parent, .resource(var resource)) in derived {
      if resource.name == nil, let part = resource.address.part,
        scope.registry[resource.section]?.schema.naming != nil
      {
        resource.name = "\(scope.target.namePrefix)\(resource.address.name)-\(part)"
      }
      if scope.registry[resource.section]?.schema.isTaggable == true { takeStackTags(&resource) }
      parts[parent, default: []].append(resource)
    }
    var all: [Resource] = []
    var sections: [Address: String] = [:]
    for resource in stack.resources {
      all.append(resource)
      for part in parts[resource.address] ?? [] where sections[part.address] == nil {
        sections[part.address] = part.section
        all.append(part)
      }
    }
    stack.replaceResources(with: all)
    scope.derivedSections = sections
  }

  /// `added` are the statements that this very run added there. One of them takes the new one in where it can: services take
  /// few statements in a policy. What the file says is never touched, and what it allows is not added.
  private mutating func add(
    _ statement: Value, to property: String, of address: Address, because reason: String,
    _ added: inout Set<Value>
  ) {
    guard let resource = stack[address] else { return }
    var policy = resource.properties[property] ?? ["Version": "2012-10-17", "Statement": []]
    if let text = policy.string { policy = Value(json: text) ?? policy }
    guard var members = policy.map else {
      diagnostics.add(.unextendable(property, resource, reason, in: stack.places[address]))
      return
    }
    var statements = members["Statement"]?.list ?? members["Statement"].map { [$0] } ?? []
    guard !statements.contains(statement),
      !statements.contains(where: { !added.contains($0) && $0.allows(statement) })
    else { return }
    let host = statements.lastIndex { added.contains($0) && $0.joined(with: statement) != nil }
    let joined = host.flatMap { statements[$0].joined(with: statement) } ?? statement
    if let host {
      added.remove(statements[host])
      statements[host] = joined
    } else {
      statements.append(joined)
    }
    added.insert(joined)
    members["Statement"] = .list(statements)
    stack[address]?.properties[property] = .map(members)
    stack[address]?.addDerivation(of: property, reason)
  }

  /// Works out the expressions in what was derived, and those in the file that waited for derived resources;
  /// notes what they refer to.
  private mutating func resolveDerived(_ touched: Set<Address>) {
    for resource in stack.resources where resource.isDerived { remember(resource.address) }
    for resource in stack.resources where resource.properties.values.contains(where: \.isPending) {
      guard
        touched.contains(resource.address) || resource.references.contains(where: { $0.address.part != nil })
      else { continue }
      var pass = DerivedResolution(resource: resource, scope: scope)
      pass.run(place: stack.places[resource.address])
      diagnostics.add(contentsOf: pass.diagnostics)
      stack[resource.address] = pass.resource
    }
    for address in touched { remember(address) }
    guard !stack.secretTexts.isEmpty else { return }
    let texts = stack.secretTexts
    for address in touched { stack[address]?.markSecrets(texts) }
  }

  private func remember(_ address: Address) {
    guard let resource = stack[address] else { return }
    scope.early[address] =
      scope.registry[resource.section]?.earlyAttributes(of: resource, in: scope.target) ?? [:]
  }

  /// A derived resource must not take the name of another one of its kind; nor must two of the file's whose names are
  /// unique within the same thing, which each of them spells in its own way.
  private mutating func checkDerivedNames() {
    var owners: [String: Address] = [:]
    for resource in stack.resources {
      guard let name = resource.name, let schema = scope.registry[resource.section]?.schema,
        let naming = schema.naming, naming.isIdentity, let identity = schema.identity(of: resource)
      else { continue }
      let key = "\(resource.section) \(identity)"
      let isDerived = resource.isDerived || owners[key].map { stack[$0]?.isDerived == true } ?? false
      if let other = owners[key], isDerived || !naming.within.isEmpty, !isNameReported(resource) {
        diagnostics.add(
          Diagnostic(
            "Name taken twice", "\(resource.address) and \(other) are both called \"\(name)\".",
            at: stack.places[resource.address.declared]?.span, address: resource.address,
            fix: "Give \(resource.isDerived ? other : resource.address) another name."))
      }
      owners[key] = owners[key] ?? resource.address
    }
  }

  /// Two that are spelled alike were told of when they got their names.
  private func isNameReported(_ resource: Resource) -> Bool {
    diagnostics.items.contains { $0.address == resource.address && $0.summary == "Name taken twice" }
  }

  /// `dependsOn` may name a part; which ones there are is known only now.
  private mutating func checkDerivedOrderings() {
    for resource in stack.resources {
      for other in resource.dependsOn where other.part != nil && stack[other] == nil {
        diagnostics.add(
          Diagnostic(
            "Unknown address", "\(other.declared) has no derived \(other.part ?? "").",
            at: stack.places[resource.address]?["dependsOn"]?.span, address: resource.address))
      }
    }
  }
}

extension Resource {
  /// Records why a property, or a part of it, was derived. Several reasons are joined.
  fileprivate mutating func addDerivation(of property: String, _ reason: String) {
    guard let before = derivations[property] else {
      derivations[property] = reason
      return
    }
    if !before.components(joinedBy: ", ").contains(reason) { derivations[property] = "\(before), \(reason)" }
  }

  /// Marks every path whose text holds a secret: a derived value does not say which reference the secret came
  /// from.
  fileprivate mutating func markSecrets(_ texts: Set<String>) {
    func visit(_ value: Value, _ path: String, _ found: inout Set<String>) {
      switch value {
      case .string(let text): if texts.contains(where: text.contains) { found.insert(path) }
      case .list(let items):
        for (index, item) in items.enumerated() { visit(item, "\(path).\(index)", &found) }
      case .map(let members): for (key, member) in members { visit(member, "\(path).\(key)", &found) }
      case .null, .boolean, .integer, .number, .pending: break
      }
    }
    for (name, value) in properties { visit(value, name, &secretPaths) }
  }
}

extension String {
  fileprivate func components(joinedBy separator: String) -> [String] {
    split(separator: separator).map(String.init)
  }
}

/// One resource whose pending values are evaluated once more, now that derived resources are known.
private struct DerivedResolution {
  var resource: Resource
  let scope: ResolutionScope
  var diagnostics = Diagnostics()

  init(resource: Resource, scope: ResolutionScope) {
    self.resource = resource
    self.scope = scope
  }

  mutating func run(place: YAMLNode?) {
    let schema = scope.registry[resource.section]?.schema
    for (name, value) in resource.properties.sorted(by: { $0.key < $1.key }) where value.isPending {
      let isValueOnly = schema?.property(name)?.need == .value
      let span = place?[name]?.span ?? place?.span
      resource.properties[name] = resolve(value, name, name, isValueOnly, span)
    }
  }

  private mutating func resolve(
    _ value: Value, _ path: String, _ property: String, _ isValueOnly: Bool, _ span: SourceSpan?
  ) -> Value {
    switch value {
    case .list(let items):
      return .list(items.enumerated().map { resolve($1, "\(path).\($0)", property, isValueOnly, span) })
    case .map(let members):
      return .map(
        Dictionary(
          uniqueKeysWithValues: members.map {
            ($0.key, resolve($0.value, "\(path).\($0.key)", property, isValueOnly, span))
          }))
    case .pending(let template):
      let trace = ReferenceTrace(from: resource.address, allowsResources: true)
      defer { note(trace, property, path, isValueOnly) }
      do throws(ExpressionProblem) {
        return try scope.value(of: template, trace)
      } catch {
        diagnostics.add(
          Diagnostic(
            error.summary, error.detail, at: span?.narrowed(to: error.words), address: resource.address,
            fix: error.fix))
        return value
      }
    case .null, .boolean, .integer, .number, .string: return value
    }
  }

  /// Records the references of a pending value. Existing ones are replaced, since more is known by now.
  private mutating func note(
    _ trace: ReferenceTrace, _ property: String, _ path: String, _ isValueOnly: Bool
  ) {
    for found in trace.references {
      resource.references.removeAll {
        $0.address == found.address && $0.attribute == found.attribute && $0.path == path
      }
      resource.references.append(
        Reference(
          found.address, attribute: found.attribute, property: property, path: path,
          isSoft: isValueOnly && found.isEarly))
    }
  }
}

extension Diagnostic {
  fileprivate static func unextendable(
    _ property: String, _ resource: Resource, _ reason: String, in node: YAMLNode?
  ) -> Diagnostic {
    Diagnostic(
      "Policy known too late",
      "A statement is to be added to \(property) (\(reason)), whose text is known only after apply.",
      at: node?[property]?.span ?? node?.span, address: resource.address,
      fix: "Write the policy out as YAML, with expressions inside.")
  }
}
