#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
package import Planner

/// Keeps a stack's ledger and lock in the target's own S3, so that they live and die with the endpoint.
package struct S3LedgerStore: LedgerStore {
  let bucket: LedgerBucket
  let stack: String
  /// Seconds without a renewal after which a lock may be taken over.
  let expiry: Int
  /// Whether a lock's holder is running, as far as can be told from here.
  let isRunning: @Sendable (LockHolder) -> Bool

  /// `isRunning` is true for processes of other systems, which can't be asked.
  package init(
    sender: any RequestSender, account: String, region: String, stack: String, expiry: Int = 30,
    isRunning: @escaping @Sendable (LockHolder) -> Bool
  ) {
    bucket = LedgerBucket(sender: sender, account: account, region: region)
    self.stack = stack
    self.expiry = expiry
    self.isRunning = isRunning
  }

  package var lockExpiry: Duration { .seconds(expiry) }

  var ledgerKey: [String] { ["stacks", stack, "ledger.json"] }
  var lockKey: [String] { ["stacks", stack, "lock.json"] }

  package func load() async throws(LedgerError) -> StoredLedger? {
    guard
      let found = try await provider({ () async throws(ProviderError) in try await bucket.read(ledgerKey) })
    else { return nil }
    return StoredLedger(ledger: try ledger(in: found.body), revision: found.revision)
  }

  /// The ledger that an object spells.
  func ledger(in body: Data) throws(LedgerError) -> Ledger {
    // The form is read by itself only if the whole can't be read: to read a large ledger twice takes
    // milliseconds.
    let whole = Result { try JSONDecoder().decode(Ledger.self, from: body) }
    let version: Int
    switch whole {
    case .success(let ledger): version = ledger.version
    case .failure: version = try form(of: body).version
    }
    guard version <= Ledger.currentVersion else {
      throw .newer(
        "the ledger of \"\(stack)\" was written by a newer Stackform (version \(version) of the form)")
    }
    do {
      let ledger = try whole.get()
      guard ledger.stack == stack else {
        throw LedgerFault("it is the ledger of another stack, \"\(ledger.stack)\"")
      }
      return ledger
    } catch {
      throw .unreadable(
        "the ledger of \"\(stack)\" in s3://\(bucket.name) is damaged: \(Self.place(of: error))")
    }
  }

  private func form(of body: Data) throws(LedgerError) -> Form {
    do {
      return try JSONDecoder().decode(Form.self, from: body)
    } catch {
      throw .unreadable("the ledger of \"\(stack)\" in s3://\(bucket.name) is not a ledger: it is damaged")
    }
  }

  package func save(_ ledger: Ledger, replacing revision: String?) async throws(LedgerError) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let body = try? encoder.encode(ledger) else {
      throw .unreadable("the ledger can't be written as JSON")
    }
    do throws(ProviderError) {
      return try await bucket.write(body, to: ledgerKey, replacing: revision)
    } catch {
      throw error.kind == .preconditionFailed ? .changedMeanwhile : .provider(error)
    }
  }

  /// The ledger is removed first. If the run is killed here, no ledger names what is left, and the next apply
  /// or destroy removes it.
  ///
  /// What the bucket lists afterwards decides whether it is gone: an answer to a deletion proves nothing.
  package func remove() async throws(LedgerError) {
    try await provider { () async throws(ProviderError) in try await bucket.delete(ledgerKey) }
    let files = try await filesWithoutLedger()
    guard !files.isEmpty else { return }
    try await drop(files)
    guard let left = try await filesWithoutLedger().first else { return }
    throw .provider(Self.notDeleted("stacks/\(stack)/\(left)"))
  }

  /// The names of releases' files and journals.
  /// - Throws: when the ledger, which was deleted, is there.
  private func filesWithoutLedger() async throws(LedgerError) -> [String] {
    let names = try await provider { () async throws(ProviderError) in
      try await bucket.names(in: ["stacks", stack])
    }
    guard !names.contains("ledger.json") else { throw .provider(Self.notDeleted("the ledger")) }
    return names.filter(Self.isFile)
  }

  /// The error for what was answered to be deleted and is still there.
  static func notDeleted(_ what: String) -> ProviderError {
    ProviderError(
      .notCarriedOut, message: "it was answered that \(what) is deleted, and it is still there",
      operation: "s3:DeleteObject")
  }

  /// What every version of the form has.
  private struct Form: Decodable { let version: Int }

  private static func place(of error: any Error) -> String {
    func path(_ context: DecodingError.Context, _ more: [any CodingKey] = []) -> String {
      // Somebody else may have written these names.
      let text = (context.codingPath + more).map(\.stringValue).joined(separator: ".")
      return String(String.UnicodeScalarView(text.unicodeScalars.filter { !$0.isControl }))
    }
    switch error {
    case let fault as LedgerFault: return fault.reason
    case DecodingError.keyNotFound(let key, let context): return "\(path(context, [key])) is missing"
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context),
      DecodingError.dataCorrupted(let context):
      return "\(path(context)) has an unexpected shape"
    default: return "it has an unexpected shape"
    }
  }

  /// Runs `work`; its errors become ``LedgerError/provider(_:)``.
  func provider<Result>(
    _ work: () async throws(ProviderError) -> Result
  ) async throws(LedgerError) -> Result {
    do throws(ProviderError) { return try await work() } catch { throw .provider(error) }
  }
}

extension Fingerprinter {
  /// With SHA-256.
  package init(salt: String) {
    self.init(salt: salt) { Digest.hex(Digest.sha256(Data($0.utf8))) }
  }
}
