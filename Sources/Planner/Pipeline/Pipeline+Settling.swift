extension Pipeline {
  /// Reads once more what the re-read does not show as it was written, as long as the endpoint may be telling of what
  /// was there before.
  ///
  /// Without it a late answer would be told as a change that the endpoint did not make, would be written a second
  /// time, and would go into the ledger: a later plan would take the true values for somebody else's.
  func settle(_ aftermath: inout Aftermath, _ planned: Planned, ledger: Ledger) async {
    var looks = 0
    while true {
      let open = unsettledAddresses(planned, aftermath, ledger: ledger)
      looks += 1
      guard !open.isEmpty, await reader.maySettle(after: looks) else { return }
      await look(at: open, &aftermath, planned)
    }
  }

  /// What was read and is not as it was written, or was not found. Not what the endpoint is known never to return.
  private func unsettledAddresses(
    _ planned: Planned, _ aftermath: Aftermath, ledger: Ledger
  ) -> Set<Address> {
    let missing = aftermath.examples.chosen.filter {
      aftermath.reread.live[$0] == nil && aftermath.reread.failures[$0] == nil
    }
    let differing = unsettled(planned, aftermath, ledger: ledger).filter { change in
      let known = ledger.records[change.address]?.unreported ?? []
      return change.properties.isEmpty
        || !change.properties.allSatisfy { known.contains($0.path.first ?? "") }
    }
    return missing.union(differing.map(\.address))
  }
}
