extension PlanBuilder {
  /// Nothing is there under the wanted identity.
  mutating func decideAbsent(_ resource: Resource, former: [LiveResource]) {
    let address = resource.address
    let resource = resolved(resource)
    guard let schema = input.registry[resource.section]?.schema else { return }
    let record = input.ledger?.records[address]
    var change = ResourceChange(
      address: address, section: resource.section,
      id: schema.naming?.isIdentity == true ? schema.identity(of: resource) : nil,
      action: .create, properties: resource.creationChanges(schema: schema),
      derivedBecause: resource.derivations[""])
    let ours = ownedFormer(former, at: address, record: record)
    if let old = ours.first {
      change.action = .replace(createFirst: true)
      change.losesData = schema.holdsData
      change.properties = schema.identityChanges(from: old, to: resource)
      change.reason = .ofMissingTags(ours, schema)
      change.leftovers = ours.dropFirst().map(\.id)
      guardProtection(resource, record: record, verb: "replaced")
      guardBar(ours, at: address, verb: "replaced")
    } else if schema.waitsForDeletion, let live = input.snapshot.live[address], live.isDeleting {
      guard live.owner == Owner(stack: input.stack.name, address: address) else {
        problems.add(.nameRests(resource, live, live.owner, at: place(of: resource)))
        return
      }
      change.reason = .restored
    } else if let record, record.intent == nil, !isBoundToMissing(resource) {
      change.reason = .deletedOutside
    }
    decisions[address] = Decision(change: change, wanted: resource, live: nil, deletions: ours)
  }

  /// Something is there under the wanted identity: ours, or in the way.
  mutating func decidePresent(_ resource: Resource, live: LiveResource, former: [LiveResource]) {
    let address = resource.address
    guard let schema = input.registry[resource.section]?.schema else { return }
    let resource = resolved(resource)
    let (found, former) = chosen(live, former, as: resource, schema)
    guard let standing = standing(of: found, as: resource, schema) else { return }
    let live = found.knowing(standing.record)
    let difference = ResourceDifference(
      live: live, wanted: resource, schema: schema, record: standing.record, fingerprint: input.fingerprint)
    var change = ResourceChange(
      address: address, section: resource.section, id: live.id, action: .keep, reason: standing.reason,
      properties: difference.properties, unchangedCount: difference.unchangedCount,
      derivedBecause: resource.derivations[""], formerAddress: standing.formerAddress)
    let leftovers = leftovers(former, beside: live, at: address, schema, standing)
    let replacement = replacement(resource, schema: schema, difference: difference)
    if let replacement {
      if standing.isAdopted {
        problems.add(.replacesAdopted(resource, live, difference, at: place(of: resource)))
      }
      change.action = .replace(
        createFirst: schema.leavesRoom(for: difference) || movesHouse(resource, schema))
      change.reason = replacement.reason ?? .ofMissingTags([live], schema)
      change.losesData = schema.holdsData
      // Under another name it is another thing.
      change.isRevision = schema.isRevised && !difference.changed.contains("name")
      if !change.isRevision { guardProtection(resource, record: standing.record, verb: "replaced") }
      guardBar([live], at: address, verb: "replaced")
    } else if standing.isAdopted {
      change.action = .adopt
    } else if !difference.properties.isEmpty || standing.reason != nil {
      change.action = .update
    } else if !leftovers.isEmpty {
      change.action = .cleanUp
    }
    if !leftovers.isEmpty { note(leftovers, of: resource, in: &change, schema, standing.record) }
    decisions[address] = Decision(
      change: change, wanted: difference.wanted, live: live,
      deletions: (replacement == nil ? [] : [live]) + leftovers)
  }

  /// Of what bears no name: which of those that an interrupted run has left is the wanted one. A run that made the successor
  /// and was killed leaves both; so does one that failed, before the file goes back. Where the known one would be replaced, and
  /// another one of ours need not be, that one is it already: to make it again and to delete it would be one and the same.
  private func chosen(
    _ live: LiveResource, _ former: [LiveResource], as resource: Resource, _ schema: Schema
  ) -> (live: LiveResource, former: [LiveResource]) {
    guard schema.naming?.isIdentity != true, !schema.isTaggable || schema.naming == nil,
      let record = input.ledger?.records[resource.address]
    else {
      return (live, former)
    }
    func mustReplace(_ live: LiveResource) -> Bool {
      ResourceDifference(
        live: live, wanted: resource, schema: schema, record: record, fingerprint: input.fingerprint
      ).mustReplace
    }
    let others = ownedFormer(former, at: resource.address, record: record).filter { $0.id != live.id }
    guard mustReplace(live), let made = others.first(where: { !mustReplace($0) }) else {
      return (live, former)
    }
    return (made, [live] + former.filter { $0.id != made.id })
  }

  /// What is left over goes beside the change.
  private mutating func note(
    _ leftovers: [LiveResource], of resource: Resource, in change: inout ResourceChange, _ schema: Schema,
    _ record: Ledger.Record?
  ) {
    change.reason = change.reason ?? .ofMissingTags(leftovers, schema)
    change.leftovers = leftovers.map(\.id)
    change.losesData = change.losesData || schema.holdsData
    if !schema.isRevised { guardProtection(resource, record: record, verb: "deleted") }
    guardBar(leftovers, at: resource.address, verb: "deleted")
  }

  /// Whose a live resource is, where the plan may go on with it.
  struct Standing {
    /// Of this address, or of the one that the entry had.
    var record: Ledger.Record?
    /// Why it changes although no property does.
    var reason: Reason?
    var isAdopted = false
    var formerAddress: Address?
  }

  /// - Returns: nil, and a problem, for what is somebody else's.
  private mutating func standing(
    of live: LiveResource, as resource: Resource, _ schema: Schema
  ) -> Standing? {
    let address = resource.address
    var standing = Standing(record: input.ledger?.records[address])
    switch ownership(of: live, at: address, schema, standing.record) {
    case .ours: break
    case .oursUntagged: standing.reason = .ofMissingTags([live], schema)
    case .moved(let from):
      standing.reason = .moved(from: from)
      standing.record = standing.record ?? input.ledger?.records[from]
      standing.formerAddress = from
      movedFrom.insert(from)
    case .foreign(let owner):
      problems.add(.foreign(resource, live, owner, schema, in: input.stack, at: place(of: resource)))
      return nil
    case .nobody:
      guard mayAdopt(live, as: resource, schema) else { return nil }
      standing.isAdopted = true
      standing.reason = .unowned
    }
    let candidates = live.all.filter { !$0.isDeleting }
    guard standing.record != nil || candidates.count == 1 else {
      problems.add(.untoldTwins(address, candidates, at: place(of: resource)))
      return nil
    }
    if let rival = live.rival, rival.owner != Owner(stack: input.stack.name, address: address) {
      problems.add(
        schema.naming == nil
          ? .contentsHeld(resource, rival, by: holder(of: rival.id, schema), schema, at: place(of: resource))
          : .nameHeld(resource, rival, at: place(of: resource)))
    }
    if standing.reason == nil, standing.record?.isProtected == true, !resource.isProtected {
      standing.reason = .unprotected
    }
    return standing
  }

  /// - Returns: false, and a problem, where another entry has it, or nobody said that it is to be taken over.
  private mutating func mayAdopt(_ live: LiveResource, as resource: Resource, _ schema: Schema) -> Bool {
    if let holder = holder(of: live.id, schema), holder != resource.address {
      problems.add(.becomesAnother(live.id, holder, resource.address, at: place(of: resource)))
      return false
    }
    if resource.adopts || PlanOptions.matches(resource.address, input.options.adopts) { return true }
    let maker = input.registry[resource.section]?.otherMaker(of: live.id)
    problems.add(.nobodys(resource, live, maker: maker, schema, at: place(of: resource)))
    return false
  }

  /// The entry whose record has it.
  private func holder(of id: String, _ schema: Schema) -> Address? {
    input.ledger?.records.first { _, record in
      record.section == schema.section && record.identities.contains { $0.id == id }
    }?.key
  }

  /// Who owns what is there. What bears no tags, and what the ledger knows under an entry that the stack no longer has,
  /// went along with that entry's new name; perhaps in a run that was killed before the ledger dropped the old one.
  private func ownership(
    of live: LiveResource, at address: Address, _ schema: Schema, _ record: Ledger.Record?
  ) -> Ownership {
    let told = toldOwnership(of: live, at: address, schema.section, record)
    guard !schema.isTaggable || live.owner == nil,
      told == .ours || told == .nobody || (told == .oursUntagged && !schema.isTaggable),
      let from = formerAddresses[schema.section]?[live.id]
    else { return told }
    return .moved(from: from)
  }

  /// Who owns what is there by its owner tags and the record of its address.
  func toldOwnership(
    of live: LiveResource, at address: Address, _ section: String, _ record: Ledger.Record?
  ) -> Ownership {
    Ownership(
      live, at: address, stackName: input.stack.name, record: record,
      isCreatedWithTags: input.registry[section]?.isCreatedWithTags(in: input.stack.target) ?? false
    ) { input.stack[$0] != nil }
  }

  /// It lives in something that is not there either, and went with that.
  private func isBoundToMissing(_ resource: Resource) -> Bool {
    input.registry[resource.section]?.schema.properties.contains { property in
      guard property.isBound, let parent = resource.referenced(by: property.name) else { return false }
      return decisions[parent].map { $0.live == nil } ?? false
    } ?? false
  }

  /// Its name is unique within something that gets a successor first: the two are not in one place.
  private func movesHouse(_ resource: Resource, _ schema: Schema) -> Bool {
    (schema.naming?.within ?? []).contains { name in
      guard schema.property(name)?.isBound == true, let parent = resource.referenced(by: name) else {
        return false
      }
      return decisions[parent]?.change.action == .replace(createFirst: true)
    }
  }

  /// A resource is replaced; the reason is nil when its properties show it.
  private struct Replacement { var reason: Reason? }

  /// Why the resource must be replaced; nil when it need not.
  private func replacement(
    _ resource: Resource, schema: Schema, difference: ResourceDifference
  ) -> Replacement? {
    if PlanOptions.matches(resource.address, input.options.replaces) {
      return Replacement(reason: .requested)
    }
    for property in schema.properties where property.isBound {
      guard let parent = resource.referenced(by: property.name) else { continue }
      switch decisions[parent]?.change.action {
      case .replace: return Replacement(reason: .parentReplaced(parent))
      case .create: return Replacement(reason: .parentCreated(parent))
      default: continue
      }
    }
    return difference.mustReplace ? Replacement() : nil
  }

  private mutating func guardProtection(_ resource: Resource, record: Ledger.Record?, verb: String) {
    guard resource.isProtected || record?.isProtected == true else { return }
    problems.add(.protected(resource.address, verb: verb, at: place(of: resource)))
  }

  /// A deletion that the service would refuse is an error before anything else is deleted.
  mutating func guardBar(_ deletions: [LiveResource], at address: Address, verb: String) {
    guard let bar = deletions.compactMap(\.deletionBar).first else { return }
    problems.add(.barred(address, verb: verb, by: bar, at: input.stack.places[address.declared]?.span))
  }
}

extension Schema {
  /// Whether the successor can be made while the old one is there.
  fileprivate func leavesRoom(for difference: ResourceDifference) -> Bool {
    naming?.leavesRoom(for: difference) ?? (hasRoom || !roomBy.isDisjoint(with: difference.changed))
  }
}

extension Naming {
  /// Whether the successor can be made while the old one is there: under a name that is free.
  fileprivate func leavesRoom(for difference: ResourceDifference) -> Bool {
    if isIdentity { return false }
    return !isUnique || !difference.changed.isDisjoint(with: within)
      || difference.properties.contains { change in
        change.path == ["name"] && (change.before?.string.map(key) != change.after?.string.map(key))
      }
  }
}

extension Schema {
  /// What ``identity(of:)`` is of a live resource.
  fileprivate func identity(of live: LiveResource) -> String {
    naming?.isIdentity == true ? live.id : live.attributes["name"]?.string ?? live.id
  }

  /// The parts in which two identities differ: the name, and what it is unique within; of what has no name what tells it
  /// apart.
  fileprivate func identityChanges(from live: LiveResource, to resource: Resource) -> [PropertyChange] {
    guard naming != nil else {
      return uniqueBy.compactMap { name in
        let (before, after) = (live.properties[name], resource[name])
        guard let before, let after, before != after else { return nil }
        return PropertyChange(
          path: [name], before: before, after: after, forcesReplacement: true, cause: .file)
      }
    }
    let old = identity(of: live)
    let paths = (naming?.within ?? []) + ["name"]
    let before = parts(ofIdentity: old)
    let after = identity(of: resource).map(parts) ?? []
    let isWhole = before.count == paths.count && after.count == paths.count
    let pairs =
      isWhole ? Array(zip(paths, zip(before, after))) : [("name", (old, resource.name ?? ""))]
    return pairs.filter { $0.1.0 != $0.1.1 }.map { path, values in
      PropertyChange(
        path: [path], before: .string(values.0), after: .string(values.1), forcesReplacement: true,
        cause: .file)
    }
  }
}
