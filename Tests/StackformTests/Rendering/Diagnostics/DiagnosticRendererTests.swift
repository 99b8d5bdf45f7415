import Testing

@testable import Planner
@testable import Stackform

struct DiagnosticRendererTests {
  private let source = SourceText(
    name: "stacks/shop.yaml",
    text:
      "stack: shop\nqueues:\n  orders:\n    visibilty: 45\n    name: \(String(repeating: "long ", count: 40))end\n"
  )

  private func span(_ line: Int, _ column: Int, _ endColumn: Int) -> SourceSpan {
    SourceSpan(source: source, line: line, column: column, endLine: line, endColumn: endColumn)
  }

  private var several: Diagnostics {
    Diagnostics([
      Diagnostic(
        "No credentials", "Nothing was found in the environment or in the shared files of AWS."),
      Diagnostic(
        "Text too long", "A queue's name has at most 80 characters.", at: span(5, 200, 204),
        address: Address("queues", "orders")),
      Diagnostic(.warning, "Old name", "It goes by another name.", at: span(1, 8, 12)),
      Diagnostic(
        "Unknown property", "queues has no property \"visibilty\".", at: span(4, 5, 14),
        fix: "Did you mean \"visibilityTimeout\"?"),
    ])
  }

  @Test func `each tells what, where, why and how to fix, in the order of the file`() {
    expectSnapshot(DiagnosticRenderer(style: .unicode, width: 80).render(several), "diagnostics")
  }

  @Test func `in colour, and on a narrow terminal`() {
    expectSnapshot(DiagnosticRenderer(style: .colour, width: 44).render(several), "diagnostics-narrow")
  }

  @Test func `warnings fit in a line when that is asked for`() {
    let text = DiagnosticRenderer(style: .plain, width: 80, isCompact: true).render(several)
    #expect(text.contains("warning: stacks/shop.yaml:1:8: Old name: It goes by another name.\n"))
  }

  @Test func `a fix that holds for several in a row is told once`() {
    let same = (1...3).map { line in
      Diagnostic("Unknown reference", "There is no section x.", at: span(line, 1, 2), fix: "There are: y.")
    }
    let text = DiagnosticRenderer(style: .plain, width: 80).render(Diagnostics(same))
    #expect(text.split(separator: "\n").count { $0 == "  There are: y." } == 1)
  }

  @Test func `JSON has Terraform's range and snippet`() {
    expectSnapshot(several.validationJSON.prettyJSON, "diagnostics-json")
  }

  @Test func `a place outside of the text does no harm`() {
    let beyond = Diagnostic("Odd", "It is odd.", at: span(99, 5, 9))
    #expect(DiagnosticRenderer(style: .plain, width: 80).render(beyond).contains("stacks/shop.yaml:99:5"))
    let wide = Diagnostic("Odd", "It is odd.", at: span(1, 900, 901))
    #expect(DiagnosticRenderer(style: .plain, width: 80).render(wide).contains("stack: shop"))
  }
}
