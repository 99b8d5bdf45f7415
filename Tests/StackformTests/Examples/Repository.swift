import Foundation

/// The checkout that these tests were built from.
enum Repository {
  /// With a slash at its end.
  static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path(percentEncoded: false)

  static func path(_ relative: String) -> String { folder + relative }

  static func text(_ relative: String) throws -> String {
    try String(contentsOfFile: path(relative), encoding: .utf8)
  }

  /// Every file below a folder whose name ends so, relative to the checkout, in order.
  static func files(below relative: String, ending suffix: String) -> [String] {
    let names = FileManager.default.enumerator(atPath: path(relative))?.allObjects as? [String] ?? []
    return names.filter { $0.hasSuffix(suffix) }.map { "\(relative)/\($0)" }.sorted()
  }

  /// The folders of stacks that people deploy, and of those that people learn from.
  static let stacks =
    (files(below: "examples", ending: "/stack.yaml") + files(below: "stacks", ending: "/stack.yaml"))
    .map { String($0.dropLast("/stack.yaml".count)) }

  /// Every page that people wrote.
  static let pages =
    ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"]
    + (files(below: "docs", ending: ".md") + files(below: "examples", ending: ".md")
    + files(below: "stacks", ending: ".md")).filter { !$0.hasPrefix("docs/kinds/") }
}
