import Planner
import Providers
import Testing

/// That the stack of all sections, and the survey of what an account holds, leave no section out.
struct WideStackTests {
  @Test(arguments: TestEndpoint.allCases)
  func `The wide stack has every section that its endpoint offers`(endpoint: TestEndpoint) throws {
    let text = Stacks.wide(account: "111111111111", on: endpoint)
    let files = FileReader(
      read: { _ throws(FileReader.Failure) in Array(text.utf8) }, entry: { _ in .folder })
    let sections = Set(try StackDeclaration.load("stack.yaml", files: files).resources.map(\.address.section))
    let offered = Set(AWSKinds.all.map(\.schema.section).filter(endpoint.offers))
    #expect(sections == offered)
  }
}

/// The same stack on the endpoints.
@Suite(.enabled(if: !TestEndpoint.available.isEmpty && TestEndpoint.python != nil))
struct WideStackSurveyTests {
  @Test(arguments: TestEndpoint.available)
  func `The survey sees every section of the wide stack, and nothing after its destruction`(
    endpoint: TestEndpoint
  ) async throws {
    try await Workplace.with(endpoint) { place in
      func stack(isChanged: Bool) -> String {
        Stacks.wide(account: place.account.id, on: endpoint, isChanged: isChanged)
      }
      #expect(try await place.surveyed() == [])
      try place.write(stack(isChanged: false))
      try await place.expect(0, "apply", "--auto-approve")
      let sections = Set(try await place.ledger().records.keys.map(\.section))
      #expect(try await place.surveyed() == sections.union(["ledgers"]))
      try place.write(stack(isChanged: true))
      try await place.expect(0, "apply", "--auto-approve")
      try await place.expect(0, "plan", "--detailed-exitcode")
      try await place.expect(0, "destroy", "--auto-approve")
      #expect(try await place.surveyed() == [])
    }
  }
}

extension Workplace {
  /// The sections of which a survey finds something.
  fileprivate func surveyed() async throws -> Set<String> {
    Set(try #require(try await Survey.of([self])[account.id]).keys)
  }
}
