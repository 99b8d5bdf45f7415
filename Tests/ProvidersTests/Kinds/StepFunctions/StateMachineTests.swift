import Testing

@testable import Planner
@testable import Providers

struct `A state machine` {
  private let owner = Owner(stack: "shop", address: Address("stateMachines", "m"))

  // MARK: Order

  private func needs(_ name: String, _ entries: String) throws -> Set<String> {
    let graph = try ResourceGraph(try StackChecking.stack(Array("stack: shop\n\(entries)".utf8)))
    return Set(graph.needs(of: Address("stateMachines", name)).map(\.description))
  }

  private func calling(_ resource: String, _ parameter: String) -> String {
    "{ definition: { StartAt: A, States: { A: { Type: Task, Resource: '\(resource)', End: true, "
      + "Parameters: { \(parameter) } } } } }"
  }

  private let worker = "code: { zipFile: handler }, runtime: python3.12, handler: index.handler"

  @Test func `comes after its role and after what it calls`() throws {
    let machine = calling("arn:aws:states:::lambda:invoke", "FunctionName: '${lambdas.work.arn}'")
    #expect(
      try needs("m", "lambdas: { work: { \(worker) } }\nstateMachines: { m: \(machine) }\n")
        == ["lambdas.work", "stateMachines.m.role"])
  }

  @Test func `may be started by what it calls, and machines may start each other`() throws {
    let machine = calling("arn:aws:states:::lambda:invoke", "FunctionName: '${lambdas.work.arn}'")
    let knowing = "environment: { MACHINE: '${stateMachines.m.arn}' }"
    #expect(
      try needs("m", "lambdas: { work: { \(worker), \(knowing) } }\nstateMachines: { m: \(machine) }\n")
        .contains("stateMachines.m.role"))
    let start = "arn:aws:states:::states:startExecution"
    let both =
      "stateMachines: { m: \(calling(start, "StateMachineArn: '${stateMachines.n.arn}'")), "
      + "n: \(calling(start, "StateMachineArn: '${stateMachines.m.arn}'")) }\n"
    #expect(try needs("m", both).contains("stateMachines.m.role"))
    #expect(try needs("n", both).contains("stateMachines.n.role"))
  }

  // MARK: Definitions

  @Test func `takes its definition from a file, with substitutions of any type`() throws {
    let machine = """
      {
      \t"StartAt": "A",
      \t"States": { "A": { "Type": "Wait", "Seconds": "${Seconds}", "Comment": "for ${Seconds} s, ${Who}", "End": true } }
      }
      """
    let stack = try filed(machine, "Seconds: 5, Who: me")
    #expect(
      stack[owner.address]?["definition"] == [
        "StartAt": "A",
        "States": ["A": ["Type": "Wait", "Seconds": 5, "Comment": "for 5 s, me", "End": true]],
      ])
  }

  @Test func `joins what is known before apply and what is not`() throws {
    let machine = """
      StartAt: A
      States: { A: { Type: Pass, Comment: "in ${Seconds} s to ${Group} ${!}", End: true } }
      """
    let stack = try filed(machine, "Seconds: 5, Group: '${securityGroups.g.id}'")
    let comment = stack[owner.address]?["definition"]?["States"]?["A"]?["Comment"]
    #expect(
      comment?.templates.first?.source == "in 5 s to ${securityGroups.g.id} $${!}", "what is no name is text")
    #expect(stack[owner.address]?.references.contains { $0.address.section == "securityGroups" } == true)
  }

  @Test func `says where in the file of its definition something is wrong`() {
    let machine = """
      StartAt: A
      States:
        A:
          Type: Wait
          Seconds: ${Secs}
          Next: B
      """
    let diagnostics = #expect(throws: Diagnostics.self) { try filed(machine, "Seconds: 5") }
    #expect(
      diagnostics?.items.map(\.detail) == [
        "machines/m.yaml:5:14: Nothing stands for ${Secs}.",
        "machines/m.yaml:6:11: Next names B, and there is no such state beside it.",
      ])
  }

  private func filed(_ machine: String, _ substitutions: String) throws(Diagnostics) -> Stack {
    let yaml = """
      stack: shop
      securityGroups: { g: { groupDescription: g } }
      stateMachines:
        m: { definitionFile: machines/m.yaml, definitionSubstitutions: { \(substitutions) } }
      """
    let files = FileReader(files: ["stack.yaml": Array(yaml.utf8), "machines/m.yaml": Array(machine.utf8)])
    return try StackChecking.stack(Array(yaml.utf8), files: files)
  }

  @Test(arguments: [
    """
    A: { Type: Choice, Choices: [{ Variable: $.a, IsPresent: true, Next: B },
      { Variable: $.a, IsPresent: false, Next: B }] }
    """,
    """
    A: { Type: Choice, Choices: [{ Variable: $.a, StringEquals: x, Next: B },
      { Not: { Variable: $.a, StringEquals: x }, Next: B }] }
    """,
    "A: { Type: Choice, QueryLanguage: JSONata, Choices: [{ Condition: '{% $states.input.a %}', Next: B }], Default: B }",
    "A: { Type: Pass, InputPath: null, Parameters: { 'id.$': States.UUID(), 'own.$': $$.Execution.Id }, Next: B }",
    "A: { Type: Wait, QueryLanguage: JSONata, Seconds: '{% $states.input.s %}', Next: B }",
    """
    A: { Type: Map, ItemsPath: $.items, MaxConcurrency: 2, Next: B,
      Iterator: { StartAt: C, States: { C: { Type: Pass, End: true } } } }
    """,
  ])
  func `is not warned of what is right`(_ state: String) {
    let yaml =
      "stack: shop\nstateMachines: { m: { definition: { StartAt: A, States: { \(state), B: { Type: Succeed } } } } }"
    #expect(StackChecking.diagnostics(yaml).map(\.detail) == [])
  }

  // MARK: Deletion

  @Test func `is waited for while its executions come to their end`() async throws {
    let gone = ProviderError(.notFound, code: "StateMachineDoesNotExist", message: "gone")
    let sender = AnsweringSender([
      "DeleteStateMachine": [.success([:])],
      "DescribeStateMachine": [
        .success(["stateMachineArn": "arn", "status": "DELETING"]),
        .success(["stateMachineArn": "arn", "status": "DELETING"]), .failure(gone),
      ],
    ])
    let live = LiveResource(id: "m", properties: [:], attributes: [:], owner: owner)
    try await StateMachineKind().delete(
      Deletion(address: owner.address, section: "stateMachines", live: live), sender.writing)
    #expect(await sender.operations.filter { $0 == "DescribeStateMachine" }.count == 3)
  }

  @Test func `is made once the old one of its name is gone`() async throws {
    let sender = AnsweringSender([
      "CreateStateMachine": [
        .failure(ProviderError(.conflict, code: "StateMachineDeleting", message: "it is being deleted")),
        .success(["stateMachineArn": "arn"]),
      ],
      "DescribeStateMachine": [
        .success(["stateMachineArn": "arn", "name": "m", "status": "DELETING"]),
        .failure(ProviderError(.notFound, message: "gone")),
      ],
      "ListTagsForResource": [.success(["tags": []])],
    ])
    let resource = Resource(
      owner.address, name: "m",
      properties: [
        "definition": ["StartAt": "A"],
        "loggingConfiguration": ["level": "ALL", "destinations": ["arn:l:*"]],
      ])
    _ = try await StateMachineKind().create(Creation(resource: resource, owner: owner), sender.writing)
    let input = try #require(await sender.input("CreateStateMachine"))
    #expect(input["definition"] == #"{"StartAt":"A"}"#)
    #expect(
      input["loggingConfiguration"] == [
        "level": "ALL", "destinations": [["cloudWatchLogsLogGroup": ["logGroupArn": "arn:l:*"]]],
      ])
  }
}
