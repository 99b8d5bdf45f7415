/// What a run created or changed, and which of it is read again.
///
/// An endpoint that returns a property differently does so for all resources that are alike. So of new
/// resources that differ only in names one is read again, as an example. For sixty queues of one pattern this
/// costs a few requests, not a hundred and twenty. Whatever was changed, or put together in more than one
/// try, is always read.
struct RereadSample {
  /// By address: the resource as it was sent, everything resolved.
  private(set) var made: [Address: Resource] = [:]
  /// Those to read again.
  private(set) var chosen: Set<Address> = []
  /// By address: the chosen resource that is read in its place.
  private(set) var standIns: [Address: Address] = [:]
  /// By address: what the service said of it.
  private(set) var outcomes: [Address: StepOutcome] = [:]

  init(of execution: Execution, steps: [Step]) {
    var creations: [(address: Address, resource: Resource)] = []
    for step in steps {
      guard let outcome = execution.outcomes[step.id], let resource = outcome.resource else { continue }
      made[step.address] = resource
      outcomes[step.address] = outcome
      if case .create = step.operation, !outcome.wasRepaired {
        creations.append((step.address, resource))
      } else {
        chosen.insert(step.address)
      }
    }
    let names = Set(creations.compactMap(\.resource.name))
    var seen: [Likeness: Address] = [:]
    for (address, resource) in creations {
      let likeness = Likeness(
        section: resource.section, isDerived: resource.isDerived,
        properties: resource.properties.mapValues { $0.likeness(names: names) })
      if let standIn = seen[likeness] {
        standIns[address] = standIn
      } else {
        seen[likeness] = address
        chosen.insert(address)
      }
    }
  }

  /// What those which were not read are taken to be: as they were sent.
  func taken(by stack: String) -> [Address: LiveResource] {
    var taken: [Address: LiveResource] = [:]
    for (address, resource) in made where !chosen.contains(address) {
      guard let outcome = outcomes[address] else { continue }
      taken[address] = LiveResource(
        id: outcome.id, properties: resource.properties, attributes: outcome.attributes,
        owner: Owner(stack: stack, address: address))
    }
    return taken
  }

  /// Chosen resources that could not be read, with the resources that they stand for. What was read and not found is
  /// ``ExistenceCheck``'s.
  func unread(_ reread: Snapshot) -> [UnreadResource] {
    chosen.sorted().compactMap { address in
      guard reread.live[address] == nil, let error = reread.failures[address] else { return nil }
      return UnreadResource(
        address, section: made[address]?.section ?? address.section, error,
        alike: standIns.filter { $0.value == address }.keys.sorted())
    }
  }

  /// Forgets what was found not to be there: it is nobody's example.
  mutating func drop(_ addresses: Set<Address>) {
    chosen.subtract(addresses)
    made = made.filter { !addresses.contains($0.key) }
    outcomes = outcomes.filter { !addresses.contains($0.key) }
    standIns = standIns.filter { !addresses.contains($0.key) && !addresses.contains($0.value) }
  }

  /// What these examples stood for is looked at itself from now on.
  ///
  /// - Returns: what was chosen so.
  mutating func chooseStandIns(of examples: Set<Address>) -> Set<Address> {
    let freed = Set(standIns.filter { examples.contains($0.value) }.keys)
    standIns = standIns.filter { !freed.contains($0.key) }
    chosen.formUnion(freed)
    return freed
  }

  /// The same of these resources alone.
  func only(_ addresses: Set<Address>) -> RereadSample {
    var sample = self
    sample.chosen.formIntersection(addresses)
    return sample
  }

  private struct Likeness: Hashable {
    var section: String
    var isDerived: Bool
    var properties: [String: Value]
  }
}

extension Value {
  /// The same tree with every text blanked that names something: a resource of the run, an ARN, a URL, a path.
  fileprivate func likeness(names: Set<String>) -> Value {
    switch self {
    case .string(let text):
      names.contains(text) || text.utf8.contains(UInt8(ascii: ":")) || text.utf8.contains(UInt8(ascii: "/"))
        ? "" : self
    case .list(let items): .list(items.map { $0.likeness(names: names) })
    case .map(let members): .map(members.mapValues { $0.likeness(names: names) })
    case .null, .boolean, .integer, .number, .pending: self
    }
  }
}
