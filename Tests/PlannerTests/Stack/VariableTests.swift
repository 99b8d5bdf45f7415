import Planner
import Testing

/// Variables: their types, their rules, and who gives their values.
@Suite struct VariableTests {
  private func output(_ declaration: String, given: Value?) throws -> Value? {
    try resolved(
      "stack: shop\nvariables: { x: \(declaration) }\noutputs: { x: \"${var.x}\" }",
      variables: given.map { ["x": $0] } ?? [:]
    ).outputs.first?.value
  }

  @Test(
    arguments: [
      ("7", nil, 7), ("7", "14", 14), ("7", 14, 14), ("seven", "14", "14"), ("1.5", "2", 2),
      ("true", "false", false),
      ("[a]", "b,c", ["b", "c"]), ("[a]", "[1, 2]", [1, 2]), ("{ type: map }", "{\"a\": 1}", ["a": 1]),
      ("{ type: string, default: 0123 }", nil, "0123"), ("{ type: string, default: 12 }", nil, "12"),
      ("{ default: 5, minimum: 1, maximum: 9 }", "9", 9), ("{ type: string }", "", ""),
      ("{ type: list }", "", []),
    ] as [(String, Value?, Value)])
  func `a value takes the variable's type`(_ declaration: String, _ given: Value?, _ expected: Value) throws {
    #expect(try output(declaration, given: given) == expected)
  }

  @Test(
    arguments: [
      ("7", "seven", "variables.x is a whole number, and this is the text \"seven\"."),
      ("7", "1.5", "variables.x is a whole number, and this is the text \"1.5\"."),
      ("true", "yes", "variables.x is true or false, and this is the text \"yes\"."),
      ("{ type: map }", "a=1", "variables.x is a mapping, and this is the text \"a=1\"."),
      ("{ default: 5, maximum: 9 }", "10", "variables.x is at most 9, and not the number 10."),
      (
        "{ default: abc, pattern: \"[a-z]+\" }", "ABC",
        "variables.x does not match its pattern [a-z]+: the text \"ABC\"."
      ),
      ("{ default: a, allowed: [a, b] }", "c", "variables.x can't be the text \"c\"."),
      (
        "{ type: integer, secret: true }", "hunter2",
        "variables.x is a whole number, and the given value is not one."
      ),
    ] as [(String, Value, String)])
  func `a value that breaks the rules is told, secrets are not`(
    _ declaration: String, _ given: Value, _ detail: String
  ) {
    do throws(Diagnostics) {
      _ = try resolved("stack: shop\nvariables: { x: \(declaration) }\n", variables: ["x": given])
      Issue.record("nothing is wrong")
    } catch {
      #expect(error.items.map(\.detail) == [detail])
    }
  }

  @Test(arguments: ["abc", "7", "a b"])
  func `a secret that is too short to be masked is not in the message about itself`(secret: String) {
    let error = #expect(throws: Diagnostics.self) {
      _ = try resolved(
        "stack: shop\nvariables: { x: { type: string, secret: true } }\nqueues: { q: { delay: \"${var.x}\", size: \"${var.x}\" } }\n",
        variables: ["x": .string(secret)])
    }
    let said = error?.items.map(\.detail).joined(separator: "\n") ?? ""
    #expect(!said.contains("\"\(secret)\"") && !said.contains("number \(secret)"), "\(said)")
  }

  @Test func `a value for no variable is found by its name`() throws {
    let files = files(["stack.yaml": "stack: shop\nvariables: { retention: 7 }\n"])
    let stack = try StackDeclaration.load("stack.yaml", files: files)
    #expect(
      stack.problems(ofVariablesNamed: ["retension", "retention"]).items.map(line) == [
        "- Unknown variable: The stack shop has no variable retension. → Did you mean retention?"
      ])
  }
}
