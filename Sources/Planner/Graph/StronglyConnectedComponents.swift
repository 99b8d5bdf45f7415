/// The components of a graph in which every node reaches every other: Tarjan's algorithm, with a stack of its
/// own so that depth costs no thread stack.
///
/// - Returns: the number of each node's component; and the members, ascending, of each component that is a
///   cycle. A cycle has more than one node, or a node that needs itself.
func stronglyConnectedComponents(_ edges: [[Int]]) -> (numbers: [Int], groups: [[Int]]) {
  var search = ComponentSearch(edges: edges)
  for node in edges.indices where search.index[node] == nil { search.visit(node) }
  return (search.component, search.groups)
}

private struct ComponentSearch {
  let edges: [[Int]]
  var index: [Int?]
  var low: [Int]
  var component: [Int]
  var groups: [[Int]] = []
  private var open: [Int] = []
  private var isOpen: [Bool]
  private var counter = 0
  private var components = 0

  init(edges: [[Int]]) {
    self.edges = edges
    index = Array(repeating: nil, count: edges.count)
    low = Array(repeating: 0, count: edges.count)
    component = Array(repeating: 0, count: edges.count)
    isOpen = Array(repeating: false, count: edges.count)
  }

  mutating func visit(_ root: Int) {
    var path = [(node: root, next: 0)]
    begin(root)
    while let (node, next) = path.last {
      if next < edges[node].count {
        path[path.count - 1].next += 1
        let other = edges[node][next]
        if let seen = index[other] {
          if isOpen[other] { low[node] = min(low[node], seen) }
        } else {
          begin(other)
          path.append((other, 0))
        }
      } else {
        path.removeLast()
        if let parent = path.last?.node { low[parent] = min(low[parent], low[node]) }
        if low[node] == index[node] { close(node) }
      }
    }
  }

  private mutating func begin(_ node: Int) {
    index[node] = counter
    low[node] = counter
    counter += 1
    open.append(node)
    isOpen[node] = true
  }

  private mutating func close(_ root: Int) {
    var members: [Int] = []
    while let node = open.popLast() {
      isOpen[node] = false
      component[node] = components
      members.append(node)
      if node == root { break }
    }
    components += 1
    if members.count > 1 || edges[root].contains(root) { groups.append(members.sorted()) }
  }
}
