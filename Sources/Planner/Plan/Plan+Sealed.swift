extension Plan {
  /// The plan with a fingerprint in the place of each secret: to be kept in a file, and compared with another plan that
  /// was sealed with the same salt.
  ///
  /// In steps a property that holds a secret anywhere is fingerprinted as a whole: by the schema, by the file, by the
  /// file at the last apply (`records` are the ledger's), and by its texts (`texts` are the secrets').
  package func sealed(
    by fingerprint: Fingerprinter, registry: KindRegistry, records: [Address: Ledger.Record],
    texts: Set<String>
  ) -> Plan {
    var sealed = self
    var secrets: [Address: Set<String>] = [:]
    for index in changes.indices {
      let address = changes[index].address
      // Of what was applied before such things were noted, everything is taken for a secret.
      let properties = registry[changes[index].section]?.schema.properties ?? []
      let known = [address, changes[index].formerAddress ?? address].compactMap { records[$0] }
      let isUnnoted = known.contains { $0.secrets == nil }
      var names = Set(isUnnoted ? properties.map(\.name) : known.flatMap { $0.secrets ?? [] })
      for property in properties
      where property.isSecret || property.shape.containsSecret {
        names.insert(property.name)
      }
      let attributes = registry[changes[index].section]?.schema.attributes ?? []
      names.formUnion(attributes.filter(\.isSecret).map(\.name))
      names.formUnion(changes[index].properties.filter(\.isSecret).compactMap(\.path.first))
      secrets[address] = names
      for place in changes[index].properties.indices {
        let change = changes[index].properties[place]
        let isSecret =
          change.isSecret || isUnnoted
          || [change.before, change.after].contains { $0?.mentions(texts) == true }
        guard isSecret else { continue }
        sealed.changes[index].properties[place].isSecret = true
        sealed.changes[index].properties[place].before = change.before.map { .string(fingerprint($0)) }
        sealed.changes[index].properties[place].after = change.after.map { .string(fingerprint($0)) }
      }
    }
    sealed.steps = steps.map { step in
      step.sealed { names in Seal(names: (secrets[step.address] ?? []).union(names), texts, fingerprint) }
    }
    return sealed
  }
}

/// Puts fingerprints in the place of secrets.
private struct Seal {
  private let names: Set<String>
  private let texts: Set<String>
  private let fingerprint: Fingerprinter

  init(names: Set<String>, _ texts: Set<String>, _ fingerprint: Fingerprinter) {
    (self.names, self.texts, self.fingerprint) = (names, texts, fingerprint)
  }

  func callAsFunction(_ values: [String: Value]) -> [String: Value] {
    Dictionary(
      uniqueKeysWithValues: values.map { name, value in
        (name, names.contains(name) || value.mentions(texts) ? .string(fingerprint(value)) : value)
      })
  }

  func callAsFunction(_ resource: Resource) -> Resource {
    var resource = resource
    resource.properties = self(resource.properties)
    return resource
  }

  func callAsFunction(_ live: LiveResource) -> LiveResource {
    var live = live
    live.properties = self(live.properties)
    live.attributes = self(live.attributes)
    live.twins = live.twins.map { self($0) }
    return live
  }
}

extension Step {
  fileprivate func sealed(_ seal: (_ more: Set<String>) -> Seal) -> Step {
    var step = self
    switch operation {
    case .create(let resource): step.operation = .create(seal(resource.secretProperties)(resource))
    case .update(let live, let resource, let changed):
      let seal = seal(resource.secretProperties)
      step.operation = .update(seal(live), seal(resource), changed: changed)
    case .delete(let live): step.operation = .delete(seal([])(live))
    }
    return step
  }
}
