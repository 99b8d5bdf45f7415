package import Planner

/// Amazon SNS topics.
///
/// Reads: two a topic (attributes, tags), a third for a data protection policy that is asked for, and one listing for many. Writes: one to
/// create one; one for each attribute that changes, as SNS takes one a call, and one each for tags that come and that go. Facts: the SNS API
/// reference (SetTopicAttributes), and `AWS::SNS::Topic` in CloudFormation.
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
    try await aws.items(SNS.listTopics, atMost: pages).map { topics in
      let arns = topics.compactMap { $0["TopicArn"]?.string }
      return Set(arns.compactMap { $0.split(separator: ":").last.map(String.init) })
    }
  }

  package func read(_ query: LiveQuery, _ aws: ReadingClient) async throws(ProviderError) -> LiveResource? {
    guard let name = query.name, let arn = aws.target.arn("sns", name) else { return nil }
    do throws(ProviderError) {
      // LocalStack answers for a missing topic as for one without tags, and a FIFO topic's archive must be known for its deletion.
      if query.tagsSuffice, !name.hasSuffix(".fifo") {
        guard let tags = try await SNS.tags.read(["ResourceArn": arn], aws) else { return nil }
        if tags.owner != nil { return live(name, ["tags": tags.declared], tags, aws.target) }
      }
      let (attributes, tags) = try await sideBySide(
        { () throws(ProviderError) in
          try await aws.read(SNS.getTopicAttributes, ["TopicArn": arn])
        },
        { () throws(ProviderError) in
          if let known = query.knownTags { return LiveTags(known.tags) }
          return try await SNS.tags.read(["ResourceArn": arn], aws) ?? LiveTags()
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
      return live(name, properties, tags, aws.target)
    } catch {
      if error.kind == .notFound { return nil }
      throw error
    }
  }

  private func live(
    _ name: String, _ properties: [String: Value], _ tags: LiveTags, _ target: Target
  ) -> LiveResource {
    LiveResource(
      id: name, properties: properties, attributes: attributes(name: name, in: target), owner: tags.owner)
  }

  /// nil also where the endpoint has no such call, as both emulators: the rest is read all the same.
  private func dataProtectionPolicy(
    of arn: Value, _ aws: ReadingClient
  ) async throws(ProviderError) -> Value? {
    do throws(ProviderError) {
      let answer = try await aws.read(SNS.getDataProtectionPolicy, ["ResourceArn": arn])
      let policy = answer["DataProtectionPolicy"]?.string.flatMap { Value(json: $0) }
      return policy?.isEmpty == false ? policy : nil
    } catch {
      if error.kind == .unsupported { return nil }
      throw error
    }
  }

  package func create(_ creation: Creation, _ aws: WritingClient) async throws(ProviderError) -> Created {
    let properties = creation.resource.properties.filter { !$0.value.isEmpty }
    let name = creation.resource.name ?? ""
    let isFIFO = properties["fifoTopic"] == true
    let sent = Set(properties.keys).subtracting(isFIFO ? [] : Self.fifoOnly)
    var input: [String: Value] = ["Name": .string(name), "Tags": SNS.tags.wire(creation.tags)]
    let texts = Self.attributes.texts(of: properties, among: sent)
      .merging(TopicDeliveryLogging.texts(of: properties[TopicDeliveryLogging.property])) { first, _ in first
      }
    if !texts.isEmpty { input["Attributes"] = .map(texts) }
    if let policy = properties[Self.dataProtection] {
      input["DataProtectionPolicy"] = .string(policy.string ?? policy.json)
    }
    try await aws.write(SNS.createTopic, input)
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
      try await aws.write(
        SNS.setTopicAttributes,
        ["TopicArn": arn, "AttributeName": .string(attribute), "AttributeValue": text])
    }
    if update.changes(Self.dataProtection) {
      let policy = update.resource[Self.dataProtection] ?? .null
      // There is no call to delete one: an empty text removes it.
      let text = policy.isEmpty ? "" : policy.string ?? policy.json
      try await aws.write(
        SNS.putDataProtectionPolicy, ["ResourceArn": arn, "DataProtectionPolicy": .string(text)])
    }
    if update.changes("tags") { try await SNS.tags.change(update, of: ["ResourceArn": arn], aws) }
    return attributes(name: name, in: aws.target)
  }

  /// SNS refuses to delete a topic that keeps an archive.
  package func delete(_ deletion: Deletion, _ aws: WritingClient) async throws(ProviderError) {
    let arn = aws.target.arn("sns", deletion.live.id) ?? .null
    if let archive = deletion.live.properties["archivePolicy"], !archive.isEmpty {
      try await aws.delete(
        SNS.setTopicAttributes,
        ["TopicArn": arn, "AttributeName": "ArchivePolicy", "AttributeValue": "{}"])
    }
    try await aws.delete(SNS.deleteTopic, ["TopicArn": arn])
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
