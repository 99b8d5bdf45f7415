import Planner

/// What can't be written into a file, and what to do instead.
extension Diagnostic {
  static func notInFile(_ entry: DriftEntry, isDerived: Bool) -> Diagnostic {
    switch entry.kind {
    case .deleted:
      Diagnostic(
        "Gone, and not taken over", "\(entry.address) was deleted outside of this stack.",
        address: entry.address,
        fix:
          "Take its entry out of the file yourself, or bring it back: stackform drift --repair \(entry.address)"
      )
    case .unknown:
      Diagnostic(
        "Not in the ledger", "\(entry.address) has this stack's tags, and no apply recorded it.",
        address: entry.address, fix: "stackform apply takes it up.")
    case .unfinished:
      Diagnostic(
        "Not finished", "A run that did not come to its end left \(entry.address) half done.",
        address: entry.address, fix: "stackform apply finishes it.")
    case .twin:
      Diagnostic(
        "There are two", "\(entry.id ?? "Another resource") bears the owner tags of \(entry.address), too.",
        address: entry.address, fix: "stackform apply deletes what the ledger does not know.")
    case .changed:
      Diagnostic(
        isDerived ? "Derived" : "Not in the file",
        isDerived
          ? "\(entry.address) follows from \(entry.address.declared): the file does not spell it out."
          : "The file has no \(entry.address).", address: entry.address,
        fix: isDerived
          ? "Change what it follows from, or put it back: stackform drift --repair \(entry.address)"
          : "Declare it, or leave it out of --accept.")
    }
  }

  static func isSecret(_ address: Address, _ move: PropertyMove) -> Diagnostic {
    Diagnostic(
      "A secret", "\(address).\(move.name) is a secret, and no file is to hold one.", address: address,
      fix:
        "Change the secret where it is kept; or put it back: stackform drift --repair \(address).\(move.name)"
    )
  }

  static func isOwners(_ address: Address, _ move: PropertyMove) -> Diagnostic {
    Diagnostic(
      "An owner tag", "\(address) has lost one of its owner tags.", address: address,
      fix: "Put it back: stackform drift --repair \(address)")
  }

  static func isDerived(_ address: Address, _ move: PropertyMove, _ stack: Stack) -> Diagnostic {
    let because = move.path.first.flatMap { stack[address]?.derivations[$0] }.map { " from \($0)" } ?? ""
    return Diagnostic(
      "Derived", "\(address).\(move.name) follows\(because): the file does not spell it out.",
      at: stack.places[address]?.span, address: address,
      fix: "Change what it follows from, or put it back: stackform drift --repair \(address)")
  }

  static func refused(
    _ refusal: YAMLEditor.Refusal?, _ address: Address, _ move: PropertyMove, profile: String
  ) -> Diagnostic {
    let name = "\(address).\(move.name)"
    let now = move.now.map { ValueText.cell($0, isSecret: false, limit: 48) } ?? "nothing"
    let (detail, fix): (String, String) =
      switch refusal?.reason {
      case .expression(let text):
        (
          "\(name) is \(text) in the file, which a value would take the place of.",
          expressionMend(text, now, profile)
        )
      case .shared:
        (
          "\(name) comes from an anchor or a merged mapping, which others use, too.",
          "Give it a value of its own in the file, where it should be \(now); or change the anchor by hand."
        )
      case .tagged: ("\(name) has an explicit YAML tag.", "Write \(now) by hand.")
      case .noSuchPlace, .notWritable, nil:
        ("there is no place in the file where \(name) could be written.", "Write \(now) by hand.")
      }
    return Diagnostic("Cannot be taken over", detail, at: refusal?.span, address: address, fix: fix)
  }

  private static func expressionMend(_ text: String, _ now: String, _ profile: String) -> String {
    guard let template = try? Template(parsing: text), case .reference(let path)? = template.whole,
      path.count == 2,
      path[0] == "var"
    else { return "Change what it is worked out from, so that it becomes \(now)." }
    return
      "Set the variable \(path[1]) to \(now) in the profile \(profile): `variables: { \(path[1]): \(now) }` in stackform.yaml."
  }
}
