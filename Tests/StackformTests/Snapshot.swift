import Foundation
import Testing

/// Compares a text with the file of that name in `Snapshots`. `RECORD_SNAPSHOTS=1 swift test` writes the files instead.
func expectSnapshot(
  _ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
) {
  let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Snapshots")
  let file = folder.appending(path: name + ".txt")
  if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
    } catch {
      Issue.record(error, sourceLocation: sourceLocation)
    }
    return
  }
  guard let recorded = try? String(contentsOf: file, encoding: .utf8) else {
    Issue.record(
      "There is no snapshot \(name). Record it with RECORD_SNAPSHOTS=1.", sourceLocation: sourceLocation)
    return
  }
  guard text != recorded else { return }
  let pairs = zip(
    recorded.split(separator: "\n", omittingEmptySubsequences: false),
    text.split(separator: "\n", omittingEmptySubsequences: false))
  let line = pairs.enumerated().first { $1.0 != $1.1 }
  let place = line.map { "line \($0.offset + 1):\n  recorded: \($0.element.0)\n  now:      \($0.element.1)" }
  Issue.record(
    "\(name) differs at \(place ?? "its end"). If that is meant: RECORD_SNAPSHOTS=1.\n\n\(text)",
    sourceLocation: sourceLocation)
}
