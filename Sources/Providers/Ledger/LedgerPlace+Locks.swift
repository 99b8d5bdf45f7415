#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
package import Planner

extension LedgerPlace {
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

  /// Every lock that is held, by stack. They are read side by side; the client bounds how many requests are under way.
  package func locks() async throws(ProviderError) -> [Lock] {
    let stacks = try await objects().filter { $0.value.contains(Self.lockName) }.keys.sorted()
    return try await sideBySide(stacks) { stack throws(ProviderError) in
      try await store(of: stack).lock()
    }.compactMap(\.self)
  }
}

extension S3LedgerStore {
  /// The stack's lock; nil when it is free.
  func lock() async throws(ProviderError) -> LedgerPlace.Lock? {
    try await bucket.read(lockKey).flatMap(lock)
  }

  /// The lock that an object holds; nil when it is free.
  private func lock(_ found: LedgerBucket.Found) -> LedgerPlace.Lock? {
    guard let content = try? JSONDecoder().decode(LockContent.self, from: found.body) else {
      return LedgerPlace.Lock(stack: stack, age: found.age, state: .damaged)
    }
    guard let holder = content.holder else { return nil }
    let state: LedgerPlace.Lock.State =
      if let age = found.age, age > expiry {
        .expired
      } else {
        isRunning(holder) ? .alive : .gone
      }
    return LedgerPlace.Lock(stack: stack, holder: holder, age: found.age, state: state)
  }
}
