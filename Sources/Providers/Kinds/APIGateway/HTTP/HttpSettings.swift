import Planner

/// What GetApi returns of an HTTP API and UpdateApi changes.
enum HttpSettings {
  /// The properties in an answer of GetApi. `wanted` shows how the file spells them.
  static func properties(of api: Value, wanted: Resource?) -> [String: Value] {
    var properties: [String: Value] = [
      "protocol": "http", "disableExecuteApiEndpoint": api["disableExecuteApiEndpoint"] ?? false,
    ]
    if let text = api["description"], !text.isEmpty { properties["description"] = text }
    if let cors = api["corsConfiguration"], !cors.isEmpty {
      properties["cors"] = declared(cors, wanted: wanted?["cors"])
    }
    return properties
  }

  private static let lists = ["allowHeaders", "allowMethods", "allowOrigins", "exposeHeaders"]

  /// AWS returns names of headers and methods in another case than it got them. Names with the same meaning
  /// are returned as the file has them.
  private static func declared(_ cors: Value, wanted: Value?) -> Value {
    var value: [String: Value] = [:]
    for name in lists {
      let spelt = (wanted?[name]?.list ?? []).compactMap(\.string)
      let items = (cors[name]?.list ?? []).compactMap(\.string).map { item in
        spelt.first { $0.lowercased() == item.lowercased() } ?? item
      }
      if !items.isEmpty { value[name] = .list(items.map(Value.string)) }
    }
    if let age = cors["maxAge"], !age.isNull { value["maxAge"] = age }
    if cors["allowCredentials"] == true { value["allowCredentials"] = true }
    // One origin has two ways to be said.
    if let origins = value["allowOrigins"]?.list, origins.count == 1,
      (wanted?["allowOrigins"] ?? .null).isEmpty
    {
      value["allowOrigin"] = origins[0]
      value["allowOrigins"] = nil
    }
    return .map(value)
  }

  /// What CreateApi and UpdateApi call a policy.
  private static func input(cors: Value) -> Value {
    var input: [String: Value] = [:]
    for name in lists + ["allowCredentials", "maxAge"] {
      if let value = cors[name], !value.isEmpty { input[name] = value }
    }
    if let origin = cors["allowOrigin"], !origin.isEmpty { input["allowOrigins"] = .list([origin]) }
    return .map(input)
  }

  /// What CreateApi takes.
  static func creation(_ creation: Creation) -> [String: Value] {
    let resource = creation.resource
    var input: [String: Value] = [
      "name": .string(resource.name ?? ""), "protocolType": "HTTP", "tags": creation.tags.tagMap,
    ]
    for name in ["description", "disableExecuteApiEndpoint"] {
      if let value = resource[name], !value.isEmpty { input[name] = value }
    }
    if let cors = resource["cors"], !cors.isEmpty { input["corsConfiguration"] = Self.input(cors: cors) }
    return input
  }

  /// What UpdateApi takes of what changes, without the API; empty for nothing. To delete a policy is an
  /// operation of its own.
  static func change(_ update: Update) -> [String: Value] {
    let resource = update.resource
    var input: [String: Value] = [:]
    if update.changes("name"), let name = resource.name { input["name"] = .string(name) }
    if update.changes("description") { input["description"] = .string(resource["description"]?.string ?? "") }
    if update.changes("disableExecuteApiEndpoint") {
      input["disableExecuteApiEndpoint"] = .boolean(resource["disableExecuteApiEndpoint"] == true)
    }
    if update.changes("cors"), let cors = resource["cors"], !cors.isEmpty {
      input["corsConfiguration"] = Self.input(cors: cors)
    }
    return input
  }
}
