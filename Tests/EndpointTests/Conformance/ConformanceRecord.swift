import Foundation
import Planner

/// What the suite showed of one sample on one endpoint. `scripts/conformance` makes the matrix in `docs/` of
/// all records: each test leaves a file in the folder that STACKFORM_TEST_MATRIX names, and none without it.
final class ConformanceRecord: Sendable {
  /// What was shown of a property, or of the kind as a whole.
  enum Check: String, Sendable, Codable {
    case created, changed, replaced, outside, reset, undeclared
    case foreign, deleted, newLife
    case defect, unseen
  }

  struct Line: Sendable, Codable {
    let section: String
    let endpoint: String
    /// Empty for the kind as a whole.
    let property: String
    let check: Check
    var evidence = ""
  }

  private let section: String
  private let endpoint: String
  private let lines = Locked<[Line]>([])

  init(_ section: String, on endpoint: TestEndpoint) {
    self.section = section
    self.endpoint = endpoint.rawValue
  }

  func note(_ property: String, _ check: Check, evidence: String = "") {
    let line = Line(
      section: section, endpoint: endpoint, property: property, check: check, evidence: evidence)
    lines.withLock { $0.append(line) }
  }

  /// Writes what was noted, one JSON object a line, into a file of its own.
  func save() throws {
    guard let folder = ProcessInfo.processInfo.environment["STACKFORM_TEST_MATRIX"] else { return }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let text = try lines.withLock { lines in
      try lines.map { String(decoding: try encoder.encode($0), as: UTF8.self) + "\n" }.joined()
    }
    let file = URL(fileURLWithPath: folder).appendingPathComponent("\(section)-\(UUID().uuidString).jsonl")
    try Data(text.utf8).write(to: file)
  }
}
