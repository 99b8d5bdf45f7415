import Planner
import Testing

@testable import Stackform

struct ExplainTests {
  private struct Kind: ResourceKind {
    let schema = Schema(
      section: "queues", kind: "queue", title: "Amazon SQS queue",
      summary: "Holds messages until somebody fetches them.", naming: Naming(TextRule(length: 1...80)),
      holdsData: true,
      properties: [
        Property(
          "visibilityTimeout", .integer(0...43200), default: 30,
          "Seconds that a fetched message stays hidden from others."),
        Property("fifoQueue", .boolean, default: false, change: .replaces, "Keeps the order of messages."),
        Property("password", .string(TextRule(length: 8...40)), required: true, secret: true, "Opens it."),
        Property("policy", .policy, derived: true, "Set by Stackform."),
        Property(
          "redrivePolicy",
          .object([
            Property(
              "deadLetterTargetArn", .arn, required: true, "Where messages go that were fetched too often."),
            Property("maxReceiveCount", .integer(1...1000), required: true, "How often is too often."),
          ]), "What happens to messages that nobody can handle."),
      ],
      attributes: [
        Attribute("arn", early: true, "The queue's ARN."), Attribute("id", early: false, "The service's id."),
      ],
      relations: [
        .goesWith(
          ["redrivePolicy"], .value("fifoQueue", true),
          because:
            "Only these can put a message where it does not get in the way of the messages that come after it."
        )
      ]
        + Relation.inside("redrivePolicy", .compared("maxReceiveCount", .atMost, "/visibilityTimeout")),
      example: "queues:\n  orders:\n    visibilityTimeout: 60\n")

    func earlyAttributes(of resource: Resource, in target: Target) -> [String: Value] { [:] }
  }

  private struct RevisedKind: ResourceKind {
    let schema = Schema(
      section: "forms", kind: "form", title: "Form", summary: "A form.",
      naming: Naming(TextRule(length: 1...80), isIdentity: false, change: .replaces), isRevised: true,
      properties: [Property("text", .text, change: .replaces, "What it says.")], attributes: [],
      example: "forms: { one: {} }")

    func earlyAttributes(of resource: Resource, in target: Target) -> [String: Value] { [:] }
  }

  private let registry = KindRegistry([Kind()])
  private let forms = KindRegistry([RevisedKind()])
  private let written = Written()

  private func explain(_ words: String..., of registry: KindRegistry? = nil) throws -> String {
    let terminal = Terminal(
      style: .unicode, errorStyle: .plain, canRepaint: false, canAsk: false, size: { .standard },
      write: { [written] in written.append($0) }, writeError: { _ in }, readLine: { _ in nil })
    let command = try CommandLineParser.parse(["explain"] + words)
    _ = try ExplainCommand.run(command, terminal, registry: registry ?? self.registry)
    return written.text
  }

  @Test func `a kind of revisions says what a change does`() throws {
    let page = try explain("forms", of: forms)
    #expect(page.contains("A change of anything but tags makes a new revision;"))
    #expect(page.contains("text; a change makes a new revision"))
  }
  @Test func `a kind of revisions says so in JSON, too`() throws {
    #expect(Value(json: try explain("forms", "--json", of: forms))?["revised"] == true)
  }
  @Test func `all kinds are listed`() throws { expectSnapshot(try explain(), "explain") }
  @Test func `a kind has a page`() throws { expectSnapshot(try explain("queues"), "explain-kind") }
  @Test func `a kind is found by the word for one of it`() throws {
    #expect(try explain("queue").hasPrefix("queues — Amazon SQS queue\n"))
  }
  @Test func `a property has its members`() throws {
    expectSnapshot(try explain("queues.redrivePolicy"), "explain-property")
  }
  @Test func `a property lists the relations that it is in`() throws {
    expectSnapshot(try explain("queues.fifoQueue"), "explain-relations")
  }
  @Test func `a property that is in no relation lists none`() throws {
    #expect(!(try explain("queues.password").contains("Rules:")))
  }
  @Test func `a kind has JSON`() throws { expectSnapshot(try explain("queues", "--json"), "explain-json") }

  @Test(arguments: [
    ("queus", "There is no kind \"queus\".", "Did you mean \"queues\"?"),
    (
      "queues.frobnicate", "queues has no property \"frobnicate\".",
      "`stackform explain queues` lists the properties."
    ),
    (
      "queues.redrivePolicy.maxReciveCount", "queues.redrivePolicy has no property \"maxReciveCount\".",
      "Did you mean \"maxReceiveCount\"?"
    ),
  ])
  func `a wrong name gets a suggestion`(subject: String, detail: String, fix: String) {
    let error = #expect(throws: Diagnostic.self) { try explain(subject) }
    #expect(error?.detail == detail)
    #expect(error?.fix == fix)
  }
}
