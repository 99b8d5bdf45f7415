import Foundation
import Planner
import TestSupport
import Testing

/// Requests that are carried out and do not look like it.
@Suite(.enabled(if: !TestEndpoint.available.isEmpty && TestEndpoint.python != nil)) struct FaultTests {
  @Test(arguments: TestEndpoint.available)
  func `Whatever happens to the first of each request, all ends well and nothing is there twice`(
    endpoint: TestEndpoint
  ) async throws {
    let model = try Workplace(endpoint)
    let places = try Fault.allCases.map { _ in try Workplace(endpoint) }
    defer { for place in places + [model] { place.remove() } }
    for (stack, command) in [
      (Stacks.shop(), "apply"), (Stacks.replacedShop(), "apply"), (Stacks.replacedShop(), "destroy"),
    ] {
      try model.write(stack)
      try await model.expect(0, command, "--auto-approve")
      try await withThrowingTaskGroup(of: Void.self) { group in
        for (place, fault) in zip(places, Fault.allCases) {
          group.addTask { try await run(command, of: stack, in: place, with: fault) }
        }
        try await group.waitForAll()
      }
      let surveys = try await Survey.of(places + [model])
      for (place, fault) in zip(places, Fault.allCases) {
        #expect(surveys[place.account.id] == surveys[model.account.id], "\(fault) in \(command)")
      }
    }
  }

  private func run(_ command: String, of stack: String, in place: Workplace, with fault: Fault) async throws {
    try place.write(stack)
    let seen = Locked<Set<String>>([])
    place.proxy.start { request in
      guard request.mayMeet(fault) else { return .pass }
      let isFirst = seen.withLock { $0.insert(request.identity).inserted }
      return isFirst ? fault.fate : .pass
    }
    let result = try await place.run(command, "--auto-approve")
    Tally.note(.network, "requests with the fault \(fault)", tried: seen.withLock { $0.count })
    #expect(result.code == 0, "\(fault): \(result)")
    place.proxy.passEverything()
    guard command == "apply" else { return }
    let plan = try await place.run("plan", "--detailed-exitcode")
    #expect(plan.code == 0, "\(fault): \(plan)")
    try await place.expectQuietLedger()
  }
}
