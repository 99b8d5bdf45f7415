package import Planner

/// Amazon SNS topics.
///
/// Reads: two a topic (attributes, tags), a third for a data protection policy that is asked for, and one listing for
/// many. Writes: one to create one; one for each attribute that changes, as SNS takes one a call, and one each for
/// tags that come and that go. Facts: the SNS API reference (SetTopicAttributes), and `AWS::SNS::Topic` in
/// CloudFormation.
package struct TopicKind: DescribedKind {
  package var schema: Schema { Self.declaration }

  let calls = KindCalls(
    identity: Identity(
      creation: ["Name": .name], reference: ["TopicArn": arn], tagged: ["ResourceArn": arn],
      known: ["arn": arn]),
    create: SNS.createTopic, read: SNS.getTopicAttributes, change: .eachText(SNS.setTopicAttributes),
    facets: [
      Facet(
        properties: [dataProtection], reference: ["ResourceArn": arn], isCreated: true,
        read: SNS.getDataProtectionPolicy, put: SNS.putDataProtectionPolicy)
    ],
    ending: Ending(delete: SNS.deleteTopic),
    listing: Listing(operation: SNS.listTopics, name: "TopicArn", endsWithName: true), tags: SNS.tags,
    tagsShowExistence: true,
    // There is no call to delete the policy: an empty text removes it.
    fields: WireFields(resets: [dataProtection: ""]),
    texts: TextAttributes(
      declaration.properties, except: [dataProtection, TopicDeliveryLogging.property]))

  private static let arn = Identity.Part.arn("sns", "")
  private static let dataProtection = "dataProtectionPolicy"
  /// Attributes that a standard topic refuses, whatever their value.
  private static let fifoOnly = [
    "FifoTopic", "ContentBasedDeduplication", "FifoThroughputScope", "ArchivePolicy",
  ]

  func shape(_ input: inout [String: Value], of verb: KindVerb, for resource: Resource, in target: Target) {
    var texts = input["Attributes"]?.map ?? [:]
    let logging = resource[TopicDeliveryLogging.property]
    switch verb {
    case .create:
      if resource["fifoTopic"] != true { for name in Self.fifoOnly { texts[name] = nil } }
      texts.merge(TopicDeliveryLogging.texts(of: logging)) { first, _ in first }
    case .update(let live, let changed):
      if texts["Policy"] == "" {
        texts["Policy"] = .string(defaultPolicy(in: target, of: target.arn("sns", live.id)).json)
      }
      // SNS takes an archive policy out by an empty document, not by an empty text.
      if texts["ArchivePolicy"] == "" { texts["ArchivePolicy"] = "{}" }
      if changed.contains(TopicDeliveryLogging.property) {
        let before = live.properties[TopicDeliveryLogging.property]
        texts.merge(TopicDeliveryLogging.changes(from: before, to: logging)) { first, _ in first }
      }
    }
    input["Attributes"] = texts.isEmpty ? nil : .map(texts)
  }

  func complete(
    _ live: inout LiveResource, from answer: AWSResponse, _ query: LiveQuery, _ aws: ReadingClient
  ) async throws(ProviderError) {
    let logging = TopicDeliveryLogging.value(in: answer.value["Attributes"])
    if !logging.isEmpty { live.properties[TopicDeliveryLogging.property] = logging }
    live.properties["deliveryPolicy"] = DeliveryPolicy.read(
      live.properties["deliveryPolicy"], wanted: query.wanted?["deliveryPolicy"])
    // What a topic without a policy of its own has, and what a reset writes.
    if Self.isDefault(live.properties["policy"]) { live.properties["policy"] = nil }
  }

  /// SNS refuses to delete a topic that keeps an archive. Where only the topic's tags were read, it must be asked
  /// whether it does.
  func prepare(_ deletion: Deletion, _ aws: WritingClient) async throws(ProviderError) {
    let name = deletion.live.id
    guard name.hasSuffix(".fifo") else { return }
    let topic = verbs.reference(name, in: aws.target)
    var archive = deletion.live.properties["archivePolicy"]
    if archive == nil {
      archive = try await verbs.answer(topic, aws.reading)?.value.at("Attributes.ArchivePolicy")
    }
    guard let archive, !archive.isEmpty, archive != "{}" else { return }
    try await aws.delete(
      SNS.setTopicAttributes,
      topic.merging(["AttributeName": "ArchivePolicy", "AttributeValue": "{}"]) { $1 })
  }

  // MARK: The default policy

  private static let defaultPolicyID: Value = "__default_policy_ID"

  /// Whether it is what SNS gives a new topic: the Id alone stays when somebody adds a statement (AddPermission).
  private static func isDefault(_ policy: Value?) -> Bool {
    guard policy?["Id"] == defaultPolicyID, let statements = policy?["Statement"]?.list else { return false }
    return statements.count == 1 && statements[0]["Sid"] == "__default_statement_ID"
      && statements[0]["Condition"]?["StringEquals"]?["AWS:SourceOwner"] != nil
  }

  /// The policy that SNS gives a new topic: its account may do everything with it. SNS knows no way to remove a
  /// policy, only to set another.
  private func defaultPolicy(in target: Target, of arn: Value?) -> Value {
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
          "Action": .list(actions.map { .string("SNS:\($0)") }), "Resource": arn ?? .null,
          "Condition": ["StringEquals": ["AWS:SourceOwner": .string(target.account ?? "")]],
        ]
      ],
    ]
  }
}
