import Foundation
import Planner
import Providers
import Testing

@testable import Stackform

/// What the pages show works.
struct DocumentationTests {
  /// Files that stacks of the pages name.
  private static let beside = [
    "queues.yaml": "queues:\n  orders: {}\n", "bucket-policy.json": "{}", "motd.txt": "Hello",
  ]

  @Test(arguments: Repository.pages) func `every YAML block of a page is a valid stack or project`(
    page: String
  ) throws {
    for block in MarkdownPage(try Repository.text(page)).blocks where block.language == "yaml" {
      let problems = Self.problems(in: block.text)
      #expect(problems.isEmpty, "\(page):\(block.line): \(problems.map { "\($0.summary): \($0.detail)" })")
    }
  }

  @Test(arguments: Repository.pages) func `every command line of a page is understood`(page: String) throws {
    for words in MarkdownPage(try Repository.text(page)).commandLines {
      #expect(throws: Never.self, "\(page): stackform \(words.joined(separator: " "))") {
        let command = try CommandLineParser.parse(words)
        #expect(command.notes.isEmpty)
      }
    }
  }

  @Test(arguments: Repository.pages) func `every link of a page leads somewhere`(page: String) throws {
    for link in MarkdownPage(try Repository.text(page)).links where !link.contains("://") {
      let target = link.prefix { $0 != "#" }
      guard !target.isEmpty else { continue }
      let path = FilePath.joined(FilePath.directory(of: page), String(target))
      #expect(FileManager.default.fileExists(atPath: Repository.path(path)), "\(page) links to \(link)")
    }
  }

  @Test func `the language page tells every function and every key`() throws {
    let page = try Repository.text("docs/language.md")
    for function in Function.all {
      #expect(page.contains("`\(function.name)(\(function.parameters))`"), "\(function.name) is missing")
    }
    for key in UniversalKey.allCases {
      #expect(page.contains("`\(key.rawValue)`"), "\(key.rawValue) is missing")
    }
  }

  @Test func `the command line page tells every command and every option`() throws {
    let page = try Repository.text("docs/command-line.md")
    for command in CommandName.allCases {
      #expect(page.contains("`\(command.rawValue)"), "\(command) is missing")
    }
    for option in OptionName.allCases {
      #expect(page.contains("`--\(option.rawValue)"), "\(option) is missing")
    }
  }

  private static func problems(in text: String) -> [Diagnostic] {
    do {
      if text.hasPrefix("project:") || text.hasPrefix("profiles:") {
        let files = FileReader(files: ["stackform.yaml": Array(text.utf8)])
        _ = try Project.load("stackform.yaml", files: files)
      } else {
        // Code that the pages name is that of an example.
        let path = "examples/api-to-queue/page.yaml"
        let stack = text.contains("stack: ") && !text.contains("  stack: ") ? text : "stack: page\n" + text
        _ = try ResourceGraph(ReadStack.file(path, files: files(["page.yaml": stack])))
      }
      return []
    } catch let error as Diagnostics {
      return error.items
    } catch {
      return [Diagnostic("Unexpected error", "\(error)")]
    }
  }

  /// The disk, with some files laid over one folder.
  private static func files(_ page: [String: String]) -> FileReader {
    let texts = beside.merging(page) { $1 }
    let folder = Repository.path("examples/api-to-queue/")
    return FileReader(
      read: { path throws(FileReader.Failure) in
        if path.hasPrefix(folder), let text = texts[String(path.dropFirst(folder.count))] {
          return Array(text.utf8)
        }
        return try FileReader.disk.read(path)
      }, entry: FileReader.disk.entry, children: FileReader.disk.children, link: FileReader.disk.link)
  }
}
