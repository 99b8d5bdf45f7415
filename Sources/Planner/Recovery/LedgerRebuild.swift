/// A ledger made from what exists: in the place of a lost one, and for the gaps of a damaged one.
///
/// What the stack names is read as a plan reads it, and is ours where its owner tags say so. Resources with
/// the stack's tags that the file does not have are found by listing the account. They are recorded without
/// edges, and the next plan offers to delete them.
///
/// Of several with the tags of one entry, that one is the entry's which the damaged ledger has, else that which has the
/// entry's name. Where neither tells, no ledger is made.
package struct LedgerRebuild: Sendable {
  package var ledger: Ledger
  package var entries: [Entry] = []
  /// What exists under a name of the stack and is not provably ours.
  package var unclaimed: [Unclaimed] = []
  /// What the stack names and nothing is there of.
  package var missing: [Address] = []
  /// Why no ledger can be made.
  fileprivate var problems: [Diagnostic] = []

  /// One record of the ledger, and where it is from.
  package struct Entry: Sendable, Hashable {
    /// How a record was found.
    package enum Origin: String, Sendable {
      /// It could still be read from the damaged ledger.
      case kept
      /// The stack names it, and it is there.
      case stack
      /// It has the stack's tags, and the stack does not name it.
      case tags
      /// It has the tags of an entry that another one is taken for.
      case leftover
    }

    package var address: Address
    package var section: String
    package var identity: String
    package var origin: Origin
  }

  /// A resource that exists under a name of the stack, and that the stack does not own.
  package struct Unclaimed: Sendable, Hashable {
    package var address: Address
    package var identity: String
    /// Whom its tags name; nil when it has none.
    package var owner: Owner?
  }
}

/// A live resource with a stack's owner tags.
package struct TaggedResource: Sendable, Hashable {
  package var section: String
  /// The physical name, for kinds that are found by name.
  package var name: String?
  package var live: LiveResource
  package var owner: Owner

  package init(section: String, name: String?, live: LiveResource, owner: Owner) {
    self.section = section
    self.name = name
    self.live = live
    self.owner = owner
  }
}

extension Pipeline {
  /// Makes a ledger from what exists. Reads only.
  ///
  /// - Parameters:
  ///   - stack: as it is wanted; its resources are looked for.
  ///   - base: what could be read of a damaged ledger; an empty one for a lost one. Its records stay.
  ///   - owned: everything in the account with the stack's tags.
  /// - Returns: the ledger to write, and where each record is from.
  /// - Throws: what could not be read, a stack that has other names here, and what nothing tells apart. A ledger with
  ///   unknown gaps would be worse than none.
  package func rebuilt(
    _ stack: Stack, from base: Ledger, owned: [TaggedResource]
  ) async throws(Diagnostics) -> LedgerRebuild {
    let graph = try ResourceGraph(stack)
    try base.checkNames(of: stack)
    // What bears no tags is looked for, too, so that it is said what is not provably ours.
    var options = PlanOptions()
    options.adopts = ["*"]
    let snapshot = await look(at: stack, graph: graph, ledger: base, options: options)
    let failures = snapshot.failures.sorted { $0.key < $1.key }
    guard failures.isEmpty else {
      throw Diagnostics(failures.map { .unreadable(Resource($0.key), $0.value, at: nil) })
    }
    var rebuild = LedgerRebuild(ledger: base)
    rebuild.note(base, registry)
    rebuild.take(stack, graph: graph, snapshot: snapshot, registry: registry, fingerprinter(base.salt))
    guard rebuild.problems.isEmpty else { throw Diagnostics(rebuild.problems) }
    rebuild.take(owned, of: stack, snapshot: snapshot)
    let planned = Planned(
      plan: Plan(
        stack: stack.name, target: stack.target, changes: [], steps: [], outputs: [], isDestroy: false),
      stack: stack, graph: graph, snapshot: snapshot, ledger: rebuild.ledger)
    let outputs = Ledger.recorded(
      planned.outputs(with: planned.knownAttributes), fingerprint: fingerprinter(base.salt))
    rebuild.ledger.outputs.merge(outputs) { kept, _ in kept }
    return rebuild
  }
}

extension LedgerRebuild {
  fileprivate mutating func note(_ base: Ledger, _ registry: KindRegistry) {
    for (address, record) in base.records.sorted(by: { $0.key < $1.key }) {
      let known = record.identities.first
      let isNamed = registry[record.section]?.schema.naming?.isIdentity != false
      let identity = (isNamed ? known?.name ?? known?.id : known?.id ?? known?.name) ?? ""
      entries.append(
        Entry(address: address, section: record.section, identity: identity, origin: .kept))
    }
  }

  /// What the stack names.
  fileprivate mutating func take(
    _ stack: Stack, graph: ResourceGraph, snapshot: Snapshot, registry: KindRegistry,
    _ fingerprint: Fingerprinter
  ) {
    for resource in stack.resources {
      let address = resource.address
      guard let live = snapshot.live[address], !live.isDeleting else {
        if ledger.records[address] == nil { missing.append(address) }
        continue
      }
      if ledger.records[address]?.applied.isEmpty == false { continue }
      let ownership = Ownership(
        live, at: address, stackName: stack.name, record: ledger.records[address],
        isCreatedWithTags: registry[resource.section]?.isCreatedWithTags(in: stack.target) ?? false
      ) { stack[$0] != nil }
      switch ownership {
      case .ours, .oursUntagged:
        guard let schema = registry[resource.section]?.schema else { continue }
        let fresh = Ledger.Record(
          resource.resolved(with: snapshot), live: live, needs: graph.needs(of: address), schema: schema,
          fingerprint)
        // A kept record knows more, except for its fingerprints.
        if ledger.records[address] == nil {
          record(resource, live, as: fresh, schema, at: stack.place(of: address))
        } else {
          ledger.records[address]?.applied = fresh.applied
        }
      // The scan has it, under the address that its tags name.
      case .moved: continue
      case .foreign(let owner):
        unclaimed.append(Unclaimed(address: address, identity: live.id, owner: owner))
      case .nobody: unclaimed.append(Unclaimed(address: address, identity: live.id, owner: nil))
      }
    }
  }

  /// What no record is left of, unless several may be it.
  private mutating func record(
    _ resource: Resource, _ live: LiveResource, as fresh: Ledger.Record, _ schema: Schema,
    at span: SourceSpan?
  ) {
    let address = resource.address
    let candidates = live.all.filter { !$0.isDeleting }
    if candidates.count > 1 { problems.append(.untoldTwins(address, candidates, at: span)) }
    ledger.records[address] = fresh
    let name = schema.naming?.isIdentity == true ? schema.identity(of: resource) : nil
    entries.append(
      Entry(address: address, section: resource.section, identity: name ?? live.id, origin: .stack))
  }

  /// Other resources with the stack's tags.
  fileprivate mutating func take(_ owned: [TaggedResource], of stack: Stack, snapshot: Snapshot) {
    for resource in owned.sorted(by: { $0.owner.address < $1.owner.address }) {
      let address = resource.owner.address
      let identity = Ledger.Identity(name: resource.name, id: resource.live.id)
      let record = ledger.records[address]
      guard !resource.live.isDeleting, record == nil || record?.section == resource.section,
        record?.identities.contains(where: { $0.id == identity.id }) != true
      else { continue }
      // Of several with the same tags one is wanted, and a plan deletes the others; all, where the file has none of them.
      if record == nil {
        ledger.records[address] = Ledger.Record(section: resource.section, identities: [identity])
      } else {
        ledger.records[address]?.identities.append(identity)
      }
      let isLeftOver = entries.contains { $0.address == address && $0.origin != .tags }
      entries.append(
        Entry(
          address: address, section: resource.section, identity: resource.name ?? resource.live.id,
          origin: isLeftOver ? .leftover : .tags))
    }
  }
}

extension Resource {
  /// With every attribute put in that is live.
  fileprivate func resolved(with snapshot: Snapshot) -> Resource {
    var resource = self
    resource.properties = properties.mapValues { value in
      value.replacingTemplates { $0.resolvedIfKnown { snapshot.live[$0]?.attributes[$1] } }
    }
    return resource
  }
}

extension Ledger.Record {
  /// As if the resource had been applied as it is. A property that differs, or that no service returns, may
  /// never have been applied: nothing is recorded of it.
  fileprivate init(
    _ resource: Resource, live: LiveResource, needs: [Address], schema: Schema, _ fingerprint: Fingerprinter
  ) {
    self.init(
      section: resource.section,
      identities: [Ledger.Identity(name: schema.identity(of: resource), id: live.id)],
      declared: resource.properties.keys.sorted(), needs: needs, isProtected: resource.isProtected,
      applied: Ledger.applied(resource, live: live, schema: schema, fingerprint))
    secrets = resource.secretProperties.sorted()
    secretPaths = resource.secretPaths.sorted()
    let differing = ResourceDifference(
      live: live, wanted: resource, schema: schema, record: nil, fingerprint: fingerprint
    ).changed
    for property in schema.properties where property.isWriteOnly || differing.contains(property.name) {
      applied[property.name]?.wanted = nil
    }
  }
}
