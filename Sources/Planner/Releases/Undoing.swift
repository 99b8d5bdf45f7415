/// The stack as it is wanted once a run is undone: the release that was live before it, with the changes from
/// outside that were live then. It has only what the run touched.
package struct Undoing {
  /// Everything that the stack would have; only ``scope`` is planned.
  package private(set) var stack: Stack
  package private(set) var scope: Set<Address> = []
  /// What can't be restored, and what stays: the user must see these.
  package private(set) var notes: [String] = []
  /// What the ledger has to know of it afterwards.
  package private(set) var aftermath: UndoneRun
  private let registry: KindRegistry

  /// `base` is the stack of the release that was live before the run; an empty one where there was none. `fingerprint` has
  /// the ledger's salt, as the journal's fingerprints of secrets.
  package init(
    _ journal: RunJournal, base: Stack, registry: KindRegistry, fingerprint: Fingerprinter
  ) {
    stack = base
    aftermath = UndoneRun(id: journal.id, base: journal.base)
    self.registry = registry
    var gone: Set<Address> = []
    for entry in journal.entries {
      scope.insert(entry.address)
      if let former = entry.formerAddress { scope.insert(former) }
      switch entry.deed {
      case .created: if base[entry.address] != nil { gone.insert(entry.address) }
      case .updated: restore(entry, replacing: false)
      case .adopted:
        aftermath.givenBack.append(entry.address)
        restore(entry, replacing: false)
        notes.append(
          "\(entry.address) had no owner before: its owner tags come off, and no stack owns it again.")
      case .replaced, .deleted: restore(entry, replacing: true)
      }
    }
    remove(gone)
    for entry in journal.entries { tellOtherSecrets(of: entry, fingerprint) }
    for entry in journal.entries where entry.losesData {
      notes.append("What \(entry.address) held went with it, and does not come back.")
    }
  }

  /// A secret is kept nowhere: where the one that is given now is not the one of before the run, that does not come back.
  private mutating func tellOtherSecrets(of entry: RunJournal.Entry, _ fingerprint: Fingerprinter) {
    guard entry.deed == .updated, let schema = registry[entry.section]?.schema,
      let resource = stack[entry.address] ?? entry.formerAddress.flatMap({ stack[$0] })
    else { return }
    for (name, before) in entry.secrets.sorted(by: { $0.key < $1.key }) where entry.changed.contains(name) {
      guard let property = schema.property(name), !entry.drifted.contains(name),
        // Of what has members the service may return more than what was written.
        let value = resource.properties[name], !value.isPending, property.shape.isText,
        fingerprint(property.shape.normalised(value)) != before
      else { continue }
      notes.append(
        "\(entry.address).\(name) held another secret before the run, which is kept nowhere: it gets the one that is given now."
      )
    }
  }

  /// What the run created although the release before it has it: it had been deleted from outside. It is
  /// deleted again, unless something needs it.
  private mutating func remove(_ addresses: Set<Address>) {
    guard !addresses.isEmpty else { return }
    let needed = Set(
      stack.resources.filter { !addresses.contains($0.address) }
        .flatMap { $0.references.map(\.address) + $0.dependsOn })
    for address in addresses.intersection(needed).sorted() {
      notes.append("\(address) was gone before, and stays now: others refer to it.")
      scope.remove(address)
    }
    stack.replaceResources(
      with: stack.resources.filter { !addresses.contains($0.address) || needed.contains($0.address) })
  }

  private mutating func restore(_ entry: RunJournal.Entry, replacing: Bool) {
    guard let schema = registry[entry.section]?.schema else { return }
    let address = [entry.address, entry.formerAddress].compactMap(\.self).first { stack[$0] != nil }
    guard let address, var resource = stack[address], resource.section == entry.section else {
      remake(entry, schema: schema)
      return
    }
    // An update leaves what the run left; a resource that is created again has only the properties that it is
    // given.
    for name in (replacing ? Set(entry.drifted) : Set(entry.changed)).sorted() {
      guard let property = schema.property(name), !property.isLocal else { continue }
      // The value of the release before the run was live, unless it had been changed from outside.
      let isDrift = entry.drifted.contains(name)
      guard isDrift || resource.properties[name] == nil else { continue }
      // What was read of it followed from the file of the run: without an entry it is what the service makes of that.
      if property.isReadAsWanted, !isDrift { continue }
      guard let value = entry.properties[name] else {
        if isDrift {
          notes.append("\(address).\(name) had been changed and holds a secret: it gets the release's value.")
        }
        continue
      }
      guard isDrift || value != (property.defaultValue ?? .null) else { continue }
      if property.isDerived, resource.properties[name] != value, isDigest(value, in: resource, name) {
        notes.append("\(address).\(name): what was live is not kept anywhere; the release's is taken.")
        continue
      }
      if resource.properties[name] == nil { aftermath.undeclared[address, default: []].insert(name) }
      resource.properties[name] = value
    }
    stack[address] = resource
  }

  /// A digest names bytes, and those of a stranger are not at hand.
  private func isDigest(_ value: Value, in resource: Resource, _ name: String) -> Bool {
    stack.artifactDigests[resource.address] != nil && name.lowercased().hasSuffix("sha256")
  }

  /// What no release before the run has is made of what was live alone.
  private mutating func remake(_ entry: RunJournal.Entry, schema: Schema) {
    let known = schema.properties.filter { !$0.isLocal && entry.properties[$0.name] != nil }
    let missing = schema.properties.filter { $0.isRequired && entry.properties[$0.name] == nil }.map(\.name)
    guard missing.isEmpty, let id = entry.id else {
      notes.append(
        "\(entry.address) can't be made again: its \(missing.isEmpty ? "identity" : missing.joined(separator: ", ")) is kept nowhere."
      )
      scope.remove(entry.address)
      return
    }
    for name in entry.secrets.keys.sorted() {
      notes.append("\(entry.address).\(name) holds a secret and is kept nowhere: it is left out.")
    }
    let properties = Dictionary(known.map { ($0.name, entry.properties[$0.name] ?? .null) }) { first, _ in
      first
    }
    stack[entry.address] = Resource(
      entry.address, section: entry.section, name: schema.naming == nil ? nil : id,
      properties: properties.filter { !$0.value.isNull }, dependsOn: entry.needs.filter { stack[$0] != nil })
  }
}

extension Shape {
  fileprivate var isText: Bool { if case .string = self { true } else { false } }
}
