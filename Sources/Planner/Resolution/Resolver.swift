extension StackDeclaration {
  /// The stack as it is wanted in one target. Expressions are evaluated as far as their values are known,
  /// properties are checked by their kind's schema, local files are packed, and derived resources are added.
  ///
  /// `variables` holds what the caller gives; values of a command line are texts. All other variables have
  /// the file's defaults.
  package func resolved(
    registry: KindRegistry, target: Target, variables: [String: Value], environment: [String: String],
    files: FileReader
  ) throws(Diagnostics) -> Stack {
    let (valued, variableProblems) = valued(variables)
    // Variables that are wrong would make every use of them wrong as well.
    if variableProblems.hasErrors {
      try Diagnostics(problems.items + variableProblems.items).throwIfErrors()
    }
    let scope = ResolutionScope(
      declaration: self, registry: registry, target: target, variables: valued, environment: environment,
      files: files)
    var resolver = Resolver(scope: scope)
    return try resolver.resolve()
  }
}

/// Makes a stack of a declaration: names first, then each resource after those that it refers to, then
/// derived resources.
struct Resolver {
  let scope: ResolutionScope
  var diagnostics = Diagnostics()
  var stack: Stack
  /// Physical names of the declared resources.
  var names: [Address: String] = [:]
  /// Tags of the whole stack.
  var tags: [String: Value] = [:]

  init(scope: ResolutionScope) {
    self.scope = scope
    let declaration = scope.declaration
    diagnostics = declaration.problems
    stack = Stack(name: declaration.name, target: scope.target, directory: declaration.directory)
    stack.secretTexts = Set(scope.variables.values.filter(\.isSecret).flatMap(\.value.secretTexts))
  }

  /// Makes the stack.
  ///
  /// - Throws: all mistakes of the declaration and of the resolution together, without the texts of secrets.
  mutating func resolve() throws(Diagnostics) -> Stack {
    checkSections()
    decodeTags()
    nameResources()
    let resources = decodeResources()
    stack.replaceResources(with: resources)
    stack.places = Dictionary(scope.declaration.resources.map { ($0.address, $0.node) }) { first, _ in first }
    checkOrderings()
    completeResources()
    refuseTwins()
    if !diagnostics.hasErrors { derive() }
    if !diagnostics.hasErrors { checkTogether() }
    decodeOutputs()
    let short = scope.variables.values.filter(\.isSecret).flatMap(\.value.scalarTexts).filter { $0.count < 4 }
    let found = diagnostics.concealing(stack.secretTexts).concealingWords(Set(short))
    try found.throwIfErrors()
    stack.warnings = found.inFileOrder
    return stack
  }

  private mutating func checkSections() {
    let known = scope.registry.sections
    for section in scope.declaration.sections where scope.registry[section.name] == nil {
      diagnostics.add(.unknownSection(section.name, known: known, at: section.span))
    }
    for (section, entry) in scope.declaration.malformedEntries where scope.registry[section] != nil {
      diagnostics.add(.wrongShape("\(section).\(entry.key)", wanted: "a mapping", entry.value))
    }
    for section in scope.declaration.emptySections
    where scope.registry[section.name] != nil && scope.entries[section.name] == nil {
      diagnostics.add(.emptySection(section.name, at: section.span))
    }
    for entry in scope.declaration.malformedSections {
      diagnostics.add(
        scope.registry[entry.key] == nil
          ? .unknownSection(entry.key, known: known, at: entry.keySpan)
          : .wrongShape(entry.key, wanted: "a mapping", entry.value))
    }
  }

  private mutating func decodeTags() {
    guard let first = scope.declaration.tags.first else { return }
    var decoder = ShapeDecoder(scope: scope, address: Address("tags", first.key), directory: ".")
    decoder.allowsResources = false
    let node = YAMLNode(content: .mapping(scope.declaration.tags), span: first.keySpan)
    tags = decoder.decode(node, property: .tags)?.map ?? [:]
    decoder.checkTags(node)
    diagnostics.add(contentsOf: decoder.diagnostics.withoutAddress)
  }

  private mutating func decodeOutputs() {
    for output in scope.declaration.outputs {
      var decoder = ShapeDecoder(scope: scope, address: Address("outputs", output.name), directory: ".")
      let value = decoder.untyped(output.value)
      diagnostics.add(contentsOf: decoder.diagnostics.withoutAddress)
      stack.secretTexts.formUnion(decoder.secretTexts)
      guard let value else { continue }
      stack.outputs.append(
        Output(
          name: output.name, value: value, summary: output.summary,
          isSecret: output.isSecret || !decoder.secretPaths.isEmpty,
          references: decoder.references.map { $0.address.path + [$0.attribute] }))
    }
  }

  /// Fills in what the file omits, and packs local files, where the resource itself is in order.
  private mutating func completeResources() {
    let wrong = Set(diagnostics.items.compactMap(\.address))
    var files = scope.files
    files.ownFiles = scope.declaration.companions.union(scope.declaration.files)
    for resource in stack.resources where !wrong.contains(resource.address) {
      guard let kind = scope.registry[resource.section] else { continue }
      do throws(PropertyProblem) {
        let packed = try kind.packed(
          try kind.completed(resource), directory: stack.directory, files: files)
        stack[resource.address] = packed.resource
        for artifact in packed.artifacts {
          stack.artifacts[artifact.digest] = artifact
          stack.artifactDigests[resource.address] = artifact.digest
        }
        for warning in packed.warnings {
          diagnostics.add(.init(warning, of: resource.address, in: stack.places[resource.address]))
        }
      } catch {
        diagnostics.add(.init(error, of: resource.address, in: stack.places[resource.address]))
      }
    }
  }

  /// Every `dependsOn` names a resource, and not its own.
  private mutating func checkOrderings() {
    for resource in scope.declaration.resources {
      guard let node = resource.node["dependsOn"], !node.isNull else { continue }
      for item in node.items ?? [node] {
        guard let text = item.text, !Template.isTemplate(text) else { continue }
        let address = Address(text)
        if address == resource.address {
          diagnostics.add(.dependsOnItself(resource.address, at: item.span))
        } else if address.map({ !scope.isDeclared($0.declared) }) ?? true {
          diagnostics.add(.unknownAddress(text, scope, at: item.span, address: resource.address))
        }
      }
    }
  }
}

extension Value {
  /// The texts of a secret, which are masked in all that is shown. Anything below four characters would be
  /// found everywhere.
  var secretTexts: [String] { scalarTexts.filter { $0.count >= 4 } }

  /// The texts and numbers anywhere in it, as text.
  package var scalarTexts: [String] {
    switch self {
    case .list(let items): items.flatMap(\.scalarTexts)
    case .map(let members): members.values.flatMap(\.scalarTexts)
    case .null, .boolean, .pending: []
    case .integer, .number, .string: scalarText.map { [$0] } ?? []
    }
  }
}

extension Diagnostics {
  /// The same with secrets, whole or cut short, taken out of their sentences.
  func concealing(_ secrets: Set<String>) -> Diagnostics {
    if secrets.isEmpty { return self }
    // Longest first, so that no part of one stays where a shorter one is inside of it.
    let texts = Set(secrets.flatMap { [$0, $0.shortened] }).sorted { ($0.count, $0) > ($1.count, $1) }
    return withSentences { sentence in texts.reduce(sentence) { $0.replacing($1, with: "(secret)") } }
  }

  /// Without a secret that is too short to be found inside of other words: where it stands alone, as a text in
  /// quotes or a number.
  func concealingWords(_ secrets: Set<String>) -> Diagnostics {
    if secrets.isEmpty { return self }
    return withSentences { sentence in
      secrets.filter { !$0.isEmpty }.reduce(sentence) {
        $0.replacing("\"\($1)\"", with: "\"(secret)\"").replacing("number \($1)", with: "number (secret)")
          .replacing("not \($1).", with: "not (secret).")
      }
    }
  }

  private func withSentences(_ change: (String) -> String) -> Diagnostics {
    Diagnostics(
      items.map {
        var item = $0
        item.detail = change(item.detail)
        item.fix = item.fix.map(change)
        return item
      })
  }

  /// For what is not inside a resource.
  var withoutAddress: Diagnostics {
    Diagnostics(
      items.map {
        var item = $0
        item.address = nil
        return item
      })
  }
}

extension Diagnostic {
  /// A kind's problem at the nearest node of the file that there is on its path.
  package init(_ problem: PropertyProblem, of address: Address, in node: YAMLNode?) {
    let span = node?.nearest(to: problem.path).span
    self.init(
      problem.severity, problem.summary, problem.detail, at: span, address: address, fix: problem.fix)
  }

  fileprivate static func unknownSection(
    _ name: String, known: [String], at span: SourceSpan
  ) -> Diagnostic {
    let near = suggestion(for: name, among: known + StackLoader.topLevelKeys).map {
      "Did you mean \"\($0)\"?"
    }
    return Diagnostic(
      "Unknown section", "There is no kind of resources called \(name.shortened).", at: span,
      fix: near ?? "There are: \(known.joined(separator: ", ")).")
  }

  fileprivate static func emptySection(_ name: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .warning, "Empty section",
      "\(name) has no entries. If it had some when the stack was last applied, they will be deleted.",
      at: span,
      fix: "Take the key out, or write `\(name): {}` if that is meant.")
  }

  fileprivate static func dependsOnItself(_ address: Address, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "Refers to itself", "\(address) can't come after itself.", at: span, address: address,
      fix: "Take it out.")
  }

  fileprivate static func unknownAddress(
    _ text: String, _ scope: ResolutionScope, at span: SourceSpan, address: Address
  ) -> Diagnostic {
    let known = scope.declaration.resources.map(\.address.description)
    let near = suggestion(for: text, among: known).map { "Did you mean \($0)?" }
    return Diagnostic(
      "Unknown address", "The stack has no \(text.shortened).", at: span, address: address,
      fix: near ?? "An address is section.name, as queues.orders.")
  }
}
