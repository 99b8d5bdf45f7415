/// A node of a YAML text as it is written: aliases are not followed, and every part is known by its place to the character.
struct EditNode: Hashable {
  /// The shape of a node, with the way in which it is written.
  enum Content: Hashable {
    case alias(String)
    /// `quote` is how it is written: nil for a plain one, else the sign that it begins with: `'`, `"`, `|` or `>`.
    case scalar(String, quote: UnicodeScalar?)
    case sequence([EditNode], isFlow: Bool)
    case mapping([EditEntry], isFlow: Bool)
  }

  let content: Content
  let anchor: String?
  let isTagged: Bool
  /// Where it begins, with its anchor.
  let mark: YAMLMark
  /// Where its content begins, behind anchor and tag.
  let start: Int
  /// Where its last character ends; of a block scalar, where the next line begins.
  let end: Int

  var isBlockScalar: Bool {
    if case .scalar(_, let quote?) = content { quote == "|" || quote == ">" } else { false }
  }

  /// Written in lines, not between brackets.
  var isBlockCollection: Bool {
    switch content {
    case .sequence(_, let isFlow), .mapping(_, let isFlow): !isFlow
    case .alias, .scalar: false
    }
  }

  var entries: [EditEntry]? { if case .mapping(let entries, _) = content { entries } else { nil } }
  var items: [EditNode]? { if case .sequence(let items, _) = content { items } else { nil } }

  /// Nothing is written, or `~` or `null`.
  var isNull: Bool {
    if case .scalar(let text, nil) = content { YAMLScalar.value(text, isPlain: true).isNull } else { false }
  }

  subscript(_ key: String) -> EditEntry? { entries?.first { $0.name == key } }

  /// The last node inside of it: what its end is the end of.
  var lastLeaf: EditNode {
    switch content {
    case .sequence(let items, isFlow: false): items.last?.lastLeaf ?? self
    case .mapping(let entries, isFlow: false): entries.last?.value.lastLeaf ?? self
    case .alias, .scalar, .sequence, .mapping: self
    }
  }

  /// It and everything inside of it.
  var all: [EditNode] {
    switch content {
    case .alias, .scalar: [self]
    case .sequence(let items, _): [self] + items.flatMap(\.all)
    case .mapping(let entries, _): [self] + entries.flatMap { $0.key.all + $0.value.all }
    }
  }
}

/// One member of a mapping, with its key's place.
struct EditEntry: Hashable {
  let key: EditNode
  let value: EditNode

  var name: String? { if case .scalar(let text, _) = key.content { text } else { nil } }
}

/// Reads a text into its ``EditNode``s. The text was parsed before, so nothing is wrong with it.
struct EditReader {
  private let events: YAMLEvents
  private let text: [UnicodeScalar]

  /// nil for a text without content.
  static func root(of source: SourceText) -> EditNode? {
    let reader = EditReader(events: YAMLEvents(source.text), text: Array(source.text.unicodeScalars))
    while let event = try? reader.events.next() {
      switch event.kind {
      case .streamEnd: return nil
      case .documentStart: return (try? reader.events.next()).flatMap { try? reader.node($0) }
      default: continue
      }
    }
    return nil
  }

  private func node(_ event: YAMLEvent) throws(YAMLEvents.Failure) -> EditNode {
    switch event.kind {
    case .alias(let name): return made(.alias(name), event, end: event.end.index)
    case .scalar(let value, let anchor, let tag, let isPlain):
      let start = contentStart(event, isMarked: anchor != nil || tag != nil)
      let quote = isPlain || start >= text.count ? nil : text[start]
      return made(
        .scalar(value, quote: quote), event, anchor: anchor, tag: tag, start: start, end: event.end.index)
    case .sequenceStart(let anchor, let tag, let isFlow):
      var items: [EditNode] = []
      while true {
        let next = try events.next()
        if case .sequenceEnd = next.kind {
          let end = isFlow ? next.end.index : items.last?.end ?? event.end.index
          return made(.sequence(items, isFlow: isFlow), event, anchor: anchor, tag: tag, end: end)
        }
        items.append(try node(next))
      }
    case .mappingStart(let anchor, let tag, let isFlow):
      var entries: [EditEntry] = []
      while true {
        let next = try events.next()
        if case .mappingEnd = next.kind {
          let end = isFlow ? next.end.index : entries.last?.value.end ?? event.end.index
          return made(.mapping(entries, isFlow: isFlow), event, anchor: anchor, tag: tag, end: end)
        }
        let key = try node(next)
        entries.append(EditEntry(key: key, value: try node(try events.next())))
      }
    case .streamStart, .streamEnd, .documentStart, .documentEnd, .sequenceEnd, .mappingEnd:
      preconditionFailure("libyaml promises a node here")
    }
  }

  private func made(
    _ content: EditNode.Content, _ event: YAMLEvent, anchor: String? = nil, tag: String? = nil,
    start: Int? = nil, end: Int
  ) -> EditNode {
    EditNode(
      content: content, anchor: anchor, isTagged: tag != nil, mark: event.start,
      start: start ?? contentStart(event, isMarked: anchor != nil || tag != nil), end: end)
  }

  /// Behind `&anchor` and `!tag`, and the blanks between them and the content.
  private func contentStart(_ event: YAMLEvent, isMarked: Bool) -> Int {
    var index = event.start.index
    guard isMarked else { return index }
    while index < text.count {
      switch text[index] {
      case "&", "!": while index < text.count, !text[index].properties.isWhitespace { index += 1 }
      case "#": while index < text.count, text[index] != "\n" { index += 1 }
      case let sign where sign.properties.isWhitespace: index += 1
      default: return index
      }
      if index >= event.end.index, case .scalar("", _, _, true) = event.kind { return event.end.index }
    }
    return index
  }
}
