/// What an open gate said, as the release keeps it that went through.
package struct GateRecord: Sendable, Codable, Hashable {
  /// As it stands in the project's file: `soak: 30m`.
  package var gate: String
  package var detail: String
  package var seconds: Double
  /// The end of what its command wrote, masked; nil where there was nothing.
  package var output: String?

  /// A ledger is read by every run: more of an output is nobody's business there.
  private static let longestOutput = 2000

  package init(_ report: GateReport) {
    gate = report.gate.title
    detail = report.detail
    seconds = (report.seconds * 10).rounded() / 10
    output = report.output.isEmpty ? nil : String(report.output.suffix(Self.longestOutput))
  }
}
