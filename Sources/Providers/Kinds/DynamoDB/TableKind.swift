package import Planner

/// Amazon DynamoDB tables.
///
/// Reads: DescribeTable and the tags, beside them one for each ``TableSetting`` that is asked for; one listing for many.
/// Writes: one to create one, and one for each ``TableSetting``; one UpdateTable for each thing that changes, since the service takes
/// one at a time and only from a table at rest. Facts: the DynamoDB API reference, and `AWS::DynamoDB::Table` in CloudFormation.
package struct TableKind: ListedKind {
  static let payPerRequest = "PAY_PER_REQUEST"
  static let provisioned = "PROVISIONED"
  /// The key that AWS keeps for an account's tables.
  static let managedKey: Value = "alias/aws/dynamodb"

  package init() {}

  package var readsTagsApart: Bool { true }

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

  /// Fills in omitted members as null: only declared members are compared, and an omitted sort key or capacity must show as a change.
  package func completed(_ resource: Resource) -> Resource {
    var resource = resource
    let limits: [String: Value] = ["maxReadRequestUnits": .null, "maxWriteRequestUnits": .null]
    resource.complete("onDemandThroughput", with: limits)
    resource.complete("contributorInsightsSpecification", with: ["mode": .null])
    resource.complete("kinesisStreamSpecification", with: ["approximateCreationDateTimePrecision": .null])
    var global: [String: Value] = ["projection": "ALL", "sortKey": .null, "onDemandThroughput": .null]
    if resource.tableBillingMode == Self.provisioned {
      for name in ["readCapacity", "writeCapacity"] { global[name] = resource[name] }
    }
    resource.complete(each: "globalSecondaryIndexes", with: global)
    resource.complete(each: "localSecondaryIndexes", with: ["projection": "ALL"])
    return resource
  }

  // MARK: Verbs

  func names(
    beginningWith prefix: String, atMost pages: Int, _ aws: ReadingClient
  ) async throws(ProviderError) -> Set<String>? {
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

  package func read(_ query: LiveQuery, _ aws: ReadingClient) async throws(ProviderError) -> LiveResource? {
    guard let name = query.name else { return nil }
    let request = AWSRequest(.dynamoDB, "DescribeTable", ["TableName": .string(name)])
    guard let answer = try await aws.readIfPresent(request)?.value else { return nil }
    let description = TableDescription(table: answer["Table"] ?? .null)
    var properties = description.warmed(description.properties, asWanted: query.wanted)
    let settings = TableSetting.allCases.filter { setting in
      !description.isDeleting && setting.properties.contains(where: query.wants)
    }
    let (tags, values) = try await sideBySide {
      () throws(ProviderError) in
      try await self.tags(of: description.table, query, aws)
    } _: { () throws(ProviderError) in
      try await sideBySide(settings) { setting throws(ProviderError) in
        try await setting.read(description.table, wanted: query.wanted, aws)
      }
    }
    for value in values { properties.merge(value) { $1 } }
    if let key = try await encryption(of: description, query, aws) { properties["encryption"] = key }
    properties["tags"] = tags.declared
    return LiveResource(
      id: name, properties: properties, attributes: attributes(name: name, in: aws.target, description),
      owner: tags.owner, isDeleting: description.isDeleting,
      deletionBar: properties["deletionProtection"] == true ? "deletionProtection" : nil)
  }

  private func tags(
    of table: Value, _ query: LiveQuery, _ aws: ReadingClient
  ) async throws(ProviderError) -> LiveTags {
    if let known = query.knownTags { return LiveTags(known.tags) }
    let arn: [String: Value] = ["ResourceArn": table["TableArn"] ?? .null]
    let pages = try await aws.pages(.dynamoDB, "ListTagsOfResource", arn, token: "NextToken") ?? []
    return LiveTags(list: pages.flatMap { $0.items("Tags") })
  }

  /// The key that AWS keeps is told by the ARN of the key behind its alias, which KMS knows; asked only where the file names that alias.
  private func encryption(
    of description: TableDescription, _ query: LiveQuery, _ aws: ReadingClient
  ) async throws(ProviderError) -> Value? {
    let managed: Value = ["kmsKey": Self.managedKey]
    guard query.wanted?["encryption"] == managed,
      let key = description.properties["encryption"]?["kmsKey"]?.string
    else { return nil }
    // MiniStack tells the alias.
    if key.hasSuffix(":alias/aws/dynamodb") { return managed }
    let request = AWSRequest(.kms, "DescribeKey", ["KeyId": Self.managedKey])
    let answer = try await aws.readIfPresent(request)?.value
    return answer?["KeyMetadata"]?["Arn"]?.string == key ? managed : nil
  }

  package func create(_ creation: Creation, _ aws: WritingClient) async throws(ProviderError) -> Created {
    let name = creation.resource.name ?? ""
    let input = TableCreation.input(creation.resource, tags: creation.tags)
    let answer = try await aws.write(.dynamoDB, "CreateTable", input)
    let description = try await waitUntilActive(name, answer["TableDescription"], aws)
    for setting in TableSetting.allCases where setting.properties.contains(where: creation.resource.says) {
      try await setting.write(creation.resource, over: [:], table: description.table, aws)
    }
    return Created(id: name, attributes: attributes(name: name, in: aws.target, description))
  }

  package func update(_ update: Update, _ aws: WritingClient) async throws(ProviderError) -> [String: Value] {
    let name = update.live.id
    if update.changes("tags") { try await setTags(update, aws) }
    var description: TableDescription?
    for input in TableChange(update).inputs { description = try await change(name, input, aws) }
    let table: Value = [
      "TableName": .string(name), "TableArn": update.live.attributes["arn"] ?? .null,
    ]
    for setting in TableSetting.allCases where !update.changed.isDisjoint(with: setting.properties) {
      try await setting.write(update.resource, over: update.live.properties, table: table, aws)
    }
    guard let description else { return update.live.attributes }
    return attributes(name: name, in: aws.target, description)
  }

  package func delete(_ deletion: Deletion, _ aws: WritingClient) async throws(ProviderError) {
    let input: Value = ["TableName": .string(deletion.live.id)]
    if !deletion.live.isDeleting { try await aws.delete(AWSRequest(.dynamoDB, "DeleteTable", input)) }
    let event = "the table \(deletion.live.id) to be gone"
    _ = try await aws.waiting(for: event, atMost: .seconds(600)) { () throws(ProviderError) -> Bool? in
      try await isGone(deletion.live.id, aws) ? true : nil
    }
  }

  /// Emulators list no table that was deleted, so that one listing answers all who wait; what AWS lists of one that is being deleted is not
  /// documented.
  private func isGone(_ name: String, _ aws: WritingClient) async throws(ProviderError) -> Bool {
    if aws.target.endpoint != nil {
      let names = await aws.tableNames {
        (try? await self.names(beginningWith: "", atMost: 3, aws.reading)) ?? nil
      }
      if let names, !names.contains(name) { return true }
    }
    let request = AWSRequest(.dynamoDB, "DescribeTable", ["TableName": .string(name)])
    return try await aws.reading.readIfPresent(request) == nil
  }

  // MARK: Steps

  /// Waits until the table and its indexes are at rest, unless the answer to the change already says so. Filling an index takes its time.
  private func waitUntilActive(
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

  /// One UpdateTable, and the table at rest after it. While an earlier change is still under way (an index that a killed run began to
  /// fill, say) the service refuses another: then that one's end is waited for.
  private func change(
    _ name: String, _ input: [String: Value], _ aws: WritingClient
  ) async throws(ProviderError) -> TableDescription {
    let input = Value.map(input.merging(["TableName": .string(name)]) { $1 })
    var request = AWSRequest(.dynamoDB, "UpdateTable", input)
    // The same again is refused as no change at all: after a lost answer the step looks at the table before it goes on.
    request.isRepeatable = false
    var answer: Value
    do throws(ProviderError) {
      answer = try await aws.write(request).value
    } catch {
      guard error.kind == .conflict else { throw error }
      _ = try await waitUntilActive(name, nil, aws)
      answer = try await aws.write(request).value
    }
    return try await waitUntilActive(name, answer["TableDescription"], aws)
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
