/// What is deleted: what the stack no longer has, what interrupted runs left, and in a destruction everything.
extension PlanBuilder {
  /// Decides on a resource of the stack in the plan of a destroy: what is ours is deleted, all else stays.
  mutating func decideDestruction(_ resource: Resource, live: LiveResource?, former: [LiveResource]) {
    let address = resource.address
    let record = input.ledger?.records[address]
    var deletions = ownedFormer(former, at: address, record: record)
    var others = former.filter { !$0.isDeleting }
    if let live, !live.isDeleting {
      deletions += live.twins.filter { twin in !twin.isDeleting && !deletions.contains { $0.id == twin.id } }
      switch toldOwnership(of: live, at: address, resource.section, record) {
      case .ours, .oursUntagged: deletions = [live] + deletions.filter { $0.id != live.id }
      // The entry that it had is gone from the file, and deletes it.
      case .moved(let from) where input.ledger?.records[from] != nil: break
      case .moved: deletions.insert(live, at: 0)
      // What is not ours stays, and does not keep the rest from being deleted.
      case .foreign, .nobody: others.insert(live, at: 0)
      }
    }
    decideDeletion(
      at: address, section: resource.section, deletions: deletions, others: others, record: record,
      isProtected: resource.isProtected || record?.isProtected == true)
  }

  /// What the ledger knows and the stack no longer has.
  mutating func decideOnFormer() {
    for (address, record) in (input.ledger?.records ?? [:]).sorted(by: { $0.key < $1.key }) {
      guard input.stack[address] == nil || input.stack[address]?.section != record.section else { continue }
      guard !movedFrom.contains(address) else { continue }
      guard selection.contains(address) else {
        if input.options.isDestroy { decisions[address] = left(record, at: address) }
        continue
      }
      guard !input.options.isOfRelease || input.ledger?.hasCome(address) != true else {
        decisions[address] = left(record, at: address)
        continue
      }
      guard !mayBeLeftOut(record) else {
        decisions[address] = left(record, at: address)
        decisions[address]?.change.reason = .perhapsLeftOut
        continue
      }
      if let failure = input.snapshot.failures[address] {
        let ghost = Resource(address, section: record.section)
        problems.add(.unreadable(ghost, failure, at: nil))
        continue
      }
      let former = input.snapshot.former[address] ?? []
      decideDeletion(
        at: address, section: record.section,
        deletions: ownedFormer(former, at: address, record: record),
        others: former.filter { !$0.isDeleting }, record: record, isProtected: record.isProtected)
    }
  }

  /// Whether an entry that is left out may be this one under another name. Whose it is was not looked at: it stays.
  private func mayBeLeftOut(_ record: Ledger.Record) -> Bool {
    guard let naming = input.registry[record.section]?.schema.naming else {
      return newcomersLeftOut.contains { $0.section == record.section }
    }
    let names = Set(record.identities.compactMap(\.name))
    return newcomersLeftOut.contains { resource in
      guard resource.section == record.section else { return false }
      let schema = input.registry[record.section]?.schema
      guard let name = naming.isIdentity ? schema?.identity(of: resource) : resource.name else { return true }
      return names.isEmpty || names.contains(name)
    }
  }

  /// What interrupted runs left under this address, and under the one that it had before its entry was renamed; and
  /// twins.
  func leftovers(
    _ former: [LiveResource], beside live: LiveResource, at address: Address, _ schema: Schema,
    _ standing: Standing
  ) -> [LiveResource] {
    var leftovers = ownedFormer(former, at: address, record: standing.record)
    if let from = standing.formerAddress, let record = input.ledger?.records[from],
      record.section == schema.section
    {
      leftovers += ownedFormer(input.snapshot.former[from] ?? [], at: from, record: record)
    }
    return (leftovers + live.twins.filter { twin in !leftovers.contains { $0.id == twin.id } })
      .filter { $0.id != live.id && !$0.isDeleting }
  }

  /// `others` is what is there and stays: of it only the record goes.
  private mutating func decideDeletion(
    at address: Address, section: String, deletions: [LiveResource], others: [LiveResource],
    record: Ledger.Record?, isProtected: Bool
  ) {
    let schema = input.registry[section]?.schema
    guard !deletions.isEmpty else {
      guard record != nil else { return }
      var change = ResourceChange(address: address, section: section, id: nil, action: .forget)
      change.reason = others.first.map { $0.owner.map(Reason.anothers) ?? .unowned }
      decisions[address] = Decision(change: change, wanted: nil, live: nil)
      return
    }
    if isProtected {
      problems.add(.protected(address, verb: "deleted", at: input.stack.places[address.declared]?.span))
    }
    guardBar(deletions, at: address, verb: "deleted")
    let change = ResourceChange(
      address: address, section: section, id: deletions[0].id, action: .delete,
      reason: input.options.isDestroy
        ? .ofMissingTags(deletions, schema) : .ofLeaving(address, deletions, schema),
      leftovers: deletions.dropFirst().map(\.id), losesData: schema?.holdsData ?? false)
    decisions[address] = Decision(change: change, wanted: nil, live: deletions[0], deletions: deletions)
  }

  func ownedFormer(
    _ former: [LiveResource], at address: Address, record: Ledger.Record?
  ) -> [LiveResource] {
    var seen: Set<String> = []
    return former.flatMap(\.all).filter { live in
      guard !live.isDeleting, seen.insert(live.id).inserted else { return false }
      let ownership = toldOwnership(of: live, at: address, record?.section ?? address.section, record)
      return ownership == .ours || ownership == .oursUntagged
    }
  }
}
