import Planner

/// The one call that makes a table with all that CreateTable takes.
enum TableCreation {
  static func input(_ resource: Resource, tags: [String: String]) -> Value {
    let table = Value.map(resource.properties)
    var input: [String: Value] = [
      "TableName": .string(resource.name ?? ""), "BillingMode": .string(resource.tableBillingMode),
      "AttributeDefinitions": .attributeDefinitions(resource.keys.map(\.key)),
      "KeySchema": .keySchema(partition: resource["partitionKey"], sort: resource["sortKey"]),
      "Tags": tags.tagList,
    ]
    let isProvisioned = resource.tableBillingMode == TableKind.provisioned
    if isProvisioned { input["ProvisionedThroughput"] = .throughput(table) }
    let global = resource.indexes("globalSecondaryIndexes").map { name, index -> Value in
      var wire = index.tableIndex(name, partition: index["partitionKey"])
      if isProvisioned { wire["ProvisionedThroughput"] = .throughput(index, or: table) }
      return .map(wire)
    }
    if !global.isEmpty { input["GlobalSecondaryIndexes"] = .list(global) }
    let local = resource.indexes("localSecondaryIndexes").map { name, index in
      Value.map(index.tableIndex(name, partition: resource["partitionKey"]))
    }
    if !local.isEmpty { input["LocalSecondaryIndexes"] = .list(local) }
    if let view = resource["stream"], !view.isEmpty { input["StreamSpecification"] = .stream(view) }
    if let encryption = resource["encryption"], !encryption.isEmpty {
      input["SSESpecification"] = .encryption(encryption)
    }
    if let tableClass = resource["tableClass"], !tableClass.isEmpty { input["TableClass"] = tableClass }
    if resource["deletionProtection"] == true { input["DeletionProtectionEnabled"] = true }
    return .map(input)
  }
}

/// The UpdateTable calls that a change takes, in order: the service takes one thing at a time, and refuses a value that is there already.
struct TableChange {
  let inputs: [[String: Value]]

  init(_ update: Update) {
    let change = Self.Differences(live: update.live.properties, wanted: update.resource, update: update)
    inputs =
      change.simple + change.deletedIndexes + change.capacity + change.createdIndexes + change.stream
  }

  private struct Differences {
    let live: [String: Value]
    let wanted: Resource
    let update: Update

    var table: Value { .map(wanted.properties) }
    var isProvisioned: Bool {
      update.changes("billingMode", "readCapacity", "writeCapacity")
        ? wanted.tableBillingMode == TableKind.provisioned : live["billingMode"] == "PROVISIONED"
    }

    var simple: [[String: Value]] {
      var inputs: [[String: Value]] = []
      if update.changes("deletionProtection") {
        inputs.append(["DeletionProtectionEnabled": .boolean(wanted["deletionProtection"] == true)])
      }
      if update.changes("tableClass") {
        let tableClass = wanted["tableClass"] ?? .null
        inputs.append(["TableClass": tableClass.isEmpty ? "STANDARD" : tableClass])
      }
      if update.changes("encryption") {
        inputs.append(["SSESpecification": .encryption(wanted["encryption"] ?? .null)])
      }
      return inputs
    }

    // MARK: Indexes

    var liveIndexes: [String: Value] { live["globalSecondaryIndexes"]?.map ?? [:] }
    var wantedIndexes: [String: Value] {
      update.changes("globalSecondaryIndexes") ? wanted["globalSecondaryIndexes"]?.map ?? [:] : liveIndexes
    }
    /// Those that stay, perhaps with another capacity.
    var keptIndexes: [String: Value] {
      liveIndexes.filter { name, index in wantedIndexes[name]?.indexDefinition == index.indexDefinition }
    }

    var deletedIndexes: [[String: Value]] {
      liveIndexes.keys.filter { keptIndexes[$0] == nil }.sorted().map { name in
        ["GlobalSecondaryIndexUpdates": [["Delete": ["IndexName": .string(name)]]]]
      }
    }

    var createdIndexes: [[String: Value]] {
      // Every call tells the attributes of the keys that are there by then, and no others.
      let locals = (live["localSecondaryIndexes"]?.map ?? [:]).values.compactMap { $0["sortKey"] }
      var keys = [live["partitionKey"], live["sortKey"]].compactMap(\.self) + locals
      keys += keptIndexes.values.flatMap { [$0["partitionKey"], $0["sortKey"]].compactMap(\.self) }
      var inputs: [[String: Value]] = []
      for (name, index) in wantedIndexes.sorted(by: { $0.key < $1.key }) where keptIndexes[name] == nil {
        keys += [index["partitionKey"], index["sortKey"]].compactMap(\.self)
        var wire = index.tableIndex(name, partition: index["partitionKey"])
        if isProvisioned { wire["ProvisionedThroughput"] = .throughput(index, or: currentCapacity) }
        inputs.append([
          "AttributeDefinitions": .attributeDefinitions(keys),
          "GlobalSecondaryIndexUpdates": [["Create": .map(wire)]],
        ])
      }
      return inputs
    }

    // MARK: Capacity

    /// The table's own, as it is once the change is done.
    var currentCapacity: Value {
      .map(live.merging(wanted.properties.filter { update.changes($0.key) && !$0.value.isEmpty }) { $1 })
    }

    var capacity: [[String: Value]] {
      let wasProvisioned = live["billingMode"] == "PROVISIONED"
      guard isProvisioned else {
        return wasProvisioned ? [["BillingMode": .string(TableKind.payPerRequest)]] : []
      }
      var input: [String: Value] = [:]
      if !wasProvisioned { input["BillingMode"] = .string(TableKind.provisioned) }
      let throughput = Value.throughput(currentCapacity)
      if throughput != Value.throughput(.map(live)) { input["ProvisionedThroughput"] = throughput }
      let updates = keptIndexes.sorted { $0.key < $1.key }.compactMap { name, live -> Value? in
        // A capacity that is not declared stays, and is the table's where there was none.
        let declared = wantedIndexes[name] ?? .null
        let fallback = Value.throughput(live) == nil ? currentCapacity : live
        let wanted = Value.throughput(declared, or: fallback)
        guard let wanted, wanted != Value.throughput(live) else { return nil }
        return ["Update": ["IndexName": .string(name), "ProvisionedThroughput": wanted]]
      }
      if !updates.isEmpty { input["GlobalSecondaryIndexUpdates"] = .list(updates) }
      return input.isEmpty ? [] : [input]
    }

    /// Another view only after the stream was turned off.
    var stream: [[String: Value]] {
      guard update.changes("stream") else { return [] }
      let wasOn = !(live["stream"] ?? .null).isEmpty
      var inputs: [[String: Value]] = wasOn ? [["StreamSpecification": ["StreamEnabled": false]]] : []
      if let view = wanted["stream"], !view.isEmpty { inputs.append(["StreamSpecification": .stream(view)]) }
      return inputs
    }
  }
}

extension Value {
  fileprivate static func stream(_ view: Value) -> Value { ["StreamEnabled": true, "StreamViewType": view] }

  fileprivate static func encryption(_ wanted: Value) -> Value {
    guard let key = wanted["kmsKey"], !key.isEmpty else { return ["Enabled": false] }
    return ["Enabled": true, "SSEType": "KMS", "KMSMasterKeyId": key]
  }
}
