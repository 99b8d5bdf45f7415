package import Planner

extension PolicyKind {
  package func create(_ creation: Creation, _ aws: WritingClient) async throws(ProviderError) -> Created {
    let resource = creation.resource
    let name = resource.name ?? ""
    var input: [String: Value] = ["PolicyName": .string(name), "Tags": IAM.policyTags.wire(creation.tags)]
    input["PolicyDocument"] = resource["policyDocument"].map { .string($0.string ?? $0.json) }
    for (property, field) in [("path", "Path"), ("description", "Description")] {
      if let value = resource[property], !value.isEmpty { input[field] = value }
    }
    let answer = try await aws.write(IAM.createPolicy, input)
    let attributes = Self.attributes(answer["Policy"] ?? .null)
    try await giveBack(attributes["arn"] ?? .null, aws)
    return Created(id: name, attributes: attributes)
  }

  /// Attaches the policy to the roles that had it before it was replaced.
  private func giveBack(_ arn: Value, _ aws: WritingClient) async throws(ProviderError) {
    for role in await aws.reattachedRoles.taken(from: arn.string ?? "") {
      try await RoleKind().attach(arn, to: role, aws)
    }
  }

  /// Also completes a creation whose answer was lost.
  package func update(_ update: Update, _ aws: WritingClient) async throws(ProviderError) -> [String: Value] {
    var attributes = update.live.attributes
    let arn = attributes["arn"] ?? .null
    try await giveBack(arn, aws)
    if update.changes("policyDocument") {
      let wanted = update.resource["policyDocument"] ?? .null
      let live = update.live.properties["policyDocument"] ?? .null
      // After a lost answer the resource is read anew: the version may be there, and a second one would push an older one out.
      if Shape.policy.normalised(live) != Shape.policy.normalised(wanted) {
        attributes["defaultVersionId"] = try await makeVersion(of: arn, document: wanted, aws)
      }
    }
    if update.changes("tags") { try await IAM.policyTags.change(update, of: ["PolicyArn": arn], aws) }
    return attributes
  }

  /// Creates a version, makes it the default, and returns its id. IAM keeps five: the oldest that is not the default
  /// is deleted when there is no room.
  private func makeVersion(
    of arn: Value, document: Value, _ aws: WritingClient
  ) async throws(ProviderError) -> Value? {
    let input: [String: Value] = [
      "PolicyArn": arn, "PolicyDocument": .string(document.string ?? document.json), "SetAsDefault": true,
    ]
    do throws(ProviderError) {
      return try await aws.write(IAM.createPolicyVersion, input).at("PolicyVersion.VersionId")
    } catch {
      guard error.code.hasPrefix("LimitExceeded"),
        let oldest = try await spareVersions(of: arn, aws.reading).min(by: Self.isOlder)
      else { throw error }
      try await deleteVersion(oldest, of: arn, aws)
      return try await aws.write(IAM.createPolicyVersion, input).at("PolicyVersion.VersionId")
    }
  }

  /// `v9` is older than `v10`.
  static func isOlder(_ one: String, _ other: String) -> Bool {
    (Int(one.dropFirst()) ?? 0) < (Int(other.dropFirst()) ?? 0)
  }

  /// The versions that are not the default. Empty for a policy that does not exist.
  private func spareVersions(of arn: Value, _ aws: ReadingClient) async throws(ProviderError) -> [String] {
    try await aws.everyItem(IAM.listPolicyVersions, ["PolicyArn": arn])
      .filter { $0["IsDefaultVersion"]?.string != "true" }.compactMap { $0["VersionId"]?.string }
  }

  private func deleteVersion(
    _ version: String, of arn: Value, _ aws: WritingClient
  ) async throws(ProviderError) {
    try await aws.delete(IAM.deletePolicyVersion, ["PolicyArn": arn, "VersionId": .string(version)])
  }

  // MARK: Deleting

  /// IAM deletes a policy only when it is attached to nothing and has one version. It is detached from the roles of its
  /// own stack, which get it back when it is replaced. What else has it keeps it: that is asked before anything is
  /// detached, so that nothing loses a right to a deletion which IAM then refuses.
  package func delete(_ deletion: Deletion, _ aws: WritingClient) async throws(ProviderError) {
    let arn = deletion.live.attributes["arn"] ?? .null
    let roles = try await ownRoles(with: arn, of: deletion.stack, aws.reading)
    for version in try await spareVersions(of: arn, aws.reading) {
      try await deleteVersion(version, of: arn, aws)
    }
    for role in roles {
      await aws.reattachedRoles.note(role, had: arn.string ?? "")
      try await aws.delete(IAM.detachRolePolicy, ["RoleName": .string(role), "PolicyArn": arn])
    }
    try await aws.delete(IAM.deletePolicy, ["PolicyArn": arn])
  }

  /// The roles that the policy is attached to, if all of them are the stack's and nothing else has it: as a boundary IAM
  /// lists it, too, and does not delete it. Empty for a policy that does not exist.
  private func ownRoles(
    with arn: Value, of stack: String?, _ aws: ReadingClient
  ) async throws(ProviderError) -> [String] {
    let pages = try await aws.pages(IAM.listEntitiesForPolicy, ["PolicyArn": arn]) ?? []
    func names(_ items: String, _ name: String) -> [String] {
      pages.flatMap { $0.items(at: items) }.compactMap { $0[name]?.string }
    }
    var own: [String] = []
    var others =
      names("PolicyUsers", "UserName").map { "the user \($0)" }
      + names("PolicyGroups", "GroupName").map { "the group \($0)" }
    for role in names("PolicyRoles", "RoleName") {
      guard let details = try await RoleKind().role(named: role, aws) else { continue }
      if details["PermissionsBoundary"]?["PermissionsBoundaryArn"] == arn {
        others.append("the role \(role), as its boundary,")
      } else if let stack, IAM.roleTags.tags(in: details["Tags"]).owner?.stack == stack {
        own.append(role)
      } else {
        others.append("the role \(role)")
      }
    }
    guard others.isEmpty else {
      throw ProviderError(
        .invalid, code: "DeleteConflict",
        message:
          "\(others.joined(separator: ", ")) \(others.count == 1 ? "has" : "have") it, and IAM deletes no policy that is in "
          + "use: detach it there first", operation: IAM.deletePolicy.label, neverSent: true)
    }
    return own
  }
}
