/// Turns nodes of the file into values of a shape. It checks types, ranges and names, evaluates expressions,
/// and reports each mistake at its own place.
struct ShapeDecoder {
  let scope: ResolutionScope
  let address: Address
  /// The folder of the file, seen from the stack's: what `path` properties are relative to.
  let directory: String
  var diagnostics = Diagnostics()
  var references: [Reference] = []
  var secretPaths: Set<String> = []
  /// Texts that were made with a secret and no longer show it, as its Base64.
  var secretTexts: Set<String> = []
  var allowsResources = true
  /// From the resource down: `["redrivePolicy", "maxReceiveCount"]`.
  private(set) var path: [String] = []
  /// A surrounding property needs only the text of what it refers to.
  private var needsOnlyValue = false
  /// The scalars are literal: they are what an expression gave.
  private(set) var isLiteral = false
  /// What is read is inside of a policy document.
  var readsPolicy = false

  init(scope: ResolutionScope, address: Address, directory: String) {
    self.scope = scope
    self.address = address
    self.directory = directory
  }

  /// The value of a property; nil when it is wrong.
  mutating func decode(_ node: YAMLNode, property: Property) -> Value? {
    let outer = needsOnlyValue
    defer { needsOnlyValue = outer }
    needsOnlyValue = outer || property.need == .value
    let value = within(property.name) { $0.decode(node, property.shape) }
    if property.isSecret {
      secretPaths.insert((path + [property.name]).joined(separator: "."))
      secretTexts.formUnion(value?.secretTexts ?? [])
    }
    return value
  }

  /// The value of a node; nil when it is wrong.
  mutating func decode(_ node: YAMLNode, _ shape: Shape) -> Value? {
    guard !isLiteral, let text = node.text, Template.isTemplate(text) else { return literal(node, shape) }
    guard let value = evaluated(text, node) else { return nil }
    if case .pending = value {
      if shape.acceptsPending { return value }
      report(
        "Known too late", "\(name) is \(shape.words), and ${…} here is known only after apply.", at: node,
        fix: "Write it out, with expressions inside.")
      return nil
    }
    isLiteral = true
    defer { isLiteral = false }
    return literal(YAMLNode(value, span: node.span), shape)
  }

  private mutating func literal(_ node: YAMLNode, _ shape: Shape) -> Value? {
    switch shape {
    case .boolean, .integer, .integerChoice, .number, .string, .choice: scalar(node, shape)
    case .path: file(node)
    case .list(let item): list(node, of: item, shape)
    case .set(let item): set(node, of: item, shape)
    case .map(let member): map(node, of: member, shape)
    case .object(let members): object(node, members, shape)
    case .document: document(node, shape)
    case .policy: policy(node, shape)
    case .either(let shapes): either(node, shapes, shape)
    }
  }

  /// The value of a text with expressions; nil when one of them is wrong.
  mutating func evaluated(_ text: String, _ node: YAMLNode) -> Value? {
    let template: Template
    do throws(TemplateError) {
      template = try scope.template(text)
    } catch {
      diagnostics.add(.badTemplate(error, text, at: node.span, address: address))
      return nil
    }
    let trace = ReferenceTrace(from: address, allowsResources: allowsResources)
    let value: Value
    do throws(ExpressionProblem) {
      value = try scope.value(of: template, trace)
    } catch {
      if !error.isEcho { diagnostics.add(Diagnostic(error, at: node.span, address: address)) }
      return nil
    }
    let joined = path.joined(separator: ".")
    for found in trace.references {
      references.append(
        Reference(
          found.address, attribute: found.attribute, property: path.first ?? "", path: joined,
          isSoft: needsOnlyValue && found.isEarly))
    }
    if trace.hasSecret {
      secretPaths.insert(joined)
      secretTexts.formUnion(value.secretTexts)
    }
    return value
  }

  /// Runs `work` with one more step on the path.
  mutating func within<Result>(_ step: String, _ work: (inout ShapeDecoder) -> Result) -> Result {
    path.append(step)
    defer { path.removeLast() }
    return work(&self)
  }

  /// The property by its whole path, for messages: `redrivePolicy.maxReceiveCount`.
  var name: String { path.joined(separator: ".") }

  /// Adds a mistake at a node, with the resource's address.
  mutating func report(_ summary: String, _ detail: String, at node: YAMLNode, fix: String? = nil) {
    diagnostics.add(
      Diagnostic(summary, detail, at: node.span, address: address, fix: fix))
  }

  /// Adds the mistake that a node has another shape.
  mutating func reportShape(_ node: YAMLNode, _ shape: Shape, fix: String? = nil) {
    report(
      "Wrong type", "\(name) is \(shape.words), and this is \(node.describedShape).", at: node, fix: fix)
  }

  /// Tries the shapes in turn on a copy of the decoder; the first without a mistake is taken.
  private mutating func either(_ node: YAMLNode, _ shapes: [Shape], _ whole: Shape) -> Value? {
    var nearest: ShapeDecoder?
    for shape in shapes {
      var attempt = self
      attempt.diagnostics = Diagnostics()
      let value = attempt.literal(node, shape)
      if let value, !attempt.diagnostics.hasErrors {
        let earlier = diagnostics
        self = attempt
        diagnostics = earlier
        return value
      }
      if shape.isLike(node), nearest == nil { nearest = attempt }
    }
    // The mistakes of the one shape that is meant say more than "one of these".
    if let nearest {
      diagnostics.add(contentsOf: nearest.diagnostics)
    } else {
      reportShape(node, whole)
    }
    return nil
  }
}

extension Diagnostic {
  init(_ problem: ExpressionProblem, at span: SourceSpan, address: Address?) {
    self.init(
      problem.summary, problem.detail, at: span.narrowed(to: problem.words), address: address,
      fix: problem.fix)
  }

  static func badTemplate(
    _ error: TemplateError, _ text: String, at span: SourceSpan, address: Address?
  ) -> Diagnostic {
    let whole = span.narrowed(to: text)
    let isPlaced = whole != span || span.endColumn - span.column == text.count
    let column = whole.column + error.offset
    let place =
      isPlaced && span.line == span.endLine
      ? SourceSpan(
        source: span.source, line: span.line, column: column, endLine: span.line, endColumn: column + 1)
      : span
    return Diagnostic(
      "Bad expression", "\(error.message).".capitalisedFirst, at: place, address: address,
      fix: "Write $${ where a literal ${ is meant.")
  }
}

extension YAMLNode {
  /// A value as the node that spells it, every part at one place.
  init(_ value: Value, span: SourceSpan) {
    switch value {
    case .null: self.init(content: .scalar("", isPlain: true), span: span)
    case .boolean, .integer, .number:
      self.init(content: .scalar(value.scalarText ?? "", isPlain: true), span: span)
    case .string(let text): self.init(content: .scalar(text, isPlain: false), span: span)
    case .list(let items):
      self.init(content: .sequence(items.map { YAMLNode($0, span: span) }), span: span)
    case .map(let members):
      self.init(
        content: .mapping(
          members.sorted { $0.key < $1.key }.map {
            Entry(key: $0.key, keySpan: span, value: YAMLNode($0.value, span: span))
          }), span: span)
    case .pending(let template): self.init(content: .scalar(template.source, isPlain: false), span: span)
    }
  }
}
