/// A resource on its way from one stack's ledger to another's. Both ledgers have a record of it meanwhile, each with
/// this mark, and no plan of either stack touches it.
package struct Handover: Sendable, Codable, Hashable {
  /// Which end of the way the record is.
  package enum Direction: String, Sendable, Codable { case to, from }

  package var direction: Direction
  /// The other stack.
  package var stack: String
  /// The address there.
  package var address: Address
}

/// A stack that gets another name. Both ledgers have everything meanwhile, each with this mark, and there is no plan
/// for either.
package struct Renaming: Sendable, Codable, Hashable {
  package var direction: Handover.Direction
  /// The other name.
  package var stack: String

  package init(direction: Handover.Direction, stack: String) {
    (self.direction, self.stack) = (direction, stack)
  }

  /// The former name and the new one; `name` is the one whose ledger has this mark.
  package func names(beside name: String) -> (old: String, new: String) {
    direction == .to ? (name, stack) : (stack, name)
  }
}
