import Planner

extension Parity {
  /// What emulators keep to themselves (``SilentProperty``), and this stack sets.
  static func silentProperties(_ move: ParityMove) -> [Diagnostic] {
    guard move.leavesEmulator else { return [] }
    return SilentProperty.all.flatMap { silent -> [Diagnostic] in
      let bearers = move.all(silent.section).filter { $0[silent.property]?.withoutNulls.isEmpty == false }
      guard let first = bearers.first else { return [] }
      let software = silent.evidence.keys.sorted { $0.title < $1.title }
      let isOne = software.count == 1
      let names = software.map(\.title).joined(separator: " and ")
      let evidence = Set(silent.evidence.values).sorted().joined(separator: "; ")
      let others = bearers.count == 1 ? "" : " (\(ParityMove.names(bearers)))"
      return [
        move.warning(
          first, [silent.property], "Taken, and without effect",
          "\(names) take\(isOne ? "s" : "") \(silent.property) and do\(isOne ? "es" : "") nothing with it\(others): \(evidence).",
          fix: "Check it after the first apply on AWS: that it worked so far proves nothing.")
      ]
    }
  }
}
