/// How a resource changed hands by a person's own command since the current release, which does not know of it.
package enum ChangedHands: String, Sendable, Codable {
  /// It was moved to another stack, or forgotten: the release has it, and the ledger no longer does.
  case left
  /// It was moved here from another stack: the ledger has it, and the release does not.
  case came
}

extension Ledger {
  /// What left, if the current release is still without it: whatever has a record again was made or brought back since.
  package func hasLeft(_ address: Address) -> Bool {
    changedHands?[address] == .left && records[address] == nil
  }

  /// What came, if it is still here.
  package func hasCome(_ address: Address) -> Bool {
    changedHands?[address] == .came && records[address] != nil
  }

  /// Notes of each what happened to it. What comes back to its address has not left, and what goes on has not come.
  mutating func note(_ hands: ChangedHands, of addresses: some Sequence<Address>) {
    guard currentRelease != nil else { return }
    var all = changedHands ?? [:]
    for address in addresses {
      all[address] = all[address].map { $0 == hands } ?? true ? hands : nil
    }
    changedHands = all.isEmpty ? nil : all
  }

  /// Forgets what is no longer so. With a new release, of this stack, that is also what the release knows of: it lacks
  /// what left, and has what came. One that was applied in part may still have the one, and lack the other.
  mutating func dropSettledHands(released stack: Stack? = nil) {
    let open = (changedHands ?? [:]).filter { address, hands in
      switch hands {
      case .left: hasLeft(address) && (stack.map { $0[address] != nil } ?? true)
      case .came: hasCome(address) && stack?[address] == nil
      }
    }
    changedHands = open.isEmpty ? nil : open
  }
}
