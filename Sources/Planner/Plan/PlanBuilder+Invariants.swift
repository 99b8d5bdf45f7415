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
        problems.add(.deletesKept(live.id, address, keeper, at: input.stack.places[keeper.declared]?.span))
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

  fileprivate static func deletesKept(
    _ id: String, _ address: Address, _ keeper: Address, at span: SourceSpan?
  ) -> Diagnostic {
    Diagnostic(
      .error, "The plan contradicts itself",
      "It would delete \"\(id)\" as \(address), and keep it as \(keeper).", at: span, address: keeper,
      fix: "Nothing was changed. Report it with the stack file and the output of `stackform ledger show`.")
  }
}
