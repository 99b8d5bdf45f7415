extension PlanBuilder {
  /// Refuses a plan that would delete what another entry of it keeps, or in which two entries are one resource. No way
  /// to such a plan is known; it is looked for in each, since what is deleted is gone.
  mutating func refuseContradictions() {
    var keepers: [String: [String: Address]] = [:]
    for address in decisions.keys.sorted() {
      guard let decision = decisions[address], let live = decision.live, stays(decision) else { continue }
      let section = decision.change.section
      if let other = keepers[section]?[live.id] {
        problems.add(.oneForTwo(live.id, address, other, at: input.stack.places[address.declared]?.span))
      }
      keepers[section, default: [:]][live.id] = address
    }
    for (address, decision) in decisions {
      for live in decision.deletions {
        guard let keeper = keepers[decision.change.section]?[live.id] else { continue }
        let span = input.stack.places[keeper.declared]?.span
        // Its new name and another one under its old name are both in the file: only one after the other can tell them apart.
        let isTold = input.registry[decision.change.section]?.schema.naming == nil && decision.wanted != nil
        problems.add(
          isTold
            ? .becomesAnother(live.id, address, keeper, at: span)
            : .deletesKept(live.id, address, keeper, at: span))
      }
    }
  }

  private func stays(_ decision: Decision) -> Bool {
    switch decision.change.action {
    case .keep, .cleanUp, .update, .adopt: true
    case .create, .replace, .delete, .forget: false
    }
  }
}

extension Diagnostic {
  static func leavesBare(_ bare: PlanOrder.Bare, in stack: Stack) -> Diagnostic {
    Diagnostic(
      .error, "The plan contradicts itself",
      "It would delete \"\(bare.id)\" (\(bare.address)) before \(bare.user) stops using it.",
      at: stack.places[bare.user.declared]?.span, address: bare.user,
      fix: "Nothing was changed. Report it with the stack file and the output of `stackform ledger show`.")
  }

  fileprivate static func oneForTwo(
    _ id: String, _ address: Address, _ other: Address, at span: SourceSpan?
  ) -> Diagnostic {
    Diagnostic(
      .error, "Two entries, one resource", "\(address) and \(other) are both \"\(id)\".", at: span,
      address: address, fix: "Take one of them out, or change what tells them apart.")
  }

  static func becomesAnother(
    _ id: String, _ address: Address, _ keeper: Address, at span: SourceSpan?
  ) -> Diagnostic {
    Diagnostic(
      .error, "There is one already",
      "\(keeper) would be \"\(id)\", which is \(address) now, and \(address) would become another one.",
      at: span,
      address: keeper,
      fix: .oneAfterTheOther(address, keeper))
  }

  fileprivate static func deletesKept(
    _ id: String, _ address: Address, _ keeper: Address, at span: SourceSpan?
  ) -> Diagnostic {
    Diagnostic(
      .error, "The plan contradicts itself",
      "It would delete \"\(id)\" as \(address), and keep it as \(keeper).", at: span, address: keeper,
      fix: "Nothing was changed. Report it with the stack file and the output of `stackform ledger show`.")
  }
}

extension String {
  /// What one entry has becomes another one's, and the first is to be something else: one apply can't tell them apart.
  static func oneAfterTheOther(_ holder: Address, _ heir: Address) -> String {
    "Leave \(holder) out in an apply of its own: what it has becomes \(heir). Then add it again."
  }
}
