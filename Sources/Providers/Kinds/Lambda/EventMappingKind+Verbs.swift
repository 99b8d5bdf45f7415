import Planner

extension EventMappingKind {
  func read(
    _ queries: [LiveQuery], _ aws: ReadingClient
  ) async -> [Address: Result<LiveResource?, ProviderError>] {
    await readTogether(queries, aws) { () throws(ProviderError) in
      try await mappings(of: nil, aws)
    } one: { all, query throws(ProviderError) in
      try await find(query, among: all, aws)
    }
  }

  func read(_ query: LiveQuery, _ aws: ReadingClient) async throws(ProviderError) -> LiveResource? {
    let mayHaveTwin = aws.target.has(.makesMappingsTwice) && query.looksForTwins
    if let id = query.id, let known = try await mapping(id, aws) {
      let live = try await live(known, query, aws)
      // Its own function, whichever one is wanted now.
      guard mayHaveTwin, let function = known["FunctionArn"]?.string.map(FunctionReference.init) else {
        return live
      }
      return try await withTwins(live, of: known, query, among: try await mappings(of: function, aws), aws)
    }
    guard let function = wantedFunction(query) else { return nil }
    return try await find(query, among: try await mappings(of: function, aws), aws)
  }

  private func wantedFunction(_ query: LiveQuery) -> FunctionReference? {
    query.wanted?["lambda"]?.string.map(FunctionReference.init)
  }

  private static func key(_ id: String) -> [String: Value] { ["UUID": .string(id)] }

  private func mapping(_ id: String, _ aws: ReadingClient) async throws(ProviderError) -> Value? {
    try await aws.readIfPresent(Lambda.getEventSourceMapping, Self.key(id))
  }

  /// The mappings of one function, or all; none for a function that is not there.
  func mappings(
    of function: FunctionReference?, _ aws: ReadingClient
  ) async throws(ProviderError) -> [Value] {
    let name = function.map { Value.string($0.text) } ?? .null
    return try await aws.everyItem(Lambda.listEventSourceMappings, ["FunctionName": name])
  }

  /// The mapping with the known id; else that of the wanted function with our tags; without one, a mapping without
  /// another owner's tags.
  /// MiniStack takes several between one source and one function, and the source's ARN may not be known
  /// before its own creation.
  private func find(
    _ query: LiveQuery, among mappings: [Value], _ aws: ReadingClient
  ) async throws(ProviderError) -> LiveResource? {
    if let known = mappings.first(where: { $0["UUID"]?.string == query.id && query.id != nil }) {
      return try await withTwins(try await live(known, query, aws), of: known, query, among: mappings, aws)
    }
    let function = wantedFunction(query)
    let source = query.wanted?["source"]?.string
    let candidates = mappings.filter { mapping in
      function != nil && mapping["FunctionArn"]?.string.map(FunctionReference.init) == function
    }
    // A mapping that is being deleted must not hide the one that replaced it.
    let (leaving, staying) = (candidates.filter(isLeaving), candidates.filter { !isLeaving($0) })
    var other: LiveResource?
    for mapping in staying + leaving
    where !query.otherIDs.contains(mapping["UUID"]?.string ?? "") {
      let live = try await live(mapping, query, aws)
      if live.owner == query.owner {
        return try await withTwins(live, of: mapping, query, among: mappings, aws)
      }
      if source != nil, mapping["EventSourceArn"]?.string == source, other == nil || other?.owner != nil {
        other = live
      }
    }
    return other
  }

  /// Lambda refuses a second mapping of one source and one function: ``EndpointTrait/makesMappingsTwice``.
  private func withTwins(
    _ live: LiveResource, of mapping: Value, _ query: LiveQuery, among mappings: [Value], _ aws: ReadingClient
  ) async throws(ProviderError) -> LiveResource {
    var live = live
    let likes = mappings.filter { other in
      let id = other["UUID"]?.string ?? ""
      return id != live.id && !query.otherIDs.contains(id) && !isLeaving(other)
        && ["FunctionArn", "EventSourceArn"].allSatisfy { other[$0] == mapping[$0] }
    }
    for like in likes {
      let twin = try await self.live(like, query, aws)
      if twin.owner == query.owner { live.twins.append(twin) }
    }
    return live
  }

  private func live(
    _ mapping: Value, _ query: LiveQuery, _ aws: ReadingClient
  ) async throws(ProviderError) -> LiveResource {
    let id = try mapping.identity(at: "UUID", from: Lambda.getEventSourceMapping)
    let attributes = self.attributes(id, mapping, aws.target)
    let tags = try await tags(of: id, arn: attributes["arn"] ?? .null, query, aws)
    let arn = mapping["EventSourceArn"]?.string
    var properties = EventMappingSettings.properties(in: mapping)
    properties["source"] = arn.map(Value.string)
    // Endpoints don't always return where it began.
    var untold = ["startingPosition", "startingPositionTimestamp"].filter { properties[$0] == nil }
    // Encrypted by a key that we may not use.
    if mapping["FilterCriteriaError"]?.isEmpty == false { untold.append("filterCriteria") }
    properties["lambda"] = mapping["FunctionArn"]
    properties["enabled"] = isEnabled(mapping, query)
    let usual = EventSource(arn: arn, section: nil).defaultBatchSize
    // Hide the default batch size unless it is declared: it depends on the source, so the schema has none.
    if properties["batchSize"] == usual, query.wanted?["batchSize"]?.isNull ?? true {
      properties["batchSize"] = nil
    }
    if !tags.declared.isEmpty { properties["tags"] = tags.declared }
    return LiveResource(
      id: id, properties: properties, attributes: attributes, owner: tags.owner,
      isDeleting: isLeaving(mapping), untold: Set(untold))
  }

  /// Known tags are those of the mapping with the known id, and of no other that a listing returned.
  private func tags(
    of id: String, arn: Value, _ query: LiveQuery, _ aws: ReadingClient
  ) async throws(ProviderError) -> LiveTags {
    if query.id == id, let known = query.knownTags { return LiveTags(known.tags) }
    if let tags = try await Lambda.tags.read(["Resource": arn], aws) { return tags }
    throw ProviderError(
      .notFound, message: "the event mapping \(id) is there, and its tags are not",
      operation: "lambda:ListTags")
  }

  private func isLeaving(_ mapping: Value) -> Bool { mapping["State"] == "Deleting" }

  /// A mapping in transition (Creating, Updating) does not say to which state: it is the one that was last
  /// requested.
  private func isEnabled(_ mapping: Value, _ query: LiveQuery) -> Value? {
    switch mapping["State"]?.string {
    case "Enabled", "Enabling": true
    case "Disabled", "Disabling": false
    default: query.wanted?["enabled"]
    }
  }

  func create(_ creation: Creation, _ aws: WritingClient) async throws(ProviderError) -> Created {
    let resource = creation.resource
    var fields = EventMappingSettings.fields(of: resource, source: Self.source(of: resource)) {
      resource[$0]?.isEmpty == false
    }
    fields["EventSourceArn"] = resource["source"]
    fields["FunctionName"] = resource["lambda"]
    fields["Tags"] = creation.tags.tagMap
    let answer = try await aws.write(Lambda.createEventSourceMapping, fields)
    let id = try answer.identity(at: "UUID", from: Lambda.createEventSourceMapping)
    let mapping = try await settled(id, answer, aws)
    return Created(id: id, attributes: attributes(id, mapping, aws.target))
  }

  func update(_ update: Update, _ aws: WritingClient) async throws(ProviderError) -> [String: Value] {
    var fields = EventMappingSettings.fields(
      of: update.resource, source: EventSource(arn: update.live.properties["source"]?.string, section: nil)
    ) { update.changed.contains($0) }
    if update.changes("lambda") { fields["FunctionName"] = update.resource["lambda"] }
    if !fields.isEmpty { try await change(update.live.id, fields, aws) }
    if update.changes("tags") {
      let arn = update.live.attributes["arn"] ?? .null
      try await Lambda.tags.change(update, of: ["Resource": arn], aws)
    }
    return update.live.attributes
  }

  private func change(
    _ id: String, _ fields: [String: Value], _ aws: WritingClient
  ) async throws(ProviderError) {
    let input = fields.merging(Self.key(id)) { $1 }
    _ = try await settled(id, try await aws.write(Lambda.updateEventSourceMapping, input), aws)
  }

  /// The mapping, once it has finished its last change.
  private func settled(
    _ id: String, _ answer: Value, _ aws: WritingClient
  ) async throws(ProviderError) -> Value {
    try await aws.settled(
      "the event mapping \(id)", through: Lambda.phases, by: Lambda.getEventSourceMapping, from: answer,
      mayBeMissing: true
    ) { () throws(ProviderError) in try await mapping(id, aws.reading) }
  }

  /// Waits until no listing shows it: the source and the function can't be connected again before.
  /// (LocalStack's GetEventSourceMapping answers "not there" at once, while its CreateEventSourceMapping
  /// still says that there is one.)
  func delete(_ deletion: Deletion, _ aws: WritingClient) async throws(ProviderError) {
    let id = deletion.live.id
    if !deletion.live.isDeleting {
      if aws.target.has(.keepsDisabledMappings), deletion.live.properties["enabled"] == false {
        try await enable(id, aws)
      }
      try await aws.delete(Lambda.deleteEventSourceMapping, Self.key(id))
    }
    let function = deletion.live.properties["lambda"]?.string.map(FunctionReference.init)
    try await aws.waiting(for: "the event mapping \(id) to be gone") { () throws(ProviderError) in
      try await mappings(of: function, aws.reading).contains { $0["UUID"]?.string == id } ? nil : ()
    }
  }

  private func enable(_ id: String, _ aws: WritingClient) async throws(ProviderError) {
    do throws(ProviderError) {
      try await change(id, ["Enabled": true], aws)
    } catch {
      if error.kind != .notFound { throw error }
    }
  }

  /// The ARN follows from the id where the endpoint leaves it out.
  private func attributes(_ id: String, _ mapping: Value, _ target: Target) -> [String: Value] {
    let arn = mapping["EventSourceMappingArn"] ?? target.arn("lambda", "event-source-mapping:\(id)")
    return ["id": .string(id), "arn": arn ?? .null]
  }
}
