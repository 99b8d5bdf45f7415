extension PlaceComparison {
  /// Compares two places.
  ///
  /// - Parameters:
  ///   - first: one place.
  ///   - second: the other.
  ///   - crossed: the first place's document, resolved for the second place. It distinguishes differences of
  ///     the documents from those of the profiles. nil
  ///     where it can't be resolved there.
  ///   - registry: the kinds.
  package init(
    _ first: ComparedPlace, _ second: ComparedPlace, crossed: Stack?, registry: KindRegistry
  ) {
    let finder = Finder(first: first, second: second, crossed: crossed, registry: registry)
    var seen: Set<Address> = []
    for resource in first.stack.resources + second.stack.resources
    where seen.insert(resource.address).inserted {
      for difference in finder.differences(of: resource) {
        switch difference.cause {
        case .undeclared, .release, .missing: undeclared.append(difference)
        case .profile, .endpoint: byDesign.append(difference)
        }
      }
    }
  }
}

private struct Finder {
  let first: ComparedPlace
  let second: ComparedPlace
  let crossed: Stack?
  let registry: KindRegistry
  let firstFolding: PlaceFolding
  let secondFolding: PlaceFolding
  /// One may be an emulator and the other not, or another one.
  let areOfTwoMakes: Bool

  init(first: ComparedPlace, second: ComparedPlace, crossed: Stack?, registry: KindRegistry) {
    self.first = first
    self.second = second
    self.crossed = crossed
    self.registry = registry
    firstFolding = PlaceFolding(first, against: second)
    secondFolding = PlaceFolding(second, against: first)
    areOfTwoMakes = first.stack.target.endpoint != second.stack.target.endpoint
  }

  func differences(of resource: Resource) -> [PlaceDifference] {
    let address = resource.address
    let lives = (first.live[address], second.live[address])
    guard let here = lives.0, let there = lives.1 else {
      if lives.0 == nil, lives.1 == nil { return [] }
      return [
        PlaceDifference(
          address: address, path: [], first: lives.0.map { .string($0.id) },
          second: lives.1.map { .string($0.id) }, cause: .missing)
      ]
    }
    guard let schema = registry[resource.section]?.schema else { return [] }
    let untold = here.untold.union(there.untold)
    return schema.properties.filter { !$0.isLocal && !$0.isWriteOnly && !untold.contains($0.name) }
      .flatMap { property in differences(of: property, at: address, here, there, resource) }
  }

  private func differences(
    of property: Property, at address: Address, _ here: LiveResource, _ there: LiveResource,
    _ resource: Resource
  ) -> [PlaceDifference] {
    let values = (here.properties[property.name], there.properties[property.name])
    // Values that are equal as they are need no folding.
    let plain = symmetric(property, values.0, values.1)
    guard !plain.isEmpty else { return [] }
    let found = symmetric(
      property, values.0.map(firstFolding.folded), values.1.map(secondFolding.folded)
    ).filter { path in plain.contains { path.starts(with: $0) || $0.starts(with: path) } }
    guard !found.isEmpty else { return [] }
    let wanted = (first.wanted(address)?[property.name], second.wanted(address)?[property.name])
    // A property that was not read in one of the two places is not a difference.
    if wanted.0 == nil, wanted.1 == nil,
      first.halfRead.contains(address) || second.halfRead.contains(address)
    {
      return []
    }
    return found.compactMap { path in
      let whole = [property.name] + path
      let cause = cause(of: property, path, at: address, live: values, wanted: wanted)
      // The hash of a deployment, the digest of an image of both: what follows from what is by design anyway.
      if property.isDerived, cause == .profile { return nil }
      return PlaceDifference(
        address: address, path: whole, first: values.0?.at(path[...]), second: values.1?.at(path[...]),
        cause: cause,
        isSecret: property.isSecret || property.shape.isSecret(at: path[...]) || resource.isSecret(whole))
    }
  }

  /// Where two live values differ, whichever is held against the other: members that one of them has alone count too.
  private func symmetric(_ property: Property, _ here: Value?, _ there: Value?) -> [[String]] {
    var paths: [[String]] = []
    let forth = property.differences(live: here, wanted: there ?? .null).map(\.path)
    let back = property.differences(live: there, wanted: here ?? .null).map(\.path)
    for path in forth + back
    where !paths.contains(where: { path.starts(with: $0) || $0.starts(with: path) }) { paths.append(path) }
    return paths.sorted { $0.lexicographicallyPrecedes($1) }
  }

  private func cause(
    of property: Property, _ path: [String], at address: Address, live: (Value?, Value?),
    wanted: (Value?, Value?)
  ) -> PlaceDifference.Cause {
    switch wanted {
    case (nil, nil):
      let isTheEndpoints =
        areOfTwoMakes && first.isUntouched(property, of: address) && second.isUntouched(property, of: address)
      return isTheEndpoints ? .endpoint : .undeclared
    case (let here?, let there?):
      guard isAsWanted(property, path, live.0, here), isAsWanted(property, path, live.1, there) else {
        return .undeclared
      }
      return saysTheSame(property, address, there) ? .profile : .release
    case (let here?, nil): return isAsWanted(property, path, live.0, here) ? .release : .undeclared
    case (nil, let there?): return isAsWanted(property, path, live.1, there) ? .release : .undeclared
    }
  }

  /// Whether what is live at the path is what its own place wants there.
  private func isAsWanted(_ property: Property, _ path: [String], _ live: Value?, _ wanted: Value) -> Bool {
    let differences = property.differences(live: live, wanted: wanted, pendingMatches: true)
    guard !differences.contains(where: { path.starts(with: $0.path) || $0.path.starts(with: path) }) else {
      return false
    }
    // A member that the file does not mention is not wanted by anyone.
    return wanted.mentions(path[...])
  }

  /// Whether the first place's document would want the same in the second place.
  private func saysTheSame(_ property: Property, _ address: Address, _ there: Value) -> Bool {
    guard let crossed else { return false }
    let wanted = crossed[address]?.resolvedIfKnown { second.live[$0]?.attributes[$1] }[property.name]
    guard let wanted else { return false }
    return property.shape.normalised(wanted) == property.shape.normalised(there)
  }
}

extension Value {
  /// The value at a path; nil for nothing.
  package func at(_ path: ArraySlice<String>) -> Value? {
    guard let first = path.first else { return self }
    return (self[first] ?? Int(first).flatMap { self[$0] })?.at(path.dropFirst())
  }

  /// Whether it says something about a path, even if that is "nothing".
  fileprivate func mentions(_ path: ArraySlice<String>) -> Bool {
    guard let first = path.first else { return true }
    switch self {
    case .map(let members): return members[first]?.mentions(path.dropFirst()) ?? false
    case .list(let items):
      guard let index = Int(first) else { return true }
      return items.indices.contains(index) && items[index].mentions(path.dropFirst())
    case .null, .boolean, .integer, .number, .string, .pending: return true
    }
  }
}
