import Planner

/// The one call that makes a table with all that CreateTable takes.
enum TableCreation {
  /// The input of CreateTable.
  static func input(_ resource: Resource, tags: [String: String]) -> [String: Value] {
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
      return .map(wire.merging(index.throughputLimits) { $1 })
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
    return input.merging(table.throughputLimits) { $1 }
  }
}

/// The UpdateTable calls that a change takes, in order: the service takes one thing at a time, and refuses a
/// value that is there already.
struct TableChange {
  let inputs: [[String: Value]]

  init(_ update: Update) {
    let change = Self.Differences(live: update.live.properties, wanted: update.resource, update: update)
    inputs =
      change.simple + change.deletedIndexes + change.capacity + change.limits + change.createdIndexes
      + change.stream
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
      let isProtected = wanted["deletionProtection"] == true
      if update.changes("deletionProtection"), live["deletionProtection"] != .boolean(isProtected) {
        inputs.append(["DeletionProtectionEnabled": .boolean(isProtected)])
      }
      let asked = wanted["tableClass"] ?? .null
      let tableClass: Value = asked.isEmpty ? "STANDARD" : asked
      if update.changes("tableClass"), live["tableClass"] != tableClass {
        inputs.append(["TableClass": tableClass])
      }
      if update.changes("encryption"), live["encryption"]?["kmsKey"] != wanted["encryption"]?["kmsKey"] {
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
      // Every call names the attributes of the keys that exist by then, and no others.
      let locals = (live["localSecondaryIndexes"]?.map ?? [:]).values.compactMap { $0["sortKey"] }
      var keys = [live["partitionKey"], live["sortKey"]].compactMap(\.self) + locals
      keys += keptIndexes.values.flatMap { [$0["partitionKey"], $0["sortKey"]].compactMap(\.self) }
      var inputs: [[String: Value]] = []
      for (name, index) in wantedIndexes.sorted(by: { $0.key < $1.key }) where keptIndexes[name] == nil {
        keys += [index["partitionKey"], index["sortKey"]].compactMap(\.self)
        var wire = index.tableIndex(name, partition: index["partitionKey"])
        if isProvisioned { wire["ProvisionedThroughput"] = .throughput(index, or: currentCapacity) }
        wire.merge(index.throughputLimits) { $1 }
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

    /// The limits and the warm throughput of a table that is paid for by the request. Ready it stays: that is
    /// never taken back.
    var limits: [[String: Value]] {
      var inputs: [[String: Value]] = []
      if update.changes("onDemandThroughput"), !isProvisioned {
        let limits = Value.onDemand(wanted["onDemandThroughput"])
        if limits != .onDemand(live["onDemandThroughput"]) { inputs.append(["OnDemandThroughput": limits]) }
      }
      if update.changes("warmThroughput"), let units = Value.warm(wanted["warmThroughput"]),
        units != Value.warm(live["warmThroughput"])
      {
        inputs.append(["WarmThroughput": units])
      }
      let updates = keptIndexes.sorted { $0.key < $1.key }.compactMap { name, live -> Value? in
        let declared = wantedIndexes[name] ?? .null
        var index: [String: Value] = [:]
        let limits = Value.onDemand(declared["onDemandThroughput"])
        if !isProvisioned, limits != .onDemand(live["onDemandThroughput"]) {
          index["OnDemandThroughput"] = limits
        }
        if let units = Value.warm(declared["warmThroughput"]), units != Value.warm(live["warmThroughput"]) {
          index["WarmThroughput"] = units
        }
        guard !index.isEmpty else { return nil }
        return ["Update": .map(index.merging(["IndexName": .string(name)]) { $1 })]
      }
      if !updates.isEmpty { inputs.append(["GlobalSecondaryIndexUpdates": .list(updates)]) }
      return inputs
    }

    /// Another view only after the stream was turned off.
    var stream: [[String: Value]] {
      guard update.changes("stream"), live["stream"] ?? .null != wanted["stream"] ?? .null else { return [] }
      let wasOn = !(live["stream"] ?? .null).isEmpty
      var inputs: [[String: Value]] = wasOn ? [["StreamSpecification": ["StreamEnabled": false]]] : []
      if let view = wanted["stream"], !view.isEmpty { inputs.append(["StreamSpecification": .stream(view)]) }
      return inputs
    }
  }
}

extension Value {
  fileprivate static func stream(_ view: Value) -> Value { ["StreamEnabled": true, "StreamViewType": view] }

  /// The limits and the warm throughput of a table or an index that is created.
  fileprivate var throughputLimits: [String: Value] {
    var limits: [String: Value] = [:]
    if let most = self["onDemandThroughput"], !most.isEmpty { limits["OnDemandThroughput"] = .onDemand(most) }
    limits["WarmThroughput"] = .warm(self["warmThroughput"])
    return limits
  }

  fileprivate static func encryption(_ wanted: Value) -> Value {
    guard let key = wanted["kmsKey"], !key.isEmpty else { return ["Enabled": false] }
    if key == TableKind.managedKey { return ["Enabled": true, "SSEType": "KMS"] }
    return ["Enabled": true, "SSEType": "KMS", "KMSMasterKeyId": key]
  }
}
