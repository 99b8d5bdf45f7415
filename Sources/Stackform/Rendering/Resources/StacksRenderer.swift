import Planner
import Providers

/// The stacks of an account and region as a table, and for machines.
struct StacksRenderer: Sendable {
  let style: TerminalStyle

  /// One line for each stack, then what is wrong with any of them, then other regions that have stacks.
  func render(_ stacks: [LedgerPlace.Entry], otherRegions: [String]) -> String {
    var parts = [stacks.isEmpty ? "There is no stack here.\n" : table(stacks)]
    parts += stacks.compactMap { stack in
      stack.problem.map { problem in
        let diagnostic = problem.diagnostic
        return style(stack.name, .bold) + ": \(diagnostic.detail) \(diagnostic.fix ?? "")\n"
      }
    }
    if !otherRegions.isEmpty {
      let (noun, verb) = otherRegions.count == 1 ? ("region", "has") : ("regions", "have")
      parts.append(
        "Other \(noun) of this account \(verb) stacks, too: \(otherRegions.joined(separator: ", ")). "
          + "--region shows them.\n")
    }
    return parts.joined(separator: "\n")
  }

  private func table(_ stacks: [LedgerPlace.Entry]) -> String {
    var table = TextTable(
      style: style,
      columns: [
        ("Stack", .left), ("Resources", .right), ("Release", .right), ("When (UTC)", .left), ("Who", .left),
        ("Lock", .left),
      ])
    table.rows = stacks.map { stack in
      let release = stack.ledger?.current
      return [
        stack.name, stack.ledger.map { String($0.records.count) } ?? "?",
        release.map { "#\($0.number)" } ?? "-",
        (release?.time ?? stack.ledger?.runs.last?.time).map(ReleaseText.minute) ?? "-",
        (release?.author ?? stack.ledger?.runs.last?.author).map {
          TerminalText.printable($0.description)
        } ?? "-",
        stack.lock.map(words) ?? "",
      ]
    }
    return table.withoutEmptyColumns.text()
  }

  /// Who holds a lock, and what is known of its holder.
  private func words(_ lock: LedgerPlace.Lock) -> String {
    let holder = lock.holder.map { "\($0.user)@\($0.host)" }
    let state = lock.state == .alive ? "" : " (\(lock.state.rawValue))"
    return style(TerminalText.printable(holder ?? "?") + state, .yellow)
  }

  /// The same for programs. `otherRegions` is nil where buckets may not be listed.
  static func json(_ stacks: [LedgerPlace.Entry], otherRegions: [String]?, target: Target) -> Value {
    [
      "target": target.jsonValue, "stacks": .list(stacks.map(json)),
      "other_regions": otherRegions.map { .list($0.map(Value.string)) } ?? .null,
    ]
  }

  private static func json(_ stack: LedgerPlace.Entry) -> Value {
    let release = stack.ledger?.current
    return [
      "stack": .string(stack.name),
      "resources": stack.ledger.map { .integer($0.records.count) } ?? .null,
      "release": release.map { .integer($0.number) } ?? .null,
      "time": release.map { .string($0.time) } ?? .null,
      "author": release.map { ReleaseJSON.author($0.author) } ?? .null,
      "locked": .boolean(stack.lock != nil),
      "lock": stack.lock.map(LocksRenderer.json) ?? .null,
      "problem": stack.problem.map { .string($0.diagnostic.detail) } ?? .null,
    ]
  }
}
