import Planner

extension EventMappingKind {
  private static let collection = ["2015-03-31", "event-source-mappings"]
  private static func path(_ id: String) -> [String] { collection + [id] }

  func read(
    _ queries: [LiveQuery], _ aws: ReadingClient
  ) async -> [Address: Result<LiveResource?, ProviderError>] {
    guard queries.count >= 3 else {
      return await concurrently(queries) { query throws(ProviderError) in try await read(query, aws) }
    }
    switch await outcome({ () throws(ProviderError) in try await mappings(of: nil, aws) }) {
    case .success(let all):
      return await concurrently(queries) { query throws(ProviderError) in
        if let known = all.first(where: { $0["UUID"]?.string == query.id }) {
          return try await live(known, query, aws)
        }
        return try await find(query, among: all, aws)
      }
    case .failure(let error):
      return Dictionary(queries.map { ($0.address, .failure(error)) }) { first, _ in first }
    }
  }

  func read(_ query: LiveQuery, _ aws: ReadingClient) async throws(ProviderError) -> LiveResource? {
    if let id = query.id, let known = try await mapping(id, aws) { return try await live(known, query, aws) }
    guard let function = wantedFunction(query) else { return nil }
    return try await find(query, among: try await mappings(of: function, aws), aws)
  }

  private func wantedFunction(_ query: LiveQuery) -> FunctionReference? {
    query.wanted?["lambda"]?.string.map(FunctionReference.init)
  }

  private func mapping(_ id: String, _ aws: ReadingClient) async throws(ProviderError) -> Value? {
    try await aws.readIfPresent(AWSRequest(.lambda, "GetEventSourceMapping", .get, Self.path(id)))?.value
  }

  /// The mappings of one function, or all; none for a function that is not there.
  func mappings(
    of function: FunctionReference?, _ aws: ReadingClient
  ) async throws(ProviderError) -> [Value] {
    let filter = function.map { [(name: "FunctionName", value: String?.some($0.text))] } ?? []
    return try await aws.markedPages("ListEventSourceMappings", Self.collection, filter)
      .flatMap { $0.items("EventSourceMappings") }
  }

  /// The mapping of the wanted function that bears our tags; without one, what nobody else's tags are on. MiniStack lets there be
  /// several between one source and one function, and the source's ARN may not be known before its own creation.
  private func find(
    _ query: LiveQuery, among mappings: [Value], _ aws: ReadingClient
  ) async throws(ProviderError) -> LiveResource? {
    let function = wantedFunction(query)
    let source = query.wanted?["source"]?.string
    let candidates = mappings.filter { mapping in
      function != nil && mapping["FunctionArn"]?.string.map(FunctionReference.init) == function
    }
    // One on its way out must not hide the one that took its place.
    let (leaving, staying) = (candidates.filter(isLeaving), candidates.filter { !isLeaving($0) })
    var other: LiveResource?
    for mapping in staying + leaving {
      let live = try await live(mapping, query, aws)
      if live.owner == query.owner { return live }
      if source != nil, mapping["EventSourceArn"]?.string == source, other == nil || other?.owner != nil {
        other = live
      }
    }
    return other
  }

  private func live(
    _ mapping: Value, _ query: LiveQuery, _ aws: ReadingClient
  ) async throws(ProviderError) -> LiveResource {
    let attributes = self.attributes(mapping, aws.target)
    // What is known is of the mapping with the known id, and of none that a listing told.
    let isKnown = query.id != nil && query.id == mapping["UUID"]?.string
    let known = isKnown ? query.knownTags.map { LiveTags($0.tags) } : nil
    let tags: LiveTags
    if let known {
      tags = known
    } else {
      tags = try await LambdaTags.read(attributes["arn"]?.string ?? "", aws)
    }
    let arn = mapping["EventSourceArn"]?.string
    var properties = EventMappingSetting.properties(in: mapping)
    properties["source"] = arn.map(Value.string)
    // Endpoints don't always tell where it began.
    var untold = ["startingPosition", "startingPositionTimestamp"].filter { properties[$0] == nil }
    // Encrypted by a key that we may not use.
    if mapping["FilterCriteriaError"]?.isEmpty == false { untold.append("filterCriteria") }
    properties["lambda"] = function(mapping, query)
    properties["enabled"] = isEnabled(mapping, query)
    let usual = EventSource(arn: arn, section: nil).defaultBatchSize
    // The default depends on the source, so the schema can't have it: it is told only to who asks for it.
    if properties["batchSize"] == usual, query.wanted?["batchSize"]?.isNull ?? true {
      properties["batchSize"] = nil
    }
    if !tags.declared.isEmpty { properties["tags"] = tags.declared }
    return LiveResource(
      id: mapping["UUID"]?.string ?? "", properties: properties, attributes: attributes, owner: tags.owner,
      isDeleting: isLeaving(mapping), untold: Set(untold))
  }

  private func isLeaving(_ mapping: Value) -> Bool { mapping["State"] == "Deleting" }

  /// The service tells the ARN; what means the wanted is told as the wanted.
  private func function(_ mapping: Value, _ query: LiveQuery) -> Value? {
    guard let arn = mapping["FunctionArn"]?.string else { return nil }
    let isWanted = wantedFunction(query) == FunctionReference(arn)
    return isWanted ? query.wanted?["lambda"] : .string(arn)
  }

  /// A mapping on its way (Creating, Updating) does not tell where to: it goes where it was last sent.
  private func isEnabled(_ mapping: Value, _ query: LiveQuery) -> Value? {
    switch mapping["State"]?.string {
    case "Enabled", "Enabling": true
    case "Disabled", "Disabling": false
    default: query.wanted?["enabled"]
    }
  }

  func create(_ creation: Creation, _ aws: WritingClient) async throws(ProviderError) -> Created {
    let resource = creation.resource
    var fields = EventMappingSetting.fields(of: resource, source: Self.source(of: resource)) {
      resource[$0]?.isEmpty == false
    }
    fields["EventSourceArn"] = resource["source"]
    fields["FunctionName"] = resource["lambda"]
    fields["StartingPosition"] = resource["startingPosition"]
    fields["StartingPositionTimestamp"] = resource["startingPositionTimestamp"]
    fields["Tags"] = creation.tags.tagMap
    var request = AWSRequest(
      .lambda, "CreateEventSourceMapping", .post, Self.collection, body: .value(.map(fields)))
    request.retriedErrors = LambdaKind.freshRole
    let answer = try await aws.write(request).value
    let mapping = try await waitUntilActive(answer, aws)
    return Created(id: mapping["UUID"]?.string ?? "", attributes: attributes(mapping, aws.target))
  }

  func update(_ update: Update, _ aws: WritingClient) async throws(ProviderError) -> [String: Value] {
    var fields = EventMappingSetting.fields(
      of: update.resource, source: EventSource(arn: update.live.properties["source"]?.string, section: nil)
    ) { update.changed.contains($0) }
    if update.changes("lambda") { fields["FunctionName"] = update.resource["lambda"] }
    if !fields.isEmpty {
      var request = AWSRequest(
        .lambda, "UpdateEventSourceMapping", .put, Self.path(update.live.id), body: .value(.map(fields)))
      request.retriedErrors = LambdaKind.freshRole
      _ = try await waitUntilActive(try await aws.write(request).value, aws)
    }
    if update.changes("tags") {
      try await LambdaTags.update(update, arn: update.live.attributes["arn"]?.string ?? "", aws)
    }
    return update.live.attributes
  }

  /// Waits until no listing shows it: the source and the function can't be connected again before. (LocalStack's GetEventSourceMapping
  /// denies it at once, while its CreateEventSourceMapping still says that there is one.)
  func delete(_ deletion: Deletion, _ aws: WritingClient) async throws(ProviderError) {
    let id = deletion.live.id
    if !deletion.live.isDeleting {
      if aws.target.endpoint != nil, deletion.live.properties["enabled"] == false {
        try await enable(id, aws)
      }
      try await aws.delete(AWSRequest(.lambda, "DeleteEventSourceMapping", .delete, Self.path(id)))
    }
    let function = deletion.live.properties["lambda"]?.string.map(FunctionReference.init)
    try await aws.waiting(for: "the event mapping \(id) to be gone") { () throws(ProviderError) in
      try await mappings(of: function, aws.reading).contains { $0["UUID"]?.string == id } ? nil : ()
    }
  }

  /// A mapping that is deleted while disabled stays in LocalStack 4.8.1 as `Deleting` for ever, and in the way of the next one: only a
  /// worker that runs takes itself out.
  private func enable(_ id: String, _ aws: WritingClient) async throws(ProviderError) {
    let request = AWSRequest(
      .lambda, "UpdateEventSourceMapping", .put, Self.path(id), body: .value(["Enabled": true]))
    do throws(ProviderError) {
      _ = try await waitUntilActive(try await aws.write(request).value, aws)
    } catch {
      if error.kind != .notFound { throw error }
    }
  }

  /// The mapping once it is done with what it was told.
  private func waitUntilActive(_ answer: Value, _ aws: WritingClient) async throws(ProviderError) -> Value {
    var mapping = answer
    let id = answer["UUID"]?.string ?? ""
    return try await aws.waiting(for: "the event mapping \(id) to settle") { () throws(ProviderError) in
      if isUnderWay(mapping), let now = try await self.mapping(id, aws.reading) { mapping = now }
      guard isUnderWay(mapping) else { return mapping }
      return nil
    }
  }

  private func isUnderWay(_ mapping: Value) -> Bool {
    ["Creating", "Enabling", "Disabling", "Updating"].contains(mapping["State"]?.string)
  }

  private func attributes(_ mapping: Value, _ target: Target) -> [String: Value] {
    let id = mapping["UUID"]?.string ?? ""
    return ["id": .string(id), "arn": mapping["EventSourceMappingArn"] ?? arn(id, mapping, target)]
  }

  /// For endpoints that don't tell the mapping's own ARN.
  private func arn(_ id: String, _ mapping: Value, _ target: Target) -> Value {
    let pieces = (mapping["FunctionArn"]?.string ?? "").split(separator: ":")
    let account = pieces.count > 4 ? String(pieces[4]) : target.account ?? ""
    return .string("arn:\(target.partition):lambda:\(target.region):\(account):event-source-mapping:\(id)")
  }
}
