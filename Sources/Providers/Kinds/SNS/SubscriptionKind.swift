package import Planner

/// Subscriptions of Amazon SNS topics.
///
/// They bear no tags and no name. One is found by its ARN from the ledger, else by topic, protocol and endpoint; it
/// is ours when the ledger knows it or when its topic is of our stack. Reads: one for one from the ledger; else, and for one
/// that would be replaced, two a topic (its subscriptions and tags) and one a subscription. Writes: one to make one, one
/// for each attribute that changes. Facts: the SNS API reference, `AWS::SNS::Subscription`.
package struct SubscriptionKind: AWSKind {
  package var schema: Schema { Self.declaration }

  static let identity = ["topic", "protocol", "endpoint"]
  private static let attributes = TextAttributes(declaration.properties, except: Set(identity))

  package func earlyAttributes(of resource: Resource, in target: Target) -> [String: Value] { [:] }

  // MARK: Reading

  /// A topic, as far as its subscriptions are concerned.
  private struct Topic: Sendable {
    var subscriptions: [Value] = []
    var owner: Owner?
  }

  package func read(
    _ queries: [LiveQuery], _ aws: ReadingClient
  ) async -> [Address: Result<LiveResource?, ProviderError>] {
    var answers = await concurrently(queries) { query throws(ProviderError) in
      guard let arn = query.id else { return nil }
      return try await read(arn: arn, owner: query.owner, query, aws)
    }
    let others = queries.filter { if case .success(nil) = answers[$0.address] { true } else { false } }
    let moving = queries.filter { query in
      guard case .success(let live?) = answers[query.address] else { return false }
      return Self.leaves(live, for: query)
    }
    let topics = await topics(Set((others + moving).compactMap { $0.wanted?["topic"]?.string }), aws)
    for query in moving {
      answers[query.address] = answers[query.address]?.flatMap { live in with(rival(of: query, topics), live)
      }
    }
    answers.merge(
      await concurrently(others) { query throws(ProviderError) in try await find(query, among: topics, aws) }
    ) { $1 }
    return answers
  }

  package func read(_ query: LiveQuery, _ aws: ReadingClient) async throws(ProviderError) -> LiveResource? {
    try await read([query], aws)[query.address]?.get()
  }

  /// The wanted one is another one than this: a subscription has one topic, protocol and endpoint for good.
  private static func leaves(_ live: LiveResource, for query: LiveQuery) -> Bool {
    guard query.depth != .existence, let wanted = query.wanted,
      identity.allSatisfy({ wanted[$0]?.string != nil })
    else { return false }
    return identity.contains { wanted[$0] != live.properties[$0] }
  }

  /// Who has the wanted place: Subscribe would answer with that one.
  private func rival(
    of query: LiveQuery, _ topics: [String: Result<Topic, ProviderError>]
  ) -> Result<LiveResource.Rival?, ProviderError> {
    guard let wanted = query.wanted, let topic = topics[wanted["topic"]?.string ?? ""] else {
      return .success(nil)
    }
    return topic.map { topic in
      let found = topic.subscriptions.first { Self.matches($0, wanted) }
      return found?["SubscriptionArn"]?.string.map { LiveResource.Rival(id: $0, owner: nil) }
    }
  }

  private func with(
    _ rival: Result<LiveResource.Rival?, ProviderError>, _ live: LiveResource?
  ) -> Result<LiveResource?, ProviderError> {
    rival.map { rival in
      var live = live
      live?.rival = rival
      return live
    }
  }

  private func topics(
    _ arns: Set<String>, _ aws: ReadingClient
  ) async -> [String: Result<Topic, ProviderError>] {
    await withTaskGroup(of: (String, Result<Topic, ProviderError>).self) { group in
      for arn in arns {
        group.addTask { (arn, await outcome { () throws(ProviderError) in try await topic(arn, aws) }) }
      }
      var topics: [String: Result<Topic, ProviderError>] = [:]
      for await (arn, topic) in group { topics[arn] = topic }
      return topics
    }
  }

  /// A topic that is not there has no subscriptions and no owner.
  private func topic(_ arn: String, _ aws: ReadingClient) async throws(ProviderError) -> Topic {
    let (subscriptions, tags) = try await sideBySide(
      { () throws(ProviderError) in
        try await aws.everyItem(SNS.listSubscriptionsByTopic, ["TopicArn": .string(arn)])
      },
      { () throws(ProviderError) in try await SNS.tags.read(["ResourceArn": .string(arn)], aws) })
    return Topic(subscriptions: subscriptions, owner: tags?.owner)
  }

  private func find(
    _ query: LiveQuery, among topics: [String: Result<Topic, ProviderError>], _ aws: ReadingClient
  ) async throws(ProviderError) -> LiveResource? {
    guard let wanted = query.wanted, let topic = try topics[wanted["topic"]?.string ?? ""]?.get(),
      let found = topic.subscriptions.first(where: { Self.matches($0, wanted) }),
      let arn = found["SubscriptionArn"]?.string
    else { return nil }
    let owner = topic.owner?.stack == query.owner.stack ? query.owner : nil
    guard arn.hasPrefix("arn:") else { return pending(wanted, owner: owner) }
    return try await read(arn: arn, owner: owner, query, aws)
  }

  private static func matches(_ subscription: Value, _ wanted: Resource) -> Bool {
    subscription["Protocol"] == wanted["protocol"] && subscription["Endpoint"] == wanted["endpoint"]
  }

  /// One that AWS lists as "PendingConfirmation": it has no ARN and no attributes until its endpoint confirms it, or it lapses.
  private func pending(_ wanted: Resource, owner: Owner?) -> LiveResource {
    LiveResource(
      id: Self.pendingID(wanted), properties: wanted.properties,
      attributes: ["arn": .string(Self.pendingARN)],
      owner: owner)
  }

  /// What AWS says in the place of an ARN.
  private static let pendingARN = "PendingConfirmation"

  /// What tells one that is not confirmed yet from others.
  private static func pendingID(_ wanted: Resource) -> String {
    let parts = [pendingARN] + ["topic", "protocol", "endpoint"].map { wanted[$0]?.string ?? "" }
    return parts.joined(separator: " ")
  }

  private func read(
    arn: String, owner: Owner?, _ query: LiveQuery, _ aws: ReadingClient
  ) async throws(ProviderError) -> LiveResource? {
    guard arn.hasPrefix("arn:") else { return nil }
    let input: [String: Value] = ["SubscriptionArn": .string(arn)]
    guard let texts = try await aws.readIfPresent(SNS.getSubscriptionAttributes, input)?["Attributes"]
    else { return nil }
    var properties = Self.attributes.values(in: texts)
    properties["topic"] = texts["TopicArn"]
    properties["protocol"] = texts["Protocol"]
    properties["endpoint"] = texts["Endpoint"]
    properties["deliveryPolicy"] = DeliveryPolicy.read(
      properties["deliveryPolicy"], wanted: query.wanted?["deliveryPolicy"])
    return LiveResource(
      id: arn, properties: properties, attributes: ["arn": .string(arn)], owner: owner)
  }

  // MARK: Writing

  package func create(_ creation: Creation, _ aws: WritingClient) async throws(ProviderError) -> Created {
    let wanted = creation.resource
    let properties = wanted.properties.filter { !$0.value.isEmpty }
    var input: [String: Value] = ["ReturnSubscriptionArn": true]
    input["TopicArn"] = wanted["topic"]
    input["Protocol"] = wanted["protocol"]
    input["Endpoint"] = wanted["endpoint"]
    let texts = Self.attributes.texts(of: properties, among: Set(properties.keys))
    if !texts.isEmpty { input["Attributes"] = .map(texts) }
    let answer = try await aws.write(SNS.subscribe, input)
    let arn: String
    if let told = answer["SubscriptionArn"]?.string, told.hasPrefix("arn:") {
      arn = told
    } else {
      arn = try await listedARN(of: wanted, aws.reading) ?? Self.pendingARN
    }
    let id = arn.hasPrefix("arn:") ? arn : Self.pendingID(wanted)
    return Created(id: id, attributes: ["arn": .string(arn)])
  }

  /// The ARN that the topic lists. MiniStack returns none for an endpoint that has yet to confirm.
  private func listedARN(
    of wanted: Resource, _ aws: ReadingClient
  ) async throws(ProviderError) -> String? {
    guard let topic = wanted["topic"]?.string else { return nil }
    let found = try await self.topic(topic, aws).subscriptions.first { Self.matches($0, wanted) }
    return found?["SubscriptionArn"]?.string
  }

  package func update(_ update: Update, _ aws: WritingClient) async throws(ProviderError) -> [String: Value] {
    guard update.live.id.hasPrefix("arn:") else {
      throw ProviderError(
        .invalid, message: "the subscription can't be changed before its endpoint has confirmed it",
        operation: "sns:SetSubscriptionAttributes", neverSent: true)
    }
    var texts = Self.attributes.texts(of: update.resource.properties, among: update.changed)
    // An empty filter lets everything through; the empty text would stay as such on MiniStack.
    if texts["FilterPolicy"] == "" { texts["FilterPolicy"] = "{}" }
    // SNS refuses an empty text, and removes the policy when there is no value at all.
    if texts["RedrivePolicy"] == "" { texts["RedrivePolicy"] = .null }
    // A policy about the body is refused while the scope is still the attributes, and the other way round.
    let scopeFirst = texts["FilterPolicyScope"] == "MessageBody"
    let order = texts.keys.sorted { left, right in
      Set([left, right]) == ["FilterPolicy", "FilterPolicyScope"] && scopeFirst ? left > right : left < right
    }
    try await aws.write(
      SNS.setSubscriptionAttributes, each: order.map { ($0, texts[$0] ?? .null) },
      of: ["SubscriptionArn": .string(update.live.id)])
    return ["arn": .string(update.live.id)]
  }

  /// A subscription that nobody confirmed can't be deleted: it lapses by itself.
  package func delete(_ deletion: Deletion, _ aws: WritingClient) async throws(ProviderError) {
    guard deletion.live.id.hasPrefix("arn:") else { return }
    try await aws.delete(SNS.unsubscribe, ["SubscriptionArn": .string(deletion.live.id)])
  }
}
