/// Says what to read, and sorts the answers.
package struct SnapshotReader: Sendable {
  let reader: any LiveReader
  let registry: KindRegistry
  /// What is to be adopted: addresses or globs.
  var adopts: [String] = []
  /// What is left out: it is not read.
  var isExcluded: @Sendable (Address) -> Bool = { _ in false }

  /// Reads everything that the stack wants and the ledger knows. With a `depth` of nil, it reads of each
  /// resource what it declares, or declared when it was last applied.
  package func snapshot(of stack: Stack, ledger: Ledger?, depth: LiveQuery.Depth?) async -> Snapshot {
    let renamed = RenamedEntries(stack, ledger, registry)
    let wanted = stack.resources.filter { !isExcluded($0.address) }
      .map { query($0, stack: stack, ledger: ledger, renamed, depth: depth) }
    let former = formerQueries(stack: stack, ledger: ledger).filter { !isExcluded($0.address) }
    async let wantedAnswers = reader.read(wanted)
    async let formerAnswers = readFormer(former)
    var snapshot = Snapshot()
    for (address, answer) in await wantedAnswers { snapshot.take(answer, at: address) }
    for (address, answer) in await formerAnswers {
      switch answer {
      case .success(nil): break
      case .success(.some(let live)):
        if snapshot.live[address]?.id != live.id { snapshot.former[address, default: []].append(live) }
      case .failure(let error): snapshot.failures[address] = error
      }
    }
    return snapshot.knowing(ledger, of: stack)
  }

  /// Reads some resources again, as they are wanted with everything resolved, to the same depths as
  /// ``snapshot(of:ledger:depth:)``.
  package func read(
    _ resources: [Resource], stack: Stack, ledger: Ledger?, knownTags: [Address: KnownTags] = [:],
    depth: LiveQuery.Depth? = nil
  ) async -> Snapshot {
    var snapshot = Snapshot()
    let renamed = RenamedEntries(stack, ledger, registry)
    let queries = resources.map { resource in
      var query = query(resource, stack: stack, ledger: ledger, renamed, depth: depth)
      query.knownTags = knownTags[resource.address]
      query.looksForTwins = query.knownTags == nil
      return query
    }
    for (address, answer) in await reader.read(queries) { snapshot.take(answer, at: address) }
    return snapshot.knowing(ledger, of: stack)
  }

  /// The same with all properties, declared or not. If a full read fails, it reads only the declared
  /// properties; `halfRead` lists those resources.
  package func readWhole(
    _ resources: [Resource], stack: Stack, ledger: Ledger?, knownTags: [Address: KnownTags] = [:]
  ) async -> (snapshot: Snapshot, halfRead: Set<Address>) {
    var snapshot = await read(
      resources, stack: stack, ledger: ledger, knownTags: knownTags, depth: .everything)
    let halfRead = Set(snapshot.failures.filter { $0.value.kind != .unreachable }.keys)
    guard !halfRead.isEmpty else { return (snapshot, []) }
    let again = await read(
      resources.filter { halfRead.contains($0.address) }, stack: stack, ledger: ledger, knownTags: knownTags)
    for address in halfRead { snapshot.failures[address] = again.failures[address] }
    snapshot.live.merge(again.live) { _, new in new }
    return (snapshot, halfRead)
  }

  /// What exists of resources that the stack no longer has, or that have another identity now.
  package func readFormer(
    stack: Stack, ledger: Ledger, depth: LiveQuery.Depth = .existence
  ) async -> Snapshot {
    var snapshot = Snapshot()
    for (address, answer) in await readFormer(formerQueries(stack: stack, ledger: ledger, depth: depth)) {
      switch answer {
      case .success(nil): break
      case .success(.some(let live)): snapshot.former[address, default: []].append(live)
      case .failure(let error): snapshot.failures[address] = error
      }
    }
    return snapshot
  }

  private func query(
    _ resource: Resource, stack: Stack, ledger: Ledger?, _ renamed: RenamedEntries, depth: LiveQuery.Depth?
  ) -> LiveQuery {
    let record = ledger?.records[resource.address] ?? renamed.record(for: resource)
    let schema = registry[resource.section]?.schema
    let isNamed = schema?.naming?.isIdentity ?? false
    let name = schema.map { $0.identity(of: resource) } ?? resource.name
    let identity =
      isNamed ? record?.identities.first { $0.name == name } : record?.main(for: resource, schema)
    let declared = Set(resource.properties.keys).union(record?.declared ?? [])
    var query = LiveQuery(
      address: resource.address, section: resource.section, name: name, id: identity?.id,
      wanted: resource, depth: depth ?? .declared(declared),
      owner: Owner(stack: stack.name, address: resource.address),
      otherIDs: isNamed || identity?.id != nil ? [] : record?.ids(besides: identity) ?? [])
    query.looksForTwins = true
    query.findsByContents =
      record?.identities.contains { $0.id == nil } == true || resource.adopts
      || PlanOptions.matches(resource.address, adopts)
    return query
  }

  /// The identities of the ledger that the stack does not want.
  private func formerQueries(
    stack: Stack, ledger: Ledger?, depth: LiveQuery.Depth = .existence
  ) -> [LiveQuery] {
    (ledger?.records ?? [:]).flatMap { address, record -> [LiveQuery] in
      let wanted = stack[address]
      let schema = registry[record.section]?.schema
      let names = schema?.naming?.isIdentity ?? false
      let main = names ? nil : record.main(for: wanted, schema)
      return record.identities.compactMap { identity in
        if let wanted, wanted.section == record.section {
          if names ? identity.name == schema?.identity(of: wanted) : identity == main { return nil }
        }
        let connects = identity.connects.map { Resource(address, section: record.section, properties: $0) }
        // Whether it is the wanted one is seen by its contents, where no tags tell.
        let isTold = identity.id != nil || schema?.isTaggable != false
        var query = LiveQuery(
          address: address, section: record.section, name: identity.name, id: identity.id, wanted: connects,
          depth: isTold ? depth : .declared(Set(schema?.properties.map(\.name) ?? [])),
          owner: Owner(stack: stack.name, address: address), otherIDs: record.ids(besides: identity))
        // A digest proves it; what else is known of it others may have, too.
        query.findsByContents =
          identity.id == nil
          && schema?.properties.contains { $0.isDerived && identity.connects?[$0.name] != nil } == true
        // Of what the stack has, the question for the wanted one finds them.
        query.looksForTwins = wanted?.section != record.section
        return query
      }
    }
  }

  /// One address may have several former identities, and a reader's answers are by address: so they are read
  /// in rounds.
  private func readFormer(
    _ queries: [LiveQuery]
  ) async -> [(Address, Result<LiveResource?, ProviderError>)] {
    var rounds: [[LiveQuery]] = []
    var counts: [Address: Int] = [:]
    for query in queries {
      let round = counts[query.address, default: 0]
      counts[query.address] = round + 1
      if round == rounds.count { rounds.append([]) }
      rounds[round].append(query)
    }
    var answers: [(Address, Result<LiveResource?, ProviderError>)] = []
    for round in rounds { answers += await reader.read(round).map { ($0.key, $0.value) } }
    return answers
  }
}

extension Ledger.Record {
  /// Which of its identities is the wanted resource's, where the service gives the ids: the one that has an id. If
  /// a killed run may have created a successor and not noted its id, the identity with the wanted name comes first.
  fileprivate func main(for wanted: Resource?, _ schema: Schema?) -> Ledger.Identity? {
    let known = identities.first { $0.id != nil }
    guard schema?.naming?.isUnique == true, let name = wanted?.name, known?.name != name else { return known }
    return identities.first { $0.name == name } ?? known
  }

  /// The ids of all others.
  fileprivate func ids(besides identity: Ledger.Identity?) -> Set<String> {
    Set(identities.compactMap(\.id)).subtracting([identity?.id].compactMap { $0 })
  }
}

extension Snapshot {
  fileprivate mutating func take(_ answer: Result<LiveResource?, ProviderError>, at address: Address) {
    switch answer {
    case .success(let resource): live[address] = resource
    case .failure(let error): failures[address] = error
    }
  }
}
