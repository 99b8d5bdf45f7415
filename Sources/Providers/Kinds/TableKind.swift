package import Planner

/// Amazon DynamoDB tables.
///
/// Reads: DescribeTable and the tags, beside them one each for time to live and backups where they are asked for; one listing for many.
/// Writes: one to create one, and one each for time to live and backups; one UpdateTable for each thing that changes, since the service takes
/// one at a time and only from a table at rest. Facts: the DynamoDB API reference, and `AWS::DynamoDB::Table` in CloudFormation.
package struct TableKind: AWSKind {
  static let payPerRequest = "PAY_PER_REQUEST"
  static let provisioned = "PROVISIONED"

  package init() {}

  package var schema: Schema { Self.declaration }

  package func earlyAttributes(of resource: Resource, in target: Target) -> [String: Value] {
    attributes(name: resource.name ?? "", in: target)
  }

  private func attributes(
    name: String, in target: Target, _ description: TableDescription? = nil
  ) -> [String: Value] {
    var attributes: [String: Value] = ["name": .string(name)]
    attributes["arn"] = description?.table["TableArn"] ?? target.arn("dynamodb", "table/\(name)")
    attributes["streamArn"] = description?.streamARN
    return attributes
  }

  /// A capacity without a billing mode asks for the mode that has one.
  package func derived(from resource: Resource, in stack: Stack) -> [Derived] {
    guard resource["billingMode"] == nil, resource.tableBillingMode == Self.provisioned else { return [] }
    return [
      .property(
        on: resource.address, name: "billingMode", value: .string(Self.provisioned),
        because: "a capacity is set")
    ]
  }

  /// What an index does not say counts, too: a sort key taken out of the file is another index. Of an object only what is declared is
  /// compared, so it is declared here.
  package func packaged(
    _ resource: Resource, directory: String
  ) throws(PropertyProblem) -> (resource: Resource, artifacts: [Artifact]) {
    var resource = resource
    let implied: [(String, [String: Value])] = [
      ("globalSecondaryIndexes", ["projection": "ALL", "sortKey": .null]),
      ("localSecondaryIndexes", ["projection": "ALL"]),
    ]
    for (property, members) in implied {
      guard let indexes = resource[property]?.map else { continue }
      resource.properties[property] = .map(
        indexes.mapValues { index in .map(members.merging(index.map ?? [:]) { $1 }) })
    }
    return (resource, [])
  }

  // MARK: Verbs

  package func read(
    _ queries: [LiveQuery], _ aws: ReadingClient
  ) async -> [Address: Result<LiveResource?, ProviderError>] {
    await readListed(queries, aws) { _, pages throws(ProviderError) in
      var names: Set<String> = []
      var input: [String: Value] = [:]
      for _ in 0..<max(pages, 1) {
        let page = try await aws.read(.dynamoDB, "ListTables", .map(input))
        names.formUnion(page.items("TableNames").compactMap(\.string))
        guard let last = page["LastEvaluatedTableName"], !last.isEmpty else { return names }
        input["ExclusiveStartTableName"] = last
      }
      return nil
    }
  }

  package func read(_ query: LiveQuery, _ aws: ReadingClient) async throws(ProviderError) -> LiveResource? {
    guard let name = query.name else { return nil }
    let request = AWSRequest(.dynamoDB, "DescribeTable", ["TableName": .string(name)])
    guard let answer = try await aws.readIfPresent(request)?.value else { return nil }
    let description = TableDescription(table: answer["Table"] ?? .null)
    var properties = description.properties
    let further = ["timeToLive", "pointInTimeRecovery"].filter { query.wants($0) && !description.isDeleting }
    let answers = try await sideBySide(["tags"] + further) { item throws(ProviderError) in
      try await self.part(item, of: description.table, aws)
    }
    for (item, value) in zip(further, answers.dropFirst()) { properties[item] = value }
    let tags = LiveTags(list: answers.first?.list ?? [])
    properties["tags"] = tags.declared
    return LiveResource(
      id: name, properties: properties, attributes: attributes(name: name, in: aws.target, description),
      owner: tags.owner, isDeleting: description.isDeleting)
  }

  /// What DescribeTable does not tell.
  private func part(
    _ item: String, of table: Value, _ aws: ReadingClient
  ) async throws(ProviderError) -> Value {
    let name: Value = ["TableName": table["TableName"] ?? .null]
    switch item {
    case "timeToLive":
      let answer = try await aws.read(.dynamoDB, "DescribeTimeToLive", name)["TimeToLiveDescription"]
      let isOn = ["ENABLED", "ENABLING"].contains(answer?["TimeToLiveStatus"]?.string ?? "")
      return isOn ? answer?["AttributeName"] ?? .null : .null
    case "pointInTimeRecovery":
      let answer = try await aws.read(.dynamoDB, "DescribeContinuousBackups", name)
      let recovery = answer["ContinuousBackupsDescription"]?["PointInTimeRecoveryDescription"]
      return .boolean(recovery?["PointInTimeRecoveryStatus"] == "ENABLED")
    default:
      let arn: [String: Value] = ["ResourceArn": table["TableArn"] ?? .null]
      let pages = try await aws.pages(.dynamoDB, "ListTagsOfResource", arn, token: "NextToken") ?? []
      return .list(pages.flatMap { $0.items("Tags") })
    }
  }

  package func create(_ creation: Creation, _ aws: WritingClient) async throws(ProviderError) -> Created {
    let name = creation.resource.name ?? ""
    let input = TableCreation.input(creation.resource, tags: creation.tags)
    let answer = try await aws.write(.dynamoDB, "CreateTable", input)
    let description = try await settled(name, answer["TableDescription"], aws)
    let properties = creation.resource.properties
    if let attribute = properties["timeToLive"], !attribute.isEmpty {
      try await setTimeToLive(name, attribute, enabled: true, aws)
    }
    if properties["pointInTimeRecovery"] == true { try await setRecovery(name, true, aws) }
    return Created(id: name, attributes: attributes(name: name, in: aws.target, description))
  }

  package func update(_ update: Update, _ aws: WritingClient) async throws(ProviderError) -> [String: Value] {
    let name = update.live.id
    if update.changes("tags") { try await setTags(update, aws) }
    var description: TableDescription?
    for input in TableChange(update).inputs {
      let answer = try await aws.write(
        .dynamoDB, "UpdateTable", .map(input.merging(["TableName": .string(name)]) { $1 }))
      description = try await settled(name, answer["TableDescription"], aws)
    }
    if update.changes("timeToLive") {
      // Another attribute only after the first one was given up.
      if let old = update.live.properties["timeToLive"], !old.isEmpty {
        try await setTimeToLive(name, old, enabled: false, aws)
      }
      if let attribute = update.resource["timeToLive"], !attribute.isEmpty {
        try await setTimeToLive(name, attribute, enabled: true, aws)
      }
    }
    if update.changes("pointInTimeRecovery") {
      try await setRecovery(name, update.resource["pointInTimeRecovery"] == true, aws)
    }
    guard let description else { return update.live.attributes }
    return attributes(name: name, in: aws.target, description)
  }

  package func delete(_ deletion: Deletion, _ aws: WritingClient) async throws(ProviderError) {
    let input: Value = ["TableName": .string(deletion.live.id)]
    if !deletion.live.isDeleting { try await aws.delete(AWSRequest(.dynamoDB, "DeleteTable", input)) }
    let request = AWSRequest(.dynamoDB, "DescribeTable", input)
    let event = "the table \(deletion.live.id) to be gone"
    _ = try await aws.waiting(for: event, atMost: .seconds(600)) { () throws(ProviderError) -> Bool? in
      try await aws.reading.readIfPresent(request) == nil ? true : nil
    }
  }

  // MARK: Steps

  /// Waits until the table and its indexes are at rest, unless the answer to the change already says so. Filling an index takes its time.
  private func settled(
    _ name: String, _ answer: Value?, _ aws: WritingClient
  ) async throws(ProviderError) -> TableDescription {
    let answered = TableDescription(table: answer ?? .null)
    // AWS answers with the state before the change began, so that its own "ACTIVE" proves nothing.
    if answered.isSettled, aws.target.endpoint != nil, !answered.table.isNull { return answered }
    let input: Value = ["TableName": .string(name)]
    let event = "the table \(name) and its indexes to become active"
    return try await aws.waiting(for: event, atMost: .seconds(3600)) {
      () throws(ProviderError) -> TableDescription? in
      let answer = try await aws.reading.read(.dynamoDB, "DescribeTable", input)
      let description = TableDescription(table: answer["Table"] ?? .null)
      return description.isSettled ? description : nil
    }
  }

  private func setTimeToLive(
    _ name: String, _ attribute: Value, enabled: Bool, _ aws: WritingClient
  ) async throws(ProviderError) {
    try await aws.write(
      .dynamoDB, "UpdateTimeToLive",
      [
        "TableName": .string(name),
        "TimeToLiveSpecification": ["Enabled": .boolean(enabled), "AttributeName": attribute],
      ])
  }

  private func setRecovery(
    _ name: String, _ enabled: Bool, _ aws: WritingClient
  ) async throws(ProviderError) {
    var request = AWSRequest(
      .dynamoDB, "UpdateContinuousBackups",
      [
        "TableName": .string(name),
        "PointInTimeRecoverySpecification": ["PointInTimeRecoveryEnabled": .boolean(enabled)],
      ])
    // What AWS says of a fresh table, while its backups are being prepared.
    request.retriedErrors = [(code: "ContinuousBackupsUnavailableException", messageContains: "")]
    try await aws.write(request)
  }

  /// A tag that gets another value is taken off first where the endpoint is no AWS: moto would have the table bear both.
  private func setTags(_ update: Update, _ aws: WritingClient) async throws(ProviderError) {
    let arn = update.live.attributes["arn"] ?? .null
    let added = update.tagsToAdd
    let born = update.live.properties["tags"]?.map ?? [:]
    let changed = aws.target.endpoint == nil ? [] : added.keys.filter { born[$0] != nil }
    let removed = (update.tagsToRemove + changed).sorted()
    if !removed.isEmpty {
      let keys = Value.list(removed.map(Value.string))
      try await aws.write(.dynamoDB, "UntagResource", ["ResourceArn": arn, "TagKeys": keys])
    }
    guard !added.isEmpty else { return }
    try await aws.write(.dynamoDB, "TagResource", ["ResourceArn": arn, "Tags": added.tagList])
  }
}
