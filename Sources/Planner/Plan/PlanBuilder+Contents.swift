extension PlanBuilder {
  /// What one entry's resource is now, in the properties that tell resources of its kind apart.
  private struct Holder {
    var address: Address
    var id: String
  }

  /// Refuses an entry that would become what another entry's resource still is. A successor is made before its predecessor
  /// goes, so the service would refuse it (a mapping), or answer with the other one (a subscription).
  mutating func refuseHeldContents() {
    let holders = contentHolders()
    let told = Set(problems.items.compactMap(\.address))
    for address in decisions.keys.sorted() where !told.contains(address) {
      guard let decision = decisions[address], decision.change.action != .delete,
        let wanted = decision.wanted, let schema = input.registry[decision.change.section]?.schema,
        let contents = schema.contents(wanted.properties),
        let holder = holders[schema.section]?[contents], holder.address != address,
        decision.live?.id != holder.id, !movedFrom.contains(holder.address)
      else { continue }
      let rival = LiveResource.Rival(id: holder.id, owner: nil)
      problems.add(.contentsHeld(wanted, rival, by: holder.address, schema, at: place(of: wanted)))
    }
  }

  private func contentHolders() -> [String: [[Value]: Holder]] {
    var holders: [String: [[Value]: Holder]] = [:]
    for (address, decision) in decisions {
      guard let schema = input.registry[decision.change.section]?.schema, !schema.uniqueBy.isEmpty else {
        continue
      }
      for live in (decision.live.map { [$0] } ?? []) + decision.deletions {
        guard let contents = schema.contents(live.properties) else { continue }
        holders[schema.section, default: [:]][contents] = Holder(address: address, id: live.id)
      }
    }
    return holders
  }
}
