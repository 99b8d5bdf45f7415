/// Which of a run's finished steps are looked at, so that no success is believed by its answer alone.
///
/// Whatever was made or changed must be there, and whatever was deleted must be gone. ``RereadSample``'s examples
/// show themselves: they are read whole anyway. Everything else is asked for by existence alone, which a listing
/// tells of all that are of one kind.
struct ExistenceCheck {
  let stackName: String
  let registry: KindRegistry
  /// The steps that are done.
  private let steps: [Step]
  private let outcomes: [Int: StepOutcome]
  private let examples: Set<Address>
  /// By step: the step that deleted what it lived in.
  private let parents: [Int: Int]
  /// Deletions whose end was looked at in the step.
  private let confirmed: Set<Int>

  init(
    _ plan: Plan, _ execution: Execution, examples: RereadSample, stackName: String, registry: KindRegistry
  ) {
    self.stackName = stackName
    self.registry = registry
    steps = plan.steps.filter { execution.outcomes[$0.id] != nil }
    outcomes = execution.outcomes
    self.examples = examples.chosen
    confirmed = plan.makesRoom
    parents = Self.parents(of: steps, registry)
  }

  /// The steps to ask about at once: neither shown by an example, nor gone with what they lived in.
  var first: [Step] {
    steps.filter { step in
      step.isDeletion
        ? parents[step.id] == nil && !confirmed.contains(step.id) : !examples.contains(step.address)
    }
  }

  /// The steps to ask about once the answers to the first question and the examples are there: examples that were not
  /// found, and what lived in something that is still there.
  func second(after verdicts: [Int: Result<Bool, ProviderError>], _ reread: Snapshot) -> [Step] {
    steps.filter { step in
      if step.isDeletion {
        guard !confirmed.contains(step.id), var parent = parents[step.id] else { return false }
        while let outer = parents[parent] { parent = outer }
        return verdicts[parent].map { $0 != .success(true) } ?? false
      }
      return examples.contains(step.address) && reread.failures[step.address] == nil
        && reread.live[step.address]?.isDeleting != false
    }
  }

  /// What must be found of a step's resource.
  func expectation(of step: Step) -> ExpectedExistence? {
    let owner = Owner(stack: stackName, address: step.address)
    let schema = registry[step.section]?.schema
    switch step.operation {
    case .delete(let live): return ExpectedExistence(goneAfter: step, live, owner: owner, schema: schema)
    case .create, .update:
      guard let outcome = outcomes[step.id], let resource = outcome.resource else { return nil }
      let query = LiveQuery(
        address: step.address, section: step.section,
        name: schema?.identity(of: resource) ?? resource.name, id: outcome.id, wanted: resource,
        depth: .existence, owner: owner, knownTags: KnownTags(tags: owner.tags, source: .read))
      return ExpectedExistence(query, id: outcome.id, isThere: true)
    }
  }

  /// What is bound to something dies with it: its own end need not be looked at where that one's is. The parent is
  /// one whose deletion waited for this one's, and whom the bound property names.
  private static func parents(of steps: [Step], _ registry: KindRegistry) -> [Int: Int] {
    let live = Dictionary(
      steps.compactMap { step in if case .delete(let live) = step.operation { (step.id, live) } else { nil } }
    ) { $1 }
    let sections = Dictionary(steps.map { ($0.id, $0.section) }) { $1 }
    var parents: [Int: Int] = [:]
    for parent in steps {
      guard let names = live[parent.id]?.attributes.values else { continue }
      for child in parent.needs {
        guard let properties = live[child]?.properties else { continue }
        let childProperties = registry[sections[child] ?? ""]?.schema.properties ?? []
        let isInside = childProperties.contains { property in
          property.boundTo == parent.section
            && properties[property.name].map { !$0.isEmpty && names.contains($0) } ?? false
        }
        if isInside { parents[child] = parent.id }
      }
    }
    return parents
  }
}

extension ExpectedExistence {
  /// That what a step deleted is gone. It is looked for by its identity alone: nothing else that the kind would find counts.
  init(goneAfter step: Step, _ live: LiveResource, owner: Owner, schema: Schema?) {
    let query = LiveQuery(
      address: step.address, section: step.section,
      name: schema?.naming?.isIdentity == true ? live.id : nil, id: live.id, wanted: nil,
      depth: .existence, owner: owner, knownTags: KnownTags(tags: owner.tags, source: .read))
    self.init(query, id: live.id, isThere: false)
  }
}

extension Step {
  var isDeletion: Bool { if case .delete = operation { true } else { false } }

  /// The failure of a step that was answered by success and not carried out.
  var notCarriedOut: ProviderError {
    let message =
      switch operation {
      case .create: "it was answered that the resource is made, and there is none"
      case .update: "it was answered that the resource is changed, and there is none any more"
      case .delete: "it was answered that the resource is deleted, and it is still there"
      }
    return ProviderError(.notCarriedOut, message: message)
  }
}

extension Plan {
  /// The deletions that a creation under the same address waits for.
  var makesRoom: Set<Int> {
    var ids: Set<Int> = []
    for step in steps {
      guard case .create = step.operation else { continue }
      ids.formUnion(step.needs.filter { steps[$0].isDeletion && steps[$0].address == step.address })
    }
    return ids
  }
}
