/// The order in which each node of a graph comes after all nodes that it needs.
struct TopologicalOrder {
  /// Every node that has a place in the order: nodes that need nothing first, ascending.
  let nodes: [Int]
  /// The nodes of cycles and those that need one of them, ascending.
  let unordered: [Int]
  /// For each node the nodes that need it.
  let dependents: [[Int]]

  /// - Parameter needs: for each node the nodes that it needs. One that is named twice counts once.
  init(_ needs: [some Sequence<Int>]) {
    var dependents = Array(repeating: [Int](), count: needs.count)
    var open = Array(repeating: 0, count: needs.count)
    for (node, others) in needs.enumerated() {
      let others = Set(others)
      open[node] = others.count
      for other in others { dependents[other].append(node) }
    }
    var nodes = open.indices.filter { open[$0] == 0 }
    nodes.reserveCapacity(needs.count)
    var next = 0
    while next < nodes.count {
      for dependent in dependents[nodes[next]] {
        open[dependent] -= 1
        if open[dependent] == 0 { nodes.append(dependent) }
      }
      next += 1
    }
    self.nodes = nodes
    self.dependents = dependents
    unordered = open.indices.filter { open[$0] > 0 }
  }
}
