extension PlanBuilder {
  /// Puts the decisions together: changes in the order of the file, steps, and the edges between them.
  func assembled() -> Plan {
    let others = decisions.keys.filter { input.graph.position(of: $0) == nil }.sorted()
    var changes: [ResourceChange] = []
    changes.reserveCapacity(decisions.count)
    let hints = renameHints()
    var steps = stepList()
    for address in input.graph.addresses + others {
      guard let decision = decisions[address] else { continue }
      var change = decision.change
      change.renameHint = hints[address]
      changes.append(change)
      steps.add(decision, schema: input.registry[decision.change.section]?.schema)
      note(decision, in: &steps)
    }
    steps.connect()
    return Plan(
      stack: input.stack.name, target: input.stack.target, changes: changes, steps: steps.steps,
      outputs: outputChanges(), isDestroy: input.options.isDestroy)
  }

  private func stepList() -> StepList {
    let (registry, stack) = (input.registry, input.stack)
    func flaws(_ resource: Resource) -> Int {
      guard let kind = registry[resource.section] else { return 0 }
      return kind.allProblems(of: resource).count + kind.problems(of: resource, in: stack).count
    }
    return StepList(
      of: input.stack.name, graph: input.graph, recorded: recordedNeeds(), capacity: decisions.count,
      moves: { [decisions] address in decisions[address].map { $0.change.action != .keep } ?? false },
      isRefused: { first, wanted in flaws(first) > flaws(wanted) })
  }

  /// What a destruction makes of the outputs: those stay that refer only to what stays.
  private func outputsLeft(of before: [String: Value]) -> [OutputChange] {
    let isWhole = input.options.targets.isEmpty && input.options.excludes.isEmpty
    let stay = input.stack.outputs.filter { output in
      output.addresses.allSatisfy { address in
        let action = decisions[address]?.change.action
        return action == nil || action == .keep
      }
    }
    let names = isWhole ? [] : Set(stay.map(\.name))
    return before.sorted { $0.key < $1.key }.map { name, value in
      OutputChange(name: name, before: value, after: names.contains(name) ? value : nil, isSecret: false)
    }
  }

  /// What needed what at the last apply, from the ledger. An entry with another name needed what the former one did.
  func recordedNeeds() -> [Address: [Address]] {
    var needs = (input.ledger?.records ?? [:]).mapValues(\.needs)
    for decision in decisions.values {
      guard let former = decision.change.formerAddress, let others = needs[former] else { continue }
      needs[decision.change.address, default: []] += others
    }
    return needs
  }

  /// What works only while the resource is there, as far as that is known before apply.
  private func note(_ decision: Decision, in steps: inout StepList) {
    let address = decision.change.address
    guard let schema = input.registry[decision.change.section]?.schema else { return }
    if !decision.deletions.isEmpty, !schema.heldBy.isEmpty { steps.heldBy[address] = Set(schema.heldBy.keys) }
    guard !schema.enables.isEmpty else { return }
    if let wanted = decision.wanted {
      let known = schema.enables.filter { wanted[$0]?.isPending == false }
      steps.enabled[address] = Set(
        wanted.references.filter { known.contains($0.property) }.map(\.address))
      steps.opened[address] = Set(
        wanted.references.filter { schema.enables.contains($0.property) }.map(\.address))
      steps.parents[address] = Set(
        wanted.references.filter { schema.property($0.property)?.isBound == true }.map(\.address))
    }
    guard !decision.deletions.isEmpty, let needed = input.ledger?.records[address]?.needs else { return }
    let sections = Set(schema.properties.compactMap(\.boundTo))
    steps.wasEnabled[address] = Set(needed.filter { !sections.contains($0.section) })
    steps.wereParents[address] = Set(needed.filter { sections.contains($0.section) })
  }

  /// The plan leaves it out, and it is not known whether it is there, or known that it is not.
  private func isLeftUnknown(_ address: Address) -> Bool {
    guard let decision = decisions[address], decision.change.isLeftOut else { return false }
    return decision.live == nil
  }

  private func outputChanges() -> [OutputChange] {
    let before = input.ledger?.outputs ?? [:]
    var changes: [OutputChange] = []
    if input.options.isDestroy { return outputsLeft(of: before) }
    for output in input.stack.outputs {
      let value = output.value.replacingTemplates { $0.resolvedIfKnown(attribute) }
      let recorded = output.isSecret && !value.isPending ? Value.string(input.fingerprint(value)) : value
      let isUnknown = output.addresses.contains { isLeftUnknown($0) }
      changes.append(
        OutputChange(
          name: output.name, before: before[output.name], after: isUnknown ? before[output.name] : recorded,
          isSecret: output.isSecret))
    }
    let names = Set(changes.map(\.name))
    for (name, value) in before.sorted(by: { $0.key < $1.key }) where !names.contains(name) {
      changes.append(OutputChange(name: name, before: value, after: nil, isSecret: false))
    }
    return changes
  }
}
