extension PlanBuilder {
  /// Refuses to plan what another command has begun and not finished.
  mutating func refuseUnfinishedHandovers() {
    guard let ledger = input.ledger else { return }
    if let renaming = ledger.renaming { problems.add(.beingRenamed(renaming, ledger.stack)) }
    for (address, record) in ledger.records.sorted(by: { $0.key < $1.key }) where selection.contains(address)
    {
      // The parts of an entry go along with it.
      if record.isBeingForgotten == true,
        address.part == nil || ledger.records[address.declared]?.isBeingForgotten != true
      {
        problems.add(
          .beingForgotten(address, of: ledger.stack, at: input.stack.places[address.declared]?.span))
      }
      guard let handover = record.handover, address.part == nil || ledger.records[address.declared] == nil
      else { continue }
      problems.add(
        .beingMoved(address, handover, of: ledger.stack, at: input.stack.places[address.declared]?.span))
    }
  }
}

extension Handover {
  /// The command line that finishes it; `stack` and `address` are of the record that has this mark.
  func finishingCommand(of address: Address, in stack: String) -> String {
    let (here, there) = (
      Owner(stack: stack, address: address), Owner(stack: self.stack, address: self.address)
    )
    return direction == .to
      ? here.movingCommand(to: there.address, of: there.stack)
      : there.movingCommand(to: here.address, of: here.stack)
  }
}

extension Owner {
  /// The command line that gives what it owns to an entry of another stack. Parts go along with their entries.
  package func movingCommand(to address: Address, of stack: String) -> String {
    let (old, new) = (self.address.declared, address.declared)
    return "stackform move \(old) --stack \(self.stack) --to \(stack)" + (old == new ? "" : " --as \(new)")
  }
}

extension Diagnostic {
  static func beingMoved(
    _ address: Address, _ handover: Handover, of stack: String, at span: SourceSpan?
  ) -> Diagnostic {
    let way = handover.direction == .to ? "to" : "here from"
    return Diagnostic(
      "The resource is being moved",
      "\(address) is on its way \(way) the stack \"\(handover.stack)\", and that did not come to its end.",
      at: span, address: address,
      fix: "Finish it: `\(handover.finishingCommand(of: address, in: stack))`.")
  }

  static func beingForgotten(_ address: Address, of stack: String, at span: SourceSpan?) -> Diagnostic {
    Diagnostic(
      "The resource is being forgotten", "\(address) was to be forgotten, and that did not come to its end.",
      at: span, address: address, fix: "Finish it: `stackform forget \(address) --stack \(stack)`.")
  }

  /// A renaming was begun and not finished; `stack` has the ledger with the mark.
  package static func beingRenamed(_ renaming: Renaming, _ stack: String) -> Diagnostic {
    let (old, new) = renaming.names(beside: stack)
    return Diagnostic(
      "The stack is being renamed",
      "\"\(old)\" gets the name \"\(new)\", and that did not come to its end.",
      fix: "Finish it: `stackform rename-stack \(old) \(new)`.")
  }
}
