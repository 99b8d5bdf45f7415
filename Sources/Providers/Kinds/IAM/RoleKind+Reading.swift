import Planner

extension RoleKind {
  func read(
    _ queries: [LiveQuery], _ aws: ReadingClient
  ) async -> [Address: Result<LiveResource?, ProviderError>] {
    // One may be allowed to read single roles and not the whole account's; some endpoints lack the call.
    await readTogether(queries, aws) { () throws(ProviderError) in
      try await details(aws)
    } one: { details, query throws(ProviderError) in
      guard let role = query.name.flatMap({ details[$0] }) else { return nil }
      return try await complete(role, query, aws)
    }
  }

  func read(_ query: LiveQuery, _ aws: ReadingClient) async throws(ProviderError) -> LiveResource? {
    guard let name = query.name else { return nil }
    async let policies = outcome { () throws(ProviderError) in
      try await inlinePolicies(of: name, query, aws)
    }
    async let attached = outcome { () throws(ProviderError) in
      query.wants("managedPolicyArns") ? try await attachedPolicies(of: name, aws) : nil
    }
    guard let role = try await role(named: name, aws) else {
      _ = await (policies, attached)
      return nil
    }
    var live = live(role, query)
    for (policy, document) in try await policies.get() ?? [:] { live.add(policy, document) }
    if let attached = try await attached.get(), !attached.isEmpty {
      live.properties["managedPolicyArns"] = .list(attached.map(Value.string))
    }
    return live
  }

  /// GetRole's answer; nil when there is no such role.
  func role(named name: String, _ aws: ReadingClient) async throws(ProviderError) -> Value? {
    try await aws.readIfPresent(IAM.getRole, ["RoleName": .string(name)])?["Role"]
  }

  /// Inline policies as far as the query asks for them; nil when the role is not there.
  private func inlinePolicies(
    of name: String, _ query: LiveQuery, _ aws: ReadingClient
  ) async throws(ProviderError) -> [String: Value]? {
    var names = query.wants("policy") ? [Self.policyName] : []
    if query.wants("policies") { names = try await inlinePolicyNames(of: name, aws) }
    var policies: [String: Value] = [:]
    for policy in names {
      let input: [String: Value] = ["RoleName": .string(name), "PolicyName": .string(policy)]
      guard let answer = try await aws.readIfPresent(IAM.getRolePolicy, input) else { continue }
      policies[policy] = Self.document(answer["PolicyDocument"])
    }
    return policies
  }

  /// Empty for a role that is not there.
  func inlinePolicyNames(of name: String, _ aws: ReadingClient) async throws(ProviderError) -> [String] {
    try await aws.everyItem(IAM.listRolePolicies, ["RoleName": .string(name)]).compactMap(\.string)
  }

  /// Empty for a role that is not there.
  func attachedPolicies(of name: String, _ aws: ReadingClient) async throws(ProviderError) -> [String] {
    try await aws.everyItem(IAM.listAttachedRolePolicies, ["RoleName": .string(name)])
      .compactMap { $0["PolicyArn"]?.string }
  }

  /// Every role of the account, by name.
  private func details(_ aws: ReadingClient) async throws(ProviderError) -> [String: Value] {
    let input: [String: Value] = ["Filter": ["Role"], "MaxItems": 1000]
    let roles = try await aws.everyItem(IAM.getAccountAuthorizationDetails, input)
    return Dictionary(roles.compactMap { role in role["RoleName"]?.string.map { ($0, role) } }) { $1 }
  }

  /// A role out of GetAccountAuthorizationDetails, with what that leaves out.
  private func complete(
    _ details: Value, _ query: LiveQuery, _ aws: ReadingClient
  ) async throws(ProviderError) -> LiveResource? {
    var details = details
    if query.wants("description") || query.wants("maxSessionDuration"), let name = query.name {
      guard let role = try await role(named: name, aws) else { return nil }
      details = .map((details.map ?? [:]).merging(role.map ?? [:]) { _, own in own })
    }
    var live = live(details, query)
    for policy in details.items("RolePolicyList") {
      live.add(policy["PolicyName"]?.string ?? "", Self.document(policy["PolicyDocument"]))
    }
    let attached = details.items("AttachedManagedPolicies").compactMap { $0["PolicyArn"] }
    if !attached.isEmpty { live.properties["managedPolicyArns"] = .list(attached) }
    return live
  }

  /// The role that GetRole returns. Of the two properties that say who may assume it, only the declared one is set:
  /// they mean one thing.
  private func live(_ role: Value, _ query: LiveQuery) -> LiveResource {
    let tags = IAM.roleTags.tags(in: role["Tags"])
    let trust = Self.document(role["AssumeRolePolicyDocument"]) ?? .null
    var properties: [String: Value] = [:]
    if query.wanted?["assumeRolePolicyDocument"]?.isNull ?? true {
      properties["assumedBy"] = Self.services(inTrust: trust)
    }
    if query.wanted?["assumedBy"]?.isNull ?? true { properties["assumeRolePolicyDocument"] = trust }
    properties["path"] = role["Path"]
    properties["maxSessionDuration"] = role["MaxSessionDuration"]?.string.flatMap(Int.init).map(Value.integer)
    properties["description"] = role["Description"]
    properties["permissionsBoundary"] = role["PermissionsBoundary"]?["PermissionsBoundaryArn"]
    properties["tags"] = tags.declared
    return LiveResource(
      id: query.name ?? "", properties: properties.filter { !$0.value.isEmpty },
      attributes: Self.attributes(role), owner: tags.owner)
  }

  static func attributes(_ role: Value) -> [String: Value] {
    ["name": role["RoleName"] ?? .null, "arn": role["Arn"] ?? .null, "id": role["RoleId"] ?? .null]
  }

  static func document(_ encoded: Value?) -> Value? { encoded?.string.map(PolicyText.document) ?? encoded }
}

extension LiveResource {
  /// Puts an inline policy where the schema has it.
  fileprivate mutating func add(_ name: String, _ document: Value?) {
    guard let document else { return }
    if name == RoleKind.policyName {
      properties["policy"] = document
    } else {
      var others = properties["policies"]?.map ?? [:]
      others[name] = document
      properties["policies"] = .map(others)
    }
  }
}
