/// What an open gate said, as the release keeps it that went through.
package struct GateRecord: Sendable, Codable, Hashable {
  /// As it is written in the project's file: `soak: 30m`.
  package var gate: String
  package var detail: String
  package var seconds: Double
  /// The end of what its command wrote, masked; nil where there was nothing.
  package var output: String?
}
