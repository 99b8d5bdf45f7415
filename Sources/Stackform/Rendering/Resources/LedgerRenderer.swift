import Planner
import Providers

/// A ledger for people: as it is, or as it would be written.
struct LedgerRenderer: Sendable {
  let style: TerminalStyle

  /// What a ledger holds. `place` is its object, `bytes` the object's size.
  func render(_ ledger: Ledger, place: String, bytes: Int) -> String {
    var table = TextTable(
      style: style, columns: [("Address", .left), ("Kind", .left), ("Identity", .left), ("", .left)])
    table.rows = ledger.records.sorted { $0.key < $1.key }.map { address, record in
      let identities = record.identities.map { $0.name ?? $0.id ?? "unknown yet" }
      let marks = [
        record.intent.map { "\($0.rawValue)…" },
        record.handover.map { "moving \($0.direction.rawValue) \"\($0.stack)\"…" },
        record.isBeingForgotten == true ? "forgetting…" : nil,
        record.isProtected ? "protected" : nil,
      ]
      return [
        address.description, record.section, identities.joined(separator: ", "),
        marks.compactMap(\.self).joined(separator: ", "),
      ]
    }
    let facts = [
      "\(place), version \(ledger.version), serial \(ledger.serial), \(bytes) bytes",
      "\(Self.count(ledger.records.count, "resource")), \(Self.count(ledger.outputs.count, "output"))",
    ]
    let renaming = ledger.renaming.map { "being renamed \($0.direction.rawValue) \"\($0.stack)\"…" }
    return (facts + [renaming].compactMap(\.self)).map { $0 + "\n" }.joined()
      + (ledger.records.isEmpty ? "" : "\n" + table.text())
  }

  /// What a rebuild or a repair would write.
  func render(_ rebuild: LedgerRebuild, salvage: LedgerSalvage?, problem: LedgerError?) -> String {
    var parts: [String] = []
    if let problem { parts.append("\(problem.diagnostic.detail)\n") }
    if let salvage { parts.append(self.salvage(salvage)) }
    if rebuild.entries.isEmpty {
      parts.append("Nothing of the stack was found: the ledger would be empty.\n")
    } else {
      var table = TextTable(
        style: style, columns: [("Address", .left), ("Kind", .left), ("Identity", .left), ("From", .left)])
      table.rows = rebuild.entries.sorted { $0.address < $1.address }.map { entry in
        [entry.address.description, entry.section, entry.identity, Self.words(entry.origin)]
      }
      parts.append(
        "The ledger would hold \(Self.count(rebuild.entries.count, "resource")):\n\n" + table.text())
    }
    let orphans = rebuild.entries.filter { $0.origin == .tags }
    if !orphans.isEmpty {
      parts.append(
        style("Not in the stack file", .yellow)
          + ": \(orphans.map(\.address.description).joined(separator: ", ")). The next plan offers to delete what the file does not have.\n"
      )
    }
    for entry in rebuild.entries where entry.origin == .leftover {
      parts.append(note(entry, beside: rebuild.entries))
    }
    for unclaimed in rebuild.unclaimed { parts.append(note(unclaimed)) }
    if !rebuild.missing.isEmpty {
      parts.append("Not there: \(rebuild.missing.map(\.description).joined(separator: ", ")).\n")
    }
    return parts.joined(separator: "\n")
  }

  private func salvage(_ salvage: LedgerSalvage) -> String {
    var lines: [String] = []
    if salvage.isCut { lines.append("It is cut off or broken in the middle.") }
    lines.append("\(Self.count(salvage.ledger.records.count, "record")) can still be read.")
    if !salvage.hasSalt { lines.append("Its salt can't, so its fingerprints are useless.") }
    if !salvage.lost.isEmpty {
      lines.append("Can't be read: \(salvage.lost.map(TerminalText.printable).joined(separator: ", ")).")
    }
    return lines.joined(separator: " ") + "\n"
  }

  private func note(_ unclaimed: LedgerRebuild.Unclaimed) -> String {
    let whose =
      unclaimed.owner.map { "it is \($0.words) by its tags" }
      ?? "no stack owns it; `stackform apply --adopt \(unclaimed.address)` takes it over"
    return style("Left out", .yellow)
      + ": \(unclaimed.address) would be \"\(unclaimed.identity)\", and \(whose).\n"
  }

  /// Of two with the tags of one entry: which one is taken, by what, and what becomes of the other.
  private func note(_ leftover: LedgerRebuild.Entry, beside entries: [LedgerRebuild.Entry]) -> String {
    let taken = entries.first { $0.address == leftover.address && $0.origin != .leftover }
    let reason = taken.map { "\"\($0.identity)\", by \(Self.words($0.origin))" } ?? "another one"
    return style("Left over", .yellow)
      + ": \(leftover.address) is \(reason), and \"\(leftover.identity)\" bears its owner tags, too. "
      + "The next plan offers to delete that. To keep it, write no ledger yet, take those tags off, and run this again.\n"
  }

  private static func words(_ origin: LedgerRebuild.Entry.Origin) -> String {
    switch origin {
    case .kept: "the damaged ledger"
    case .stack: "the stack file"
    case .tags: "its owner tags alone"
    case .leftover: "the same owner tags"
    }
  }

  private static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }
}
