#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
package import Planner

/// A ledger's object as it is, whatever became of it.
package struct RawLedger: Sendable {
  package let body: [UInt8]
  package let revision: String
  /// What is wrong with it; nil when it can be read.
  package let problem: LedgerError?
  /// As it reads; nil when it can't.
  package let ledger: Ledger?
}

extension S3LedgerStore {
  /// The ledger's object, for people: `s3://stackform-…/stacks/shop/ledger.json`.
  package var place: String { "s3://\(bucket.name)/\(ledgerKey.joined(separator: "/"))" }

  /// The ledger's object, decodable or not; nil when there is none.
  package func raw() async throws(LedgerError) -> RawLedger? {
    guard
      let found = try await provider({ () async throws(ProviderError) in try await bucket.read(ledgerKey) })
    else { return nil }
    do throws(LedgerError) {
      let ledger = try ledger(in: found.body)
      return RawLedger(body: Array(found.body), revision: found.revision, problem: nil, ledger: ledger)
    } catch {
      return RawLedger(body: Array(found.body), revision: found.revision, problem: error, ledger: nil)
    }
  }

  /// Keeps an object's bytes next to the ledger, before it is replaced. `time` is ISO 8601.
  /// - Returns: where.
  package func keepAside(_ raw: RawLedger, time: String) async throws(LedgerError) -> String {
    let stamp = time.filter { $0.isNumber || $0.isLetter }
    var name = "ledger.json.damaged-\(stamp)"
    for attempt in 2... {
      do throws(ProviderError) {
        let key = Array(ledgerKey.dropLast()) + [name]
        _ = try await bucket.write(Data(raw.body), to: key, replacing: nil)
        return "s3://\(bucket.name)/\(key.joined(separator: "/"))"
      } catch {
        // Another one was kept in that very second.
        guard error.kind == .preconditionFailed, attempt < 100 else { throw .provider(error) }
        name = "ledger.json.damaged-\(stamp)-\(attempt)"
      }
    }
    throw .changedMeanwhile
  }
}
