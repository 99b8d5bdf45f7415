/// A node of a YAML document with its place. Anchors and merge keys are already followed.
package struct YAMLNode: Sendable, Hashable {
  /// The three shapes of a node. A scalar is plain when it has no quotes and is not a block.
  package indirect enum Content: Sendable, Hashable {
    /// A plain scalar may be a number, a boolean or null; a quoted or block one is always text.
    case scalar(String, isPlain: Bool)
    case sequence([YAMLNode])
    case mapping([Entry])
  }

  /// One member of a mapping, in the order of the file.
  package struct Entry: Sendable, Hashable {
    package let key: String
    package let keySpan: SourceSpan
    package let value: YAMLNode
  }

  package let content: Content
  package let span: SourceSpan

  /// The members of a mapping; nil for scalars and sequences.
  package var entries: [Entry]? { if case .mapping(let entries) = content { entries } else { nil } }
  /// The items of a sequence.
  package var items: [YAMLNode]? { if case .sequence(let items) = content { items } else { nil } }
  /// The text of a scalar.
  package var text: String? { if case .scalar(let text, _) = content { text } else { nil } }

  package subscript(_ key: String) -> YAMLNode? { entries?.first { $0.key == key }?.value }
}
