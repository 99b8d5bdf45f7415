extension Ledger {
  /// An example that was changed since says nothing any more of those that were made like it; `standIns` are the examples of
  /// this run.
  mutating func dropStaleExamples(since former: Ledger, standIns: [Address: Address] = [:]) {
    for (address, record) in records {
      guard let example = record.example, standIns[address] != example,
        former.records[example]?.applied != records[example]?.applied
      else { continue }
      records[address]?.example = nil
    }
  }
}
