import Foundation
import Planner

/// The readers of texts that others wrote, by name.
enum FuzzReaders {
  private static let target = Target(
    account: "000000000000", region: "us-east-1", endpoint: "http://localhost")

  static let all: [String: @Sendable ([UInt8]) -> Void] = [
    "document": document, "project": project, "template": template, "json": json, "xml": xml,
    "ledger": ledger, "archive": archive,
  ]

  /// A stack file, resolved with kinds of every shape.
  @Sendable private static func document(_ bytes: [UInt8]) {
    let files = FileReader(
      read: { path throws(FileReader.Failure) in
        guard path == "stack.yaml" else { throw FileReader.Failure("does not exist") }
        return bytes
      }, entry: { $0.count.isMultiple(of: 2) ? .file : .folder })
    do throws(Diagnostics) {
      _ = try StackDeclaration.load("stack.yaml", files: files)
        .resolved(
          registry: SampleKinds.registry, target: target, variables: [:], environment: [:], files: files)
    } catch {
      for item in error.items { check(item) }
    }
  }

  /// A `stackform.yaml`.
  @Sendable private static func project(_ bytes: [UInt8]) {
    let files = FileReader(
      read: { path throws(FileReader.Failure) in
        guard path.hasSuffix("stackform.yaml") else { throw FileReader.Failure("does not exist") }
        return bytes
      }, entry: { $0.hasSuffix("stackform.yaml") ? .file : nil })
    _ = try? Project.find(from: ".", files: files).profile(named: "dev")
  }

  /// A diagnostic's place must be in its file: what shows it takes that for granted.
  private static func check(_ item: Diagnostic) {
    precondition(!item.summary.isEmpty && !item.detail.isEmpty)
    guard let span = item.span else { return }
    precondition(span.line >= 1 && span.line <= span.source.lines.count + 1 && span.column >= 1)
    precondition(span.endLine >= span.line)
  }

  @Sendable private static func template(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    do throws(TemplateError) {
      _ = try Template(parsing: text)
    } catch {
      precondition(error.offset >= 0 && error.offset <= text.count)
    }
  }

  /// What was read is written so that it is read and written again as the same. (A number that is whole
  /// becomes an integer on the way.)
  @Sendable private static func json(_ bytes: [UInt8]) {
    guard let value = JSONReader.read(Data(bytes)) else { return }
    precondition(JSONReader.read(Data(value.json.utf8))?.json == value.json)
  }

  @Sendable private static func xml(_ bytes: [UInt8]) { _ = try? XMLReader.read(Data(bytes)) }

  @Sendable private static func ledger(_ bytes: [UInt8]) {
    _ = try? JSONDecoder().decode(Ledger.self, from: Data(bytes))
  }

  /// A release's bundle: what was read is written so that it is read as the same.
  @Sendable private static func archive(_ bytes: [UInt8]) {
    guard let bundle = try? ReleaseBundle(archive: bytes) else { return }
    precondition((try? ReleaseBundle(archive: bundle.archive)) == bundle)
    for path in bundle.files.keys {
      precondition(!path.hasPrefix("/") && !path.split(separator: "/").contains(".."))
    }
    for link in bundle.links.keys { _ = try? bundle.reader.read(link) }
  }
}
