import Foundation
import Planner
import Providers
import Testing

@testable import Stackform

/// The reference pages and the editors' schema are made of the kinds' schemas, and checked in.
///
/// `scripts/generate` writes them; here they are compared.
struct GeneratedFilesTests {
  @Test func `the generated files are up to date`() throws {
    let wanted = Self.files
    if ProcessInfo.processInfo.environment["RECORD_GENERATED"] == "1" { try Self.write(wanted) }
    for (path, text) in wanted {
      let isCurrent = try? Repository.text(path) == text
      #expect(isCurrent == true, "\(path) is out of date. Please run scripts/generate.")
    }
    let pages = Set(Repository.files(below: "docs/kinds", ending: ".md"))
    #expect(
      pages.subtracting(wanted.keys).isEmpty, "A kind is gone, its page is not. Please run scripts/generate.")
  }

  private static var files: [String: String] {
    let schemas = AWSKinds.registry.kinds.map(\.schema)
    var files = ["docs/kinds/README.md": index(of: schemas)]
    files["stackform.schema.json"] = JSONSchema.document(for: AWSKinds.registry).prettyJSON
    files["stackform-project.schema.json"] = ProjectSchema.document.prettyJSON
    for schema in schemas { files["docs/kinds/\(schema.section).md"] = ReferencePage.markdown(for: schema) }
    return files
  }

  private static func index(of schemas: [Schema]) -> String {
    var lines = [
      "# Kinds", "",
      "Generated from the schemas that also check stack files, like `stackform explain` and `stackform.schema.json`.",
      "", "| Section | AWS | |", "|---|---|---|",
    ]
    lines += schemas.map { "| [\($0.section)](\($0.section).md) | \($0.title) | \($0.summary) |" }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func write(_ files: [String: String]) throws {
    let folder = Repository.path("docs/kinds")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for page in Repository.files(below: "docs/kinds", ending: ".md") where files[page] == nil {
      try FileManager.default.removeItem(atPath: Repository.path(page))
    }
    for (path, text) in files {
      try text.write(toFile: Repository.path(path), atomically: true, encoding: .utf8)
    }
  }
}
