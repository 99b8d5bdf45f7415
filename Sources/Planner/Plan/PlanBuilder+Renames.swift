extension PlanBuilder {
  /// By address of what comes: the like resource that goes.
  ///
  /// Another entry's name makes another physical name, and that another resource: often nothing but the file's spelling was
  /// meant to change. Only resources of one kind are held against each other, by the fingerprints of what was applied; each
  /// is in one pair, the likeliest first.
  func renameHints() -> [Address: RenameHint] {
    guard !input.options.isDestroy, let ledger = input.ledger else { return [:] }
    var hints = unnamedReplacements()
    let gone = decisions.values.filter { $0.change.action == .delete && $0.change.address.part == nil }
    let made = decisions.values.filter {
      $0.change.action == .create && $0.change.address.part == nil && $0.change.reason == nil
    }
    let goneBySection = Dictionary(grouping: gone.map(\.change), by: \.section)
    var pairs: [(likeness: Double, distance: Int, from: Address, to: Address)] = []
    for decision in made {
      let change = decision.change
      guard let wanted = decision.wanted, let schema = input.registry[change.section]?.schema,
        let candidates = goneBySection[change.section]
      else { continue }
      let prints = prints(of: wanted, schema)
      for former in candidates {
        guard let record = ledger.records[former.address] else { continue }
        let likeness = likeness(of: prints, to: record, schema)
        guard likeness >= Self.leastLikeness else { continue }
        let distance = abs(former.address.name.count - change.address.name.count)
        pairs.append((likeness, distance, former.address, change.address))
      }
    }
    pairs.sort { ($1.likeness, $0.distance, $0.from, $0.to) < ($0.likeness, $1.distance, $1.from, $1.to) }
    var taken: Set<Address> = []
    for pair in pairs where !taken.contains(pair.from) && !taken.contains(pair.to) {
      taken.formUnion([pair.from, pair.to])
      hints[pair.to] = RenameHint(from: pair.from, name: name(of: pair.from, ledger))
    }
    return hints
  }

  /// Half of what was declared of either must be the same.
  private static let leastLikeness = 0.5

  /// By property: the fingerprint of what is wanted; empty for what is known only after apply.
  private func prints(of wanted: Resource, _ schema: Schema) -> [String: String] {
    var prints: [String: String] = [:]
    for property in schema.properties {
      guard let value = wanted[property.name] else { continue }
      prints[property.name] = value.isPending ? "" : input.fingerprint(property.shape.normalised(value))
    }
    return prints
  }

  /// The share of what is declared that is the same as it was applied to the other. Two that declare nothing are alike; one
  /// that would be replaced under the other's name, too, is not. What is not known before apply counts as different.
  private func likeness(of wanted: [String: String], to record: Ledger.Record, _ schema: Schema) -> Double {
    var (same, all) = (0, 0)
    for property in schema.properties
    where !property.isLocal && property.name != Property.tags.name && property.name != "name" {
      let (now, before) = (wanted[property.name], record.applied[property.name]?.wanted)
      guard before != nil || now != nil else { continue }
      all += 1
      if before == now { same += 1 } else if property.change == .replaces, now != "" { return 0 }
    }
    return all == 0 ? 1 : Double(same) / Double(all)
  }

  /// The physical name of a record; nil for a kind that has none.
  private func name(of address: Address, _ ledger: Ledger) -> String? {
    guard let record = ledger.records[address], let schema = input.registry[record.section]?.schema,
      schema.naming != nil, let identity = record.identities.first?.name
    else { return nil }
    return schema.parts(ofIdentity: identity).last ?? identity
  }

  /// Entries that are replaced for their physical name alone, though the file names none: the profile's prefix has changed.
  private func unnamedReplacements() -> [Address: RenameHint] {
    var hints: [Address: RenameHint] = [:]
    for (address, decision) in decisions where address.part == nil {
      guard case .replace = decision.change.action, let node = input.stack.places[address],
        node["name"] == nil
      else { continue }
      let forcing = decision.change.properties.filter(\.forcesReplacement)
      guard forcing.count == 1, forcing[0].path == ["name"], let name = forcing[0].before?.string else {
        continue
      }
      hints[address] = RenameHint(from: address, name: name)
    }
    return hints
  }
}
