#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
package import Planner

/// The locks of all stacks that have one ledger bucket.
package struct LockList: Sendable {
  private let sender: any RequestSender
  private let account: String
  private let region: String
  private let isRunning: @Sendable (LockHolder) -> Bool

  package init(
    sender: any RequestSender, account: String, region: String,
    isRunning: @escaping @Sendable (LockHolder) -> Bool
  ) {
    self.sender = sender
    self.account = account
    self.region = region
    self.isRunning = isRunning
  }

  /// A lock that is held, or that can't be read.
  package struct Lock: Sendable, Hashable {
    /// What is known of a holder without asking it.
    package enum State: String, Sendable {
      /// It gave a sign of life in time.
      case alive
      /// Its last sign of life is too long ago: the next run takes the lock over.
      case expired
      /// It was a process of this machine, and has ended.
      case gone
      /// The object is not a lock.
      case damaged
    }

    package var stack: String
    package var holder: LockHolder?
    /// Seconds since the last sign of life, by the endpoint's clock; nil when the endpoint does not answer times.
    package var age: Int?
    package var state: State

    package init(stack: String, holder: LockHolder? = nil, age: Int? = nil, state: State) {
      self.stack = stack
      self.holder = holder
      self.age = age
      self.state = state
    }
  }

  /// Every lock that is held, by stack.
  package func locks() async throws(ProviderError) -> [Lock] {
    let bucket = LedgerBucket(sender: sender, account: account, region: region)
    var locks: [Lock] = []
    for name in try await bucket.names(in: ["stacks"]).sorted() {
      let parts = name.split(separator: "/").map(String.init)
      guard parts.count == 2, parts[1] == "lock.json" else { continue }
      let store = S3LedgerStore(
        sender: sender, account: account, region: region, stack: parts[0], isRunning: isRunning)
      if let lock = try await store.lock() { locks.append(lock) }
    }
    return locks
  }
}

extension S3LedgerStore {
  /// The stack's lock; nil when it is free.
  func lock() async throws(ProviderError) -> LockList.Lock? {
    try await bucket.read(lockKey).flatMap(lock)
  }

  /// The lock that an object holds; nil when it is free.
  private func lock(_ found: LedgerBucket.Found) -> LockList.Lock? {
    guard let content = try? JSONDecoder().decode(LockContent.self, from: found.body) else {
      return LockList.Lock(stack: stack, age: found.age, state: .damaged)
    }
    guard let holder = content.holder else { return nil }
    let state: LockList.Lock.State =
      if let age = found.age, age > expiry {
        .expired
      } else {
        isRunning(holder) ? .alive : .gone
      }
    return LockList.Lock(stack: stack, holder: holder, age: found.age, state: state)
  }
}
