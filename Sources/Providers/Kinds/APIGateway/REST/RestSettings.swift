import Planner

/// What GetRestApi returns and UpdateRestApi changes: one row for each property.
enum RestSettings {
  private struct Row {
    let property: String
    let path: String
    /// What the wire holds, out of GetRestApi's answer.
    let read: @Sendable (Value) -> Value?
    /// The patches that put a value there.
    let write: @Sendable (_ wanted: Value, _ live: Value) -> [Value]
  }

  private static func plain(_ property: String, reset: Value) -> Row {
    Row(property: property, path: "/\(property)") {
      $0[property]
    } write: { wanted, _ in
      let value = wanted.isNull ? reset : wanted
      // Without a value it is taken out.
      return value.isNull
        ? [["op": "replace", "path": .string("/\(property)")]] : [.replace("/\(property)", value)]
    }
  }

  private static let rows = [
    plain("apiKeySource", reset: "HEADER"), plain("description", reset: ""),
    plain("disableExecuteApiEndpoint", reset: false), plain("minimumCompressionSize", reset: .null),
    Row(property: "policy", path: "/policy") { _ in
      nil
    } write: { wanted, _ in
      [.replace("/policy", wanted.isEmpty ? "" : wanted)]
    },
    Row(property: "endpointType", path: "/endpointConfiguration/types") { api in
      let types = api["endpointConfiguration"]?["types"]
      // MiniStack makes a map of the list when one of them is replaced.
      return types?[0] ?? types?["0"]
    } write: { wanted, _ in
      [.replace("/endpointConfiguration/types/0", wanted.isNull ? "EDGE" : wanted)]
    },
    Row(property: "binaryMediaTypes", path: "/binaryMediaTypes") { api in
      mediaTypes(api["binaryMediaTypes"])
    } write: { wanted, live in
      let (new, old) = (wanted.list ?? [], live.list ?? [])
      return old.filter { !new.contains($0) }.map {
        .remove("/binaryMediaTypes/\(Value.pointer($0.string ?? ""))")
      }
        + new.filter { !old.contains($0) }.map { .add("/binaryMediaTypes/\(Value.pointer($0.string ?? ""))") }
    },
  ]

  // MARK: The resource policy

  /// GetRestApi returns a policy as JSON with quotes that are escaped once more. It spells out
  /// `execute-api:/…`, the short form of this API's ARN; if the file has the short form, so has the result.
  static func policy(of api: Value, wanted: Value?, in target: Target) -> Value? {
    guard let text = api["policy"]?.string, !text.isEmpty else { return nil }
    let plain = Value(json: "\"\(text)\"")?.string ?? text
    guard (wanted?.string ?? wanted?.json ?? "").contains("\"execute-api:/") else { return .string(plain) }
    let account = target.account ?? "*"
    let own = "arn:\(target.partition):execute-api:\(target.region):\(account):\(api["id"]?.string ?? "")/"
    return .string(plain.replacing(own, with: "execute-api:/"))
  }

  /// A list; or, of MiniStack after a change, a map whose names are escaped types.
  private static func mediaTypes(_ wire: Value?) -> Value? {
    guard let map = wire?.map else { return wire }
    return .list(map.keys.sorted().map { .string($0.replacing("~1", with: "/").replacing("~0", with: "~")) })
  }

  /// The properties in an answer of GetRestApi.
  static func properties(of api: Value) -> [String: Value] {
    var properties: [String: Value] = ["protocol": "rest"]
    for row in rows {
      if let value = row.read(api), !value.isNull { properties[row.property] = value }
    }
    return properties
  }

  /// The patch operations that make the changed properties what is wanted.
  static func operations(to wanted: Resource, from live: [String: Value], changed: Set<String>) -> [Value] {
    rows.filter { changed.contains($0.property) }.flatMap { row in
      row.write(wanted[row.property] ?? .null, live[row.property] ?? .null)
    }
  }

  /// What is left to do with ``EndpointTrait/breaksMediaTypeLists``: earlier types are lost when one is
  /// added, and none is removed from a list unless an addition has made it a map.
  static func repair(of api: Value, to wanted: Resource) -> [Value] {
    let types = Set((wanted["binaryMediaTypes"]?.list ?? []).compactMap(\.string))
    guard Set((mediaTypes(api["binaryMediaTypes"])?.list ?? []).compactMap(\.string)) != types else {
      return []
    }
    if types.isEmpty { return [.replace("/binaryMediaTypes", "")] }
    return types.sorted().map { .add("/binaryMediaTypes/\(Value.pointer($0))") }
  }

  /// What CreateRestApi takes.
  static func creation(_ creation: Creation) -> [String: Value] {
    let resource = creation.resource
    var input: [String: Value] = ["name": .string(resource.name ?? ""), "tags": creation.tags.tagMap]
    for name in [
      "apiKeySource", "binaryMediaTypes", "description", "disableExecuteApiEndpoint",
      "minimumCompressionSize",
    ] {
      if let value = resource[name], !value.isEmpty { input[name] = value }
    }
    if let policy = resource["policy"], !policy.isEmpty {
      input["policy"] = .string(policy.string ?? policy.json)
    }
    // Said in any case, since endpoints differ in what they take when it is not.
    let type = resource["endpointType"].flatMap { $0.isNull ? nil : $0 } ?? "EDGE"
    input["endpointConfiguration"] = ["types": [type]]
    return input
  }
}
