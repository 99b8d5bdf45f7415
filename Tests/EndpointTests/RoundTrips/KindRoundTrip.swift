import Providers
import Testing

@testable import Planner

/// Takes one resource through its kind's verbs on a real endpoint: made, read, each property changed, each reset, deleted.
struct KindRoundTrip {
  let kind: any AWSKind
  let endpoint: LiveEndpoint
  /// The resource, with every property set that the endpoint can hold.
  let subject: Resource
  /// Another value for each property that can change in place.
  var mutations: [String: Value] = [:]
  /// Properties that this endpoint can't give back, by its own defect.
  var unreadable: Set<String> = []
  /// Properties that can't be taken out by themselves.
  var unresettable: Set<String> = []

  private let owner = Owner(stack: "round-trip", address: Address("kinds", "subject"))

  init(
    _ kind: any AWSKind, on endpoint: LiveEndpoint, subject: Resource, mutations: [String: Value] = [:],
    unreadable: Set<String> = [], unresettable: Set<String> = []
  ) {
    self.kind = kind
    self.endpoint = endpoint
    self.subject = subject
    self.mutations = mutations
    self.unreadable = unreadable
    self.unresettable = unresettable
  }

  func run() async throws {
    #expect(try await read(subject, id: nil) == nil, "nothing is there before")
    let created = try await kind.create(Creation(resource: subject, owner: owner), endpoint.writing)
    #expect(Set(created.attributes.keys) == Set(kind.schema.attributes.map(\.name)))
    let early = kind.earlyAttributes(of: subject, in: endpoint.target)
    for (name, value) in early { #expect(created.attributes[name] == value, "attribute \(name)") }
    let live = try await present(subject, id: created.id)
    #expect(live.id == created.id && live.attributes == created.attributes)
    if kind.schema.isTaggable { #expect(live.owner == owner) }
    try await readsAmongOthers(id: created.id)

    var wanted = subject
    for (property, value) in mutations.sorted(by: { $0.key < $1.key }) {
      wanted.properties[property] = value
      try await change(to: wanted, property, id: created.id)
    }
    for property in kind.schema.properties where isResettable(property) {
      wanted.properties[property.name] = property.defaultValue ?? .null
      try await change(to: wanted, property.name, id: created.id)
    }
    try await delete(created.id, wanted)
  }

  private func isResettable(_ property: Property) -> Bool {
    !property.isRequired && property.change == .inPlace && subject.properties[property.name] != nil
      && !unresettable.contains(property.name)
  }

  private func change(to wanted: Resource, _ property: String, id: String) async throws {
    let live = try await present(nil, id: id)
    let update = Update(live: live, resource: wanted, owner: owner, changed: [property])
    let attributes = try await kind.update(update, endpoint.writing)
    let after = try await present(wanted, id: id, changed: property)
    #expect(attributes == after.attributes, "attributes after \(property)")
    if kind.schema.isTaggable { #expect(after.owner == owner, "owner after \(property)") }
  }

  private func delete(_ id: String, _ wanted: Resource) async throws {
    let live = try await present(nil, id: id)
    let deletion = Deletion(address: subject.address, section: subject.section, live: live)
    try await kind.delete(deletion, endpoint.writing)
    #expect(try await read(subject, id: id) == nil, "nothing is there afterwards")
    try await kind.delete(deletion, endpoint.writing)
    // What a name bore once must not come back with its next bearer.
    guard kind.schema.isTaggable, kind.schema.naming?.isIdentity == true else { return }
    var bare = subject
    bare.properties["tags"] = nil
    let other = Owner(stack: "another", address: Address("kinds", "subject"))
    let created = try await kind.create(Creation(resource: bare, owner: other), endpoint.writing)
    let again = try #require(try await read(bare, id: created.id))
    #expect(again.owner == other && again.properties["tags"]?.isEmpty ?? true)
    try await kind.delete(
      Deletion(address: subject.address, section: subject.section, live: again), endpoint.writing)
  }

  // MARK: Reading

  private func query(_ resource: Resource, id: String?) -> LiveQuery {
    LiveQuery(
      address: resource.address, section: resource.section, name: resource.name, id: id, wanted: resource,
      depth: .everything, owner: owner)
  }

  private func read(_ resource: Resource, id: String?) async throws -> LiveResource? {
    try await kind.read(query(resource, id: id), endpoint.reading)
  }

  /// The live resource, which must hold what `wanted` says.
  private func present(
    _ wanted: Resource?, id: String, changed: String = "creation"
  ) async throws -> LiveResource {
    let live = try #require(try await read(wanted ?? subject, id: id))
    for (name, value) in wanted?.properties ?? [:]
    where !unreadable.contains(name) && !live.untold.contains(name) {
      let property = try #require(kind.schema.property(name))
      let differences = property.differences(live: live.properties[name], wanted: value)
      #expect(differences == [], "\(name) after \(changed): \(live.properties[name]?.json ?? "nothing")")
    }
    return live
  }

  /// Reads the subject together with what is not there, as a plan of a larger stack does.
  private func readsAmongOthers(id: String) async throws {
    var queries = [query(subject, id: id)]
    for number in 1...3 {
      var other = Resource(
        Address(subject.section, "other-\(number)"), name: subject.name.map { "\($0)-other-\(number)" },
        properties: subject.properties)
      if other.name == nil { other.properties = ["topic": .string("arn:aws:sns:us-east-1:1:\(number)")] }
      if let name = other.name, name.contains(".fifo") { other.name = "other-\(number).fifo" }
      var query = query(other, id: nil)
      query.owner = Owner(stack: owner.stack, address: other.address)
      queries.append(query)
    }
    let answers = await kind.read(queries, endpoint.reading)
    #expect(answers.count == queries.count)
    for query in queries {
      let answer = try #require(answers[query.address])
      let isThere = try answer.get() != nil
      #expect(isThere == (query.address == subject.address), "\(query.address)")
    }
  }
}
