package import Planner

/// IAM managed policies, which roles attach.
///
/// Reads: one listing for all of them, as an ARN has a path in it that only the listing tells; then one for tags and
/// description and one for the document. Writes: one to create one, tags included; one for a new document, which
/// becomes a version, and two more when there are five versions already. Facts: the IAM API reference,
/// `AWS::IAM::ManagedPolicy` in CloudFormation.
package struct PolicyKind: AWSKind {
  package let schema = Schema(
    section: "policies", kind: "policy", title: "AWS IAM managed policy",
    summary: "A policy says what whoever it is attached to may do.",
    naming: Naming(
      TextRule(length: 1...128, pattern: "[A-Za-z0-9_+=,.@-]+", says: "letters, digits and _+=,.@-")),
    hasPlainTags: true,
    properties: [
      Property(
        "description", .string(TextRule(length: 0...1000)), change: .replaces,
        "What the policy is for. IAM never changes it."),
      Property(
        "path",
        .string(
          TextRule(
            length: 1...512, pattern: "((/[A-Za-z0-9.,+@=_-]+)*)/", says: "names between slashes, as /teams/")
        ),
        default: "/", change: .replaces, "The path in the policy's ARN."),
      Property(
        "policyDocument", .policy, required: true, need: .value,
        "What is allowed and denied, of the version 2012-10-17 unless it says otherwise."),
    ],
    attributes: [
      Attribute("arn", early: true, "The policy's ARN."),
      Attribute(
        "defaultVersionId", early: false, changesWith: ["policyDocument"],
        "The version that is in force, as `v1`."),
      Attribute("id", early: false, "The policy's unique id, as `ANPA…`."),
      Attribute("name", early: true, "The policy's name."),
    ],
    example: """
      policies:
        read-reports:
          policyDocument:
            Statement: [{ Effect: Allow, Action: "s3:GetObject", Resource: "arn:aws:s3:::reports/*" }]
      """)

  package var readsTagsApart: Bool { true }

  package func earlyAttributes(of resource: Resource, in target: Target) -> [String: Value] {
    guard let name = resource.name else { return [:] }
    var attributes: [String: Value] = ["name": .string(name)]
    if let path = (resource["path"] ?? "/").string {
      attributes["arn"] = target.arn("iam", "policy\(path)\(name)", region: "")
    }
    return attributes
  }

  package func completed(_ resource: Resource) -> Resource {
    var completed = resource
    completed.properties["policyDocument"] = resource["policyDocument"].map(PolicyText.versioned)
    return completed
  }

  package func problems(of resource: Resource) -> [PropertyProblem] {
    documentProblems(of: resource)
      + PolicyText.problems(in: resource["policyDocument"], at: ["policyDocument"], of: .identity)
      + IAM.tagProblems(of: resource)
  }

  private func documentProblems(of resource: Resource) -> [PropertyProblem] {
    guard let document = resource["policyDocument"], document.map != nil else { return [] }
    if document.items("Statement").isEmpty {
      return [
        PropertyProblem(
          ["policyDocument"], "Policy without statements", "IAM refuses a policy that says nothing.",
          fix: "Add a Statement.")
      ]
    }
    guard let size = PolicyQuota.managed.excess([document]) else { return [] }
    return [
      PropertyProblem(
        ["policyDocument"], "Policy too long", "It has \(PolicyQuota.managed.sentence(size)).",
        fix: "Split it into several policies.")
    ]
  }

  // MARK: Reading

  package func read(
    _ queries: [LiveQuery], _ aws: ReadingClient
  ) async -> [Address: Result<LiveResource?, ProviderError>] {
    await readTogether(queries, aws, fewest: 2) { () throws(ProviderError) in
      try await listing(aws)
    } one: { policies, query throws(ProviderError) in
      try await live(query, among: policies, aws)
    }
  }

  package func read(_ query: LiveQuery, _ aws: ReadingClient) async throws(ProviderError) -> LiveResource? {
    try await live(query, among: try await listing(aws), aws)
  }

  private func live(
    _ query: LiveQuery, among policies: [Value], _ aws: ReadingClient
  ) async throws(ProviderError) -> LiveResource? {
    guard let policy = Self.policy(for: query, among: policies) else { return nil }
    return try await live(policy, query, aws)
  }

  func listing(_ aws: ReadingClient) async throws(ProviderError) -> [Value] {
    try await aws.everyItem(IAM.listPolicies, ["Scope": "Local", "MaxItems": 1000])
  }

  /// Names are unique in an account, whatever the path. Emulators allow two of a name; then the one at the wanted path is meant.
  private static func policy(for query: LiveQuery, among policies: [Value]) -> Value? {
    let named = policies.filter { $0["PolicyName"]?.string == query.name && query.name != nil }
    let path = query.wanted.map { $0["path"] ?? "/" }
    return named.first { $0["Path"] == path } ?? named.first
  }

  private func live(
    _ listed: Value, _ query: LiveQuery, _ aws: ReadingClient
  ) async throws(ProviderError) -> LiveResource? {
    let arn = listed["Arn"] ?? .null
    let needsDetails = query.knownTags == nil || query.wants("description")
    do throws(ProviderError) {
      let (details, document) = try await sideBySide(
        { () throws(ProviderError) in
          needsDetails ? try await aws.read(IAM.getPolicy, ["PolicyArn": arn])["Policy"] ?? listed : listed
        },
        { () throws(ProviderError) in
          guard query.wants("policyDocument") else { return Value.null }
          let version = ["PolicyArn": arn, "VersionId": listed["DefaultVersionId"] ?? "v1"]
          let answer = try await aws.read(IAM.getPolicyVersion, version)
          return RoleKind.document(answer["PolicyVersion"]?["Document"]) ?? .null
        })
      let tags = query.knownTags.map { LiveTags($0.tags) } ?? IAM.policyTags.tags(in: details["Tags"])
      var properties: [String: Value] = ["tags": tags.declared, "policyDocument": document]
      properties["path"] = details["Path"]
      properties["description"] = details["Description"]
      return LiveResource(
        id: query.name ?? "", properties: properties.filter { !$0.value.isEmpty },
        attributes: Self.attributes(details), owner: tags.owner)
    } catch {
      if error.kind == .notFound { return nil }
      throw error
    }
  }

  static func attributes(_ policy: Value) -> [String: Value] {
    [
      "arn": policy["Arn"] ?? .null, "defaultVersionId": policy["DefaultVersionId"] ?? .null,
      "id": policy["PolicyId"] ?? .null, "name": policy["PolicyName"] ?? .null,
    ]
  }
}
