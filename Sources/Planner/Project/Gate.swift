/// What must hold before a release is promoted to a profile.
package enum Gate: Sendable, Hashable {
  /// What is live in the source is what its release made; and the promotion would overwrite no change that
  /// was made by hand in the target.
  case inSync
  /// No alarm of the stack is in ALARM in the source.
  case alarmsOk
  /// A command that must succeed.
  case run(GateCommand)
  /// Seconds that the release must have been current in the source.
  case soak(Int)
  case approval(ApprovalRule)
  /// The newest test that was recorded for the release succeeded: the one of that name, or of every name.
  case verified(name: String?)

  /// One line for a table: `run: scripts/smoke ${outputs.apiUrl}`.
  package var title: String {
    switch self {
    case .inSync: "inSync"
    case .alarmsOk: "alarmsOk"
    case .run(let command): "run: \(command.template.line)"
    case .soak(let seconds): "soak: \(DurationText.words(seconds))"
    case .approval(let rule): "approval: \(rule.title)"
    case .verified(let name): name.map { "verified: \($0)" } ?? "verified"
    }
  }

  /// The word that the file has for it.
  package var word: String {
    switch self {
    case .inSync: "inSync"
    case .alarmsOk: "alarmsOk"
    case .run: "run"
    case .soak: "soak"
    case .approval: "approval"
    case .verified: "verified"
    }
  }
}

/// A command of a gate, run by the shell in the project's folder.
package struct GateCommand: Sendable, Hashable {
  package var template: CommandTemplate
  /// Seconds after which it is ended, with everything that it started.
  package var limit = GateCommand.usualLimit

  /// Enough time for a smoke test; a test that hangs is ended.
  package static let usualLimit = 600
}

/// Who has to approve a release.
package struct ApprovalRule: Sendable, Hashable {
  /// The names of those who may approve; empty for anyone.
  package var names: [String] = []
  /// How many of them it needs.
  package var count = 1

  /// Whether an approval by that name counts.
  package func counts(_ name: String) -> Bool { names.isEmpty || names.contains(name) }

  var title: String {
    if names.isEmpty { return count == 1 ? "required" : "\(count) required" }
    return (count == 1 ? "" : "\(count) of ") + names.joined(separator: count == 1 ? " or " : ", ")
  }
}

/// Lengths of time as people write them: `90`, `90s`, `30m`, `1h30m`, `2d`.
package enum DurationText {
  private static let units: [(sign: Character, seconds: Int)] = [
    ("d", 86_400), ("h", 3600), ("m", 60), ("s", 1),
  ]

  /// The seconds; nil for a text that is not a length of time.
  package static func seconds(_ text: String) -> Int? {
    if let number = Int(text), number >= 0 { return number }
    var total = 0
    var digits = ""
    var last = Int.max
    for character in text {
      if character.isASCII, character.isNumber {
        digits.append(character)
        continue
      }
      guard let unit = units.first(where: { $0.sign == character })?.seconds, unit < last,
        let number = Int(digits)
      else { return nil }
      let (product, isTooLong) = number.multipliedReportingOverflow(by: unit)
      let (sum, isTooLongInAll) = total.addingReportingOverflow(product)
      guard !isTooLong, !isTooLongInAll else { return nil }
      (total, last, digits) = (sum, unit, "")
    }
    return text.isEmpty || !digits.isEmpty ? nil : total
  }

  /// The shortest spelling: `1h30m`.
  package static func words(_ seconds: Int) -> String {
    var rest = max(0, seconds)
    var text = ""
    for unit in units where rest >= unit.seconds {
      text += "\(rest / unit.seconds)\(unit.sign)"
      rest %= unit.seconds
    }
    return text.isEmpty ? "0s" : text
  }
}
