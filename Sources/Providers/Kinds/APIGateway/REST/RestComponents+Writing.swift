import Planner

/// Takes the parts of a REST API to what is wanted, and returns their ids.
///
/// Components that are no longer named are deleted last (``clear(_:)``), because API Gateway refuses to
/// delete what a method still names.
struct RestPartsChange: Sendable {
  private let api: [String: Value]
  private let resource: Resource
  private var live: RestComponents
  private let aws: WritingClient

  /// `live` holds the listings of what changes.
  init(of id: String, to resource: Resource, from live: RestComponents, _ aws: WritingClient) {
    api = ["restapi_id": .string(id)]
    self.resource = resource
    self.live = live
    self.aws = aws
  }

  /// Makes and changes; returns the names that methods can then be made with.
  mutating func apply(_ changed: Set<String>) async throws(ProviderError) -> RestIDs {
    if changed.contains("models") { try await changeModels() }
    if changed.contains("authorizers") { try await changeAuthorizers() }
    if changed.contains("routes") { try await addValidators() }
    if changed.contains("gatewayResponses") { try await changeAnswers() }
    return live.names
  }

  /// Deletes what is not wanted any more.
  func clear(_ changed: Set<String>) async throws(ProviderError) {
    if changed.contains("authorizers") {
      for (name, item) in Self.byName(live.authorizers) where resource["authorizers"]?[name] == nil {
        try await delete(authorizer: item)
      }
    }
    if changed.contains("models") {
      for name in Self.byName(live.models).map(\.key)
      where resource["models"]?[name] == nil && !["Empty", "Error"].contains(name) {
        try await aws.delete(APIGateway.deleteModel, api.merging(["model_name": .string(name)]) { $1 })
      }
    }
    guard changed.contains("routes") else { return }
    let used = wantedValidators
    for item in live.validators ?? [] {
      let validator = RestValidator(wire: item)
      // Those of other names are not ours.
      guard item["name"]?.string == validator.name, !used.contains(validator) else { continue }
      let id = try item.identity(at: "id", from: APIGateway.getRequestValidators)
      try await aws.delete(
        APIGateway.deleteRequestValidator, api.merging(["requestvalidator_id": .string(id)]) { $1 })
    }
  }

  private static func byName(_ items: [Value]?) -> [(key: String, value: Value)] {
    let named = (items ?? []).compactMap { item in item["name"]?.string.map { ($0, item) } }
    return named.sorted { $0.0 < $1.0 }.map { (key: $0.0, value: $0.1) }
  }

  private func delete(authorizer item: Value) async throws(ProviderError) {
    let id = try item.identity(at: "id", from: APIGateway.getAuthorizers)
    try await aws.delete(APIGateway.deleteAuthorizer, api.merging(["authorizer_id": .string(id)]) { $1 })
  }

  // MARK: Models

  private func changeModels() async throws(ProviderError) {
    let there = Dictionary(Self.byName(live.models).map { ($0.key, $0.value) }) { first, _ in first }
    for (name, schema) in (resource["models"]?.map ?? [:]).sorted(by: { $0.key < $1.key }) {
      let text = Value.string(schema.string ?? schema.json)
      guard let old = there[name] else {
        let input: [String: Value] = [
          "name": .string(name), "contentType": "application/json", "schema": text,
        ]
        try await aws.write(APIGateway.createModel, api.merging(input) { $1 })
        continue
      }
      let before = Shape.document.normalised(old["schema"] ?? .null)
      if before == Shape.document.normalised(text) { continue }
      try await aws.patch(
        APIGateway.updateModel, api.merging(["model_name": .string(name)]) { $1 }, [.replace("/schema", text)]
      )
    }
  }

  // MARK: Authorizers

  private mutating func changeAuthorizers() async throws(ProviderError) {
    var items = live.authorizers ?? []
    for (name, value) in (resource["authorizers"]?.map ?? [:]).sorted(by: { $0.key < $1.key }) {
      let wanted = ApiAuthorizer(declared: value, isHTTP: false)
      let there = items.firstIndex { $0["name"]?.string == name }
      guard let there else {
        items.append(try await create(wanted, name))
        continue
      }
      items[there] = try await change(items[there], to: wanted, name)
    }
    live.authorizers = items
  }

  private func create(_ authorizer: ApiAuthorizer, _ name: String) async throws(ProviderError) -> Value {
    let input = authorizer.restInput(in: aws.target).merging(["name": .string(name)]) { $1 }
    return try await aws.write(APIGateway.createAuthorizer, api.merging(input) { $1 })
  }

  private func change(
    _ item: Value, to wanted: ApiAuthorizer, _ name: String
  ) async throws(ProviderError) -> Value {
    let live = ApiAuthorizer(rest: item)
    guard live != wanted else { return item }
    if live.providerARNs != wanted.providerARNs, aws.target.has(.losesUserPools) {
      try await delete(authorizer: item)
      return try await create(wanted, name)
    }
    let id = try item.identity(at: "id", from: APIGateway.getAuthorizers)
    try await aws.patch(
      APIGateway.updateAuthorizer, api.merging(["authorizer_id": .string(id)]) { $1 },
      wanted.patches(from: live, in: aws.target))
    return .map((item.map ?? [:]).merging(wanted.restInput(in: aws.target)) { $1 })
  }

  // MARK: Validators

  private var wantedValidators: Set<RestValidator> {
    Set((resource["routes"]?.map ?? [:]).values.compactMap(RestValidator.init(of:)))
  }

  private mutating func addValidators() async throws(ProviderError) {
    var items = live.validators ?? []
    let there = Set(items.map(RestValidator.init(wire:)))
    for validator in wantedValidators.subtracting(there).sorted(by: { $0.name < $1.name }) {
      items.append(
        try await aws.write(APIGateway.createRequestValidator, api.merging(validator.input) { $1 }))
    }
    live.validators = items
  }

  // MARK: Answers of its own

  private func changeAnswers() async throws(ProviderError) {
    let wanted = resource["gatewayResponses"]?.map ?? [:]
    let old = live.properties(wanted: resource)["gatewayResponses"]?.map ?? [:]
    for type in old.keys.sorted() where wanted[type] == nil {
      try await aws.delete(
        APIGateway.deleteGatewayResponse, api.merging(["response_type": .string(type)]) { $1 })
    }
    for (type, answer) in wanted.sorted(by: { $0.key < $1.key }) {
      var input = (answer.map ?? [:]).filter { !$0.value.isEmpty }
      guard input != old[type]?.map else { continue }
      input["statusCode"] = input["statusCode"].map { .string("\($0.integer ?? 0)") }
      input["response_type"] = .string(type)
      try await aws.write(APIGateway.putGatewayResponse, api.merging(input) { $1 })
    }
  }
}

extension WritingClient {
  /// Sends the operations of a patch, if there are any; returns the last answer. Removals go first, each by
  /// itself: LocalStack counts the places of a list as it was before the patch, and MiniStack takes settings
  /// out last.
  @discardableResult
  func patch(
    _ operation: Operation<Writes>, _ input: [String: Value], _ operations: [Value]
  ) async throws(ProviderError) -> Value {
    let removals = operations.filter { $0["op"] == "remove" }
    var answer = Value.null
    for operations in removals.map({ [$0] }) + [operations.filter { $0["op"] != "remove" }] {
      guard !operations.isEmpty else { continue }
      answer = try await write(operation, input.merging(["patchOperations": .list(operations)]) { $1 })
    }
    return answer
  }
}
