import Planner

// Tables in the words of the schema, and in those of DynamoDB.

extension Resource {
  /// The indexes of one sort, by name.
  func indexes(_ property: String) -> [(String, Value)] {
    (properties[property]?.map ?? [:]).sorted { $0.key < $1.key }
  }

  /// Every key of the table and its indexes, with its path.
  var keys: [(path: [String], key: Value)] {
    var keys = ["partitionKey", "sortKey"].compactMap { name in properties[name].map { ([name], $0) } }
    for property in ["globalSecondaryIndexes", "localSecondaryIndexes"] {
      for (name, index) in indexes(property) {
        keys += ["partitionKey", "sortKey"].compactMap { key in
          index[key].map { ([property, name, key], $0) }
        }
      }
    }
    return keys.map { (path: $0.0, key: $0.1) }
  }

  /// How the table is paid for: a capacity implies it.
  var tableBillingMode: String {
    if let mode = properties["billingMode"]?.string { return mode }
    let hasCapacity = ["readCapacity", "writeCapacity"].contains { !(properties[$0]?.isEmpty ?? true) }
    return hasCapacity ? TableKind.provisioned : TableKind.payPerRequest
  }
}

extension Value {
  /// The one attribute of a key.
  var keyAttribute: String? { map?.keys.first }

  /// `{ id: S }` and another as a KeySchema.
  static func keySchema(partition: Value?, sort: Value?) -> Value {
    let parts = [("HASH", partition), ("RANGE", sort)].compactMap { type, key -> Value? in
      key?.keyAttribute.map { ["AttributeName": .string($0), "KeyType": .string(type)] }
    }
    return .list(parts)
  }

  /// Keys as AttributeDefinitions, each attribute once.
  static func attributeDefinitions(_ keys: [Value]) -> Value {
    let types = keys.compactMap(\.map).reduce(into: [String: Value]()) { all, key in
      all.merge(key) { first, _ in first }
    }
    return .list(
      types.sorted { $0.key < $1.key }.map { ["AttributeName": .string($0.key), "AttributeType": $0.value] })
  }

  /// A capacity on the wire; nil unless both units are there.
  static func throughput(_ holder: Value, or table: Value? = nil) -> Value? {
    let units = ["readCapacity", "writeCapacity"].map { holder[$0]?.integer ?? table?[$0]?.integer }
    guard let read = units[0], let write = units[1] else { return nil }
    return ["ReadCapacityUnits": .integer(read), "WriteCapacityUnits": .integer(write)]
  }

  /// The most that a table or an index that is paid for by the request takes; -1 is no limit.
  static func onDemand(_ limits: Value?) -> Value {
    [
      "MaxReadRequestUnits": .integer(limits?["maxReadRequestUnits"]?.integer ?? -1),
      "MaxWriteRequestUnits": .integer(limits?["maxWriteRequestUnits"]?.integer ?? -1),
    ]
  }

  /// What a table or an index is to be ready for; nil for nothing.
  static func warm(_ wanted: Value?) -> Value? {
    var units: [String: Value] = [:]
    units["ReadUnitsPerSecond"] = wanted?["readUnitsPerSecond"]
    units["WriteUnitsPerSecond"] = wanted?["writeUnitsPerSecond"]
    units = units.filter { !$0.value.isNull }
    return units.isEmpty ? nil : .map(units)
  }

  /// An index on the wire, without its capacity. A local one has the table's partition key.
  func tableIndex(_ name: String, partition: Value?) -> [String: Value] {
    var projection: [String: Value] = ["ProjectionType": projectionType]
    if let attributes = self["nonKeyAttributes"], !attributes.isEmpty {
      projection["NonKeyAttributes"] = attributes
    }
    return [
      "IndexName": .string(name), "KeySchema": .keySchema(partition: partition, sort: self["sortKey"]),
      "Projection": .map(projection),
    ]
  }

  private var projectionType: Value {
    guard let type = self["projection"], !type.isNull else { return "ALL" }
    return type
  }

  /// What of an index can't be changed, so that another one must take its place.
  var indexDefinition: [Value] {
    let attributes = (self["nonKeyAttributes"]?.list ?? []).compactMap(\.string).sorted()
    return [
      self["partitionKey"] ?? .null, self["sortKey"] ?? .null, projectionType,
      .list(attributes.map(Value.string)),
    ]
  }
}

/// The properties that DescribeTable returns, in the schema's words.
struct TableDescription: Sendable {
  let table: Value

  var isDeleting: Bool { table["TableStatus"] == "DELETING" }

  /// The table and its indexes can be used and changed again.
  var isSettled: Bool {
    table["TableStatus"] == "ACTIVE"
      && table.items("GlobalSecondaryIndexes").allSatisfy {
        $0["IndexStatus"] == "ACTIVE" || $0["IndexStatus"] == nil
      }
  }

  private var isProvisioned: Bool {
    (table["BillingModeSummary"]?["BillingMode"]?.string ?? TableKind.provisioned) == TableKind.provisioned
  }

  private var hasStream: Bool { table["StreamSpecification"]?["StreamEnabled"] == true }

  /// Some endpoints go on returning the ARN of a stream that was turned off.
  var streamARN: Value? { hasStream ? table["LatestStreamArn"] : nil }

  var properties: [String: Value] {
    var properties = keys(of: table)
    properties["billingMode"] = .string(isProvisioned ? TableKind.provisioned : TableKind.payPerRequest)
    properties.merge(capacity(of: table)) { $1 }
    properties["onDemandThroughput"] = limits(of: table)
    properties["globalSecondaryIndexes"] = indexes("GlobalSecondaryIndexes") { index in
      var members = self.keys(of: index).merging(self.capacity(of: index)) { $1 }
      members["onDemandThroughput"] = self.limits(of: index)
      return members
    }
    properties["localSecondaryIndexes"] = indexes("LocalSecondaryIndexes") { index in
      self.keys(of: index).filter { $0.key == "sortKey" }
    }
    if hasStream { properties["stream"] = table["StreamSpecification"]?["StreamViewType"] }
    properties["tableClass"] = table["TableClassSummary"]?["TableClass"] ?? "STANDARD"
    properties["deletionProtection"] = table["DeletionProtectionEnabled"] ?? false
    if let key = table["SSEDescription"]?["KMSMasterKeyArn"], !key.isEmpty, isEncrypted {
      properties["encryption"] = ["kmsKey": key]
    }
    return properties
  }

  private var isEncrypted: Bool {
    let status = table["SSEDescription"]?["Status"]?.string ?? ""
    return ["ENABLED", "ENABLING", "UPDATING"].contains(status)
  }

  private func keys(of holder: Value) -> [String: Value] {
    var keys: [String: Value] = [:]
    for part in holder.items("KeySchema") {
      guard let name = part["AttributeName"]?.string else { continue }
      let definition = table.items("AttributeDefinitions").first { $0["AttributeName"]?.string == name }
      keys[part["KeyType"] == "HASH" ? "partitionKey" : "sortKey"] = [
        name: definition?["AttributeType"] ?? .null
      ]
    }
    return keys
  }

  private func capacity(of holder: Value) -> [String: Value] {
    guard isProvisioned, let units = holder["ProvisionedThroughput"] else { return [:] }
    var capacity: [String: Value] = [:]
    capacity["readCapacity"] = units["ReadCapacityUnits"]
    capacity["writeCapacity"] = units["WriteCapacityUnits"]
    return capacity
  }

  private func limits(of holder: Value) -> Value? {
    guard !isProvisioned, let units = holder["OnDemandThroughput"] else { return nil }
    var limits: [String: Value] = [:]
    for (wire, name) in [
      ("MaxReadRequestUnits", "maxReadRequestUnits"), ("MaxWriteRequestUnits", "maxWriteRequestUnits"),
    ] {
      if let most = units[wire]?.integer, most > 0 { limits[name] = .integer(most) }
    }
    return limits.isEmpty ? nil : .map(limits)
  }

  /// What table and indexes are ready for, where the file says anything of it. DynamoDB raises the warm
  /// throughput by itself and never lowers it: a higher value than wanted is returned as the wanted one.
  func warmed(_ properties: [String: Value], asWanted wanted: Resource?) -> [String: Value] {
    var properties = properties
    properties["warmThroughput"] = warmth(of: table, asWanted: wanted?["warmThroughput"])
    guard var indexes = properties["globalSecondaryIndexes"]?.map else { return properties }
    for index in table.items("GlobalSecondaryIndexes") {
      guard let name = index["IndexName"]?.string, var shown = indexes[name]?.map else { continue }
      let wanted = wanted?["globalSecondaryIndexes"]?[name]?["warmThroughput"]
      shown["warmThroughput"] = warmth(of: index, asWanted: wanted)
      indexes[name] = .map(shown)
    }
    properties["globalSecondaryIndexes"] = .map(indexes)
    return properties
  }

  private func warmth(of holder: Value, asWanted wanted: Value?) -> Value? {
    guard let wanted, !wanted.isEmpty, let units = holder["WarmThroughput"] else { return nil }
    var returned: [String: Value] = [:]
    for (wire, name) in [
      ("ReadUnitsPerSecond", "readUnitsPerSecond"), ("WriteUnitsPerSecond", "writeUnitsPerSecond"),
    ] {
      guard let ready = units[wire]?.integer else { continue }
      let asked = wanted[name]?.integer
      returned[name] = .integer(asked.map { ready >= $0 ? $0 : ready } ?? ready)
    }
    return .map(returned)
  }

  /// Indexes by name, without those that are being deleted.
  private func indexes(_ wireName: String, _ members: (Value) -> [String: Value]) -> Value? {
    var indexes: [String: Value] = [:]
    for index in table.items(wireName) where index["IndexStatus"] != "DELETING" {
      guard let name = index["IndexName"]?.string else { continue }
      var shown = members(index)
      shown["projection"] = index["Projection"]?["ProjectionType"]
      if let attributes = index["Projection"]?["NonKeyAttributes"], !attributes.isEmpty {
        shown["nonKeyAttributes"] = attributes
      }
      indexes[name] = .map(shown)
    }
    return indexes.isEmpty ? nil : .map(indexes)
  }
}
