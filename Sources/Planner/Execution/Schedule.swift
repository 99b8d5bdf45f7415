/// Which steps are ready, as a plain value: nothing here runs, waits or prints.
///
/// Longest chain first: of the ready steps, the one with the longest chain behind it starts, because it
/// decides when the run ends.
package struct Schedule: Sendable {
  private enum State { case waiting, running, done, failed, skipped }

  private var states: [State]
  private var openNeeds: [Int]
  private let dependents: [[Int]]
  private var ready: ReadySteps

  /// - Parameter needs: for each step the steps that must be done before; no cycles.
  package init(needs: [[Int]]) {
    states = Array(repeating: .waiting, count: needs.count)
    openNeeds = needs.map { Set($0).count }
    var dependents = Array(repeating: [Int](), count: needs.count)
    for (step, others) in needs.enumerated() { for other in Set(others) { dependents[other].append(step) } }
    self.dependents = dependents
    let order = TopologicalOrder(needs)
    precondition(order.unordered.isEmpty, "the plan's steps have no cycle")
    ready = ReadySteps(weights: Self.weights(order.nodes, dependents: dependents))
    for step in needs.indices where openNeeds[step] == 0 { ready.insert(step) }
  }

  /// Takes the next step to run; nil when none is ready.
  package mutating func next() -> Int? {
    guard let step = ready.popFirst() else { return nil }
    states[step] = .running
    return step
  }

  package mutating func finish(_ step: Int) {
    precondition(states[step] == .running, "only a running step finishes")
    states[step] = .done
    for dependent in dependents[step] {
      openNeeds[dependent] -= 1
      if openNeeds[dependent] == 0, states[dependent] == .waiting { ready.insert(dependent) }
    }
  }

  /// Marks a step as failed. Returns every step behind it, which will not run, each with the step that it needed.
  package mutating func fail(_ step: Int) -> [(step: Int, because: Int)] {
    precondition(states[step] == .running, "only a running step fails")
    states[step] = .failed
    var skipped: [(step: Int, because: Int)] = []
    var queue = [step]
    while let cause = queue.popLast() {
      for dependent in dependents[cause] where states[dependent] == .waiting {
        states[dependent] = .skipped
        skipped.append((dependent, cause))
        queue.append(dependent)
      }
    }
    return skipped.sorted { $0.step < $1.step }
  }

  /// The steps that have not begun and have not been skipped.
  package var waiting: [Int] { states.indices.filter { states[$0] == .waiting } }

  /// The length of the longest chain that starts at each step.
  private static func weights(_ order: [Int], dependents: [[Int]]) -> [Int] {
    var weights = Array(repeating: 1, count: order.count)
    for step in order.reversed() {
      for dependent in dependents[step] { weights[step] = max(weights[step], weights[dependent] + 1) }
    }
    return weights
  }
}
