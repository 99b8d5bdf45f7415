/// The order in which resources are decoded: each after those that it refers to, so that their attributes are
/// known.
///
/// It decides what is known before apply. The order of steps is another one, and follows from the resource
/// graph.
struct DecodingOrder {
  /// Every index once: ordered ones first, then the rest in the order of the file.
  let all: [Int]
  /// Resources that a cycle of references, or a reference to themselves, leaves without an order.
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
