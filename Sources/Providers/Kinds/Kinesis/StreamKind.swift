import Planner

/// Amazon Kinesis data streams.
///
/// Reads: DescribeStreamSummary, and ListTagsForStream; one ListStreams for three or more returns which exist. Writes: CreateStream, and one call
/// for each setting that changes. After each of them comes a wait until the stream is active again: Kinesis takes one change at a time.
/// Facts: the Kinesis API reference, `AWS::Kinesis::Stream` in CloudFormation.
struct StreamKind: ListedKind {
  let schema = Schema(
    section: "streams", kind: "stream", title: "Amazon Kinesis data stream",
    summary: "An ordered log of records that several readers work through, each at its own pace.",
    naming: Naming(
      TextRule(length: 1...128, pattern: "[a-zA-Z0-9_.-]+", says: "letters, digits, and the signs _ . -")),
    holdsData: true,
    properties: [
      Property(
        "streamMode", .choice(["PROVISIONED", "ON_DEMAND"]), default: "PROVISIONED",
        "Whether shards are counted here, or come and go with the load."),
      Property(
        "shardCount", .integer(1...100_000), default: 1,
        "How many shards a PROVISIONED stream has; each takes 1 MB a second and gives 2."),
      Property(
        "retentionPeriodHours", .integer(24...8760), default: 24, "Hours that records can be read again."),
      Property(
        "streamEncryption",
        .object([
          Property("encryptionType", .choice(["KMS"]), default: "KMS", "With a key of KMS."),
          Property(
            "keyId", .string(TextRule(length: 1...2048)), required: true,
            "The key, by ARN, id or alias; AWS's own is `alias/aws/kinesis`."),
        ]), "How records are encrypted at rest; not at all without it."),
      Property(
        "desiredShardLevelMetrics",
        .set(
          .choice([
            "IncomingBytes", "IncomingRecords", "IteratorAgeMilliseconds", "OutgoingBytes", "OutgoingRecords",
            "ReadProvisionedThroughputExceeded", "WriteProvisionedThroughputExceeded",
          ])), "What is measured of each shard, at a price."),
    ],
    attributes: [
      Attribute("arn", early: true, "The stream's ARN."),
      Attribute("name", early: true, "The stream's name."),
    ],
    relations: [
      .goesWith(
        ["shardCount"], .value("streamMode", "PROVISIONED"),
        because: "An ON_DEMAND stream has as many shards as it needs.")
    ],
    example: """
      streams:
        clicks:
          shardCount: 2
          retentionPeriodHours: 48
      """)

  func earlyAttributes(of resource: Resource, in target: Target) -> [String: Value] {
    attributes(resource.name ?? "", target)
  }

  private func attributes(_ name: String, _ target: Target) -> [String: Value] {
    var attributes: [String: Value] = ["name": .string(name)]
    attributes["arn"] = target.arn("kinesis", "stream/\(name)")
    return attributes
  }

  // MARK: Reading

  func names(
    beginningWith prefix: String, atMost pages: Int, _ aws: ReadingClient
  ) async throws(ProviderError) -> Set<String>? {
    try await aws.items(Kinesis.listStreams, atMost: pages).map { Set($0.compactMap(\.string)) }
  }

  func read(_ query: LiveQuery, _ aws: ReadingClient) async throws(ProviderError) -> LiveResource? {
    guard let name = query.name, let summary = try await summary(name, aws) else { return nil }
    let tags = try await Kinesis.tags.read(["StreamName": .string(name)], aws) ?? LiveTags()
    var properties = StreamKind.properties(in: summary)
    if !tags.declared.isEmpty { properties["tags"] = tags.declared }
    return LiveResource(
      id: name, properties: properties, attributes: attributes(name, aws.target), owner: tags.owner,
      isDeleting: summary["StreamStatus"] == "DELETING")
  }

  static func properties(in summary: Value) -> [String: Value] {
    let mode = summary["StreamModeDetails"]?["StreamMode"] ?? "PROVISIONED"
    var properties: [String: Value] = ["streamMode": mode]
    // An ON_DEMAND stream has as many as its load needs.
    if mode == "PROVISIONED" { properties["shardCount"] = summary["OpenShardCount"] }
    properties["retentionPeriodHours"] = summary["RetentionPeriodHours"]
    if summary["EncryptionType"] == "KMS" {
      properties["streamEncryption"] = ["encryptionType": "KMS", "keyId": summary["KeyId"] ?? .null]
    }
    let metrics = summary.items("EnhancedMonitoring").flatMap { $0.items("ShardLevelMetrics") }
    if !metrics.isEmpty { properties["desiredShardLevelMetrics"] = .list(metrics) }
    return properties.filter { !$0.value.isNull }
  }

  private func summary(_ name: String, _ aws: ReadingClient) async throws(ProviderError) -> Value? {
    let input: [String: Value] = ["StreamName": .string(name)]
    return try await aws.readIfPresent(Kinesis.describeStreamSummary, input)?["StreamDescriptionSummary"]
  }

  // MARK: Writing

  func create(_ creation: Creation, _ aws: WritingClient) async throws(ProviderError) -> Created {
    let resource = creation.resource
    let name = resource.name ?? ""
    let mode = resource["streamMode"].flatMap { $0.isNull ? nil : $0 } ?? "PROVISIONED"
    var fields: [String: Value] = [
      "StreamName": .string(name), "StreamModeDetails": ["StreamMode": mode],
      "Tags": Kinesis.tags.wire(creation.tags),
    ]
    if mode == "PROVISIONED" {
      fields["ShardCount"] = resource["shardCount"].flatMap { $0.isNull ? nil : $0 } ?? 1
    }
    try await aws.write(Kinesis.createStream, fields)
    // Before the wait, so that a killed run leaves nothing without an owner.
    if aws.target.has(.dropsTagsOfNewStreams) {
      try await Kinesis.tags.put(creation.tags, on: ["StreamName": .string(name)], aws)
    }
    _ = try await active(name, aws)
    let declared = Set(resource.properties.filter { !$0.value.isEmpty }.keys)
    try await change(declared.subtracting(["streamMode", "shardCount"]), of: resource, aws)
    return Created(id: name, attributes: attributes(name, aws.target))
  }

  func update(_ update: Update, _ aws: WritingClient) async throws(ProviderError) -> [String: Value] {
    try await change(update.changed, of: update.resource, aws)
    if update.changes("tags") {
      try await Kinesis.tags.change(update, of: ["StreamName": .string(update.live.id)], aws)
    }
    return update.live.attributes
  }

  /// The stream once it takes changes.
  func active(_ name: String, _ aws: WritingClient) async throws(ProviderError) -> Value {
    // A resharding of many shards takes long.
    try await aws.waiting(for: "the stream \(name) to become active", atMost: .seconds(1800)) {
      () throws(ProviderError) in
      guard let summary = try await summary(name, aws.reading) else {
        throw ProviderError(
          .notFound, message: "the stream \(name) is gone", operation: "kinesis:DescribeStreamSummary")
      }
      return summary["StreamStatus"] == "ACTIVE" ? summary : nil
    }
  }

  func delete(_ deletion: Deletion, _ aws: WritingClient) async throws(ProviderError) {
    let name = deletion.live.id
    if !deletion.live.isDeleting {
      try await aws.delete(
        Kinesis.deleteStream, ["StreamName": .string(name), "EnforceConsumerDeletion": true])
    }
    try await aws.waiting(for: "the stream \(name) to be gone") { () throws(ProviderError) in
      try await summary(name, aws.reading) == nil ? () : nil
    }
  }
}
