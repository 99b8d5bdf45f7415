/// Reads YAML text into nodes with places: anchors, aliases and merge keys are followed, everything that could be
/// misread is a diagnostic.
///
/// One document, UTF-8 (a byte order mark and CR LF are fine), text keys that occur once a mapping, the core tags only.
package struct YAMLParser {
  /// A file may hold this many bytes.
  package static let sizeLimit = 16 << 20
  /// One text may have this many bytes. No property takes as much; what needs more is a file, and `file()` reads it.
  package static let scalarLimit = 1 << 20
  /// Sequences and mappings may be nested this deep.
  package static let depthLimit = 100
  /// A document may have this many nodes when its aliases are followed: a few lines of aliases of aliases make billions.
  package static let nodeLimit = 2_000_000

  private let source: SourceText
  private let events: YAMLEvents
  private var anchors: [String: (node: YAMLNode, weight: Int)] = [:]
  private var openAnchors: Set<String> = []
  private var weight = 0
  private var diagnostics = Diagnostics()

  /// The text of a file. Throws when its bytes are too many, are not UTF-8, or hold control characters.
  package static func source(
    name: String, bytes: [UInt8], privacy: SourceText.Privacy = .none
  ) throws(Diagnostics) -> SourceText {
    guard bytes.count <= sizeLimit else { throw Diagnostics([.tooLarge(name)]) }
    let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
    let source = SourceText(
      name: name, text: String(decoding: content, as: UTF8.self), privacy: privacy)
    if String(validating: content, as: UTF8.self) == nil {
      let offset = zip(content, source.text.utf8).enumerated().first { $1.0 != $1.1 }?.offset ?? content.count
      throw Diagnostics([.notUTF8(at: source.place(ofByte: offset))])
    }
    if let offset = content.firstIndex(where: { ($0 < 0x20 && $0 != 9 && $0 != 10 && $0 != 13) || $0 == 0x7F }
    ) {
      throw Diagnostics([
        .controlCharacter(content[offset], at: source.place(ofByte: offset - content.startIndex))
      ])
    }
    return source
  }

  /// The root node; nil for a document without content.
  package static func parse(_ source: SourceText) throws(Diagnostics) -> YAMLNode? {
    var parser = YAMLParser(source: source, events: YAMLEvents(source.text))
    let root = parser.document()
    try parser.diagnostics.throwIfErrors()
    return root
  }

  private init(source: SourceText, events: YAMLEvents) {
    self.source = source
    self.events = events
  }

  /// What ends the reading at once: the diagnostic is already noted.
  private struct Stop: Error {}

  private mutating func document() -> YAMLNode? {
    do throws(Stop) {
      var root: YAMLNode?
      while true {
        let event = try next()
        switch event.kind {
        case .streamEnd: return root
        case .streamStart, .documentEnd: continue
        case .documentStart:
          if root != nil {
            diagnostics.add(.severalDocuments(at: span(event)))
            throw Stop()
          }
          root = try node(try next(), depth: 0).node
        case .alias, .scalar, .sequenceStart, .sequenceEnd, .mappingStart, .mappingEnd: continue
        }
      }
    } catch {
      return nil
    }
  }

  private mutating func next() throws(Stop) -> YAMLEvent {
    do throws(YAMLEvents.Failure) {
      return try events.next()
    } catch {
      diagnostics.add(.notYAML(error, in: source))
      throw Stop()
    }
  }

  private mutating func node(_ event: YAMLEvent, depth: Int) throws(Stop) -> (node: YAMLNode, weight: Int) {
    guard depth <= Self.depthLimit else {
      diagnostics.add(.tooDeep(at: span(event)))
      throw Stop()
    }
    switch event.kind {
    case .alias(let name): return try aliased(name, event)
    case .scalar(let text, let anchor, let tag, let isPlain):
      guard text.utf8.count <= Self.scalarLimit else {
        diagnostics.add(.textTooLong(text.utf8.count, at: span(event)))
        throw Stop()
      }
      let node = scalar(text, tag: tag, isPlain: isPlain, event)
      return try remembered(node, weight: 1, as: anchor, event)
    case .sequenceStart(let anchor, let tag, let isFlow):
      check(tag, for: "seq", event)
      return try within(anchor) { parser throws(Stop) in
        try parser.sequence(from: event, isFlow: isFlow, anchor: anchor, depth: depth)
      }
    case .mappingStart(let anchor, let tag, let isFlow):
      check(tag, for: "map", event)
      return try within(anchor) { parser throws(Stop) in
        try parser.mapping(from: event, isFlow: isFlow, anchor: anchor, depth: depth)
      }
    case .streamStart, .streamEnd, .documentStart, .documentEnd, .sequenceEnd, .mappingEnd:
      preconditionFailure("libyaml promises a node here")
    }
  }

  private mutating func sequence(
    from start: YAMLEvent, isFlow: Bool, anchor: String?, depth: Int
  ) throws(Stop) -> (node: YAMLNode, weight: Int) {
    var items: [YAMLNode] = []
    var weight = 1
    while true {
      let event = try next()
      if case .sequenceEnd = event.kind {
        let span = span(start, to: isFlow ? nil : items.last?.span, orEnd: event)
        return try remembered(
          YAMLNode(content: .sequence(items), span: span), weight: weight, as: anchor, start)
      }
      let item = try node(event, depth: depth + 1)
      items.append(item.node)
      weight += item.weight
    }
  }

  private mutating func mapping(
    from start: YAMLEvent, isFlow: Bool, anchor: String?, depth: Int
  ) throws(Stop) -> (node: YAMLNode, weight: Int) {
    var entries = MappingEntries()
    var weight = 1
    while true {
      let event = try next()
      if case .mappingEnd = event.kind {
        let (members, problems) = entries.merged()
        diagnostics.add(contentsOf: problems)
        let span = span(start, to: isFlow ? nil : entries.lastSpan, orEnd: event)
        return try remembered(
          YAMLNode(content: .mapping(members), span: span), weight: weight, as: anchor, start)
      }
      let key = try node(event, depth: depth + 1).node
      let value = try node(try next(), depth: depth + 1)
      weight += value.weight
      if let problem = entries.add(key, value.node) { diagnostics.add(problem) }
    }
  }
}

extension YAMLParser {
  private mutating func scalar(
    _ text: String, tag: String?, isPlain: Bool, _ event: YAMLEvent
  ) -> YAMLNode {
    var isPlain = isPlain
    switch tag {
    case nil: break
    case "!", "tag:yaml.org,2002:str": isPlain = false
    case "tag:yaml.org,2002:int", "tag:yaml.org,2002:float", "tag:yaml.org,2002:bool",
      "tag:yaml.org,2002:null":
      isPlain = true
    case let tag?: diagnostics.add(.unknownTag(tag, at: span(event)))
    }
    if text.utf8.contains(0) { diagnostics.add(.controlCharacter(0, at: span(event))) }
    return YAMLNode(content: .scalar(text, isPlain: isPlain), span: span(event))
  }

  private mutating func check(_ tag: String?, for kind: String, _ event: YAMLEvent) {
    guard let tag, tag != "!", tag != "tag:yaml.org,2002:" + kind else { return }
    diagnostics.add(.unknownTag(tag, at: span(event)))
  }

  private mutating func aliased(
    _ name: String, _ event: YAMLEvent
  ) throws(Stop) -> (node: YAMLNode, weight: Int) {
    guard let target = anchors[name], !openAnchors.contains(name) else {
      diagnostics.add(
        .unknownAnchor(
          name, isOpen: openAnchors.contains(name), known: Array(anchors.keys), at: span(event)))
      return (YAMLNode(content: .scalar("", isPlain: true), span: span(event)), 1)
    }
    try count(target.weight, event)
    return target
  }

  private mutating func remembered(
    _ node: YAMLNode, weight: Int, as anchor: String?, _ event: YAMLEvent
  ) throws(Stop) -> (node: YAMLNode, weight: Int) {
    try count(1, event)
    if let anchor { anchors[anchor] = (node, weight) }
    return (node, weight)
  }

  private mutating func count(_ more: Int, _ event: YAMLEvent) throws(Stop) {
    weight += more
    guard weight <= Self.nodeLimit else {
      diagnostics.add(.tooManyNodes(at: span(event)))
      throw Stop()
    }
  }

  /// Reads a collection while its own anchor can't be used.
  private mutating func within(
    _ anchor: String?,
    _ read: (inout YAMLParser) throws(Stop) -> (node: YAMLNode, weight: Int)
  ) throws(Stop) -> (node: YAMLNode, weight: Int) {
    guard let anchor else { return try read(&self) }
    let isNew = openAnchors.insert(anchor).inserted
    let result = try read(&self)
    if isNew { openAnchors.remove(anchor) }
    return result
  }

  private func span(_ event: YAMLEvent) -> SourceSpan { span(event, to: nil, orEnd: event) }

  /// From the start of an event to the end of the last item (block style ends where the next thing begins) or of another event.
  private func span(_ start: YAMLEvent, to last: SourceSpan?, orEnd end: YAMLEvent) -> SourceSpan {
    let line = start.start.line + 1
    let endLine = last?.endLine ?? end.end.line + 1
    return SourceSpan(
      source: source, line: line,
      column: source.characterColumn(line: line, codePoints: start.start.column), endLine: endLine,
      endColumn: last?.endColumn ?? source.characterColumn(line: endLine, codePoints: end.end.column))
  }
}
