package import Planner

/// Amazon DynamoDB tables.
///
/// Reads: DescribeTable and the tags, and one for each ``TableSetting`` that is wanted; one listing for many.
/// Writes: one to create one, and one for each ``TableSetting``; one UpdateTable for each change. The service
/// takes one at a time, and only if no other is under way. Facts: the DynamoDB API reference, and
/// `AWS::DynamoDB::Table` in CloudFormation.
package struct TableKind: ListedKind {
  static let payPerRequest = "PAY_PER_REQUEST"
  static let provisioned = "PROVISIONED"
  /// The key that AWS keeps for an account's tables.
  static let managedKey: Value = "alias/aws/dynamodb"

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

  /// Fills in omitted members as null: only declared members are compared, and an omitted sort key or
  /// capacity must show as a change.
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
    try await aws.items(DynamoDB.listTables, atMost: pages).map { Set($0.compactMap(\.string)) }
  }

  package func read(_ query: LiveQuery, _ aws: ReadingClient) async throws(ProviderError) -> LiveResource? {
    guard let name = query.name else { return nil }
    let input: [String: Value] = ["TableName": .string(name)]
    guard let answer = try await aws.readIfPresent(DynamoDB.describeTable, input) else { return nil }
    let description = TableDescription(table: answer["Table"] ?? .null)
    var properties = description.warmed(description.properties, asWanted: query.wanted)
    let settings = TableSetting.allCases.filter { setting in
      !description.isDeleting && setting.properties.contains(where: query.wants)
    }
    let (found, values) = try await sideBySide {
      () throws(ProviderError) in
      try await self.tags(of: description, query, aws)
    } _: { () throws(ProviderError) in
      try await sideBySide(settings) { setting throws(ProviderError) in
        try await setting.read(description.table, wanted: query.wanted, aws)
      }
    }
    guard let tags = found else { return nil }
    for value in values { properties.merge(value) { $1 } }
    if let key = try await encryption(of: description, query, aws) { properties["encryption"] = key }
    properties["tags"] = tags.declared
    return LiveResource(
      id: name, properties: properties, attributes: attributes(name: name, in: aws.target, description),
      owner: tags.owner, isDeleting: description.isDeleting,
      deletionBar: properties["deletionProtection"] == true ? "deletionProtection" : nil)
  }

  /// nil when the table was deleted after it was described.
  private func tags(
    of description: TableDescription, _ query: LiveQuery, _ aws: ReadingClient
  ) async throws(ProviderError) -> LiveTags? {
    if let known = query.knownTags { return LiveTags(known.tags) }
    let arn: [String: Value] = ["ResourceArn": description.table["TableArn"] ?? .null]
    return try await DynamoDB.tags.read(arn, aws) ?? (description.isDeleting ? LiveTags() : nil)
  }

  /// A table's description names the key that AWS keeps by the key's ARN, and only KMS knows which alias that
  /// key has. Asked only where the file names that alias.
  private func encryption(
    of description: TableDescription, _ query: LiveQuery, _ aws: ReadingClient
  ) async throws(ProviderError) -> Value? {
    let managed: Value = ["kmsKey": Self.managedKey]
    guard query.wanted?["encryption"] == managed,
      let key = description.properties["encryption"]?["kmsKey"]?.string
    else { return nil }
    // MiniStack answers the alias.
    if key.hasSuffix(":alias/aws/dynamodb") { return managed }
    let answer = try await aws.readIfPresent(KMS.describeKey, ["KeyId": Self.managedKey])
    if answer?["KeyMetadata"]?["Arn"]?.string == key { return managed }
    // A key of the user's own is one that KMS knows.
    guard aws.target.has(.inventsKeyOfAWS) else { return nil }
    return try await aws.readIfPresent(KMS.describeKey, ["KeyId": .string(key)]) == nil ? managed : nil
  }

  package func create(_ creation: Creation, _ aws: WritingClient) async throws(ProviderError) -> Created {
    let name = creation.resource.name ?? ""
    let input = TableCreation.input(creation.resource, tags: creation.tags)
    let answer = try await aws.write(DynamoDB.createTable, input)
    let description = try await waitUntilActive(name, answer["TableDescription"], isNew: true, aws)
    for setting in TableSetting.allCases where setting.properties.contains(where: creation.resource.says) {
      try await setting.write(creation.resource, over: [:], table: description.table, aws)
    }
    return Created(id: name, attributes: attributes(name: name, in: aws.target, description))
  }

  package func update(_ update: Update, _ aws: WritingClient) async throws(ProviderError) -> [String: Value] {
    let name = update.live.id
    if update.changes("tags") { try await changeTags(update, aws) }
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
    let input: [String: Value] = ["TableName": .string(deletion.live.id)]
    if !deletion.live.isDeleting { try await aws.delete(DynamoDB.deleteTable, input) }
    let event = "the table \(deletion.live.id) to be gone"
    _ = try await aws.waiting(for: event, atMost: .seconds(600)) { () throws(ProviderError) -> Bool? in
      try await isGone(deletion.live.id, aws) ? true : nil
    }
  }

  /// Where ListTables forgets a deleted table at once, one listing answers for every table that is waited
  /// for. AWS does not document what it lists of a table that is being deleted.
  private func isGone(_ name: String, _ aws: WritingClient) async throws(ProviderError) -> Bool {
    if aws.target.has(.forgetsDeletedTablesAtOnce) {
      let names = await aws.tableNames {
        (try? await self.names(beginningWith: "", atMost: 3, aws.reading)) ?? nil
      }
      if let names, !names.contains(name) { return true }
    }
    return try await aws.reading.readIfPresent(DynamoDB.describeTable, ["TableName": .string(name)]) == nil
  }

  // MARK: Steps

  /// How often a new table is looked for: for two minutes on AWS.
  private static let mostMisses = 30

  /// Waits until the table and its indexes are `ACTIVE`, unless the answer to the change already says so.
  /// Filling an index takes its time. A new table may not be known yet: `CreateTable` and `DescribeTable` in the
  /// API reference.
  private func waitUntilActive(
    _ name: String, _ answer: Value?, isNew: Bool = false, _ aws: WritingClient
  ) async throws(ProviderError) -> TableDescription {
    let answered = TableDescription(table: answer ?? .null)
    // AWS answers with the state before the change began, so that its own "ACTIVE" proves nothing.
    if answered.isSettled, aws.target.has(.answersWithSettledTables) { return answered }
    let input: [String: Value] = ["TableName": .string(name)]
    let event = "the table \(name) and its indexes to become active"
    var misses = 0
    return try await aws.waiting(for: event, atMost: .seconds(3600)) {
      () throws(ProviderError) -> TableDescription? in
      guard let answer = try await aws.reading.readIfPresent(DynamoDB.describeTable, input) else {
        misses += 1
        guard isNew, misses < Self.mostMisses else {
          throw ProviderError(
            .notFound, message: "the table \(name) is not there", operation: DynamoDB.describeTable.label)
        }
        return nil
      }
      let description = TableDescription(table: answer["Table"] ?? .null)
      return description.isSettled ? description : nil
    }
  }

  /// One UpdateTable, and a wait until the table is `ACTIVE`. While an earlier change is under way, such as
  /// an index that a killed run began to fill, the service refuses another one: it waits until the earlier
  /// one ends.
  private func change(
    _ name: String, _ input: [String: Value], _ aws: WritingClient
  ) async throws(ProviderError) -> TableDescription {
    let input = input.merging(["TableName": .string(name)]) { $1 }
    var answer: Value
    do throws(ProviderError) {
      answer = try await aws.write(DynamoDB.updateTable, input)
    } catch {
      guard error.kind == .conflict else { throw error }
      _ = try await waitUntilActive(name, nil, aws)
      answer = try await aws.write(DynamoDB.updateTable, input)
    }
    return try await waitUntilActive(name, answer["TableDescription"], aws)
  }

  private func changeTags(_ update: Update, _ aws: WritingClient) async throws(ProviderError) {
    let arn: [String: Value] = ["ResourceArn": update.live.attributes["arn"] ?? .null]
    let live = update.live.properties["tags"]?.map ?? [:]
    let replaced =
      aws.target.has(.keepsOldValuesOfTableTags) ? update.tagsToAdd.keys.filter { live[$0] != nil } : []
    try await DynamoDB.tags.remove((update.tagsToRemove + replaced).sorted(), from: arn, aws)
    try await DynamoDB.tags.put(update.tagsToAdd, on: arn, aws)
  }
}
