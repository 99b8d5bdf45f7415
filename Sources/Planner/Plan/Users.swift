/// Who needs what: by the last apply, or by the stack where that is not known. What the stack alone wants is no reason to
/// delete anything first.
struct Users {
  private let graph: ResourceGraph
  private let recorded: [Address: [Address]]
  private var reversed: [Address: [Address]]?

  init(graph: ResourceGraph, recorded: [Address: [Address]]) {
    self.graph = graph
    self.recorded = recorded
  }

  /// By address: who needs it, directly.
  func direct(of wanted: Set<Address>) -> [Address: Set<Address>] {
    var users: [Address: Set<Address>] = [:]
    visit { user, other in if wanted.contains(other) { users[other, default: []].insert(user) } }
    return users
  }

  /// Who needs it, and who needs those: all that may work through it.
  mutating func all(of address: Address) -> Set<Address> {
    let direct = reversed ?? reverse()
    reversed = direct
    var (found, queue): (Set<Address>, [Address]) = ([], [address])
    while let next = queue.popLast() {
      for user in direct[next] ?? [] where user != address && found.insert(user).inserted {
        queue.append(user)
      }
    }
    return found
  }

  private func reverse() -> [Address: [Address]] {
    var users: [Address: [Address]] = [:]
    visit { user, other in users[other, default: []].append(user) }
    return users
  }

  private func visit(_ body: (_ user: Address, _ other: Address) -> Void) {
    for user in graph.addresses where recorded[user] == nil {
      for other in graph.needs(of: user) { body(user, other) }
    }
    for (user, others) in recorded { for other in others { body(user, other) } }
  }
}
