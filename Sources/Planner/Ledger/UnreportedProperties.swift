/// Properties that an endpoint takes and does not return: learnt by the read right after our own write, kept in the
/// ledger, and from then on compared with what was applied last. So a plan is quiet on endpoints that nobody knows,
/// too.
///
/// Only nothing at all counts as not returned. Another value, be it an empty one, is one that somebody set.
extension Schema {
  /// What an endpoint does not return of what was just written.
  ///
  /// - Parameters:
  ///   - written: the top-level properties that the step sent.
  ///   - sent: the resource as it was sent, everything resolved.
  ///   - live: as it was read right after the write.
  /// - Returns: the properties whose absence means something else than what was sent. Those of which the kind knows
  ///   it already are not among them.
  func unreported(_ written: Set<String>, of sent: Resource, in live: LiveResource) -> Set<String> {
    let silent = properties.filter { property in
      guard !property.isLocal, !property.isWriteOnly, written.contains(property.name),
        sent.declaredNames.contains(property.name), live.lacks(property.name),
        !live.untold.contains(property.name),
        // Owner tags stand among them: whose a resource is must be read.
        property.name != Property.tags.name, let wanted = sent[property.name]
      else { return false }
      return !property.differences(live: nil, wanted: wanted).isEmpty
    }
    return Set(silent.map(\.name))
  }
}

extension LiveResource {
  /// Nothing is known of the property: it is absent, or null.
  func lacks(_ property: String) -> Bool { properties[property]?.isNull != false }

  /// The same, with what the ledger has learnt: what it says is not returned, and indeed is not, is ``untold``.
  func knowing(_ record: Ledger.Record?) -> LiveResource {
    guard let unreported = record?.unreported else { return self }
    var live = self
    live.untold.formUnion(unreported.filter(lacks))
    return live
  }
}

extension Snapshot {
  /// The same, with what the ledger has learnt of each resource of the stack, and whom it was given to.
  func knowing(_ ledger: Ledger?, of stack: Stack) -> Snapshot {
    guard let ledger else { return self }
    var snapshot = self
    for (address, live) in self.live where ledger.records[address]?.unreported != nil {
      snapshot.live[address] = live.knowing(ledger.records[address])
    }
    snapshot.markGivenAway(by: ledger, of: stack)
    return snapshot
  }
}

extension Ledger {
  /// What this ledger has learnt that `former` did not know of any resource of the kind, sorted by kind and name.
  func learnt(since former: Ledger) -> [UnreportedProperty] {
    func unreported(_ ledger: Ledger) -> [UnreportedProperty.Key: [Address]] {
      var found: [UnreportedProperty.Key: [Address]] = [:]
      for (address, record) in ledger.records {
        for name in record.unreported ?? [] {
          found[UnreportedProperty.Key(section: record.section, name: name), default: []].append(address)
        }
      }
      return found
    }
    let known = unreported(former)
    return unreported(self).filter { known[$0.key] == nil }
      .map { UnreportedProperty(section: $0.key.section, name: $0.key.name, addresses: $0.value.sorted()) }
      .sorted { ($0.section, $0.name) < ($1.section, $1.name) }
  }
}

/// A property of a kind that the endpoint takes and does not return.
package struct UnreportedProperty: Sendable, Hashable {
  package var section: String
  package var name: String
  /// Where that was seen.
  package var addresses: [Address]

  fileprivate struct Key: Hashable {
    var section: String
    var name: String
  }
}
