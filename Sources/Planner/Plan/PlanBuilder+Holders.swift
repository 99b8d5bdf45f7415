extension PlanBuilder {
  /// Refuses what the service would refuse halfway: it deletes nothing that another resource holds on to, and what is
  /// replaced under the same name is deleted while they still do.
  mutating func refuseHeldReplacements() {
    for address in input.graph.addresses {
      guard let decision = decisions[address], decision.change.action == .replace(createFirst: false),
        let live = decision.live, let schema = input.registry[decision.change.section]?.schema,
        !schema.heldBy.isEmpty
      else { continue }
      let holders = input.stack.resources.filter {
        holds($0, address, live.id, by: schema.heldBy[$0.section] ?? [])
      }
      guard let first = holders.first?.address else { continue }
      let span = input.stack.places[address.declared]?.span
      problems.add(.held(address, by: first, others: holders.count - 1, at: span))
    }
  }

  /// Whether the live resource names the other one's id in one of these properties, and goes on to do so until that is deleted.
  private func holds(_ resource: Resource, _ address: Address, _ id: String, by properties: Set<String>)
    -> Bool
  {
    guard resource.address != address, !properties.isEmpty, let decision = decisions[resource.address] else {
      return false
    }
    // What was not read may be as it was applied last.
    guard let live = decision.live else {
      return decision.change.isLeftOut
        && input.ledger?.records[resource.address]?.needs.contains(address) == true
    }
    guard properties.contains(where: { live.properties[$0]?.mentions([id]) == true }) else { return false }
    switch decision.change.action {
    case .keep, .cleanUp, .update, .adopt, .replace(createFirst: true):
      return decision.change.isLeftOut
        || resource.references.contains { $0.address == address && properties.contains($0.property) }
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
      "\(address) would be replaced under the same name, so the old one goes first, and \(holder)\(more) "
        + "\(others == 0 ? "refers" : "refer") to it.",
      at: span, address: address,
      fix: "Give it another `name` too: then the new one is made first, and what refers to it moves over.")
  }
}
