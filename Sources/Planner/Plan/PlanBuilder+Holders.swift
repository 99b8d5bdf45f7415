extension PlanBuilder {
  /// Refuses what the service would refuse halfway: it deletes no resource that another one refers to, and one that is
  /// replaced under the same name is deleted while they still do.
  mutating func refuseHeldReplacements() {
    for address in input.graph.addresses {
      guard let change = decisions[address]?.change, change.action == .replace(createFirst: false),
        input.registry[change.section]?.schema.isHeld == true
      else { continue }
      let holders = input.stack.resources.filter { $0.address != address && holds($0, address) }.map(
        \.address)
      guard let first = holders.first else { continue }
      problems.add(
        .held(address, by: first, others: holders.count - 1, at: input.stack.places[address.declared]?.span))
    }
  }

  /// Whether the resource is there, stays, and refers to what the service knows the other one by.
  private func holds(_ resource: Resource, _ address: Address) -> Bool {
    let schema = decisions[address].flatMap { input.registry[$0.change.section]?.schema }
    let refers = resource.references.contains {
      $0.address == address && schema?.attribute($0.attribute)?.isKnownEarly == false
    }
    guard refers, let action = decisions[resource.address]?.change.action else { return false }
    switch action {
    case .keep, .update, .adopt, .replace(createFirst: true): return true
    case .create, .replace(createFirst: false), .delete, .forget: return false
    }
  }
}

extension Diagnostic {
  fileprivate static func held(
    _ address: Address, by holder: Address, others: Int, at span: SourceSpan?
  ) -> Diagnostic {
    let more = others == 0 ? "" : others == 1 ? " and another one" : " and \(others) others"
    return Diagnostic(
      .error, "The service would refuse to delete the resource",
      "\(address) would be replaced under the same name, so the old one goes first, and \(holder)\(more) \(others == 0 ? "refers" : "refer") to it.",
      at: span, address: address,
      fix: "Give it another `name` too: then the new one is made first, and what refers to it moves over.")
  }
}
