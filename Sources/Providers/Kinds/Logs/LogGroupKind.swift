package import Planner

/// Amazon CloudWatch Logs log groups.
///
/// Reads: one listing for as many as share a prefix, which returns all but the tags; one more a group for these. Writes: one to create one and
/// one for each property besides its class, key and tags; one for each property, and each filter, that changes. Facts: the CloudWatch Logs API
/// reference, `AWS::Logs::LogGroup` in CloudFormation.
package struct LogGroupKind: AWSKind {
  package init() {}

  package var readsTagsApart: Bool { true }

  package let schema = Schema(
    section: "logGroups", kind: "logGroup", title: "Amazon CloudWatch Logs log group",
    summary: "A log group keeps the log lines of a lambda or another program.",
    naming: Naming(
      TextRule(
        length: 1...512, pattern: "[.\\-_/#A-Za-z0-9]+", says: "letters, digits, and the signs . - _ / #")),
    holdsData: true,
    properties: [
      Property(
        "dataProtectionPolicy", .document,
        "What is masked in the lines, as a data protection policy; at most 30,720 characters."),
      Property(
        "deletionProtectionEnabled", .boolean, default: false,
        "The service refuses to delete the group, and a plan that would is refused, too."),
      Property("kmsKeyId", .arn, "The ARN of the KMS key that encrypts the group."),
      Property(
        "logGroupClass", .choice(["STANDARD", "INFREQUENT_ACCESS", "DELIVERY"]), default: "STANDARD",
        change: .replaces, "What the group can do, and what it costs."),
      Property(
        "metricFilters", .map(.object(LogFilters.metrics.members)),
        "Metrics that count the lines which fit a pattern, by filter name. Declared, they are all that the group has; without it others' "
          + "are left alone."),
      Property(
        "retentionInDays",
        .integerChoice([
          1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
          3653,
        ]), "Days that lines are kept; for ever without it."),
      Property(
        "subscriptionFilters", .map(.object(LogFilters.subscriptions.members)),
        "Where lines that fit a pattern are sent, by filter name; at most two. Declared, they are all that the group has; without it "
          + "others' are left alone."),
    ],
    attributes: [
      Attribute("arn", early: true, "The group's ARN, without the :* that policies about its streams need."),
      Attribute("name", early: true, "The group's name."),
    ], relations: relations,
    example: """
      logGroups:
        build-worker:
          name: /aws/lambda/build-worker
          retentionInDays: 7
          metricFilters:
            errors: { filterPattern: ERROR, metricNamespace: Shop, metricName: Errors, metricValue: "1" }
      """)

  package func earlyAttributes(of resource: Resource, in target: Target) -> [String: Value] {
    attributes(name: resource.name ?? "", in: target)
  }

  private func attributes(name: String, in target: Target) -> [String: Value] {
    var attributes: [String: Value] = ["name": .string(name)]
    attributes["arn"] = arn(name, in: target)
    return attributes
  }

  /// The ARN that has the tags: without `:*`. For the other form LocalStack returns no tags at all.
  private func arn(_ name: String, in target: Target) -> Value? { target.arn("logs", "log-group:\(name)") }

  // MARK: Reading

  package func read(
    _ queries: [LiveQuery], _ aws: ReadingClient
  ) async -> [Address: Result<LiveResource?, ProviderError>] {
    guard queries.count >= 3 else { return await readEach(queries, aws) }
    let prefix = commonPrefix(queries.compactMap(\.name))
    let listing = await outcome { () throws(ProviderError) in
      try await groups(prefix: prefix, atMost: queries.count, aws)
    }
    switch listing {
    case .success(nil): return await readEach(queries, aws)
    case .success(.some(let groups)):
      return await concurrently(queries) { query throws(ProviderError) in
        guard let group = groups[query.name ?? ""] else { return nil }
        return try await live(group, query, aws)
      }
    case .failure(let error):
      return Dictionary(queries.map { ($0.address, .failure(error)) }) { $1 }
    }
  }

  private func readEach(
    _ queries: [LiveQuery], _ aws: ReadingClient
  ) async -> [Address: Result<LiveResource?, ProviderError>] {
    await concurrently(queries) { query throws(ProviderError) in try await read(query, aws) }
  }

  package func read(_ query: LiveQuery, _ aws: ReadingClient) async throws(ProviderError) -> LiveResource? {
    guard let name = query.name,
      let group = try await groups(prefix: name, atMost: .max, aws)?[name]
    else { return nil }
    return try await live(group, query, aws)
  }

  /// The groups whose names begin so, by name; nil when there are more pages than allowed.
  func groups(
    prefix: String, atMost limit: Int, _ aws: ReadingClient
  ) async throws(ProviderError) -> [String: Value]? {
    let input: [String: Value] = prefix.isEmpty ? [:] : ["logGroupNamePrefix": .string(prefix)]
    guard let groups = try await aws.items(Logs.describeLogGroups, input, atMost: limit) else { return nil }
    return Dictionary(groups.map { ($0["logGroupName"]?.string ?? "", $0) }) { $1 }
  }

  private func live(
    _ group: Value, _ query: LiveQuery, _ aws: ReadingClient
  ) async throws(ProviderError) -> LiveResource? {
    let name = query.name ?? ""
    let known = query.knownTags.map { LiveTags($0.tags) }
    let (tags, further) = try await sideBySide {
      () throws(ProviderError) in
      try await orElse(
        known,
        { () throws(ProviderError) in
          try await Logs.tags.read(self.tagged(name, in: aws.target), aws)
        })
    } _: { () throws(ProviderError) in
      try await self.further(query, aws)
    }
    guard let tags else { return nil }
    var properties = further.merging(["tags": tags.declared]) { $1 }
    for property in ["deletionProtectionEnabled", "kmsKeyId", "retentionInDays", "logGroupClass"] {
      properties[property] = group[property]
    }
    return LiveResource(
      id: name, properties: properties.filter { !$0.value.isEmpty },
      attributes: attributes(name: name, in: aws.target), owner: tags.owner,
      // AWS always tells it, LocalStack never does.
      untold: group["logGroupClass"] == nil ? ["logGroupClass"] : [],
      deletionBar: group["deletionProtectionEnabled"] == true ? "deletionProtectionEnabled" : nil)
  }

  /// What has calls of its own, where it is asked for.
  private func further(
    _ query: LiveQuery, _ aws: ReadingClient
  ) async throws(ProviderError) -> [String: Value] {
    let name = query.name ?? ""
    let filters = LogFilters.all.filter { query.wants($0.property) }
    let values = try await sideBySide(filters) { filters throws(ProviderError) in
      (filters.property, try await filters.read(name, aws))
    }
    var properties = Dictionary(values) { first, _ in first }
    guard query.wants("dataProtectionPolicy") else { return properties }
    do throws(ProviderError) {
      let input: [String: Value] = ["logGroupIdentifier": .string(name)]
      let policy = try await aws.readIfPresent(Logs.getDataProtectionPolicy, input)?["policyDocument"]?.string
      properties["dataProtectionPolicy"] = policy.flatMap(Value.init(json:))
    } catch {
      // Where there is no such call there is no such policy.
      if error.kind != .unsupported { throw error }
    }
    return properties
  }

  /// How the calls for tags name the group.
  private func tagged(_ name: String, in target: Target) -> [String: Value] {
    ["resourceArn": arn(name, in: target) ?? .null]
  }

  // MARK: Writing

  package func create(_ creation: Creation, _ aws: WritingClient) async throws(ProviderError) -> Created {
    let resource = creation.resource
    let name = resource.name ?? ""
    var input: [String: Value] = ["logGroupName": .string(name), "tags": Logs.tags.wire(creation.tags)]
    input["kmsKeyId"] = resource["kmsKeyId"]
    input["logGroupClass"] = resource["logGroupClass"]
    if resource["deletionProtectionEnabled"] == true { input["deletionProtectionEnabled"] = true }
    try await aws.write(Logs.createLogGroup, input.filter { !$0.value.isEmpty })
    if let days = resource["retentionInDays"], !days.isNull { try await keep(for: days, name, aws) }
    if let policy = resource["dataProtectionPolicy"], !policy.isEmpty { try await mask(policy, name, aws) }
    for filters in LogFilters.all {
      try await filters.write(resource[filters.property], over: nil, name, aws)
    }
    return Created(id: name, attributes: attributes(name: name, in: aws.target))
  }

  private func keep(for days: Value, _ name: String, _ aws: WritingClient) async throws(ProviderError) {
    if days.isNull {
      try await aws.delete(Logs.deleteRetentionPolicy, ["logGroupName": .string(name)])
    } else {
      try await aws.write(
        Logs.putRetentionPolicy, ["logGroupName": .string(name), "retentionInDays": days])
    }
  }

  private func mask(_ policy: Value, _ name: String, _ aws: WritingClient) async throws(ProviderError) {
    let group: [String: Value] = ["logGroupIdentifier": .string(name)]
    if policy.isEmpty {
      try await aws.delete(Logs.deleteDataProtectionPolicy, group)
    } else {
      let document = Value.string(policy.string ?? policy.json)
      try await aws.write(
        Logs.putDataProtectionPolicy, group.merging(["policyDocument": document]) { $1 })
    }
  }

  package func update(_ update: Update, _ aws: WritingClient) async throws(ProviderError) -> [String: Value] {
    let name = update.live.id
    let wanted = update.resource.properties
    if update.changes("retentionInDays") {
      try await keep(for: wanted["retentionInDays"] ?? .null, name, aws)
    }
    if update.changes("kmsKeyId") {
      let key = wanted["kmsKeyId"] ?? .null
      if key.isEmpty {
        try await aws.write(Logs.disassociateKmsKey, ["logGroupName": .string(name)])
      } else {
        try await aws.write(Logs.associateKmsKey, ["logGroupName": .string(name), "kmsKeyId": key])
      }
    }
    if update.changes("dataProtectionPolicy") {
      try await mask(wanted["dataProtectionPolicy"] ?? .null, name, aws)
    }
    if update.changes("deletionProtectionEnabled") {
      try await aws.write(
        Logs.putLogGroupDeletionProtection,
        [
          "logGroupIdentifier": .string(name),
          "deletionProtectionEnabled": .boolean(wanted["deletionProtectionEnabled"] == true),
        ])
    }
    for filters in LogFilters.all where update.changes(filters.property) {
      let (wanted, live) = (wanted[filters.property], update.live.properties[filters.property])
      try await filters.write(wanted, over: live, name, aws)
    }
    if update.changes("tags") { try await Logs.tags.change(update, of: tagged(name, in: aws.target), aws) }
    return attributes(name: name, in: aws.target)
  }

  package func delete(_ deletion: Deletion, _ aws: WritingClient) async throws(ProviderError) {
    let name = deletion.live.id
    if aws.target.has(.tagsOutliveLogGroups) {
      try await Logs.tags.removeAll(of: deletion, from: tagged(name, in: aws.target), aws)
    }
    try await aws.delete(Logs.deleteLogGroup, ["logGroupName": .string(name)])
  }
}
