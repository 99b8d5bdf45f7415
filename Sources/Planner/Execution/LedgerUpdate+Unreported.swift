extension Ledger.Record {
  /// Notes which properties the endpoint does not return: of what this run wrote, those that the read right after it
  /// lacks and that were never returned before; and of what was known before, those that are still declared and not
  /// returned. What is returned is known no longer.
  mutating func learn(
    of address: Address, _ steps: [Step], made: Resource?, former: Ledger.Record?, example: Ledger.Record?,
    _ run: Ledger.FinishedRun, _ schema: Schema
  ) {
    let looked = run.reread[address] == nil ? run.standIns[address] ?? address : address
    let read = run.reread[looked]
    let planned = run.snapshot.live[address]
    let live = made == nil ? planned : read ?? planned
    let known = Set(former?.unreported ?? []).intersection(declared)
    var names = live.map { live in known.filter(live.lacks) } ?? known
    if let made, let read {
      let nothing = run.fingerprint(.null)
      names.formUnion(
        schema.unreported(steps.written, of: made, in: read).subtracting(run.doubtful[looked] ?? [])
          .filter { name in
            let before = former?.applied[name]?.live ?? example?.applied[name]?.live ?? nothing
            return planned?.lacks(name) != false && before == nothing
          })
    }
    unreported = names.isEmpty ? nil : names.sorted()
    // That a read lacks them tells nothing of the values that they have.
    for name in names { applied[name]?.live = nil }
    for name in known.subtracting(names) where made == nil {
      guard let shape = schema.property(name)?.shape, let value = live?.properties[name] else { continue }
      applied[name]?.live = run.fingerprint(shape.normalised(value))
    }
  }
}

extension Step {
  /// The top-level properties that it changes in place.
  var changed: Set<String> {
    if case .update(_, _, let changed) = operation { Set(changed) } else { [] }
  }
}

extension [Step] {
  /// The top-level properties that these steps of one resource send.
  var written: Set<String> {
    reduce(into: []) { written, step in
      switch step.operation {
      case .create(let resource): written.formUnion(resource.properties.keys)
      case .update(_, _, let changed): written.formUnion(changed)
      case .delete: break
      }
    }
  }
}
