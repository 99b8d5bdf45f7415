package import Planner

extension PolicyKind {
  package func create(_ creation: Creation, _ aws: WritingClient) async throws(ProviderError) -> Created {
    let resource = creation.resource
    let name = resource.name ?? ""
    var input: [String: Value] = ["PolicyName": .string(name), "Tags": creation.tags.tagList]
    input["PolicyDocument"] = resource["policyDocument"].map { .string($0.string ?? $0.json) }
    for (property, field) in [("path", "Path"), ("description", "Description")] {
      if let value = resource[property], !value.isEmpty { input[field] = value }
    }
    let answer = try await aws.write(.iam, "CreatePolicy", .map(input))
    let attributes = Self.attributes(answer["Policy"] ?? .null)
    try await giveBack(attributes["arn"] ?? .null, aws)
    return Created(id: name, attributes: attributes)
  }

  /// Attaches the policy to the roles that had it before it was made anew.
  private func giveBack(_ arn: Value, _ aws: WritingClient) async throws(ProviderError) {
    for role in await aws.reattachedRoles.taken(from: arn.string ?? "") {
      try await RoleKind().attach(arn, to: role, aws)
    }
  }

  /// Completes a creation, too, whose answer was lost.
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
    let added = update.tagsToAdd
    if update.changes("tags"), !added.isEmpty {
      try await aws.write(.iam, "TagPolicy", ["PolicyArn": arn, "Tags": added.tagList])
    }
    let removed = update.tagsToRemove
    if update.changes("tags"), !removed.isEmpty {
      try await aws.write(
        .iam, "UntagPolicy", ["PolicyArn": arn, "TagKeys": .list(removed.map(Value.string))])
    }
    return attributes
  }

  /// Makes a version and puts it in force. IAM keeps five: the oldest that is not in force goes when there is no room.
  private func makeVersion(
    of arn: Value, document: Value, _ aws: WritingClient
  ) async throws(ProviderError) -> Value {
    let input: Value = [
      "PolicyArn": arn, "PolicyDocument": .string(document.string ?? document.json), "SetAsDefault": true,
    ]
    do throws(ProviderError) {
      return try await aws.write(.iam, "CreatePolicyVersion", input)["PolicyVersion"]?["VersionId"] ?? .null
    } catch {
      guard error.code.hasPrefix("LimitExceeded"),
        let oldest = try await spareVersions(of: arn, aws.reading).min(by: Self.isOlder)
      else { throw error }
      try await deleteVersion(oldest, of: arn, aws)
      return try await aws.write(.iam, "CreatePolicyVersion", input)["PolicyVersion"]?["VersionId"] ?? .null
    }
  }

  /// `v9` is older than `v10`.
  static func isOlder(_ one: String, _ other: String) -> Bool {
    (Int(one.dropFirst()) ?? 0) < (Int(other.dropFirst()) ?? 0)
  }

  /// The versions that are not in force.
  private func spareVersions(of arn: Value, _ aws: ReadingClient) async throws(ProviderError) -> [String] {
    do throws(ProviderError) {
      let pages = try await aws.pages(.iam, "ListPolicyVersions", ["PolicyArn": arn], token: "Marker")
      return (pages ?? []).flatMap { $0.items("Versions") }
        .filter { $0["IsDefaultVersion"]?.string != "true" }.compactMap { $0["VersionId"]?.string }
    } catch {
      if error.kind == .notFound { return [] }
      throw error
    }
  }

  private func deleteVersion(
    _ version: String, of arn: Value, _ aws: WritingClient
  ) async throws(ProviderError) {
    try await aws.delete(
      AWSRequest(.iam, "DeletePolicyVersion", ["PolicyArn": arn, "VersionId": .string(version)]))
  }

  // MARK: Deleting

  /// IAM deletes a policy only once nothing has it and one version is left. It is taken off the roles of its own stack, which get it back when
  /// it is made anew; whatever else has it keeps it, and IAM's refusal tells so.
  package func delete(_ deletion: Deletion, _ aws: WritingClient) async throws(ProviderError) {
    let arn = deletion.live.attributes["arn"] ?? .null
    for version in try await spareVersions(of: arn, aws.reading) {
      try await deleteVersion(version, of: arn, aws)
    }
    for role in try await roles(with: arn, aws.reading) {
      guard let details = try await RoleKind().role(named: role, aws.reading),
        let owner = LiveTags(list: details.items("Tags")).owner, owner.stack == deletion.live.owner?.stack
      else { continue }
      await aws.reattachedRoles.note(role, had: arn.string ?? "")
      try await aws.delete(
        AWSRequest(.iam, "DetachRolePolicy", ["RoleName": .string(role), "PolicyArn": arn]))
    }
    try await aws.delete(AWSRequest(.iam, "DeletePolicy", ["PolicyArn": arn]))
  }

  private func roles(with arn: Value, _ aws: ReadingClient) async throws(ProviderError) -> [String] {
    do throws(ProviderError) {
      let input: [String: Value] = ["PolicyArn": arn, "EntityFilter": "Role"]
      let pages = try await aws.pages(.iam, "ListEntitiesForPolicy", input, token: "Marker")
      return (pages ?? []).flatMap { $0.items("PolicyRoles") }.compactMap { $0["RoleName"]?.string }
    } catch {
      if error.kind == .notFound { return [] }
      throw error
    }
  }
}
