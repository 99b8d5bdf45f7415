/// Which resource needs which: the order of everything. Edges point from a resource to what must be there before it.
package struct ResourceGraph: Sendable {
  /// Nodes in the order of the stack.
  package let addresses: [Address]
  /// For each node the indexes of the nodes that it needs, ascending.
  package let needs: [[Int]]
  /// Every node after all that it needs; ties in the order of the stack.
  package let order: [Int]
  private let positions: [Address: Int]

  /// Builds the graph of a stack.
  ///
  /// A soft reference orders, unless that would close a cycle: a bucket notifies a lambda, and the lambda's
  /// environment names the bucket.
  ///
  /// - Throws: a diagnostic for each cycle, with its shortest path.
  package init(_ stack: Stack) throws(Diagnostics) {
    addresses = stack.resources.map(\.address)
    let positions = Dictionary(addresses.enumerated().map { ($1, $0) }) { first, _ in first }
    self.positions = positions
    var hard = Array(repeating: Set<Int>(), count: addresses.count)
    var soft = Array(repeating: Set<Int>(), count: addresses.count)
    for (node, resource) in stack.resources.enumerated() {
      for address in resource.dependsOn { if let other = positions[address] { hard[node].insert(other) } }
      for reference in resource.references {
        guard let other = positions[reference.address], other != node else { continue }
        if reference.isSoft { soft[node].insert(other) } else { hard[node].insert(other) }
      }
    }
    let all = zip(hard, soft).map { $0.union($1).sorted() }
    let components = stronglyConnectedComponents(all)
    var needs = all
    if !components.groups.isEmpty {
      needs = Self.cutting(soft, from: all, hard: hard, inside: components.numbers)
      let knots = stronglyConnectedComponents(needs).groups
      if !knots.isEmpty {
        throw Diagnostics(knots.map { [needs] in cycleDiagnostic($0, needs: needs, stack: stack) })
      }
    }
    self.needs = needs
    order = TopologicalOrder(needs).nodes
  }

  /// The node's index in ``addresses``; nil for an address that the stack does not have.
  package func position(of address: Address) -> Int? { positions[address] }

  /// What a resource needs, directly.
  package func needs(of address: Address) -> [Address] {
    guard let position = positions[address] else { return [] }
    return needs[position].map { addresses[$0] }
  }

  /// Drops the soft edges between nodes of one component.
  private static func cutting(
    _ soft: [Set<Int>], from all: [[Int]], hard: [Set<Int>], inside numbers: [Int]
  ) -> [[Int]] {
    all.indices.map { node in
      all[node].filter { other in
        hard[node].contains(other) || !soft[node].contains(other) || numbers[node] != numbers[other]
      }
    }
  }
}
