import Planner

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The last guard before text leaves: whatever a service, an error or a careless message says, no secret's text is in it.
final class Redaction: Sendable {
  /// Shorter texts occur by chance everywhere, and masking them would tell where.
  private static let shortest = 4
  private let lock = NSLock()
  nonisolated(unsafe) private var secrets: [String] = []

  /// Takes up the texts to mask, and their spellings in JSON.
  func add(_ texts: some Sequence<String>) {
    let known = texts.filter { $0.count >= Self.shortest }
    let spellings = known + known.map { String(Value.string($0).json.dropFirst().dropLast()) }
    lock.withLock { secrets = Set(secrets + spellings).sorted { $0.count > $1.count } }
  }

  func callAsFunction(_ text: String) -> String {
    let secrets = lock.withLock { self.secrets }
    return secrets.reduce(text) { $0.replacing($1, with: "(sensitive value)") }
  }
}
