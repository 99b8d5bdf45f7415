import Foundation
import Planner
import Testing

/// Stacks of the real kinds that are wrong in one way or another, each with all that is said of it:
/// `bad-stacks.txt` and, of relations between properties, `bad-relations.txt` in `Tests/Corpus`.
///
/// `RECORD_SNAPSHOTS=1 swift test --filter BadKindStackTests` writes what is said now; read it before you commit it.
@Suite struct BadKindStackTests {
  private static func path(_ file: String) -> String {
    URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Corpus").standardized
      .appending(path: file).path
  }

  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var stack: String
    var expected: String
    var testDescription: String { name }

    var said: String {
      StackChecking.diagnostics("stack: shop\n\(stack)").map { item in
        let place = item.span.map { "\($0.line - 1):\($0.column) " } ?? ""
        let sort = item.severity == .warning ? "warning: " : ""
        return "\(place)\(sort)\(item.summary): \(item.detail)" + (item.fix.map { " \($0)" } ?? "")
      }.joined(separator: "\n")
    }
  }

  private static let files = ["bad-stacks.txt", "bad-relations.txt"]
  static let relations = read("bad-relations.txt")
  static let cases = read("bad-stacks.txt") + relations

  private static func read(_ file: String) -> [Case] {
    let text = (try? String(contentsOfFile: path(file), encoding: .utf8)) ?? ""
    return ("\n" + text).components(separatedBy: "\n=== ").dropFirst().map { entry in
      let end = entry.firstIndex(of: "\n") ?? entry.endIndex
      let parts = entry[end...].dropFirst().components(separatedBy: "\n---\n")
      return Case(
        name: String(entry[..<end]), stack: parts[0],
        expected: parts.count > 1 ? parts[1].trimmingCharacters(in: .newlines) : "")
    }
  }

  @Test func `there are at least sixty`() throws {
    #expect(Self.cases.count >= 60)
    #expect(Set(Self.cases.map(\.name)).count == Self.cases.count)
    guard ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] != nil else { return }
    for file in Self.files {
      let text = Self.read(file).map { "=== \($0.name)\n\($0.stack)\n---\n\($0.said)\n" }.joined()
      try text.write(toFile: Self.path(file), atomically: true, encoding: .utf8)
    }
  }

  @Test func `null is as if the key were not there`() throws {
    let text = try String(contentsOfFile: Self.path("nulls.yaml"), encoding: .utf8)
    #expect(StackChecking.diagnostics(text).map(\.detail) == [])
    #expect(text.components(separatedBy: "~").count > 10)
  }

  @Test(arguments: cases)
  func `a bad stack is told what is wrong, where, and how to fix it`(_ row: Case) {
    #expect(row.said == row.expected)
    #expect(!row.said.isEmpty)
  }
}
