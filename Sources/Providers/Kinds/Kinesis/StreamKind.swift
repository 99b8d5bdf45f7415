import Planner

/// Amazon Kinesis data streams.
///
/// Reads: DescribeStreamSummary, and ListTagsForStream; one ListStreams for three or more returns which exist.
/// Writes: CreateStream, and one call for each setting that changes. After each of them comes a wait until the stream
/// is active again: Kinesis takes one change at a time. Facts: the Kinesis API reference, `AWS::Kinesis::Stream` in
/// CloudFormation.
struct StreamKind: DescribedKind {
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

  let calls = KindCalls(
    identity: .name("StreamName", known: ["arn": .arn("kinesis", "stream/")]),
    create: Kinesis.createStream, read: Kinesis.describeStreamSummary, answer: "StreamDescriptionSummary",
    ending: Ending(delete: Kinesis.deleteStream, input: ["EnforceConsumerDeletion": true]),
    // A resharding of many shards takes long.
    phase: Phase(path: "StreamStatus", ready: ["ACTIVE"], leaving: ["DELETING"], limit: .seconds(1800)),
    listing: Listing(operation: Kinesis.listStreams), tags: Kinesis.tags,
    fields: WireFields(apart: Set(changeable)))

  func complete(
    _ live: inout LiveResource, from answer: AWSResponse, _ query: LiveQuery, _ aws: ReadingClient
  ) async throws(ProviderError) {
    live.properties.merge(Self.properties(in: verbs.resource(in: answer.value) ?? .null)) { $1 }
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

  /// A creation takes the mode and the shards; all else is changed once the stream is active.
  func shape(_ input: inout [String: Value], of verb: KindVerb, for resource: Resource, in target: Target) {
    let mode = resource["streamMode"].flatMap { $0.isNull ? nil : $0 } ?? "PROVISIONED"
    input["StreamModeDetails"] = ["StreamMode": mode]
    guard mode == "PROVISIONED" else { return }
    input["ShardCount"] = resource["shardCount"].flatMap { $0.isNull ? nil : $0 } ?? 1
  }

  func finish(_ creation: Creation, _ id: String, _ aws: WritingClient) async throws(ProviderError) {
    let declared = Set(creation.resource.properties.filter { !$0.value.isEmpty }.keys)
    try await change(declared.subtracting(["streamMode", "shardCount"]), of: creation.resource, aws)
  }

  func update(_ update: Update, _ aws: WritingClient) async throws(ProviderError) -> [String: Value] {
    try await change(update.changed, of: update.resource, aws)
    if update.changes("tags") {
      try await Kinesis.tags.change(update, of: verbs.reference(update.live.id, in: aws.target), aws)
    }
    return update.live.attributes
  }
}
