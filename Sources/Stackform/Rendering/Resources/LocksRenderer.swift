import Planner
import Providers

/// Locks as a table, and for machines.
struct LocksRenderer: Sendable {
  let style: TerminalStyle

  /// One paragraph for each lock.
  func render(_ locks: [LedgerPlace.Lock]) -> String {
    guard !locks.isEmpty else { return "No one holds a lock.\n" }
    var table = TextTable(
      style: style,
      columns: [
        ("Stack", .left), ("State", .left), ("Heartbeat", .right), ("Who", .left), ("Process", .right),
        ("Since", .left), ("Command", .left),
      ])
    table.rows = locks.map { lock in
      let holder = lock.holder
      return [
        lock.stack, lock.state.rawValue, lock.age.map { "\($0)s ago" } ?? "-",
        holder.map { "\($0.user)@\($0.host)" } ?? "-", holder.map { String($0.process) } ?? "-",
        holder?.since ?? "-", TerminalText.printable(holder?.command ?? "-"),
      ]
    }
    let dead = locks.filter { $0.state != .alive }
    let notes = Set(dead.map(\.state)).sorted { $0.rawValue < $1.rawValue }.map {
      "\n" + Self.note($0) + "\n"
    }
    return table.text() + notes.joined()
  }

  private static func note(_ state: LedgerPlace.Lock.State) -> String {
    switch state {
    case .alive: ""
    case .expired: "expired: no sign of life for over 30 s. The next run of that stack takes the lock over."
    case .gone:
      "gone: the process is no more. The next run of that stack on this machine takes the lock over."
    case .damaged: "damaged: the object is not a lock. `stackform unlock --force STACK` frees it."
    }
  }

  /// The same for programs.
  static func json(_ locks: [LedgerPlace.Lock], target: Target) -> Value {
    [
      "target": target.jsonValue,
      "locks": .list(locks.map(json)),
    ]
  }

  /// One lock for programs.
  static func json(_ lock: LedgerPlace.Lock) -> Value {
    var members: [String: Value] = [
      "stack": .string(lock.stack), "state": .string(lock.state.rawValue),
      "heartbeat_age_seconds": lock.age.map(Value.integer) ?? .null,
    ]
    if let holder = lock.holder {
      members.merge([
        "id": .string(holder.id), "user": .string(holder.user), "host": .string(holder.host),
        "process": .integer(holder.process), "command": .string(holder.command),
        "since": .string(holder.since),
      ]) { $1 }
    }
    return .map(members)
  }
}
