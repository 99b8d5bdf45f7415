extension Pipeline {
  /// What is there after a run's steps.
  struct Aftermath {
    var execution: Execution
    var examples: RereadSample
    /// What was read of the examples.
    var reread: Snapshot
    /// Those of which not everything could be read.
    var halfRead: Set<Address>

    /// What could not be looked at: each resource once.
    func unread(_ steps: [Step]) -> [UnreadResource] {
      let unconfirmed = steps.compactMap { step in
        execution.unconfirmed[step.id].map { UnreadResource(step.address, section: step.section, $0) }
      }
      let named = Set(unconfirmed.map(\.address))
      let unread = examples.unread(reread).map { example in
        var example = example
        example.alike.removeAll(where: named.contains)
        return example
      }
      return unread + unconfirmed
    }
  }

  /// Looks at everything that the run touched: at examples whole, at the rest for existence. A step whose answer turns out false fails.
  func aftermath(
    of execution: Execution, _ planned: Planned, _ report: @Sendable (ExecutionEvent) -> Void
  ) async -> Aftermath {
    let sample = RereadSample(of: execution, steps: planned.plan.steps)
    let check = ExistenceCheck(
      planned.plan, execution, examples: sample, stackName: planned.stack.name, registry: registry)
    async let answers = verdicts(on: check.first, check)
    let (reread, halfRead) = await reread(sample, of: planned)
    var verdicts = await answers
    verdicts.merge(await self.verdicts(on: check.second(after: verdicts, reread), check)) { $1 }
    var aftermath = Aftermath(execution: execution, examples: sample, reread: reread, halfRead: halfRead)
    for step in planned.plan.steps {
      switch verdicts[step.id] {
      case nil, .success(true): continue
      case .failure(let error): aftermath.execution.unconfirmed[step.id] = error
      case .success(false):
        aftermath.execution.withdraw(step, step.notCarriedOut)
        if !step.isDeletion { aftermath.examples.drop([step.address]) }
        report(.failed(StepFailure(step, step.notCarriedOut), .zero))
      }
    }
    return aftermath
  }

  /// By step id.
  private func verdicts(
    on steps: [Step], _ check: ExistenceCheck
  ) async -> [Int: Result<Bool, ProviderError>] {
    let expected = steps.compactMap { step in check.expectation(of: step).map { (step.id, $0) } }
    guard !expected.isEmpty else { return [:] }
    let verdicts = await reader.verdicts(on: expected.map(\.1))
    return Dictionary(zip(expected.map(\.0), verdicts)) { $1 }
  }
}
