import Planner

/// A live stage of a REST API, and the patches that change one.
struct RestStage: Sendable {
  let wire: Value

  var name: String { wire["stageName"]?.string ?? "" }
  var deploymentID: String? { wire["deploymentId"]?.string }

  /// Our stage: the one of the wanted name, else one that we published, else the first.
  init?(among stages: [Value], wanted: String?) {
    let published = stages.first { ($0["description"]?.string ?? "").hasPrefix(Self.prefix) }
    guard let stage = stages.first(where: { $0["stageName"]?.string == wanted }) ?? published ?? stages.first
    else {
      return nil
    }
    wire = stage
  }

  // MARK: What is published

  private static let prefix = "Published by Stackform: "

  /// What a stage's description says: the hash of the routes, and the deployment that holds them, so that
  /// someone else's deployment shows.
  static func description(hash: String, deployment: String) -> String { "\(prefix)\(hash) as \(deployment)" }

  /// The hash of what is published; what else is there, when it is not ours.
  var deployment: Value? {
    let text = wire["description"]?.string ?? ""
    let words = text.dropFirst(Self.prefix.count).split(separator: " ").map(String.init)
    if text.hasPrefix(Self.prefix), words.count == 3, words[2] == deploymentID { return .string(words[0]) }
    return deploymentID.map { .string("other (\($0))") }
  }

  // MARK: As properties

  private static let settings: [(property: String, member: String, path: String, wire: String)] = [
    ("logging", "dataTrace", "logging/dataTrace", "dataTraceEnabled"),
    ("logging", "level", "logging/loglevel", "loggingLevel"),
    ("logging", "metrics", "metrics/enabled", "metricsEnabled"),
    ("throttling", "burstLimit", "throttling/burstLimit", "throttlingBurstLimit"),
    ("throttling", "rateLimit", "throttling/rateLimit", "throttlingRateLimit"),
  ]

  /// What a stage returns for an unset setting as soon as another one is set: the account's limits, and no
  /// logging.
  private static let unset: [String: [Value]] = [
    // LocalStack's are lower ones.
    "burstLimit": [5000, -1, 2000],
    "rateLimit": [10000, .number(10000), -1, .number(-1), 1000, .number(1000)], "level": ["OFF", ""],
    "dataTrace": [false], "metrics": [false],
  ]

  /// In the schema's words. Settings that look unset are returned only when they are `wanted`.
  func properties(wanted: Resource?) -> [String: Value] {
    var properties: [String: Value] = ["stage": .string(name)]
    properties["deployment"] = deployment
    properties["stageVariables"] = wire["variables"]
    properties["tracingEnabled"] = wire["tracingEnabled"] ?? false
    let log = wire["accessLogSettings"] ?? .null
    if let destination = log["destinationArn"], !destination.isEmpty {
      properties["accessLogs"] = ["destination": destination, "format": log["format"] ?? ""]
    }
    guard let all = wire["methodSettings"]?["*/*"] else { return properties }
    for property in ["logging", "throttling"] {
      var members: [String: Value] = [:]
      for setting in Self.settings where setting.property == property {
        members[setting.member] = all[setting.wire]
      }
      let isSet = members.contains { !(Self.unset[$0.key] ?? []).contains($0.value) }
      if isSet || !(wanted?[property] ?? .null).isEmpty { properties[property] = .map(members) }
    }
    return properties
  }

  // MARK: Limits of routes

  /// The routes as they are, each with the limits that the stage sets on it. Without routes, those that have limits.
  func limiting(_ routes: Value?, wanted: Resource?) -> Value {
    var limited = routes?.map ?? [:]
    for (place, all) in wire["methodSettings"]?.map ?? [:] where place != "*/*" {
      guard let key = RestAccess.route(at: place)?.description else { continue }
      guard routes == nil || limited[key] != nil else { continue }
      let spelt = wanted?["routes"]?[key]?["throttling"]
      var limits: [String: Value] = [:]
      for setting in Self.settings where setting.property == "throttling" {
        guard let value = all[setting.wire] else { continue }
        let isSpelt = !(spelt?[setting.member] ?? .null).isNull
        if isSpelt || !(Self.unset[setting.member] ?? []).contains(value) { limits[setting.member] = value }
      }
      guard !limits.isEmpty else { continue }
      limited[key] = .map((limited[key]?.map ?? [:]).merging(["throttling": .map(limits)]) { $1 })
    }
    return .map(limited)
  }

  /// A route's limits can only be removed together, so those that stay are put again.
  private static func routeOperations(to wanted: Resource, from live: [String: Value]) -> [Value] {
    func limits(_ routes: Value?, _ name: String) -> [String: Value] {
      (routes?[name]?["throttling"]?.map ?? [:]).filter { !$0.value.isNull }
    }
    let names = Set((wanted["routes"]?.map ?? [:]).keys).union((live["routes"]?.map ?? [:]).keys)
    var operations: [Value] = []
    for name in names.sorted() {
      guard let key = RouteKey(name) else { continue }
      let (new, old) = (limits(wanted["routes"], name), limits(live["routes"], name))
      let place = "/\(Value.pointer(key.path))/\(key.method)"
      let isReset = old.keys.contains { new[$0] == nil }
      if isReset { operations.append(.remove(place)) }
      for setting in settings where setting.property == "throttling" {
        guard let value = new[setting.member], isReset || value != old[setting.member] else { continue }
        operations.append(.replace("\(place)/\(setting.path)", value))
      }
    }
    return operations
  }

  /// An operation of a patch as it is where ``EndpointTrait/rejectsRemovalOfRouteLimits``: instead of the
  /// removal of a route's limits, they are set to what counts without them.
  static func substitutes(for operation: Value) -> [Value] {
    guard operation["op"] == "remove", let place = operation["path"]?.string, place.hasPrefix("/~1") else {
      return [operation]
    }
    return settings.filter { $0.property == "throttling" }.map { setting in
      .replace("\(place)/\(setting.path)", unset[setting.member]?.first ?? -1)
    }
  }

  // MARK: Patches

  /// What of a stage CreateStage does not take, or what differs on a stage that is there.
  static func operations(
    to wanted: Resource, from live: [String: Value], changed: Set<String>
  ) -> [Value] {
    var operations: [Value] = []
    if changed.contains("stageVariables") {
      let (old, new) = (live["stageVariables"]?.map ?? [:], wanted["stageVariables"]?.map ?? [:])
      for name in old.keys.sorted() where new[name] == nil {
        operations.append(.remove("/variables/\(name)"))
      }
      for (name, value) in new.sorted(by: { $0.key < $1.key }) where old[name] != value {
        operations.append(.replace("/variables/\(name)", value))
      }
    }
    if changed.contains("tracingEnabled") {
      operations.append(.replace("/tracingEnabled", .boolean(wanted["tracingEnabled"] == true)))
    }
    if changed.contains("accessLogs") {
      if let log = wanted["accessLogs"], !log.isEmpty {
        operations.append(.replace("/accessLogSettings/destinationArn", log["destination"] ?? ""))
        operations.append(.replace("/accessLogSettings/format", log["format"] ?? ""))
      } else if !(live["accessLogs"] ?? .null).isEmpty {
        operations.append(.remove("/accessLogSettings"))
      }
    }
    if changed.contains("routes") { operations += routeOperations(to: wanted, from: live) }
    return operations + settingOperations(to: wanted, from: live, changed: changed)
  }

  /// Settings of all methods can only be removed together, so those that stay are put again.
  private static func settingOperations(
    to wanted: Resource, from live: [String: Value], changed: Set<String>
  ) -> [Value] {
    let groups = ["logging", "throttling"].filter(changed.contains)
    let resets = groups.contains { (wanted[$0] ?? .null).isEmpty && !(live[$0] ?? .null).isEmpty }
    var operations: [Value] = resets ? [.remove("/*/*")] : []
    for setting in settings {
      let isChanged = groups.contains(setting.property)
      guard isChanged || resets else { continue }
      let source = isChanged ? wanted[setting.property] : live[setting.property]
      if let value = source?[setting.member], !value.isNull {
        operations.append(.replace("/*/*/\(setting.path)", value))
      }
    }
    return operations
  }
}

extension Value {
  /// An operation of a patch of API Gateway; all values are texts.
  static func replace(_ path: String, _ value: Value) -> Value {
    ["op": "replace", "path": .string(path), "value": .string(value.string ?? value.json)]
  }

  /// The patch operation that adds an item.
  static func add(_ path: String) -> Value { ["op": "add", "path": .string(path)] }
  static func remove(_ path: String) -> Value { ["op": "remove", "path": .string(path)] }

  /// A name as one part of a patch's path (RFC 6901).
  static func pointer(_ name: String) -> String {
    var escaped = ""
    for character in name {
      switch character {
      case "~": escaped += "~0"
      case "/": escaped += "~1"
      default: escaped.append(character)
      }
    }
    return escaped
  }
}
