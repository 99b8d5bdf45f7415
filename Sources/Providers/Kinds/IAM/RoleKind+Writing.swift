import Planner

extension RoleKind {
  func create(_ creation: Creation, _ aws: WritingClient) async throws(ProviderError) -> Created {
    let resource = creation.resource
    guard let name = resource.name else { throw ProviderError(.invalid, message: "a role needs a name") }
    var input: [String: Value] = [
      "RoleName": .string(name), "AssumeRolePolicyDocument": .string(Self.trust(of: resource).json),
      "Tags": IAM.roleTags.wire(creation.tags),
    ]
    let fields = [
      ("path", "Path"), ("description", "Description"), ("maxSessionDuration", "MaxSessionDuration"),
      ("permissionsBoundary", "PermissionsBoundary"),
    ]
    for (property, field) in fields {
      if let value = resource[property], !value.isEmpty { input[field] = value }
    }
    let answer = try await aws.write(IAM.createRole, input)
    if let policy = resource["policy"] { try await put(policy, as: Self.policyName, on: name, aws) }
    for (policy, document) in (resource["policies"]?.map ?? [:]).sorted(by: { $0.key < $1.key }) {
      try await put(document, as: policy, on: name, aws)
    }
    for policy in resource["managedPolicyArns"]?.list ?? [] {
      try await attach(policy, to: name, aws)
    }
    return Created(id: name, attributes: Self.attributes(answer["Role"] ?? .null))
  }

  func update(_ update: Update, _ aws: WritingClient) async throws(ProviderError) -> [String: Value] {
    let name = update.live.id
    let role = Value.string(name)
    if update.changes("assumedBy", "assumeRolePolicyDocument") {
      let trust = Value.string(Self.trust(of: update.resource).json)
      try await aws.write(IAM.updateAssumeRolePolicy, ["RoleName": role, "PolicyDocument": trust])
    }
    if update.changes("description", "maxSessionDuration") { try await updateSettings(update, aws) }
    if update.changes("permissionsBoundary") {
      if let boundary = update.resource["permissionsBoundary"], !boundary.isEmpty {
        try await aws.write(
          IAM.putRolePermissionsBoundary, ["RoleName": role, "PermissionsBoundary": boundary])
      } else {
        try await aws.delete(IAM.deleteRolePermissionsBoundary, ["RoleName": role])
      }
    }
    if update.changes("policy") {
      try await put(update.resource["policy"] ?? .null, as: Self.policyName, on: name, aws)
    }
    if update.changes("policies") { try await updatePolicies(update, aws) }
    if update.changes("managedPolicyArns") { try await updateAttachments(update, aws) }
    if update.changes("tags") { try await IAM.roleTags.change(update, of: ["RoleName": role], aws) }
    return update.live.attributes
  }

  func delete(_ deletion: Deletion, _ aws: WritingClient) async throws(ProviderError) {
    let role: [String: Value] = ["RoleName": .string(deletion.live.id)]
    let policies = ["policy", "policies", "managedPolicyArns"]
    if !policies.contains(where: { deletion.live.properties[$0] != nil }) {
      do throws(ProviderError) {
        return try await aws.delete(IAM.deleteRole, role)
      } catch {
        // IAM deletes no role that has policies: its refusal saves the listings where there are none.
        guard error.code == "DeleteConflict" else { throw error }
      }
    }
    try await deletePolicies(of: deletion.live.id, aws)
    try await aws.delete(IAM.deleteRole, role)
  }

  private func deletePolicies(of name: String, _ aws: WritingClient) async throws(ProviderError) {
    async let policies = outcome { () throws(ProviderError) in
      try await inlinePolicyNames(of: name, aws.reading)
    }
    async let attached = outcome { () throws(ProviderError) in
      try await attachedPolicies(of: name, aws.reading)
    }
    for policy in try await attached.get() {
      try await aws.delete(
        IAM.detachRolePolicy, ["RoleName": .string(name), "PolicyArn": .string(policy)])
    }
    for policy in try await policies.get() { try await put(.null, as: policy, on: name, aws) }
  }

  /// Writes an inline policy, or takes it away when nothing is left of it: IAM refuses one without statements.
  private func put(
    _ document: Value, as policy: String, on role: String, _ aws: WritingClient
  ) async throws(ProviderError) {
    var input: [String: Value] = ["RoleName": .string(role), "PolicyName": .string(policy)]
    if document.items("Statement").isEmpty {
      try await aws.delete(IAM.deleteRolePolicy, input)
    } else {
      input["PolicyDocument"] = .string(document.json)
      try await aws.write(IAM.putRolePolicy, input)
    }
  }

  /// UpdateRole resets the session's length to an hour when it is left out, so both settings are always sent.
  private func updateSettings(_ update: Update, _ aws: WritingClient) async throws(ProviderError) {
    let live = try await role(named: update.live.id, aws.reading)
    let description = update.resource["description"] ?? live?["Description"] ?? ""
    let duration = update.resource["maxSessionDuration"] ?? live?["MaxSessionDuration"] ?? 3600
    try await aws.write(
      IAM.updateRole,
      [
        "RoleName": .string(update.live.id), "Description": description.isNull ? "" : description,
        "MaxSessionDuration": duration.isNull ? 3600 : duration,
      ])
  }

  private func updatePolicies(_ update: Update, _ aws: WritingClient) async throws(ProviderError) {
    let wanted = update.resource["policies"]?.map ?? [:]
    let live = update.live.properties["policies"]?.map ?? [:]
    for (policy, document) in wanted.sorted(by: { $0.key < $1.key }) where live[policy] != document {
      try await put(document, as: policy, on: update.live.id, aws)
    }
    for policy in live.keys.sorted() where wanted[policy] == nil {
      try await put(.null, as: policy, on: update.live.id, aws)
    }
  }

  private func updateAttachments(_ update: Update, _ aws: WritingClient) async throws(ProviderError) {
    let wanted = update.resource["managedPolicyArns"]?.list ?? []
    let live = update.live.properties["managedPolicyArns"]?.list ?? []
    let role = Value.string(update.live.id)
    for policy in wanted where !live.contains(policy) {
      try await attach(policy, to: update.live.id, aws)
    }
    for policy in live where !wanted.contains(policy) {
      try await aws.delete(IAM.detachRolePolicy, ["RoleName": role, "PolicyArn": policy])
    }
  }

  /// Attaches a managed policy. On AWS a new one takes seconds to be known everywhere.
  func attach(_ policy: Value, to role: String, _ aws: WritingClient) async throws(ProviderError) {
    var request = Request(IAM.attachRolePolicy, ["RoleName": .string(role), "PolicyArn": policy])
    if !aws.target.has(.knowsNewPoliciesAtOnce) { request = request.retrying([RetriedError("NoSuchEntity")]) }
    try await aws.write(request)
  }
}
