import Planner
import Providers

/// The last guard before text leaves: whatever a service, an error or a careless message says, no secret's text is in it.
final class Redaction: Sendable {
  /// Shorter texts occur by chance everywhere, and masking them would tell where.
  private static let shortest = 4
  private let secrets = Locked<[String]>([])

  /// Takes up the texts to mask, and their spellings in JSON.
  func add(_ texts: some Sequence<String>) {
    let known = texts.filter { $0.count >= Self.shortest }
    let spellings = known + known.map { String(Value.string($0).json.dropFirst().dropLast()) }
    secrets.withLock { $0 = Set($0 + spellings).sorted { $0.count > $1.count } }
  }

  func callAsFunction(_ text: String) -> String {
    secrets.withLock { $0 }.reduce(text) { $0.replacing($1, with: "(sensitive value)") }
  }
}
