import Foundation
import Planner
import Testing

/// An emulator forgets everything when it ends; so must Stackform.
@Suite(.enabled(if: !TestEndpoint.available.isEmpty)) struct RestartTests {
  @Test(arguments: TestEndpoint.available)
  func `An endpoint that was restarted empty is filled again`(endpoint: TestEndpoint) async throws {
    let place = try Workplace(endpoint)
    defer { place.remove() }
    try place.write(Stacks.shop())
    try await place.expect(0, "apply", "--auto-approve")
    try await place.expect(0, "plan", "--detailed-exitcode")
    try place.proxy.retarget(to: "http://127.0.0.1:\(try Socket.closedPort())")
    let gone = try await place.expect(1, "plan")
    #expect(gone.errors.contains("127.0.0.1"), "\(gone)")
    let restarted = try await Self.emulator("start", endpoint.rawValue)
    try place.proxy.retarget(to: restarted)
    let plan = try await place.expect(2, "plan", "--detailed-exitcode")
    #expect(plan.output.contains("Plan: 15 to add, 0 to change, 0 to destroy."), "\(plan)")
    try await place.expect(0, "apply", "--auto-approve")
    try await place.expect(0, "plan", "--detailed-exitcode")
    _ = try await Self.emulator("stop", restarted)
  }

  /// What `scripts/emulator` prints.
  private static func emulator(_ arguments: String...) async throws -> String {
    let run = try ProgramRun(
      arguments, of: Program.checkout.appendingPathComponent("scripts/emulator"),
      in: FileManager.default.temporaryDirectory, environment: ProcessInfo.processInfo.environment)
    let result = await run.result()
    #expect(result.code == 0, "\(result)")
    return result.output.trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
