package import Planner

/// Amazon SQS queues.
///
/// Reads: two a queue (attributes, tags), and one listing for many. Writes: one to create one, one for all attributes that change, one each
/// for tags that come and that go. Facts: the SQS API reference (SetQueueAttributes), and `AWS::SQS::Queue` in CloudFormation.
package struct QueueKind: ListedKind {
  package init() {}

  package var schema: Schema { Self.declaration }
  package var readsTagsApart: Bool { true }

  private static let attributes = TextAttributes(declaration.properties)
  /// Attributes that a standard queue refuses, whatever their value.
  private static let fifoOnly: Set<String> = [
    "fifoQueue", "contentBasedDeduplication", "deduplicationScope", "fifoThroughputLimit",
  ]

  package func earlyAttributes(of resource: Resource, in target: Target) -> [String: Value] {
    attributes(name: resource.name ?? "", in: target)
  }

  private func attributes(name: String, in target: Target) -> [String: Value] {
    var attributes: [String: Value] = ["name": .string(name)]
    attributes["arn"] = target.arn("sqs", name)
    attributes["url"] = Self.url(name: name, in: target)
    return attributes
  }

  /// Where messages go. The endpoint's own, whatever name it gives itself: an emulator's QueueUrl need not resolve.
  static func url(name: String, in target: Target) -> Value? {
    guard let account = target.account else { return nil }
    if let endpoint = target.endpoint { return .string("\(endpoint)/\(account)/\(name)") }
    let suffix = Partition(region: target.region).hostSuffix
    return .string("https://sqs.\(target.region).\(suffix)/\(account)/\(name)")
  }

  // MARK: Verbs

  func names(
    beginningWith prefix: String, atMost pages: Int, _ aws: ReadingClient
  ) async throws(ProviderError) -> Set<String>? {
    var input: [String: Value] = ["MaxResults": 1000]
    if !prefix.isEmpty { input["QueueNamePrefix"] = .string(prefix) }
    return try await aws.items(SQS.listQueues, input, atMost: pages).map { urls in
      Set(urls.compactMap(\.string).compactMap { $0.split(separator: "/").last.map(String.init) })
    }
  }

  package func read(_ query: LiveQuery, _ aws: ReadingClient) async throws(ProviderError) -> LiveResource? {
    guard let name = query.name, let url = Self.url(name: name, in: aws.target) else { return nil }
    do throws(ProviderError) {
      let (attributes, tags) = try await sideBySide(
        { () throws(ProviderError) -> Value in
          if query.tagsSuffice { return [:] }
          return try await aws.read(SQS.getQueueAttributes, ["QueueUrl": url, "AttributeNames": ["All"]])
        },
        { () throws(ProviderError) in
          if let known = query.knownTags { return LiveTags(known.tags) }
          return try await SQS.tags.read(["QueueUrl": url], aws) ?? LiveTags()
        })
      var properties = Self.attributes.values(in: attributes["Attributes"])
      properties["tags"] = tags.declared
      return LiveResource(
        id: name, properties: properties, attributes: self.attributes(name: name, in: aws.target),
        owner: tags.owner)
    } catch {
      if error.kind == .notFound { return nil }
      throw error
    }
  }

  package func create(_ creation: Creation, _ aws: WritingClient) async throws(ProviderError) -> Created {
    let properties = creation.resource.properties.filter { !$0.value.isEmpty }
    let name = creation.resource.name ?? ""
    let isFIFO = properties["fifoQueue"] == true
    let sent = Set(properties.keys).subtracting(isFIFO ? [] : Self.fifoOnly)
    var input: [String: Value] = ["QueueName": .string(name), "tags": creation.tags.tagMap]
    let texts = Self.attributes.texts(of: properties, among: sent)
    if !texts.isEmpty { input["Attributes"] = .map(texts) }
    try await aws.write(SQS.createQueue, input)
    try await waitUntil(isThere: true, name: name, aws)
    return Created(id: name, attributes: attributes(name: name, in: aws.target))
  }

  package func update(_ update: Update, _ aws: WritingClient) async throws(ProviderError) -> [String: Value] {
    let name = update.live.id
    let url = Self.url(name: name, in: aws.target) ?? .null
    let texts = Self.attributes.texts(of: update.resource.properties, among: update.changed)
    if !texts.isEmpty {
      try await aws.write(SQS.setQueueAttributes, ["QueueUrl": url, "Attributes": .map(texts)])
    }
    if update.changes("tags") { try await SQS.tags.change(update, of: ["QueueUrl": url], aws) }
    return attributes(name: name, in: aws.target)
  }

  package func delete(_ deletion: Deletion, _ aws: WritingClient) async throws(ProviderError) {
    let url = Self.url(name: deletion.live.id, in: aws.target) ?? .null
    try await aws.delete(SQS.deleteQueue, ["QueueUrl": url])
    try await waitUntil(isThere: false, name: deletion.live.id, aws)
  }

  /// AWS takes up to a minute until a queue answers after its creation, or no longer answers after its deletion. Emulators act at once.
  private func waitUntil(
    isThere: Bool, name: String, _ aws: WritingClient
  ) async throws(ProviderError) {
    guard aws.target.endpoint == nil, let url = Self.url(name: name, in: aws.target) else { return }
    let question: [String: Value] = ["QueueUrl": url, "AttributeNames": ["QueueArn"]]
    let event = isThere ? "the queue \(name) to be there" : "the queue \(name) to be gone"
    _ = try await aws.waiting(for: event, atMost: .seconds(120)) { () throws(ProviderError) -> Bool? in
      let answer = try await aws.reading.readIfPresent(SQS.getQueueAttributes, question)
      return (answer != nil) == isThere ? true : nil
    }
  }
}
