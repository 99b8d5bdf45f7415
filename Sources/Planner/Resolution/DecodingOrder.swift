/// In which order resources are decoded: what is referred to comes first, so that its attributes are known where they are used.
///
/// This is about what can be known before apply, not about what is made first: the resource graph tells that.
struct DecodingOrder {
  /// Every index once: ordered ones first, then the rest in the order of the file.
  let all: [Int]
  /// Those that a cycle of references (or one to itself) leaves without an order.
  let unordered: [Int]

  init(_ declarations: [ResourceDeclaration], _ scope: ResolutionScope) {
    let positions = Dictionary(declarations.enumerated().map { ($1.address, $0) }) { first, _ in first }
    let needs = declarations.map { declaration in
      var needs: Set<Int> = []
      Self.forEachReference(in: declaration.node, scope) { path in
        if path.count > 2, let position = positions[Address(path[0], path[1])] { needs.insert(position) }
      }
      return needs.sorted()
    }
    let order = TopologicalOrder(needs)
    unordered = order.unordered
    all = order.nodes + unordered
  }

  private static func forEachReference(
    in node: YAMLNode, _ scope: ResolutionScope, _ take: ([String]) -> Void
  ) {
    switch node.content {
    case .scalar(let text, _):
      if Template.isTemplate(text), let template = try? scope.template(text) {
        template.references.forEach(take)
      }
    case .sequence(let items): for item in items { forEachReference(in: item, scope, take) }
    case .mapping(let entries): for entry in entries { forEachReference(in: entry.value, scope, take) }
    }
  }
}
