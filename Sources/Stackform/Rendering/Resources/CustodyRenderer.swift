import Planner

/// What `forget`, `move` and `rename-stack` would do, and did: as text, and for machines.
struct CustodyRenderer: Sendable {
  let style: TerminalStyle

  // MARK: Forget

  /// What would be forgotten.
  func render(_ forgetting: Forgetting) -> String {
    var table = TextTable(
      style: style,
      columns: [("Address", .left), ("Kind", .left), ("Identity", .left), ("Owner tags", .left)])
    table.rows = forgetting.entries.map { entry in
      [
        entry.address.description, entry.section, TerminalText.printable(entry.identity),
        Self.words(entry.tags),
      ]
    }
    return "Stackform will forget these resources, and leave them as they are:\n\n" + table.text(indent: 2)
      + "\n" + style("Plan:", .bold) + " \(forgetting.entries.count) to forget.\n"
  }

  private static func words(_ tags: Forgetting.Entry.Tags) -> String {
    switch tags {
    case .ours: "come off"
    case .none: "it has none"
    case .foreign: "another owner's, stay"
    case .gone: "it does not exist any more"
    }
  }

  /// What was forgotten, and what the next plan will say. `declared` is what the stack's file declares; nil where it is
  /// not at hand.
  static func sentences(_ forgetting: Forgetting, declared: Set<Address>?) -> [String] {
    let done = "Forgot \(count(forgetting.entries.count)) of \"\(forgetting.stack)\"."
    let live = forgetting.entries.filter { $0.tags != .gone }
    guard let declared else {
      return [
        done,
        "If a file still declares one, the next plan says that it exists and was not made by the stack.",
        rights,
      ]
    }
    let still = live.map(\.address).filter(declared.contains)
    guard !still.isEmpty else { return [done, rights] }
    let (verb, pronoun) = still.count == 1 ? ("is", "it") : ("are", "them")
    let existence = still.count == 1 ? "it exists and was" : "they exist and were"
    return [
      done,
      "\(names(still)) \(verb) still in the stack file: the next plan says that \(existence) not made by the stack. "
        + "Take \(pronoun) out of the file, or back with --adopt.", rights,
    ]
  }

  /// What is derived for an entry goes with it.
  private static let rights =
    "If Stackform derived rights for that, as a statement of a queue's policy or of a lambda's role, they go with the next "
    + "apply: write those that are still needed into the file."

  /// What was forgotten, for programs.
  static func json(_ forgetting: Forgetting, target: Target) -> Value {
    [
      "target": target.jsonValue, "stack": .string(forgetting.stack),
      "forgotten": .list(
        forgetting.entries.map { entry in
          [
            "address": .string(entry.address.description), "type": .string(entry.section),
            "id": .string(entry.identity), "tags": .string(entry.tags.rawValue),
          ]
        }),
    ]
  }

  // MARK: Move

  /// What would be moved.
  func render(_ move: StackMove) -> String {
    let moved = move.addresses.sorted { $0.key < $1.key }
    var table = TextTable(
      style: style, columns: [("Address", .left), ("Kind", .left), ("In \"\(move.target)\"", .left)])
    table.rows = moved.map { old, new in
      [old.description, move.records[old]?.section ?? old.section, new.description]
    }
    var parts = [
      "Stackform will move these resources to the stack \"\(move.target)\", and leave them as they are:\n",
      table.text(indent: 2),
      style("Plan:", .bold) + " \(moved.count) to move.\n",
    ]
    if move.isContinued { parts.append("A run that did not come to its end has begun this.\n") }
    if move.isNewStack {
      parts.append(note("There is no stack \"\(move.target)\" here yet: it begins with these."))
    }
    for (address, needs) in move.left.sorted(by: { $0.key < $1.key }) {
      parts.append(
        note(
          "\(address) refers to \(Self.names(needs.sorted())), which \(needs.count == 1 ? "stays" : "stay"). "
            + "Spell these values out in the file of \"\(move.target)\"; no order between the stacks is kept."
        ))
    }
    parts += nameNote(move.namedAfterSource, "the next apply of \"\(move.target)\"")
    return parts.joined(separator: "\n")
  }

  /// Names of derived resources are made of the stack's.
  private func nameNote(_ addresses: [Address], _ when: String) -> [String] {
    guard !addresses.isEmpty else { return [] }
    let verb = addresses.count == 1 ? "is" : "are"
    return [
      note(
        "\(Self.names(addresses)) \(verb) named after the stack: \(when) replaces \(addresses.count == 1 ? "it" : "them")."
      )
    ]
  }

  private func note(_ text: String) -> String { style("Note: ", .bold, .yellow) + text + "\n" }

  /// What was moved, and what is to be done to the files.
  static func sentences(_ move: StackMove, declared: Set<Address>?) -> [String] {
    let entries = Set(move.addresses.values.filter { $0.part == nil }).sorted()
    var sentences = [
      "Moved \(count(move.addresses.count)) from \"\(move.source)\" to \"\(move.target)\".",
      "Put \(names(entries)) into the file of \"\(move.target)\" before its next apply: "
        + "what the file does not have is destroyed.",
    ]
    let still = move.addresses.keys.filter { declared?.contains($0) == true }.sorted()
    if declared == nil {
      sentences.append("Take what was moved out of the file of \"\(move.source)\".")
    } else if !still.isEmpty {
      sentences.append(
        "Take \(names(still)) out of the file of \"\(move.source)\": until then its plans say that somebody else owns "
          + (still.count == 1 ? "it." : "them.")
      )
    }
    return sentences + [rights]
  }

  /// What was moved, for programs.
  static func json(_ move: StackMove, target: Target) -> Value {
    [
      "target": target.jsonValue, "stack": .string(move.source), "to": .string(move.target),
      "new_stack": .boolean(move.isNewStack),
      "moved": .list(
        move.addresses.sorted { $0.key < $1.key }.map { old, new in
          [
            "address": .string(old.description), "new_address": .string(new.description),
            "refers_to": .list((move.left[old] ?? []).sorted().map { .string($0.description) }),
          ]
        }),
    ]
  }

  // MARK: Rename

  /// What would be renamed. `edit` says what becomes of the file.
  func render(_ rename: StackRename, edit: String) -> String {
    var lines = [
      "Stackform will rename the stack \"\(rename.old)\" to \"\(rename.new)\":\n",
      "  - its ledger, with \(Self.count(rename.resources)) and \(rename.releases) release\(rename.releases == 1 ? "" : "s")",
      "  - the owner tags of its resources, which stay as they are otherwise",
      "  - the file: \(edit)",
    ]
    if rename.isContinued { lines.append("\nA run that did not come to its end has begun this.") }
    return lines.map { $0 + "\n" }.joined()
      + nameNote(rename.namedAfterIt, "the next apply").map { "\n" + $0 }.joined()
  }

  /// What was renamed, for programs. `file` says what became of the stack file.
  static func json(_ rename: StackRename, target: Target, file: String) -> Value {
    [
      "target": target.jsonValue, "old": .string(rename.old), "new": .string(rename.new),
      "resources": .integer(rename.resources), "releases": .integer(rename.releases),
      "file": .string(file),
    ]
  }

  // MARK: Words

  private static func names(_ addresses: [Address]) -> String {
    let rest = addresses.count - 5
    return addresses.prefix(5).map(\.description).joined(separator: ", ")
      + (rest > 0 ? " and \(rest) more" : "")
  }

  private static func count(_ number: Int) -> String { "\(number) resource\(number == 1 ? "" : "s")" }
}
