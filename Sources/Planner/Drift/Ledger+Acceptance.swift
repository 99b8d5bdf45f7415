extension Ledger {
  /// Records that the file now says what is live, for those of these properties of which that is true as a
  /// whole.
  ///
  /// - Parameters:
  ///   - names: the top-level properties that were written into the file.
  ///   - resource: as the file has it now.
  ///   - live: as it was read.
  ///   - schema: its kind's.
  ///   - fingerprint: salted with this ledger's salt.
  package mutating func takeOver(
    _ names: Set<String>, of resource: Resource, live: LiveResource, schema: Schema,
    _ fingerprint: Fingerprinter
  ) {
    guard let before = records[resource.address] else { return }
    var record = before
    for property in schema.properties where names.contains(property.name) {
      let value = live.properties[property.name]
      let wanted = resource[property.name]
      guard property.differences(live: value, wanted: wanted ?? property.defaultValue ?? .null).isEmpty else {
        continue
      }
      record.applied[property.name] = AppliedProperty(
        wanted: wanted.map { fingerprint(property.shape.normalised($0)) },
        live: fingerprint(property.shape.normalised(value ?? .null)))
      record.declared.removeAll { $0 == property.name }
      if wanted != nil { record.declared = (record.declared + [property.name]).sorted() }
    }
    let former = self
    records[resource.address] = record
    dropStaleExamples(since: former)
  }
}
