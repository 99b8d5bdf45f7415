package import Planner

/// Amazon CloudWatch Logs log groups.
///
/// Reads: one listing for as many as share a prefix, which tells all but the tags; one more a group for these. Writes: one to create one and one
/// for its retention; one for each property that changes. Facts: the CloudWatch Logs API reference, `AWS::Logs::LogGroup` in CloudFormation.
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
      Property("kmsKeyId", .arn, "The ARN of the KMS key that encrypts the group."),
      Property(
        "logGroupClass", .choice(["STANDARD", "INFREQUENT_ACCESS", "DELIVERY"]), default: "STANDARD",
        change: .replaces, "What the group can do, and what it costs."),
      Property(
        "retentionInDays",
        .integerChoice([
          1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
          3653,
        ]), "Days that lines are kept; for ever without it."),
    ],
    attributes: [
      Attribute("arn", early: true, "The group's ARN, without the :* that policies about its streams need."),
      Attribute("name", early: true, "The group's name."),
    ],
    example: """
      logGroups:
        build-worker:
          name: /aws/lambda/build-worker
          retentionInDays: 7
      """)

  package func earlyAttributes(of resource: Resource, in target: Target) -> [String: Value] {
    attributes(name: resource.name ?? "", in: target)
  }

  private func attributes(name: String, in target: Target) -> [String: Value] {
    var attributes: [String: Value] = ["name": .string(name)]
    attributes["arn"] = arn(name, in: target)
    return attributes
  }

  /// What tags hang on: the ARN without `:*`. LocalStack answers for the other form with no tags at all.
  private func arn(_ name: String, in target: Target) -> Value? { target.arn("logs", "log-group:\(name)") }

  package func problems(of resource: Resource) -> [PropertyProblem] {
    var problems: [PropertyProblem] = []
    if resource.name?.hasPrefix("aws/") == true {
      problems.append(
        PropertyProblem(
          ["name"], "Reserved name", "Names that begin with aws/ are AWS's own.",
          mend: "Begin it with /aws/, as the log groups of lambdas, or with something else."))
    }
    if resource["logGroupClass"] == "DELIVERY", resource["retentionInDays"] != nil {
      problems.append(
        PropertyProblem(
          ["retentionInDays"], "Options that don't go together",
          "The class DELIVERY keeps lines for one day, whatever retentionInDays says.",
          mend: "Take retentionInDays out."))
    }
    return problems
  }

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
  private func groups(
    prefix: String, atMost limit: Int, _ aws: ReadingClient
  ) async throws(ProviderError) -> [String: Value]? {
    let input: [String: Value] = prefix.isEmpty ? [:] : ["logGroupNamePrefix": .string(prefix)]
    let pages = try await aws.pages(.logs, "DescribeLogGroups", input, token: "nextToken", atMost: limit)
    guard let pages else { return nil }
    let groups = pages.flatMap { $0.items("logGroups") }
    return Dictionary(groups.map { ($0["logGroupName"]?.string ?? "", $0) }) { $1 }
  }

  private func live(
    _ group: Value, _ query: LiveQuery, _ aws: ReadingClient
  ) async throws(ProviderError) -> LiveResource? {
    let name = query.name ?? ""
    let known = query.knownTags.map { LiveTags($0.tags) }
    guard let tags = try await orElse(known, { () throws(ProviderError) in try await tags(of: name, aws) })
    else { return nil }
    var properties: [String: Value] = ["tags": tags.declared]
    properties["kmsKeyId"] = group["kmsKeyId"]
    properties["retentionInDays"] = group["retentionInDays"]
    properties["logGroupClass"] = group["logGroupClass"]
    return LiveResource(
      id: name, properties: properties.filter { !$0.value.isEmpty },
      attributes: attributes(name: name, in: aws.target), owner: tags.owner,
      // AWS always tells it, LocalStack never does.
      untold: group["logGroupClass"] == nil ? ["logGroupClass"] : [])
  }

  /// nil for a group that went meanwhile.
  private func tags(of name: String, _ aws: ReadingClient) async throws(ProviderError) -> LiveTags? {
    let request = AWSRequest(
      .logs, "ListTagsForResource", ["resourceArn": arn(name, in: aws.target) ?? .null])
    return try await aws.readIfPresent(request).map { LiveTags(map: $0.value["tags"]) }
  }

  // MARK: Writing

  package func create(_ creation: Creation, _ aws: WritingClient) async throws(ProviderError) -> Created {
    let resource = creation.resource
    let name = resource.name ?? ""
    var input: [String: Value] = ["logGroupName": .string(name), "tags": creation.tags.tagMap]
    input["kmsKeyId"] = resource["kmsKeyId"]
    input["logGroupClass"] = resource["logGroupClass"]
    try await aws.write(.logs, "CreateLogGroup", .map(input.filter { !$0.value.isEmpty }))
    if let days = resource["retentionInDays"], !days.isNull { try await keep(for: days, name, aws) }
    return Created(id: name, attributes: attributes(name: name, in: aws.target))
  }

  private func keep(for days: Value, _ name: String, _ aws: WritingClient) async throws(ProviderError) {
    if days.isNull {
      try await aws.delete(AWSRequest(.logs, "DeleteRetentionPolicy", ["logGroupName": .string(name)]))
    } else {
      try await aws.write(
        .logs, "PutRetentionPolicy", ["logGroupName": .string(name), "retentionInDays": days])
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
        try await aws.write(.logs, "DisassociateKmsKey", ["logGroupName": .string(name)])
      } else {
        try await aws.write(.logs, "AssociateKmsKey", ["logGroupName": .string(name), "kmsKeyId": key])
      }
    }
    if update.changes("tags") {
      let arn = arn(name, in: aws.target) ?? .null
      let removed = update.tagsToRemove
      if !removed.isEmpty {
        let keys = Value.list(removed.map(Value.string))
        try await aws.write(.logs, "UntagResource", ["resourceArn": arn, "tagKeys": keys])
      }
      let added = update.tagsToAdd
      if !added.isEmpty {
        try await aws.write(.logs, "TagResource", ["resourceArn": arn, "tags": added.tagMap])
      }
    }
    return attributes(name: name, in: aws.target)
  }

  /// LocalStack keeps the tags of a deleted group for the next one of that name, so they go first there.
  package func delete(_ deletion: Deletion, _ aws: WritingClient) async throws(ProviderError) {
    let name = deletion.live.id
    if aws.target.endpoint != nil, let arn = arn(name, in: aws.target) {
      let names = (deletion.live.properties["tags"]?.map?.keys.sorted() ?? []).map(Value.string)
      let keys = Value.list(LiveTags.ownerNames.list.map { $0 + names } ?? names)
      try await aws.delete(AWSRequest(.logs, "UntagResource", ["resourceArn": arn, "tagKeys": keys]))
    }
    try await aws.delete(AWSRequest(.logs, "DeleteLogGroup", ["logGroupName": .string(name)]))
  }
}
