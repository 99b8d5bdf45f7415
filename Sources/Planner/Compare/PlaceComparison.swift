/// How what is live of a stack in one place differs from what is live of it in another.
package struct PlaceComparison: Sendable, Hashable {
  /// Differences that nothing asks for, in the order of the stack: the first place's, then what only the second has.
  package var undeclared: [PlaceDifference] = []
  /// Differences that follow from the profiles and their variables, or from two makes of endpoint.
  package var byDesign: [PlaceDifference] = []

  package init() {}

  package var isSame: Bool { undeclared.isEmpty }
}

/// One property, or one resource, that is not the same in both places.
package struct PlaceDifference: Sendable, Hashable {
  /// Why two places differ.
  package enum Cause: String, Sendable {
    /// Nothing declares it.
    case undeclared
    /// The two places run different releases, and these say so.
    case release
    /// The resource is in one place alone.
    case missing
    /// The same file wants it, with the profile's values.
    case profile
    /// It was neither declared nor changed: two makes of endpoint have different initial values.
    case endpoint
  }

  package var address: Address
  /// Members and indexes from the resource down; empty for the resource as a whole.
  package var path: [String]
  /// nil where there is nothing.
  package var first: Value?
  package var second: Value?
  package var cause: Cause
  package var isSecret = false

  /// `queues.jobs.visibilityTimeout`.
  package var name: String { ([address.description] + path).joined(separator: ".") }
}

/// One of the two places that are compared.
package struct ComparedPlace: Sendable {
  /// What is wanted there: the deployed release's stack, resolved for there.
  package var stack: Stack
  package var live: [Address: LiveResource]
  package var ledger: Ledger?
  package var fingerprint: Fingerprinter
  /// Resources that could not be read whole.
  package var halfRead: Set<Address>

  package init(
    stack: Stack, live: [Address: LiveResource], ledger: Ledger?, fingerprint: Fingerprinter,
    halfRead: Set<Address> = []
  ) {
    self.stack = stack
    self.live = live
    self.ledger = ledger
    self.fingerprint = fingerprint
    self.halfRead = halfRead
  }

  /// The resource as it is wanted, with all put in that is live.
  func wanted(_ address: Address) -> Resource? {
    stack[address]?.resolvedIfKnown { live[$0]?.attributes[$1] }
  }

  /// Whether a property is as the last apply left it, as far as the ledger knows.
  func isUntouched(_ property: Property, of address: Address) -> Bool {
    guard let record = ledger?.records[address] else { return false }
    let value = property.shape.normalised(live[address]?.properties[property.name] ?? .null)
    if let applied = record.applied[property.name]?.live { return applied == fingerprint(value) }
    return record.isReadWhole == true && value.isNull
  }
}
