import Planner
import Testing

@testable import Stackform

/// A `yes`, or the name of a protected profile.
struct ApprovalTests {
  private let written = Written()

  private func ask(
    _ line: String, protected: Bool, isGiven: Bool = false, canAsk: Bool = true, answer: String? = "no"
  ) throws -> Prompt.Answer {
    let terminal = Terminal(
      style: .plain, errorStyle: .plain, canRepaint: false, canAsk: canAsk, size: { .standard },
      write: { [written] in written.append($0) }, writeError: { _ in }, readLine: { _ in answer })
    let target = Target(
      profile: "production", account: "333333333333", region: "eu-west-1", isProtected: protected)
    let command = try CommandLineParser.parse(line.split(separator: " ").map(String.init))
    return try Approval(target: target, question: .apply, isGiven: isGiven).ask(command, on: terminal)
  }

  @Test func `an open profile takes a yes, its option, a saved plan, or its name`() throws {
    #expect(try ask("apply", protected: false, answer: "yes") == .approved)
    #expect(try ask("apply", protected: false, answer: "production") == .declined)
    #expect(try ask("apply --auto-approve", protected: false) == .approved)
    #expect(try ask("apply --confirm production", protected: false) == .approved)
    #expect(try ask("apply", protected: false, isGiven: true) == .approved)
  }

  @Test func `a protected profile takes nothing but its name`() throws {
    #expect(try ask("apply", protected: true, answer: "yes") == .declined)
    #expect(try ask("apply", protected: true, answer: "PRODUCTION") == .declined)
    #expect(try ask("apply", protected: true, answer: "production\r") == .approved)
    #expect(try ask("apply", protected: true, isGiven: true, answer: "no") == .declined)
    #expect(written.text.contains("The profile \"production\" is protected. Type its name"))
    #expect(!written.text.contains("'yes'"))
  }

  @Test(arguments: ["apply --auto-approve", "apply --input=false", "apply --json", "apply"])
  func `where nobody can be asked a protected profile wants its name on the line`(line: String) throws {
    let error = #expect(throws: Diagnostic.self) {
      try ask(line, protected: true, canAsk: line != "apply", answer: "production")
    }
    #expect(error?.fix == "Add --confirm production to go ahead without the question.")
    #expect(try ask(line + " --confirm production", protected: true, canAsk: false, answer: nil) == .approved)
  }

  @Test(arguments: [true, false])
  func `the name of another profile confirms nothing`(protected: Bool) {
    let error = #expect(throws: Diagnostic.self) {
      try ask("apply --confirm staging --auto-approve", protected: protected, answer: "production")
    }
    #expect(error?.summary == "Another profile was confirmed")
  }
}
