extension Pipeline {
  /// Reads again what a run touched, for the ledger's fingerprints and for a check of the result. Of
  /// resources that are alike it reads one.
  ///
  /// All properties are read: ``DriftFinder`` compares undeclared ones, too.
  func reread(
    _ examples: RereadSample, of planned: Planned
  ) async -> (snapshot: Snapshot, halfRead: Set<Address>) {
    guard !examples.chosen.isEmpty else { return (Snapshot(), []) }
    var ledger = planned.ledger
    var resources: [Address: Resource] = [:]
    var knownTags: [Address: KnownTags] = [:]
    for step in planned.plan.steps where examples.chosen.contains(step.address) {
      guard let resource = examples.made[step.address], let outcome = examples.outcomes[step.address] else {
        continue
      }
      resources[step.address] = resource
      if !outcome.wasRepaired {
        knownTags[step.address] = step.tagsKnown(
          afterwards: resource, owner: Owner(stack: planned.stack.name, address: step.address))
      }
      // The id that the service just gave finds it; the properties that were reset are read, too.
      let schema = registry[resource.section]?.schema
      let identity = Ledger.Identity(
        name: schema?.identity(of: resource) ?? resource.name, id: outcome.id)
      ledger.records[step.address, default: Ledger.Record(section: step.section, identities: [])].identities =
        [identity]
    }
    return await SnapshotReader(reader: reader, registry: registry)
      .readWhole(
        resources.values.sorted { $0.address < $1.address }, stack: planned.stack, ledger: ledger,
        knownTags: knownTags)
  }

  /// What the re-read still shows as different: a plan of what was touched against what is there now.
  func unsettled(_ planned: Planned, _ aftermath: Aftermath, ledger: Ledger) -> [ResourceChange] {
    var now = planned.snapshot
    now.former = [:]
    now.live.merge(aftermath.examples.taken(by: planned.stack.name)) { _, new in new }
    now.live.merge(aftermath.reread.live) { _, new in new }
    // Nothing else was read again, and nothing is to be replaced or adopted any more.
    var options = PlanOptions()
    options.only = Set(aftermath.reread.live.keys)
    let input = PlanBuilder.Input(
      stack: planned.stack, graph: planned.graph, snapshot: now, ledger: ledger, registry: registry,
      fingerprint: fingerprinter(ledger.salt), options: options)
    guard options.only?.isEmpty == false, !planned.plan.isDestroy, let plan = try? PlanBuilder.plan(input)
    else {
      return []
    }
    let open = planned.plan.steps.filter { aftermath.execution.outcomes[$0.id] == nil }
    let halfDone = Set(open.map(\.address))
    return plan.changes.filter { change in
      !change.isLeftOut && !halfDone.contains(change.address) && change.action != .keep
    }
  }
}

extension Step {
  /// The tags that the resource has after this step, if they are known without a read; nil if the step
  /// changed tags.
  fileprivate func tagsKnown(afterwards resource: Resource, owner: Owner) -> KnownTags? {
    switch operation {
    case .create:
      return KnownTags(tags: Creation(resource: resource, owner: owner).tags, source: .written)
    case .update(let live, _, _):
      let update = Update(live: live, resource: resource, owner: owner, changed: ["tags"])
      guard update.tagsToAdd.isEmpty, update.tagsToRemove.isEmpty else { return nil }
      return KnownTags(tags: update.tags, source: .read)
    case .delete: return nil
    }
  }
}

extension PlanBuilder {
  /// Wanted resources that were not found, and with pending values that are known now.
  static func hiddenByPendingValues(_ input: Input) -> [Resource] {
    let candidates = input.stack.resources.filter { resource in
      input.snapshot.live[resource.address] == nil
        && input.registry[resource.section]?.schema.hidesIdentity(of: resource) != false
        && resource.properties.values.contains(where: \.isPending)
    }
    return candidates.compactMap { resource in
      var resolved = resource
      resolved.properties = resource.properties.mapValues { value in
        value.replacingTemplates { template in
          template.resolvedIfKnown { address, name in input.snapshot.live[address]?.attributes[name] }
        }
      }
      return resolved == resource ? nil : resolved
    }
  }
}
