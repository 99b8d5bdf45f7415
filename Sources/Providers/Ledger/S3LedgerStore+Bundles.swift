#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
package import Planner

/// A release's files are objects that never change, named by the SHA-256 of what they hold; so is a run's
/// journal, named by the run.
extension S3LedgerStore {
  private static let folders = ["releases", "runs"]

  package func keep(_ bundle: SealedBundle) async throws(LedgerError) {
    let body = Data(bundle.archive)
    do throws(ProviderError) {
      _ = try await bucket.write(
        body, to: bundleKey(bundle.digest), replacing: nil, contentType: "application/x-tar")
    } catch {
      // It is there: by its name it holds the same.
      guard error.kind == .preconditionFailed else { throw .provider(error) }
    }
  }

  package func bundle(_ digest: String) async throws(LedgerError) -> ReleaseBundle {
    let found = try await provider { () async throws(ProviderError) in
      try await bucket.read(bundleKey(digest))?.body
    }
    guard let found else { throw .bundleMissing(digest) }
    guard Digest.hex(Digest.sha256(found)) == digest else {
      throw .bundleDamaged(digest, "what it holds has another digest")
    }
    do throws(TarArchiveError) {
      return try ReleaseBundle(archive: Array(found))
    } catch { throw .bundleDamaged(digest, error.reason) }
  }

  package func keep(_ journal: RunJournal) async throws(LedgerError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let body = try? encoder.encode(journal) else {
      throw .unreadable("the journal can't be written as JSON")
    }
    do throws(ProviderError) {
      _ = try await bucket.write(body, to: journalKey(journal.id), replacing: nil)
    } catch { throw error.kind == .preconditionFailed ? .changedMeanwhile : .provider(error) }
  }

  package func journal(_ id: String) async throws(LedgerError) -> RunJournal {
    let found = try await provider { () async throws(ProviderError) in
      try await bucket.read(journalKey(id))?.body
    }
    guard let found else { throw .journalMissing(id) }
    struct Form: Decodable { let version: Int }
    if let form = try? JSONDecoder().decode(Form.self, from: found), form.version > RunJournal.currentVersion
    {
      throw .unreadable("the journal of run \(id) was written by a newer Stackform")
    }
    // It bears the name that the stack had then: a stack that was renamed keeps its journals as they are.
    guard let journal = try? JSONDecoder().decode(RunJournal.self, from: found), journal.version >= 1,
      journal.id == id
    else {
      throw .unreadable("the journal of run \(id) in s3://\(bucket.name) is damaged")
    }
    return journal
  }

  package func files() async throws(LedgerError) -> [String] {
    try await provider { () async throws(ProviderError) in
      try await bucket.names(in: ["stacks", stack]).filter { Self.isFile($0) }
    }
  }

  /// Whether an object of the stack is a release's files or a journal.
  static func isFile(_ name: String) -> Bool { folders.contains { name.hasPrefix($0 + "/") } }

  package func file(_ name: String) async throws(LedgerError) -> [UInt8]? {
    try await provider { () async throws(ProviderError) in
      try await bucket.read(key(name)).map { Array($0.body) }
    }
  }

  package func keep(_ file: [UInt8], as name: String) async throws(LedgerError) {
    do throws(ProviderError) {
      _ = try await bucket.write(
        Data(file), to: key(name), replacing: nil,
        contentType: name.hasSuffix(".tar") ? "application/x-tar" : "application/json")
    } catch { if error.kind != .preconditionFailed { throw .provider(error) } }
  }

  package func drop(_ files: [String]) async throws(LedgerError) {
    try await provider { () async throws(ProviderError) in
      for file in files { try await bucket.delete(key(file)) }
    }
  }

  private func key(_ file: String) -> [String] {
    ["stacks", stack] + file.split(separator: "/").map(String.init)
  }

  private func bundleKey(_ digest: String) -> [String] { key(Ledger.file(ofBundle: digest)) }
  private func journalKey(_ id: String) -> [String] { key(Ledger.file(ofRun: id)) }
}

extension ReleaseBundle {
  /// The bundle under its SHA-256.
  package var sealed: SealedBundle { sealed { Digest.hex(Digest.sha256(Data($0))) } }
}
