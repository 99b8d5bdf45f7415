import Foundation
import Testing

/// That the pages which lead through the sources name what is there.
struct SourcePagesTests {
  /// The pages for contributors: each file and folder that they name must exist.
  private static let pages = ["docs/overview.md", "docs/adding-a-kind.md", "docs/glossary.md"]

  @Test func `the overview names every folder of the sources`() throws {
    let page = try Repository.text("docs/overview.md")
    let missing = Self.folders(below: "Sources").filter { !page.contains("`\($0)`") }
    #expect(missing == [], "docs/overview.md needs a row for each")
  }

  @Test(arguments: pages) func `every path that a page for contributors names exists`(page: String) throws {
    let text = try Repository.text(page)
    let paths = Self.codeSpans(in: text).filter { $0.contains("/") && Self.isPath($0) }
    #expect(!paths.isEmpty)
    let missing = paths.filter { !FileManager.default.fileExists(atPath: Repository.path($0)) }
    #expect(missing == [], "\(page)")
  }

  /// What exists where a page may name it, as paths of the checkout.
  private static let existing = ["Sources", "Tests", "scripts"].flatMap { root in
    [root]
      + (FileManager.default.enumerator(atPath: Repository.path(root))?.allObjects as? [String] ?? [])
      .map { "\(root)/\($0)" }
  }

  /// The folders of this project alone: `stacks/` and `docs/` may be the reader's own.
  @Test(arguments: Repository.pages.filter { !$0.contains("/") || $0.hasPrefix("docs/") })
  func `every path of the sources, the tests and the scripts that a page names exists`(page: String) throws {
    let missing = Self.codeSpans(in: try Repository.text(page)).filter { span in
      ["Sources/", "Tests/", "scripts/"].contains(where: span.hasPrefix) && !Self.exists(span)
    }
    #expect(missing == [], "\(page)")
  }

  @Test func `a path with an ellipsis needs something that it can stand for`() {
    #expect(Self.exists("Tests/StackformTests/Examples/Source…Tests.swift"))
    #expect(Self.exists("Tests/StackformTests/…") && Self.exists("scripts/test --filter Planner"))
    #expect(!Self.exists("Tests/StackformTests/Examples/Source…Pages.swift"))
    #expect(!Self.exists("Tests/StackformTests/SourcePagesTests"))
  }

  /// Whether a path is there, with or without arguments behind it. `…` stands for any text.
  private static func exists(_ span: String) -> Bool {
    var path = span.prefix { $0 != " " }
    if path.last == "/" { path.removeLast() }
    let halves = path.split(separator: "…", maxSplits: 1, omittingEmptySubsequences: false)
    guard halves.count == 2 else { return existing.contains(String(path)) }
    return existing.contains {
      $0.count >= halves[0].count + halves[1].count && $0.hasPrefix(halves[0]) && $0.hasSuffix(halves[1])
    }
  }

  @Test func `every function that the overview follows stands in its file`() throws {
    var steps = 0
    var missing: [String] = []
    for line in try Repository.text("docs/overview.md").split(separator: "\n") where line.hasPrefix("|") {
      let cells = line.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
      guard cells.count == 5, let file = Self.codeSpans(in: cells[2]).first, file.hasSuffix(".swift") else {
        continue
      }
      let source = try Repository.text(file)
      for name in Self.codeSpans(in: cells[3]) {
        steps += 1
        let declarations = name == "init" ? ["init("] : ["func \(name)", "let \(name) ", "var \(name):"]
        if !declarations.contains(where: source.contains) { missing.append("\(file) \(name)") }
      }
    }
    #expect(missing == [])
    #expect(steps > 80)
  }

  /// Every folder below another one, relative to the checkout.
  private static func folders(below root: String) -> [String] {
    let names = FileManager.default.enumerator(atPath: Repository.path(root))?.allObjects as? [String] ?? []
    return names.map { "\(root)/\($0)" }.sorted().filter { path in
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: Repository.path(path), isDirectory: &isFolder)
        && isFolder.boolValue
    }
  }

  /// What stands between backticks.
  private static func codeSpans(in text: String) -> [String] {
    let lines = text.split(separator: "\n").filter { !$0.hasPrefix("```") }
    return lines.flatMap { line in
      line.split(separator: "`", omittingEmptySubsequences: false).enumerated()
        .filter { !$0.offset.isMultiple(of: 2) }.map { String($0.element) }
    }
  }

  /// Whether a text is meant as a path of the checkout, and not as a URL, an object's key or a pattern.
  private static func isPath(_ text: String) -> Bool {
    ["Sources/", "Tests/", "docs/", "scripts/", "examples/", "stacks/"].contains(where: text.hasPrefix)
      && text.allSatisfy { $0.isASCII && !$0.isWhitespace && $0 != "*" && $0 != "<" }
  }
}
