package import Planner

/// Where the ledgers of an account and a region are: in one bucket for all stacks there.
package struct LedgerPlace: Sendable {
  let sender: any RequestSender
  let account: String
  let region: String
  private let isRunning: @Sendable (LockHolder) -> Bool

  /// `isRunning` says whether the holder of a lock is still at work, as far as this machine can tell.
  package init(
    sender: any RequestSender, in target: Target, isRunning: @escaping @Sendable (LockHolder) -> Bool
  ) {
    self.sender = sender
    account = target.account ?? ""
    region = target.region
    self.isRunning = isRunning
  }

  var bucket: LedgerBucket { LedgerBucket(sender: sender, account: account, region: region) }

  /// The ledger of one stack, which need not be there.
  package func store(of stack: String) -> S3LedgerStore {
    S3LedgerStore(sender: sender, account: account, region: region, stack: stack, isRunning: isRunning)
  }

  static let ledgerName = "ledger.json"
  static let lockName = "lock.json"

  /// By stack: which of its two objects there are.
  func objects() async throws(ProviderError) -> [String: Set<String>] {
    var objects: [String: Set<String>] = [:]
    for name in try await bucket.names(in: ["stacks"]) {
      let parts = name.split(separator: "/").map(String.init)
      guard parts.count == 2, [Self.ledgerName, Self.lockName].contains(parts[1]) else { continue }
      objects[parts[0], default: []].insert(parts[1])
    }
    return objects
  }
}
