/// What became of a plan's steps.
package struct Execution: Sendable {
  /// Attributes by address: those known before, and those of every step that is done.
  package private(set) var attributes: [Address: [String: Value]]
  /// By step id.
  package private(set) var outcomes: [Int: StepOutcome] = [:]
  package internal(set) var failures: [StepFailure] = []
  package internal(set) var skipped: [SkippedStep] = []
  package internal(set) var notStarted: [Step] = []
  /// By step id: why it can't be told whether what the step made is there, or what it deleted is gone.
  package internal(set) var unconfirmed: [Int: ProviderError] = [:]
  /// How many steps were under way at one time, at most.
  var mostAtOnce = 0

  init(attributes: [Address: [String: Value]]) { self.attributes = attributes }

  /// By step id: what was not asked for, and creations that made nothing.
  var untried: Set<Int> {
    Set(
      notStarted.map(\.id) + skipped.map(\.step.id) + failures.filter(\.error.madeNothing).map(\.step.id))
  }

  /// What the step's pending values refer to, and nothing else: the whole would be copied for each step, as it grows while they run.
  func attributes(neededBy step: Step) -> [Address: [String: Value]] {
    let resource: Resource
    switch step.operation {
    case .create(let wanted), .update(_, let wanted, _): resource = wanted
    case .delete: return [:]
    }
    var needed: [Address: [String: Value]] = [:]
    for path in resource.properties.values.flatMap({ $0.templates.flatMap(\.references) })
    where path.count >= 3 {
      let address = Address(path: Array(path.dropLast()))
      needed[address] = attributes[address]
    }
    return needed
  }

  /// Takes in what a step left behind; later steps refer to its attributes.
  mutating func record(_ outcome: StepOutcome, of step: Step) {
    outcomes[step.id] = outcome
    if outcome.resource != nil { attributes[step.address] = outcome.attributes }
  }

  /// Takes in the attributes that a resource has after another write.
  mutating func renew(_ attributes: [String: Value], of address: Address) {
    self.attributes[address, default: [:]].merge(attributes) { $1 }
  }

  /// Takes back that the step is done: a look shows that it is not.
  mutating func withdraw(_ step: Step, _ error: ProviderError) {
    guard let outcome = outcomes.removeValue(forKey: step.id) else { return }
    if outcome.resource != nil { attributes[step.address] = nil }
    failures.append(StepFailure(step, error))
  }
}

/// What one step left behind.
package struct StepOutcome: Sendable {
  /// The identity in the service.
  package var id: String
  package var attributes: [String: Value]
  /// The resource as it was sent, everything resolved; nil after a deletion.
  package var resource: Resource?
  /// An answer was lost, so the resource was completed in more than one try.
  package var wasRepaired = false
}
