/// Describes a cycle by its shortest path, with the property that makes each edge.
func cycleDiagnostic(_ members: [Int], needs: [[Int]], stack: Stack) -> Diagnostic {
  let cycle = shortestCycle(through: members, needs: needs)
  let resources = stack.resources
  let edges = zip(cycle, cycle.dropFirst() + cycle.prefix(1)).map { from, to in
    edgeSentence(from: resources[from], to: resources[to].address)
  }
  let first = resources[cycle[0]]
  return Diagnostic(
    .error, "Cycle",
    "these resources need one another, so none can be made first: "
      + edges.joined(separator: "; ") + ".",
    at: stack.places[first.address.declared]?.span, address: first.address,
    fix: "Take one of these references out, or write the value instead of the reference.")
}

private func edgeSentence(from resource: Resource, to address: Address) -> String {
  if let reference = resource.references.first(where: { $0.address == address && !$0.isSoft }) {
    return "\(resource.address).\(reference.path) refers to ${\(address).\(reference.attribute)}"
  }
  return "\(resource.address) depends on \(address)"
}

/// Breadth-first search from each member of the component back to itself. At most 50 members are tried: of a
/// large component any short cycle will do.
private func shortestCycle(through members: [Int], needs: [[Int]]) -> [Int] {
  let inside = Set(members)
  var best: [Int] = members
  for start in members.prefix(50) {
    var cameFrom: [Int: Int] = [:]
    var queue = [start]
    var head = 0
    search: while head < queue.count {
      let node = queue[head]
      head += 1
      for other in needs[node] where inside.contains(other) {
        if other == start {
          var cycle = [node]
          while cycle[0] != start, let previous = cameFrom[cycle[0]] { cycle.insert(previous, at: 0) }
          if cycle.count < best.count || best == members { best = cycle }
          break search
        }
        if cameFrom[other] == nil {
          cameFrom[other] = node
          queue.append(other)
        }
      }
    }
  }
  return best
}
