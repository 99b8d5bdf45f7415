/// Resources that go from one stack to another: a value that says what would be done.
package struct StackMove: Sendable {
  /// The names of the two stacks.
  package let source: String
  package let target: String
  /// By address in the source: the address in the target.
  package let addresses: [Address: Address]
  /// The source's records of them, by address there; none when only the end is left to do.
  package let records: [Address: Ledger.Record]
  /// The target has no ledger yet.
  package let isNewStack: Bool
  /// A run that was killed has begun it.
  package let isContinued: Bool

  /// What the moved resources needed and what stays, by address: in the target's file these values are to be spelt out.
  package var left: [Address: [Address]] {
    records.mapValues { $0.needs.filter { addresses[$0] == nil } }.filter { !$0.value.isEmpty }
  }

  /// Derived resources that have the source's name in theirs: the target's next apply makes them anew.
  package var namedAfterSource: [Address] { records.parts(namedAfter: source) }

  /// Works out a move. `patterns` are addresses or globs of the source; the parts of an entry go along. `newAddress` is the
  /// address in the target, for one entry alone; nil for the same.
  ///
  /// - Throws: whatever must not be moved, each with its reason.
  package init(
    _ patterns: [String], as newAddress: Address?, from source: Ledger, to target: Ledger?, named name: String
  ) throws(Diagnostics) {
    guard source.stack != name else { throw Diagnostics([.movesNowhere(name)]) }
    try source.refuseRenaming()
    try target?.refuseRenaming()
    let arrived = target?.arrivals(matching: patterns, from: source.stack) ?? [:]
    let unknown = patterns.filter { pattern in
      !source.records.keys.contains { PlanOptions.matches($0, [pattern]) }
        && !arrived.keys.contains { PlanOptions.matches($0, [pattern]) }
    }
    guard unknown.isEmpty else {
      throw Diagnostics(
        unknown.map { pattern in
          let isThere = target?.records.keys.contains { PlanOptions.matches($0, [pattern]) } == true
          return isThere ? .movedAlready(pattern, source.stack, name) : source.unknownAddress(pattern)
        })
    }
    // What has arrived there, and has no mark here, is another resource that got its address since.
    let records = source.records.filter { address, record in
      PlanOptions.matches(address, patterns) && (arrived[address] == nil || record.handover != nil)
    }
    var addresses = arrived
    for address in records.keys {
      addresses[address] = newAddress.map { Address($0.section, $0.name, part: address.part) } ?? address
    }
    self.source = source.stack
    self.target = name
    self.addresses = addresses
    self.records = records
    isNewStack = target == nil
    isContinued = !arrived.isEmpty || records.values.contains { $0.handover != nil }
    let problems = Self.problems(records, addresses, as: newAddress, source, target, named: name)
    guard problems.isEmpty else { throw Diagnostics(problems) }
  }

  private static func problems(
    _ records: [Address: Ledger.Record], _ addresses: [Address: Address], as newAddress: Address?,
    _ source: Ledger, _ target: Ledger?,
    named name: String
  ) -> [Diagnostic] {
    let entries = Set(addresses.keys.map(\.declared))
    if let newAddress, entries.count > 1 { return [.oneNameForMany(newAddress, entries.count)] }
    if let newAddress, let entry = entries.first,
      entry.section != newAddress.section || newAddress.part != nil
    {
      return [.otherKind(entry, newAddress)]
    }
    return addresses.sorted { $0.key < $1.key }.flatMap { address, new -> [Diagnostic] in
      guard let record = records[address] else { return [] }
      var problems: [Diagnostic] = []
      if address.part != nil, source.records[address.declared] != nil, addresses[address.declared] == nil {
        problems.append(.partAlone(address))
      }
      if let handover = record.handover,
        handover != Handover(direction: .to, stack: name, address: new)
      {
        problems.append(.beingMoved(address, handover, of: source.stack, at: nil))
      }
      if record.isBeingForgotten == true {
        problems.append(.beingForgotten(address, of: source.stack, at: nil))
      }
      if let intent = record.intent { problems.append(.unfinished(address, intent)) }
      let mark = Handover(direction: .from, stack: source.stack, address: address)
      if let there = target?.records[new], there.handover != mark {
        problems.append(.addressTaken(new, name))
      }
      let users = source.records.filter { addresses[$0.key] == nil && $0.value.needs.contains(address) }.keys
      // Once begun it is finished, whatever else refers to it.
      if !users.isEmpty, record.handover == nil {
        problems.append(.stillUsed(address, by: users.sorted(), in: source.stack))
      }
      return problems
    }
  }
}

extension Ledger {
  /// Whether a move from there which was killed has brought records.
  package func isReceiving(from source: String) -> Bool {
    records.values.contains { $0.handover?.direction == .from && $0.handover?.stack == source }
  }

  /// Records that a move which was killed has brought from there, by their address there.
  fileprivate func arrivals(matching patterns: [String], from source: String) -> [Address: Address] {
    var arrivals: [Address: Address] = [:]
    for (address, record) in records {
      guard let handover = record.handover, handover.direction == .from, handover.stack == source,
        PlanOptions.matches(handover.address, patterns)
      else { continue }
      arrivals[handover.address] = address
    }
    return arrivals
  }
}

extension Diagnostic {
  fileprivate static func movesNowhere(_ stack: String) -> Diagnostic {
    Diagnostic(
      "The same stack", "The resource is in \"\(stack)\" already.",
      fix:
        "To give an entry another name, rename it in the file and keep its physical `name:`; a plan then says that it moves."
    )
  }

  fileprivate static func movedAlready(_ address: String, _ source: String, _ target: String) -> Diagnostic {
    Diagnostic(
      "Unknown address",
      "The ledger of \"\(source)\" has no resource \"\(address.shortened)\", and that of \"\(target)\" has one.",
      fix: "If it was moved already, nothing is left to do.")
  }

  fileprivate static func oneNameForMany(_ address: Address, _ count: Int) -> Diagnostic {
    Diagnostic(
      "One address for several resources", "--as \(address) names one entry, and \(count) would be moved.",
      fix: "Move each in a run of its own, or leave out --as.")
  }

  fileprivate static func otherKind(_ old: Address, _ new: Address) -> Diagnostic {
    Diagnostic(
      "Not an address for this resource", "\(old) can't become \(new): an address is its section and a name.",
      fix: "Write --as \(old.section).\(new.part == nil ? new.name : "NAME").")
  }

  fileprivate static func partAlone(_ address: Address) -> Diagnostic {
    Diagnostic(
      "A part goes with its entry", "\(address) belongs to \(address.declared).", address: address,
      fix: "Move \(address.declared): its parts go along.")
  }

  static func unfinished(_ address: Address, _ intent: Ledger.Record.Intent) -> Diagnostic {
    Diagnostic(
      "A run has not finished with the resource",
      "A run that was killed was \(intent.rawValue) \(address).", address: address,
      fix: "Let the stack finish it first: `stackform apply`, or `stackform destroy`.")
  }

  fileprivate static func addressTaken(_ address: Address, _ stack: String) -> Diagnostic {
    Diagnostic(
      "The address is taken", "The stack \"\(stack)\" has a resource \(address) already.", address: address,
      fix: "Give it another address there: --as \(address.section).NAME.")
  }

  fileprivate static func stillUsed(_ address: Address, by users: [Address], in stack: String) -> Diagnostic {
    let (shown, rest) = (users.prefix(5).map(\.description), users.count - 5)
    let names = shown.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
    let (verb, object, whose) = users.count == 1 ? ("refers", "it", "its") : ("refer", "them", "their")
    return Diagnostic(
      "Other resources refer to it",
      "\(names) of \"\(stack)\" \(verb) to \(address): \(whose) expressions could not be worked out any more.",
      address: address,
      fix:
        "Move \(object) along. Or take the reference out of the file and apply that, move, and then write the value "
        + "there as a text: as long as the resource is in this stack, a text that names it counts as a reference, too."
    )
  }
}
