/// What a run writes into the record of one resource.
extension Ledger.Record {
  /// Of some property it is not known what was live after the last apply, although the endpoint returns it.
  var isReadInPart: Bool {
    applied.isEmpty || applied.contains { $1.live == nil && unreported?.contains($0) != true }
  }

  /// What is read of the property can be held against what was read after the last apply: of what is read as the file has
  /// it, only while the file says the same.
  func canCompare(_ property: Property, wanted: Value?, _ fingerprint: Fingerprinter) -> Bool {
    guard property.isReadAsWanted, let applied = applied[property.name] else { return true }
    return applied.wanted == wanted.map { fingerprint(property.shape.normalised($0)) }
  }

  /// From now on the record names this identity; those of earlier ones go where nothing is left to be done.
  mutating func settle(on identity: Ledger.Identity, naming: Naming?, isDone: Bool) {
    let namesAreUnique = naming?.isIdentity == true && naming?.change != .replaces
    identities.removeAll {
      isDone || $0.id == identity.id || ($0.name == identity.name && ($0.id == nil || namesAreUnique))
        || ($0.id == nil && $0.name == nil)
    }
    if isDone { intent = nil }
    identities.insert(identity, at: 0)
  }

  /// Takes up what the file says of the resource besides its values.
  mutating func note(_ resource: Resource, schema: Schema?) {
    keepDeletion(of: resource, schema: schema)
    isProtected = resource.isProtected
    declared = resource.declaredNames.sorted()
    secrets = resource.secretProperties.sorted()
    secretPaths = resource.secretPaths.sorted()
  }

  /// Keep reporting an undeclared property as changed if it was changed from outside before this run and the
  /// run did not touch it.
  mutating func keepMoves(
    since before: Ledger.Record, planned: LiveResource, schema: Schema, _ fingerprint: Fingerprinter
  ) {
    for property in schema.properties where !property.isLocal && applied[property.name]?.wanted == nil {
      func print(_ value: Value) -> String { fingerprint(property.shape.normalised(value)) }
      guard let found = planned.properties[property.name].map(print), found == applied[property.name]?.live,
        before.applied[property.name]?.wanted == nil,
        let former = before.applied[property.name]?.live ?? (before.isReadWhole == true ? print(.null) : nil),
        former != found
      else { continue }
      applied[property.name] = Ledger.AppliedProperty(wanted: nil, live: former)
    }
  }

  /// What the plan found to be as the file now says it is applied, although no step was needed: a value that was
  /// taken over from the cloud.
  mutating func confirm(
    _ resource: Resource, live: LiveResource, schema: Schema, _ fingerprint: Fingerprinter
  ) {
    for property in schema.properties where !property.isLocal {
      let wanted = resource.properties[property.name].map { fingerprint(property.shape.normalised($0)) }
      guard wanted != applied[property.name]?.wanted else { continue }
      let found = fingerprint(property.shape.normalised(live.properties[property.name] ?? .null))
      applied[property.name] = Ledger.AppliedProperty(wanted: wanted, live: found)
    }
  }

  /// Before it is written anywhere: of a run that is killed, too, it is known what holds a secret.
  mutating func noteSecrets(of resource: Resource) {
    // A record that says nothing of secrets may have any.
    if secrets == nil, !declared.isEmpty { return }
    if secretPaths != nil || secrets?.isEmpty != false {
      secretPaths = Set(secretPaths ?? []).union(resource.secretPaths).sorted()
    }
    secrets = Set(secrets ?? []).union(resource.secretProperties).sorted()
  }

  /// Keeps what the file says of a deletion: it must be known when the file no longer names the resource.
  mutating func keepDeletion(of resource: Resource, schema: Schema?) {
    var values: [String: Value] = [:]
    for property in schema?.properties ?? [] where property.isForDeletion && !property.isSecret {
      if let value = resource[property.name], !value.isPending, !resource.isSecret([property.name]) {
        values[property.name] = value
      }
    }
    onDeletion = values.isEmpty ? nil : values
  }

  /// Takes up the identity of what is about to be made.
  mutating func expect(_ resource: Resource, schema: Schema?) {
    if schema?.naming?.isIdentity == true {
      let name = schema?.identity(of: resource)
      if !identities.contains(where: { $0.name == name }) {
        identities.append(Ledger.Identity(name: name, id: nil))
      }
      return
    }
    let telling = Set(
      (schema?.properties ?? []).filter { property in
        (property.isRequired || property.isDerived || property.change == .replaces)
          && !property.isSecret && !property.isLocal && !property.isWriteOnly
      }.map(\.name))
    let connects = resource.properties.filter { name, value in
      telling.contains(name) && !value.isPending && !resource.isSecret([name])
    }
    identities.removeAll { $0.id == nil }
    let name = schema?.naming != nil ? resource.name : nil
    identities.append(Ledger.Identity(name: name, id: nil, connects: connects))
  }
}
