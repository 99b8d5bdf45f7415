/// The outcome of one gate.
package struct GateReport: Sendable, Hashable {
  /// Whether the gate lets a promotion pass.
  package enum Outcome: String, Sendable, Hashable {
    case open
    case closed
    /// It could not be asked: the gate counts as closed.
    case failed
  }

  package var gate: Gate
  package var outcome: Outcome
  /// Why, as a sentence.
  package var detail: String
  /// What to do about a closed one.
  package var fix: String?
  package var seconds: Double
  /// What its command wrote, masked and bounded.
  package var output: String

  package init(
    _ gate: Gate, _ outcome: Outcome, _ detail: String, fix: String? = nil, seconds: Double = 0,
    output: String = ""
  ) {
    self.gate = gate
    self.outcome = outcome
    self.detail = detail
    self.fix = fix
    self.seconds = seconds
    self.output = output
  }
}

extension GateRecord {
  /// Every run reads the ledger, so a record keeps only the end of a long output: this many characters.
  private static let longestOutput = 2000

  /// What a release keeps of a report.
  package init(_ report: GateReport) {
    self.init(
      gate: report.gate.title, detail: report.detail, seconds: (report.seconds * 10).rounded() / 10,
      output: report.output.isEmpty ? nil : String(report.output.suffix(Self.longestOutput)))
  }
}

/// The gates that are decided by what is recorded alone.
package enum GateRules {
  /// How long a release was current, in whole seconds; nil when its time can't be read or is in the future.
  package static func soak(
    _ wanted: Int, since: String, age: Int?, source: String
  ) -> GateReport {
    let gate = Gate.soak(wanted)
    guard let age else {
      return GateReport(
        gate, .failed, "When the release became current can't be read: \"\(since.shortened)\".")
    }
    guard age >= 0 else {
      return GateReport(
        gate, .closed, "It became current at \(since), which is still to come by the clock of \(source).",
        fix: "Correct the clock of the machine that applied it, or of the endpoint, and apply again.")
    }
    let words = "current in \(source) for \(DurationText.words(age))"
    if age >= wanted { return GateReport(gate, .open, words) }
    return GateReport(
      gate, .closed, "\(words), and \(DurationText.words(wanted - age)) are still to go",
      fix: "Promote again in \(DurationText.words(wanted - age)).")
  }

  /// Whether enough of the right people approved the release for the target. Who approved twice counts once.
  package static func approval(
    _ rule: ApprovalRule, given names: [String], command: String
  ) -> GateReport {
    var people: [String] = []
    for name in names where rule.counts(name) && !people.contains(name) { people.append(name) }
    let others = names.filter { !rule.counts($0) }
    if people.count >= rule.count {
      return GateReport(.approval(rule), .open, "approved by \(people.joined(separator: ", "))")
    }
    var detail =
      people.isEmpty ? "no one has approved it" : "approved by \(people.joined(separator: ", ")) alone"
    if !others.isEmpty { detail += "; \(others.joined(separator: ", ")) is not one of those who may" }
    let missing = rule.count - people.count
    let whose =
      rule.names.isEmpty
      ? "" : " by \(rule.names.filter { !people.contains($0) }.joined(separator: " or "))"
    return GateReport(
      .approval(rule), .closed, detail,
      fix: "\(missing == 1 ? "One approval" : "\(missing) approvals")\(whose) is missing: \(command)")
  }

  /// A test run that was recorded for the release.
  package struct Test: Sendable, Hashable {
    package var name: String
    package var isSuccess: Bool
    /// When, as it was recorded.
    package var time: String

    package init(name: String, isSuccess: Bool, time: String) {
      self.name = name
      self.isSuccess = isSuccess
      self.time = time
    }
  }

  /// Whether the newest recorded test of the name succeeded; without a name, the newest of each name. `tests` are oldest first.
  package static func verified(name: String?, by tests: [Test], command: String) -> GateReport {
    var newest: [String: Test] = [:]
    for test in tests where name == nil || test.name == name { newest[test.name] = test }
    let gate = Gate.verified(name: name)
    guard !newest.isEmpty else {
      let what = name.map { "no test \"\($0)\"" } ?? "no test"
      return GateReport(
        gate, .closed, "\(what) was recorded for this release", fix: "Run it: \(command)")
    }
    let failed = newest.values.filter { !$0.isSuccess }.sorted { $0.name < $1.name }
    guard let first = failed.first else {
      let names = newest.values.sorted { $0.name < $1.name }.map { "\($0.name) passed \($0.time)" }
      return GateReport(gate, .open, names.joined(separator: ", "))
    }
    let names = failed.map { "\($0.name) failed \($0.time)" }.joined(separator: ", ")
    return GateReport(
      gate, .closed, names, fix: "Fix what \(first.name) found, and run it again: \(command)")
  }
}
