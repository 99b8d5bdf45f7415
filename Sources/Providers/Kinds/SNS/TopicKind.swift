package import Planner

/// Amazon SNS topics.
///
/// Reads: two a topic (attributes, tags), a third for a data protection policy that is asked for, and one listing for many. Writes: one to
/// create one; one for each attribute that changes, as SNS takes them singly, and one each for tags that come and that go. Facts: the SNS API reference (SetTopicAttributes), and `AWS::SNS::Topic` in CloudFormation.
package struct TopicKind: ListedKind {
  package init() {}

  package var schema: Schema { Self.declaration }
  package var readsTagsApart: Bool { true }

  private static let attributes = TextAttributes(
    declaration.properties, except: [dataProtection, TopicDeliveryLogging.property])
  /// It has calls of its own.
  private static let dataProtection = "dataProtectionPolicy"
  /// Attributes that a standard topic refuses.
  private static let fifoOnly: Set<String> = [
    "fifoTopic", "contentBasedDeduplication", "fifoThroughputScope", "archivePolicy",
  ]

  package func earlyAttributes(of resource: Resource, in target: Target) -> [String: Value] {
    attributes(name: resource.name ?? "", in: target)
  }

  private func attributes(name: String, in target: Target) -> [String: Value] {
    var attributes: [String: Value] = ["name": .string(name)]
    attributes["arn"] = target.arn("sns", name)
    return attributes
  }

  // MARK: Verbs

  func names(
    beginningWith prefix: String, atMost pages: Int, _ aws: ReadingClient
  ) async throws(ProviderError) -> Set<String>? {
    let listing = try await aws.pages(.sns, "ListTopics", token: "NextToken", atMost: pages)
    let arns = listing?.flatMap { $0.items("Topics").compactMap { $0["TopicArn"]?.string } }
    return arns.map { Set($0.compactMap { $0.split(separator: ":").last.map(String.init) }) }
  }

  package func read(_ query: LiveQuery, _ aws: ReadingClient) async throws(ProviderError) -> LiveResource? {
    guard let name = query.name, let arn = aws.target.arn("sns", name) else { return nil }
    do throws(ProviderError) {
      if let owned = try await owned(query, name: name, arn: arn, aws) { return owned }
      let (attributes, tags) = try await sideBySide(
        { () throws(ProviderError) in
          try await aws.read(.sns, "GetTopicAttributes", ["TopicArn": arn])
        },
        { () throws(ProviderError) in
          if let known = query.knownTags { return LiveTags(known.tags) }
          return try await Self.tags(of: arn, aws)
        })
      var properties = Self.attributes.values(in: attributes["Attributes"])
      let logging = TopicDeliveryLogging.value(in: attributes["Attributes"])
      if !logging.isEmpty { properties[TopicDeliveryLogging.property] = logging }
      if query.wants(Self.dataProtection) {
        properties[Self.dataProtection] = try await dataProtectionPolicy(of: arn, aws)
      }
      // What a topic without a policy of its own has, and what a reset writes.
      if properties["policy"]?["Id"] == Self.defaultPolicyID { properties["policy"] = nil }
      properties["tags"] = tags.declared
      return LiveResource(
        id: name, properties: properties, attributes: self.attributes(name: name, in: aws.target),
        owner: tags.owner)
    } catch {
      if error.kind == .notFound { return nil }
      throw error
    }
  }

  /// The topic when its tags alone were asked for and say whose it is; nil when that takes a look at the topic itself. LocalStack tells no tags
  /// of a missing topic as it does of an untagged one, and a FIFO topic's archive must be known for its deletion.
  private func owned(
    _ query: LiveQuery, name: String, arn: Value, _ aws: ReadingClient
  ) async throws(ProviderError) -> LiveResource? {
    guard query.tagsSuffice, !name.hasSuffix(".fifo") else { return nil }
    let tags = try await Self.tags(of: arn, aws)
    guard tags.owner != nil else { return nil }
    return LiveResource(
      id: name, properties: ["tags": tags.declared], attributes: attributes(name: name, in: aws.target),
      owner: tags.owner)
  }

  /// Neither emulator knows it, and what no one declares must not stand in the way of reading the rest.
  private func dataProtectionPolicy(
    of arn: Value, _ aws: ReadingClient
  ) async throws(ProviderError) -> Value? {
    do throws(ProviderError) {
      let answer = try await aws.read(.sns, "GetDataProtectionPolicy", ["ResourceArn": arn])
      let policy = answer["DataProtectionPolicy"]?.string.flatMap { Value(json: $0) }
      return policy?.isEmpty == false ? policy : nil
    } catch {
      if error.kind == .unsupported { return nil }
      throw error
    }
  }

  static func tags(of arn: Value, _ aws: ReadingClient) async throws(ProviderError) -> LiveTags {
    LiveTags(list: try await aws.read(.sns, "ListTagsForResource", ["ResourceArn": arn]).items("Tags"))
  }

  package func create(_ creation: Creation, _ aws: WritingClient) async throws(ProviderError) -> Created {
    let properties = creation.resource.properties.filter { !$0.value.isEmpty }
    let name = creation.resource.name ?? ""
    let isFIFO = properties["fifoTopic"] == true
    let sent = Set(properties.keys).subtracting(isFIFO ? [] : Self.fifoOnly)
    var input: [String: Value] = ["Name": .string(name), "Tags": creation.tags.tagList]
    let texts = Self.attributes.texts(of: properties, among: sent)
      .merging(TopicDeliveryLogging.texts(of: properties[TopicDeliveryLogging.property])) { first, _ in first
      }
    if !texts.isEmpty { input["Attributes"] = .map(texts) }
    if let policy = properties[Self.dataProtection] {
      input["DataProtectionPolicy"] = .string(policy.string ?? policy.json)
    }
    try await aws.write(.sns, "CreateTopic", .map(input))
    return Created(id: name, attributes: attributes(name: name, in: aws.target))
  }

  package func update(_ update: Update, _ aws: WritingClient) async throws(ProviderError) -> [String: Value] {
    let name = update.live.id
    let arn = aws.target.arn("sns", name) ?? .null
    var texts = Self.attributes.texts(of: update.resource.properties, among: update.changed)
    if texts["Policy"] == "" { texts["Policy"] = .string(defaultPolicy(arn, in: aws.target).json) }
    // SNS takes an archive policy out by an empty document, not by an empty text.
    if texts["ArchivePolicy"] == "" { texts["ArchivePolicy"] = "{}" }
    if update.changes(TopicDeliveryLogging.property) {
      let live = update.live.properties[TopicDeliveryLogging.property]
      let wanted = update.resource[TopicDeliveryLogging.property]
      texts.merge(TopicDeliveryLogging.changes(from: live, to: wanted)) { first, _ in first }
    }
    for (attribute, text) in texts.sorted(by: { $0.key < $1.key }) {
      let change: Value = ["TopicArn": arn, "AttributeName": .string(attribute), "AttributeValue": text]
      try await aws.write(.sns, "SetTopicAttributes", change)
    }
    if update.changes(Self.dataProtection) {
      let policy = update.resource[Self.dataProtection] ?? .null
      // There is no call to delete one: SNS takes it out by an empty text.
      let text = policy.isEmpty ? "" : policy.string ?? policy.json
      try await aws.write(
        .sns, "PutDataProtectionPolicy", ["ResourceArn": arn, "DataProtectionPolicy": .string(text)])
    }
    if update.changes("tags") {
      let removed = update.tagsToRemove
      if !removed.isEmpty {
        let keys = Value.list(removed.map(Value.string))
        try await aws.write(.sns, "UntagResource", ["ResourceArn": arn, "TagKeys": keys])
      }
      let added = update.tagsToAdd
      if !added.isEmpty {
        try await aws.write(.sns, "TagResource", ["ResourceArn": arn, "Tags": added.tagList])
      }
    }
    return attributes(name: name, in: aws.target)
  }

  /// SNS refuses to delete a topic that keeps an archive.
  package func delete(_ deletion: Deletion, _ aws: WritingClient) async throws(ProviderError) {
    let arn = aws.target.arn("sns", deletion.live.id) ?? .null
    if let archive = deletion.live.properties["archivePolicy"], !archive.isEmpty {
      let change: Value = ["TopicArn": arn, "AttributeName": "ArchivePolicy", "AttributeValue": "{}"]
      try await aws.delete(AWSRequest(.sns, "SetTopicAttributes", change))
    }
    try await aws.delete(AWSRequest(.sns, "DeleteTopic", ["TopicArn": arn]))
  }

  // MARK: The default policy

  private static let defaultPolicyID: Value = "__default_policy_ID"

  /// The policy that SNS gives a new topic: its account may do everything with it. SNS knows no way to remove a policy, only to set another.
  private func defaultPolicy(_ arn: Value, in target: Target) -> Value {
    let actions = [
      "GetTopicAttributes", "SetTopicAttributes", "AddPermission", "RemovePermission", "DeleteTopic",
      "Subscribe",
      "ListSubscriptionsByTopic", "Publish",
    ]
    return [
      "Version": "2008-10-17", "Id": Self.defaultPolicyID,
      "Statement": [
        [
          "Sid": "__default_statement_ID", "Effect": "Allow", "Principal": ["AWS": "*"],
          "Action": .list(actions.map { .string("SNS:\($0)") }), "Resource": arn,
          "Condition": ["StringEquals": ["AWS:SourceOwner": .string(target.account ?? "")]],
        ]
      ],
    ]
  }
}
