import Foundation
import Planner
import TestSupport
import Testing

/// Stacks that are wrong in one way or another, each with what is said of it: `cases/x.yaml` and `cases/x.expected`.
///
/// `RECORD_SNAPSHOTS=1 swift test --filter BadStackTests` writes what is said now; read it before you commit it.
@Suite struct BadStackTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "cases").path

  static let names: [String] = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
    .filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()

  /// The cases' folder as the place that relative paths are seen from.
  static let files = FileReader(
    read: { path throws(FileReader.Failure) in
      guard let data = FileManager.default.contents(atPath: "\(folder)/\(path)") else {
        throw FileReader.Failure("does not exist")
      }
      return Array(data)
    },
    entry: { FileManager.default.fileExists(atPath: "\(folder)/\($0)") ? .file : nil })

  @Test func `there are at least sixty bad stacks`() {
    #expect(Self.names.count >= 60)
  }

  @Test(arguments: names)
  func `a bad stack is told what is wrong, where, why and how to fix it`(_ name: String) throws {
    let said = Self.said(of: "\(name).yaml")
    let path = "\(Self.folder)/\(name).expected"
    if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] != nil {
      try said.write(toFile: path, atomically: true, encoding: .utf8)
    }
    #expect(try said == String(contentsOfFile: path, encoding: .utf8))
    #expect(said != "nothing is wrong\n")
    Tally.note(.files, "stacks that are wrong", tried: 1)
  }

  static func said(of path: String) -> String {
    do throws(Diagnostics) {
      _ = try StackDeclaration.load(path, files: files)
        .resolved(
          registry: SampleKinds.registry, target: sampleTarget, variables: [:],
          environment: ["HOME": "/home/me"],
          files: files)
      return "nothing is wrong\n"
    } catch {
      return error.items.map { said($0, in: path) }.joined(separator: "\n")
    }
  }

  /// The place, the words, and the line with a caret below what is at fault.
  private static func said(_ item: Diagnostic, in path: String) -> String {
    var text = "\(item.severity.rawValue): \(item.summary)\n"
    if let span = item.span {
      text += "  \(span.source.name):\(span.line):\(span.column)\n"
      if span.source.lines.indices.contains(span.line - 1) {
        let line = span.source.lines[span.line - 1].replacing("\0", with: "␀")
        let end = span.line == span.endLine ? span.endColumn : line.count + 1
        let blanks = String(line.prefix(span.column - 1).map { $0 == "\t" ? "\t" : " " })
        let carets = String(repeating: "^", count: max(1, min(end, line.count + 1) - span.column))
        text += "  | \(line)\n  | \(blanks)\(carets)\n"
      }
    }
    text += "  \(item.detail)\n"
    if let fix = item.fix { text += "  \(fix)\n" }
    return text
  }
}
