import Planner

/// A live stage of an HTTP API, and what changes one.
struct HttpStage: Sendable {
  let wire: Value

  var name: String { wire["stageName"]?.string ?? "" }

  /// Our stage: the one of the wanted name, else one that we created, else the first.
  init?(among stages: [Value], wanted: String?) {
    let made = stages.first { $0["description"]?.string == Self.description }
    guard let stage = stages.first(where: { $0["stageName"]?.string == wanted }) ?? made ?? stages.first
    else { return nil }
    wire = stage
  }

  private static let description = "Published by Stackform"
  /// What `deployment` is of a stage that publishes what changes by itself.
  static let automatic = "automatic"

  private static let limits = [("burstLimit", "throttlingBurstLimit"), ("rateLimit", "throttlingRateLimit")]
  /// The account's limits, which a stage without its own has. AWS may spell them out.
  private static let unset: [String: Value] = ["burstLimit": 5000, "rateLimit": 10000]

  // MARK: As properties

  /// The properties of the stage. `wanted` shows how the file spells them.
  func properties(wanted: Resource?) -> [String: Value] {
    var properties: [String: Value] = ["stage": .string(name)]
    let shown = wire["deploymentId"]?.string ?? "nothing"
    properties["deployment"] = .string(wire["autoDeploy"] == true ? Self.automatic : "by hand (\(shown))")
    // A variable is removed by the empty text, and may be returned as that.
    let variables = (wire["stageVariables"]?.map ?? [:]).filter { !$0.value.isEmpty }
    properties["stageVariables"] = .map(variables)
    let log = wire["accessLogSettings"] ?? .null
    if let destination = log["destinationArn"], !destination.isEmpty {
      properties["accessLogs"] = ["destination": destination, "format": log["format"] ?? ""]
    }
    let all = wire["defaultRouteSettings"] ?? .null
    if all["detailedMetricsEnabled"] == true { properties["logging"] = ["metrics": true] }
    properties["throttling"] = Self.throttling(all, wanted: wanted?["throttling"])
    return properties
  }

  /// nil when nothing is set, or nothing but what counts anyway.
  private static func throttling(_ settings: Value, wanted: Value?) -> Value? {
    var members: [String: Value] = [:]
    for (name, wireName) in limits {
      guard let value = settings[wireName], !value.isNull else { continue }
      let isSpelt = !(wanted?[name] ?? .null).isNull
      if isSpelt || Shape.number.normalised(value) != unset[name] { members[name] = value }
    }
    return members.isEmpty ? nil : .map(members)
  }

  /// The limits that routes have of their own, by route.
  func limits(wanted: Resource?) -> [String: Value] {
    var limits: [String: Value] = [:]
    for (route, settings) in wire["routeSettings"]?.map ?? [:] {
      limits[route] = Self.throttling(settings, wanted: wanted?["routes"]?[route]?["throttling"])
    }
    return limits
  }

  // MARK: On the wire

  /// What CreateStage takes, without the API.
  static func creation(_ name: String, _ resource: Resource) -> [String: Value] {
    var input: [String: Value] = [
      "stageName": .string(name), "autoDeploy": true, "description": .string(description),
    ]
    if let variables = resource["stageVariables"], !variables.isEmpty { input["stageVariables"] = variables }
    if let log = logs(resource["accessLogs"]) { input["accessLogSettings"] = log }
    let settings = settings(resource)
    if !settings.isEmpty { input["defaultRouteSettings"] = settings }
    let routes = routeSettings(resource)
    if !routes.isEmpty { input["routeSettings"] = .map(routes) }
    return input
  }

  /// What UpdateStage takes of what changes, without the stage; empty for nothing.
  func change(to resource: Resource, _ changed: Set<String>) -> [String: Value] {
    var input: [String: Value] = [:]
    if changed.contains("deployment"), wire["autoDeploy"] != true { input["autoDeploy"] = true }
    if changed.contains("stageVariables") {
      let wanted = resource["stageVariables"]?.map ?? [:]
      let gone = (wire["stageVariables"]?.map ?? [:]).filter { wanted[$0.key] == nil && !$0.value.isEmpty }
      input["stageVariables"] = .map(gone.mapValues { _ in "" }.merging(wanted) { $1 })
    }
    if changed.contains("accessLogs"), let log = Self.logs(resource["accessLogs"]) {
      input["accessLogSettings"] = log
    }
    if !changed.isDisjoint(with: ["logging", "throttling"]) {
      // What is not declared stays, and what is reset is set to what counts without it.
      var settings = wire["defaultRouteSettings"]?.map ?? [:]
      for (name, wireName) in Self.limits where changed.contains("throttling") {
        settings[wireName] =
          resource["throttling"]?[name].flatMap { $0.isNull ? nil : $0 } ?? Self.unset[name]
      }
      if changed.contains("logging") {
        settings["detailedMetricsEnabled"] = .boolean(resource["logging"]?["metrics"] == true)
      }
      // Words of WebSocket APIs, which AWS refuses here.
      settings["dataTraceEnabled"] = nil
      settings["loggingLevel"] = nil
      input["defaultRouteSettings"] = .map(settings)
    }
    let routes = Self.routeSettings(resource)
    let there = (wire["routeSettings"]?.map ?? [:]).filter { Self.throttling($0.value, wanted: nil) != nil }
    if changed.contains("routes"), routes != there, !routes.isEmpty { input["routeSettings"] = .map(routes) }
    return input
  }

  /// Routes with limits that are removed.
  func unlimited(in resource: Resource) -> [String] {
    let wanted = Self.routeSettings(resource)
    return (wire["routeSettings"]?.map ?? [:]).keys.filter { wanted[$0] == nil }.sorted()
  }

  private static func logs(_ value: Value?) -> Value? {
    guard let value, !value.isEmpty else { return nil }
    return ["destinationArn": value["destination"] ?? "", "format": value["format"] ?? ""]
  }

  private static func settings(_ resource: Resource) -> Value {
    var settings = wireLimits(resource["throttling"])
    if resource["logging"]?["metrics"] == true { settings["detailedMetricsEnabled"] = true }
    return .map(settings)
  }

  static func routeSettings(_ resource: Resource) -> [String: Value] {
    (resource["routes"]?.map ?? [:]).compactMapValues { route in
      let limits = wireLimits(route["throttling"])
      return limits.isEmpty ? nil : .map(limits)
    }
  }

  private static func wireLimits(_ throttling: Value?) -> [String: Value] {
    var members: [String: Value] = [:]
    for (name, wireName) in limits {
      if let value = throttling?[name], !value.isNull { members[wireName] = value }
    }
    return members
  }
}
