import Foundation
import Planner
import TestSupport
import Testing

@testable import Providers

/// Texts that once broke a reader, or might: `Tests/Corpus/fuzz/READER/*`. Each is read to an end, soon; see `scripts/fuzz`.
@Suite struct CorpusTests {
  struct Text: Sendable, CustomTestStringConvertible {
    var reader: String
    var file: String
    var testDescription: String { "\(reader)/\(file)" }
  }

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Corpus/fuzz").standardized

  static let texts: [Text] = readers.keys.sorted().flatMap { reader in
    let files = try? FileManager.default.contentsOfDirectory(atPath: folder.appending(path: reader).path)
    return (files ?? []).sorted().map { Text(reader: reader, file: $0) }
  }

  @Test func `every reader has texts`() {
    #expect(Set(Self.texts.map(\.reader)) == Set(Self.readers.keys))
  }

  @Test(arguments: texts)
  func `a text that might break a reader does not`(_ text: Text) throws {
    let bytes = Array(
      try Data(contentsOf: Self.folder.appending(path: text.reader).appending(path: text.file)))
    let read = try #require(Self.readers[text.reader])
    let start = ContinuousClock.now
    read(bytes)
    #expect(ContinuousClock.now - start < .seconds(10))
    Tally.note(.files, "texts that once broke a reader, or might", tried: 1)
  }

  private static let readers: [String: @Sendable ([UInt8]) -> Void] = [
    "document": { bytes in
      for item in StackChecking.diagnostics(bytes) {
        #expect(!item.summary.isEmpty && !item.detail.isEmpty)
        guard let span = item.span else { continue }
        #expect(span.line >= 1 && span.line <= span.source.lines.count + 1 && span.column >= 1)
      }
    },
    "project": { bytes in
      let files = FileReader(
        read: { _ throws(FileReader.Failure) in bytes },
        entry: { $0.hasSuffix("stackform.yaml") ? .file : nil })
      _ = try? Project.find(from: ".", files: files).profile(named: "dev")
    },
    "template": { bytes in
      let text = String(decoding: bytes, as: UTF8.self)
      do throws(TemplateError) {
        _ = try Template(parsing: text)
      } catch {
        #expect(error.offset >= 0 && error.offset <= text.count)
      }
    },
    "json": { bytes in
      guard let value = JSONReader.read(Data(bytes)) else { return }
      #expect(JSONReader.read(Data(value.json.utf8))?.json == value.json)
    },
    "xml": { bytes in _ = try? XMLReader.read(Data(bytes)) },
    "ledger": { bytes in _ = try? JSONDecoder().decode(Ledger.self, from: Data(bytes)) },
    "archive": { bytes in
      guard let bundle = try? ReleaseBundle(archive: bytes) else { return }
      #expect((try? ReleaseBundle(archive: bundle.archive)) == bundle)
    },
  ]
}
