/// Carries out a plan: each step when the steps that it needs are done, at most `width` at a time. After a
/// failure it goes on with the rest.
package struct Executor: Sendable {
  private let runner: StepRunner
  /// How many steps may be under way at once.
  private let width: Int
  private let isLockHeld: LockCheck
  private let clock = ContinuousClock()
  private let report: @Sendable (ExecutionEvent) -> Void

  /// `isLockHeld` is asked before each step starts; once it says no, none does.
  package init(
    runner: StepRunner, width: Int, isLockHeld: @escaping LockCheck,
    report: @escaping @Sendable (ExecutionEvent) -> Void
  ) {
    self.isLockHeld = isLockHeld
    self.runner = runner
    self.width = max(1, width)
    self.report = report
  }

  /// Runs every step of the plan that can be run. `known` holds the attributes of resources that the plan leaves where they are;
  /// `stop` is asked before each start.
  package func run(_ plan: Plan, known: [Address: [String: Value]], stop: StopRequest) async -> Execution {
    var execution = Execution(attributes: known)
    var schedule = Schedule(needs: plan.steps.map(\.needs))
    await withTaskGroup(of: (Int, Duration, Result<StepOutcome, ProviderError>).self) { group in
      var running = 0
      while true {
        while running < width, await !stop.isStopping, await isLockHeld(), let next = schedule.next() {
          let step = plan.steps[next]
          let attributes = execution.attributes(neededBy: step)
          report(.started(step))
          running += 1
          execution.mostAtOnce = max(execution.mostAtOnce, running)
          group.addTask { await timed(step, attributes: attributes) }
        }
        guard running > 0, let (id, duration, result) = await group.next() else { break }
        running -= 1
        switch result {
        case .success(let outcome):
          schedule.finish(id)
          execution.record(outcome, of: plan.steps[id])
          report(.completed(plan.steps[id], id: outcome.id, duration))
        case .failure(let error):
          let failure = StepFailure(plan.steps[id], error)
          execution.failures.append(failure)
          report(.failed(failure, duration))
          for (step, cause) in schedule.fail(id) {
            let skipped = SkippedStep(plan.steps[step], because: plan.steps[cause], root: plan.steps[id])
            execution.skipped.append(skipped)
            report(.skipped(skipped))
          }
        }
      }
    }
    execution.notStarted = schedule.waiting.map { plan.steps[$0] }
    for step in execution.notStarted { report(.notStarted(step)) }
    return execution
  }

  private func timed(
    _ step: Step, attributes: [Address: [String: Value]]
  ) async -> (Int, Duration, Result<StepOutcome, ProviderError>) {
    let start = clock.now
    do throws(ProviderError) {
      let outcome = try await runner.run(step, attributes: attributes)
      return (step.id, clock.now - start, .success(outcome))
    } catch {
      return (step.id, clock.now - start, .failure(error))
    }
  }
}
