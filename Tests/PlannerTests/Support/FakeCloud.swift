import Foundation

@testable import Planner

/// An endpoint in memory, with the faults of real ones: answers that are lost after the call was carried out,
/// refusals, and a death of the client between any request and its answer.
actor FakeCloud: LiveReader, LiveWriter {
  struct Item: Sendable, Equatable {
    var section: String
    var properties: [String: Value]
    var serial: Int
    var owner: Owner?
    /// Of kinds whose id is given, and whose name nothing else can have.
    var name: String?
    /// See ``LiveResource/deletionBar``.
    var deletionBar: String?
  }

  /// By section and identity.
  private(set) var items: [String: Item] = [:]
  private(set) var writes = 0
  private(set) var maximumConcurrency = 0
  private var running = 0
  /// Its first write waits until there is a second one, however busy the machine is.
  private var awaitsCompany = false
  private var counter = 0
  /// What happens to the n-th write from now; asked before each.
  private var fault: (@Sendable (Int) -> Fault)?
  /// Whether tags are set by the creating call; else a client that dies right after it leaves none. What has
  /// no name always takes its tags at creation, as APIs and event source mappings do everywhere: else nothing
  /// could tell whose it is.
  private let tagsAtCreation: Bool
  private var isDead = false
  /// What was asked, call by call.
  private(set) var looks: [[LiveQuery]] = []
  /// What was expected of existence, call by call.
  private(set) var expectations: [[ExpectedExistence]] = []
  /// A property that this endpoint takes at creation, and loses.
  private var lostProperty: String?
  /// Properties that this endpoint takes, and returns to nobody.
  private var silentProperties: Set<String> = []
  /// What it counts goes up with each update.
  private var countsUpdates = false
  /// What was there while something that it uses was not, after any write since ``watch()``: the user and the used.
  private(set) var bare: Set<[Address]> = []
  private var watches = false
  /// It confirms creations and makes nothing.
  private var forgetsCreations = false
  /// Whole reads tell what was there before the last writes, until so many waits are over.
  private var lateness = 0
  private var before: [String: Item]?
  /// Why a resource can't be read, by address.
  private var unreadable: [Address: ProviderError] = [:]

  enum Fault: Sendable {
    case none
    /// 500, and nothing happened.
    case refused
    /// 500, but it happened.
    case appliedThenLost
    /// The client dies after the call: nothing that it does afterwards happens.
    case killedAfter
    case killedBefore
    /// The service does not like it; it never will.
    case invalid
    /// Nothing happened, and this comes back.
    case error(ProviderError)
    /// Success is answered, and nothing happened.
    case answeredOnly
  }

  init(tagsAtCreation: Bool = true) { self.tagsAtCreation = tagsAtCreation }

  func setFault(_ fault: (@Sendable (Int) -> Fault)?) {
    self.fault = fault
    writes = 0
    isDead = false
  }

  func lose(_ property: String) { lostProperty = property }
  func silence(_ properties: Set<String>) { silentProperties = properties }
  func awaitCompany() { awaitsCompany = true }
  func watch() { watches = true }
  func countUpdates() { countsUpdates = true }
  func forgetCreations() { forgetsCreations = true }
  func tellLate(_ waits: Int) { lateness = waits }
  func maySettle(after looks: Int) -> Bool {
    if looks >= lateness { before = nil }
    return looks <= lateness
  }
  func hide(_ address: Address, _ error: ProviderError) { unreadable[address] = error }

  /// A new process looks at the same cloud.
  func revive() {
    isDead = false
    fault = nil
  }

  var died: Bool { isDead }

  /// The ids of all items of a section.
  func ids(_ section: String) -> [String] {
    items.keys.filter { $0.hasPrefix(section + "/") }.map { String($0.dropFirst(section.count + 1)) }.sorted()
  }

  func change(_ identity: String, _ change: (inout Item) -> Void) {
    if var item = items[identity] {
      change(&item)
      items[identity] = item
    }
  }

  func put(_ identity: String, _ item: Item) { items[identity] = item }
  func remove(_ identity: String) { items[identity] = nil }
  func wipe() { items = [:] }

  nonisolated static func identity(_ section: String, _ id: String) -> String { "\(section)/\(id)" }

  func read(_ queries: [LiveQuery]) async -> [Address: Result<LiveResource?, ProviderError>] {
    if isDead { return Dictionary(queries.map { ($0.address, .failure(Self.dead)) }) { first, _ in first } }
    looks.append(queries)
    var answers: [Address: Result<LiveResource?, ProviderError>] = [:]
    let now = items
    for query in queries {
      if query.depth == .everything { items = before ?? now }
      defer { items = now }
      answers[query.address] = unreadable[query.address].map { .failure($0) } ?? .success(find(query))
    }
    return answers
  }

  func verdicts(on expectations: [ExpectedExistence]) async -> [Result<Bool, ProviderError>] {
    if isDead { return expectations.map { _ in .failure(Self.dead) } }
    self.expectations.append(expectations)
    return expectations.map { expectation in
      let query = expectation.query
      if let error = unreadable[query.address] { return .failure(error) }
      return .success(expectation.isMet(by: find(query)))
    }
  }

  private func find(_ query: LiveQuery) -> LiveResource? {
    if let id = (query.section == "things" ? query.name : nil) ?? query.id {
      let live = live(query, id)
      if live != nil || !["rooms", "gates"].contains(query.section) { return live }
    }
    let prefix = query.section + "/"
    let match = items.first { key, item in
      key.hasPrefix(prefix)
        && (query.section == "links"
          ? item.properties["to"] == query.wanted?["to"] : item.owner == query.owner)
        && !query.otherIDs.contains(String(key.dropFirst(prefix.count)))
    }
    let found = match ?? named(query)
    return found.flatMap { live(query, String($0.key.dropFirst(prefix.count))) }
  }

  /// With who has the wanted name in its place.
  private func live(_ query: LiveQuery, _ id: String) -> LiveResource? {
    var live = live(query.section, id)
    if query.section == "gates", query.looksForTwins {
      let twins = ids("gates").filter { other in
        other != id && !query.otherIDs.contains(other)
          && items[Self.identity("gates", other)]?.owner == query.owner
      }
      live?.twins = twins.compactMap { self.live("gates", $0) }
    }
    if query.section == "links", let wanted = query.wanted?["to"], live?.properties["to"] != wanted,
      let other = items.first(where: { $1.section == "links" && $1.properties["to"] == wanted })
    {
      live?.rival = LiveResource.Rival(id: String(other.key.dropFirst("links/".count)), owner: nil)
    }
    if query.section == "rooms", live?.attributes["name"]?.string != query.name, let rival = named(query) {
      live?.rival = LiveResource.Rival(
        id: String(rival.key.dropFirst(query.section.count + 1)), owner: rival.value.owner)
    }
    return live
  }

  /// What has the wanted name, whosever it is.
  private func named(_ query: LiveQuery) -> (key: String, value: Item)? {
    guard query.wanted != nil, query.depth != .existence, let name = query.name else { return nil }
    return items.first { key, item in
      item.section == query.section && item.name == name
        && !query.otherIDs.contains(String(key.dropFirst(query.section.count + 1)))
    }
  }

  private func live(_ section: String, _ id: String) -> LiveResource? {
    guard let item = items[Self.identity(section, id)] else { return nil }
    return LiveResource(
      id: id, properties: item.properties.filter { $0.key != "pin" && !silentProperties.contains($0.key) },
      attributes: attributes(id, item), owner: section == "links" ? nil : item.owner,
      deletionBar: item.deletionBar)
  }

  private func attributes(_ id: String, _ item: Item) -> [String: Value] {
    item.section == "things"
      ? ["name": .string(id), "arn": .string("arn:\(id)"), "serial": .string("serial-\(item.serial)")]
      : ["id": .string(id)].merging(item.name.map { ["name": .string($0)] } ?? [:]) { $1 }
  }

  func create(_ creation: Creation) async throws(ProviderError) -> Created {
    let resource = creation.resource
    counter += 1
    let isNamed = resource.section == "things"
    let id = (isNamed ? resource.name : nil) ?? "id-\(counter)"
    let key = Self.identity(resource.section, id)
    let serial = counter
    let tagsAtOnce = tagsAtCreation || !isNamed
    let name = resource.section == "rooms" ? resource.name : nil
    try await write { items throws(ProviderError) in
      if items[key] != nil || items.values.contains(where: { name != nil && $0.name == name }) {
        throw ProviderError(.alreadyExists, message: "\(id) is there", operation: "create")
      }
      items[key] = Item(
        section: resource.section, properties: resource.properties.filter { $0.key != lostProperty },
        serial: serial, owner: tagsAtOnce ? creation.owner : nil, name: name)
    }
    if !tagsAtOnce { try await write { items throws(ProviderError) in items[key]?.owner = creation.owner } }
    let created = Created(id: id, attributes: items[key].map { attributes(id, $0) } ?? [:])
    if forgetsCreations { items[key] = nil }
    return created
  }

  func update(_ update: Update) async throws(ProviderError) -> [String: Value] {
    let key = Self.identity(update.resource.section, update.live.id)
    try await write { items throws(ProviderError) in
      guard items[key] != nil else {
        throw ProviderError(.notFound, message: "no \(key)", operation: "update")
      }
      for name in update.changed where name != "tags" {
        let value = update.resource.properties[name] ?? .null
        items[key]?.properties[name] = value.isNull ? nil : value
      }
      items[key]?.owner = update.isGivenUp ? nil : update.owner
      if countsUpdates { items[key]?.serial += 1 }
    }
    return items[key].map { attributes(update.live.id, $0) } ?? [:]
  }

  func delete(_ deletion: Deletion) async throws(ProviderError) {
    let key = Self.identity(deletion.section, deletion.live.id)
    try await write { items throws(ProviderError) in items[key] = nil }
  }

  private static let dead = ProviderError(.unreachable, message: "the client is dead", neverSent: true)

  private func noteBare() {
    guard watches else { return }
    let there = Set(items.values.compactMap(\.owner?.address))
    for item in items.values {
      for used in item.properties["uses"]?.list?.compactMap(\.string) ?? [] {
        let address = Address("things", String(used.dropFirst("arn:".count)))
        if !there.contains(address), let user = item.owner?.address {
          bare.insert([user, address])
        }
      }
    }
  }

  private func write(_ change: (inout [String: Item]) throws(ProviderError) -> Void)
    async throws(ProviderError)
  {
    defer { noteBare() }
    if isDead { throw Self.dead }
    if lateness > 0 { before = before ?? items }
    writes += 1
    running += 1
    maximumConcurrency = max(maximumConcurrency, running)
    defer { running -= 1 }
    let fault = fault?(writes) ?? .none
    await Task.yield()
    var patience = 1_000_000
    while awaitsCompany, maximumConcurrency < 2, patience > 0 {
      patience -= 1
      await Task.yield()
    }
    if isDead { throw Self.dead }
    switch fault {
    case .none: try change(&items)
    case .refused: throw ProviderError(.server, message: "refused", operation: "write", status: 500)
    case .error(let error): throw error
    case .answeredOnly: return
    case .invalid: throw ProviderError(.invalid, message: "not like this", operation: "write", status: 400)
    case .appliedThenLost:
      try change(&items)
      throw ProviderError(.server, message: "lost", operation: "write", status: 500)
    case .killedBefore:
      isDead = true
      throw Self.dead
    case .killedAfter:
      try change(&items)
      isDead = true
      throw Self.dead
    }
  }
}
