#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
package import Planner

/// The lock is an object that says who holds it. It is taken and released only by conditional writes.
///
/// A holder writes it again every few seconds. Its age is by the endpoint's clock (`Date` less
/// `Last-Modified`), so a wrong clock here neither breaks a living lock nor keeps a dead one.
extension S3LedgerStore {
  /// The object's content; without a holder the lock is free.
  struct LockContent: Codable {
    var holder: LockHolder?
    /// Goes up by one at every renewal, so that each has a different revision.
    var beat: Int
  }

  package func acquireLock(_ holder: LockHolder) async throws(LedgerError) -> LockTenure {
    for _ in 1...10 {
      let found = try await lockObject()
      let current = found?.content.holder
      if let found, let current, !isAbandoned(current, age: found.age) { throw .locked(current) }
      do throws(LedgerError) {
        let content = LockContent(holder: holder, beat: (found?.content.beat ?? 0) + 1)
        let revision = try await write(content, replacing: found?.revision)
        return LockTenure(
          holder: holder, revision: revision, beat: content.beat, takenOverFrom: current)
      } catch {
        // Another run was faster: read which.
        if case .changedMeanwhile = error { continue }
        throw error
      }
    }
    guard let winner = try await lockHolder() else { throw .changedMeanwhile }
    throw .locked(winner)
  }

  package func renew(_ tenure: LockTenure) async throws(LedgerError) -> LockTenure {
    try await rewrite(tenure, holder: tenure.holder)
  }

  package func release(_ tenure: LockTenure) async throws(LedgerError) {
    do throws(LedgerError) {
      _ = try await rewrite(tenure, holder: nil)
    } catch {
      // Another run has it now: there is nothing to release.
      if case .lockLost = error { return }
      throw error
    }
  }

  package func removeAll(_ tenure: LockTenure) async throws(LedgerError) {
    let isOurs = try await lockHolder()?.id == tenure.holder.id
    guard isOurs else { return }
    // A run that takes the lock from here on creates its object again, and the bucket if needed.
    if try await deleteLockAndBucket() { return }
    // Something is left in the bucket: other stacks', or the lock after all.
    guard try await lockHolder()?.id == tenure.holder.id else { return }
    guard try await !deleteLockAndBucket(), try await lockHolder()?.id == tenure.holder.id else { return }
    throw .provider(Self.notDeleted("the lock"))
  }

  /// Whether the bucket was empty without the lock, and is gone.
  private func deleteLockAndBucket() async throws(LedgerError) -> Bool {
    try await provider { () async throws(ProviderError) in
      try await bucket.delete(lockKey)
      return try await bucket.deleteIfEmpty()
    }
  }

  package func lockHolder() async throws(LedgerError) -> LockHolder? {
    try await lockObject()?.content.holder
  }

  package func breakLock() async throws(LedgerError) -> LockHolder? {
    do throws(LedgerError) {
      return try await breakReadableLock()
    } catch {
      guard case .damagedLock = error,
        let found = try await provider({ () async throws(ProviderError) in try await bucket.read(lockKey) })
      else { throw error }
      // The former holder finds another revision than its own, and stops.
      _ = try await write(LockContent(holder: nil, beat: 1), replacing: found.revision)
      return nil
    }
  }

  private func breakReadableLock() async throws(LedgerError) -> LockHolder? {
    guard let found = try await lockObject(), let holder = found.content.holder else { return nil }
    _ = try await write(LockContent(holder: nil, beat: found.content.beat + 1), replacing: found.revision)
    return holder
  }

  private func rewrite(_ tenure: LockTenure, holder: LockHolder?) async throws(LedgerError) -> LockTenure {
    let content = LockContent(holder: holder, beat: tenure.beat + 1)
    do throws(LedgerError) {
      var renewed = tenure
      renewed.revision = try await write(content, replacing: tenure.revision)
      renewed.beat = content.beat
      return renewed
    } catch {
      if case .changedMeanwhile = error { throw .lockLost }
      throw error
    }
  }

  private func isAbandoned(_ holder: LockHolder, age: Int?) -> Bool {
    if let age, age > expiry { return true }
    return !isRunning(holder)
  }

  private func lockObject() async throws(LedgerError) -> (content: LockContent, revision: String, age: Int?)?
  {
    guard let found = try await provider({ () async throws(ProviderError) in try await bucket.read(lockKey) })
    else { return nil }
    guard let content = try? JSONDecoder().decode(LockContent.self, from: found.body),
      (0...LedgerFault.largestNumber).contains(content.beat)
    else {
      throw .damagedLock("the lock of \"\(stack)\" in s3://\(bucket.name) is not a lock: it is damaged")
    }
    return (content, found.revision, found.age)
  }

  private func write(_ content: LockContent, replacing revision: String?) async throws(LedgerError) -> String
  {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let body = try? encoder.encode(content) else {
      throw .unreadable("the lock can't be written as JSON")
    }
    do throws(ProviderError) {
      return try await bucket.write(body, to: lockKey, replacing: revision)
    } catch {
      throw error.kind == .preconditionFailed ? .changedMeanwhile : .provider(error)
    }
  }
}
