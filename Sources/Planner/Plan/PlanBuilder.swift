/// Makes a plan from what is wanted, what exists, and what the ledger knows. Pure: the same input gives the
/// same plan.
package struct PlanBuilder {
  /// Everything that a plan is made from.
  package struct Input: Sendable {
    package var stack: Stack
    package var graph: ResourceGraph
    package var snapshot: Snapshot
    /// nil when the target keeps none: a first run, or a ledger that was lost.
    package var ledger: Ledger?
    package var registry: KindRegistry
    package var fingerprint: Fingerprinter
    package var options: PlanOptions
  }

  let input: Input
  let selection: Selection
  var decisions: [Address: Decision] = [:]
  var problems = Diagnostics()
  /// Live resources that another entry has taken over, because it was renamed.
  var movedFrom: Set<Address> = []
  /// Entries that the ledger does not know, and the plan leaves out.
  let newcomersLeftOut: [Resource]
  /// By section and id: what the ledger knows under entries that the stack no longer has.
  let formerAddresses: [String: [String: Address]]

  private init(_ input: Input) {
    self.input = input
    let selection = Selection(input.options, graph: input.graph, ledger: input.ledger)
    self.selection = selection
    newcomersLeftOut = input.stack.resources.filter {
      input.ledger?.records[$0.address] == nil && !selection.contains($0.address)
    }
    var formerAddresses: [String: [String: Address]] = [:]
    for (address, record) in (input.ledger?.records ?? [:]).sorted(by: { $0.key < $1.key })
    where input.stack[address]?.section != record.section {
      for id in record.identities.compactMap(\.id) {
        formerAddresses[record.section, default: [:]][id] = address
      }
    }
    self.formerAddresses = formerAddresses
  }

  /// - Throws: diagnostics for what prevents a plan: unreadable resources, foreign owners, protected
  ///   resources that would be deleted.
  package static func plan(_ input: Input) throws(Diagnostics) -> Plan {
    // Nothing can be read with it any more: said once, not of each resource.
    let expired = input.snapshot.failures.filter(\.value.isOfExpiredKey)
    if let first = expired.min(by: { $0.key < $1.key }) { throw Diagnostics([Diagnostic(first.value)]) }
    var builder = PlanBuilder(input)
    try input.ledger?.checkNames(of: input.stack)
    builder.checkPatterns()
    builder.refuseUnfinishedHandovers()
    builder.decisions.reserveCapacity(input.graph.order.count)
    for node in input.graph.order { builder.decide(input.stack.resources[node]) }
    builder.decideOnFormer()
    builder.refuseHeldReplacements()
    builder.refuseHeldContents()
    builder.refuseContradictions()
    if builder.problems.hasErrors { throw builder.problems }
    let plan = builder.assembled()
    let order = PlanOrder(plan, needs: builder.recordedNeeds(), registry: input.registry)
    if let bare = order.bare { throw Diagnostics([.leavesBare(bare, in: input.stack)]) }
    return plan
  }

  /// What was decided about one resource.
  struct Decision {
    var change: ResourceChange
    /// The wanted resource, resolved as far as is known, resets included. nil when the stack does not have it.
    var wanted: Resource?
    var live: LiveResource?
    /// Live resources to delete: the replaced one, one that the stack no longer has, leftovers.
    var deletions: [LiveResource] = []
  }

  private mutating func checkPatterns() {
    let known = Set(input.graph.addresses).union(input.ledger?.records.keys.map { $0 } ?? [])
    let patterns =
      input.options.targets + input.options.excludes + input.options.replaces + input.options.adopts
    for pattern in patterns where !known.contains(where: { PlanOptions.matches($0, [pattern]) }) {
      problems.add(.unknownAddress(pattern, among: known))
    }
  }

  private mutating func decide(_ resource: Resource) {
    let address = resource.address
    let live = input.snapshot.live[address]
    let former = input.snapshot.former[address] ?? []
    guard selection.contains(address), !(input.options.isOfRelease && input.ledger?.hasLeft(address) == true)
    else {
      decisions[address] = kept(resource, live: live)
      return
    }
    if let failure = input.snapshot.failures[address] {
      problems.add(.unreadable(resource, failure, at: place(of: resource)))
      return
    }
    if input.options.isDestroy {
      decideDestruction(resource, live: live, former: former)
    } else if let live, !live.isDeleting {
      decidePresent(resource, live: live, former: former)
    } else {
      decideAbsent(resource, former: former)
    }
  }

  /// The place of the entry that declares a resource, for diagnostics.
  func place(of resource: Resource) -> SourceSpan? { input.stack.place(of: resource.address) }

  private func kept(_ resource: Resource, live: LiveResource?) -> Decision {
    let recorded =
      isUnread(resource.address) ? input.ledger?.records[resource.address]?.identities.first?.shown : nil
    let change = ResourceChange(
      address: resource.address, section: resource.section, id: live?.id ?? recorded, action: .keep,
      isLeftOut: true)
    return Decision(change: change, wanted: resource, live: live)
  }

  /// What is excluded was not read, and of what is left out a read may fail: the ledger says what there is.
  func isUnread(_ address: Address) -> Bool {
    selection.excludes(address) || input.snapshot.failures[address] != nil
  }

  /// What the stack no longer has, and a destroy leaves: the ledger says what there is.
  func left(_ record: Ledger.Record, at address: Address) -> Decision {
    let change = ResourceChange(
      address: address, section: record.section, id: record.identities.first?.shown, action: .keep,
      isLeftOut: true)
    return Decision(change: change, wanted: nil, live: nil)
  }

  /// The resource with every attribute put in that is known by now.
  func resolved(_ resource: Resource) -> Resource {
    resource.resolvedIfKnown(attribute)
  }

  /// An attribute of a resource that this plan leaves where it is; nil when it is known only after apply.
  func attribute(_ address: Address, _ name: String) -> Value? {
    guard let decision = decisions[address], let live = decision.live else { return nil }
    switch decision.change.action {
    case .create, .replace, .delete, .forget: return nil
    case .keep, .cleanUp: return live.attributes[name]
    case .update, .adopt:
      let causes = input.registry[decision.change.section]?.schema.attribute(name)?.changesWith ?? []
      let changed = Set(decision.change.properties.compactMap(\.path.first))
      return changed.isDisjoint(with: causes) ? live.attributes[name] : nil
    }
  }
}

extension Diagnostic {
  /// A pattern that means nothing; `known` are the addresses of the stack and its ledger.
  static func unknownAddress(_ pattern: String, among known: Set<Address>) -> Diagnostic {
    Diagnostic(
      .error, "Unknown address", "the stack has no resource \"\(pattern)\".",
      fix: suggestion(for: pattern, among: known.map(\.description)).map { "Did you mean \"\($0)\"?" }
        ?? "Addresses are section.name; * stands for any text.")
  }

  static func unreadable(_ resource: Resource, _ error: ProviderError, at span: SourceSpan?) -> Diagnostic {
    var diagnostic = Diagnostic(
      error, title: "Cannot read the live resource", at: span, address: resource.address)
    if error.concernsOneResource {
      let way =
        "To go on without it: --exclude \(resource.address.declared) (of plan, apply, destroy and drift)."
      diagnostic.fix = [diagnostic.fix, way].compactMap(\.self).joined(separator: " ")
    }
    return diagnostic
  }
}
