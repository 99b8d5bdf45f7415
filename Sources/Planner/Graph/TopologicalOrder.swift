/// The order in which each node of a graph comes after all nodes that it needs; where nothing decides, in the order
/// of the indexes.
struct TopologicalOrder {
  /// Every node that has a place in the order.
  private(set) var nodes: [Int] = []
  /// The nodes of cycles and those that need one of them, ascending.
  let unordered: [Int]

  private enum State { case new, entered, ordered, unordered }

  /// - Parameter needs: for each node the nodes that it needs.
  init(_ needs: [[Int]]) {
    // Depth first with a stack of its own: a chain of 100,000 resources must not overflow the thread's.
    var states = Array(repeating: State.new, count: needs.count)
    var path: [(node: Int, next: Int)] = []
    nodes.reserveCapacity(needs.count)
    for root in needs.indices where states[root] == .new {
      states[root] = .entered
      path.append((root, 0))
      while let (node, next) = path.last {
        if next < needs[node].count {
          path[path.count - 1].next += 1
          let other = needs[node][next]
          if states[other] == .new {
            states[other] = .entered
            path.append((other, 0))
          }
          continue
        }
        // A need that was entered and not left closes a cycle.
        let isOrdered = needs[node].allSatisfy { states[$0] == .ordered }
        states[node] = isOrdered ? .ordered : .unordered
        if isOrdered { nodes.append(node) }
        path.removeLast()
      }
    }
    unordered = needs.indices.filter { states[$0] == .unordered }
  }
}
