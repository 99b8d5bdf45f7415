package import Planner

/// Parameters of AWS Systems Manager's Parameter Store.
///
/// Reads: two a parameter (its value, its tags), a third for what only the listing tells (description, tier, key, pattern,
/// policies), and a fourth for the text of a SecureString; on emulators a listing tells first which of many are there.
/// Writes: one to create one, one for all that changes (after a whole read), one to remove tags and one to add them.
/// PutParameter takes tags only for a new parameter. Facts: the Systems Manager API reference, "Working with Parameter Store"
/// in its user guide, and `AWS::SSM::Parameter` in CloudFormation.
package struct ParameterKind: DescribedKind {
  package let schema = Schema(
    section: "ssmParameters", kind: "parameter", title: "AWS Systems Manager parameter",
    summary: "A parameter is a text that programs look up by its name: a setting, or a secret.",
    naming: Naming(
      TextRule(
        length: 1...1011,
        pattern: "(?!/?([aA][wW][sS]|[sS][sS][mM]))([a-zA-Z0-9_.-]+|(/[a-zA-Z0-9_.-]+){1,15})",
        says: "letters, digits and the signs . - _, or up to 15 such words with a / before each, that do not "
          + "begin with aws or ssm")),
    hasPlainTags: true, properties: properties,
    attributes: [
      Attribute("arn", early: true, "The parameter's ARN."),
      Attribute("name", early: true, "The parameter's name."),
    ], relations: relations,
    example: """
      ssmParameters:
        limit:
          name: /shop/limit
          type: String
          value: "25"
        token:
          name: /shop/token
          type: SecureString
          secureValue: "${var.token}"
      """)

  let calls = KindCalls(
    identity: Identity(
      creation: ["Name": .name], reference: ["Name": .name],
      tagged: ["ResourceType": .made { _, _ in "Parameter" }, "ResourceId": .name],
      known: [
        "arn": .made { name, target in
          target.arn("ssm", "parameter" + (name.hasPrefix("/") ? name : "/\(name)"))
        }
      ]),
    create: SSM.createParameter, read: SSM.getParameter, answer: "Parameter",
    change: .wholeOverProperties(SSM.overwriteParameter),
    facets: [
      Facet(
        properties: ["allowedPattern", "description", "keyId", "policies", "tier"],
        reference: [
          "ParameterFilters": .made { name, _ in
            [["Key": "Name", "Option": "Equals", "Values": [.string(name)]]]
          }
        ], isCreated: true, isChanged: true, read: SSM.describeParameters)
    ],
    ending: Ending(delete: SSM.deleteParameter),
    listing: Listing(
      operation: SSM.describeParameters, name: "Name", isLate: true, input: ["MaxResults": 50]),
    tags: SSM.tags,
    fields: WireFields(
      renamed: ["secureValue": "Value"], resets: ["allowedPattern": "", "description": "", "policies": []]))

  func shape(_ input: inout [String: Value], of verb: KindVerb, for resource: Resource, in target: Target) {
    if let policies = input["Policies"]?.list {
      let documents = policies.map { $0.string.flatMap { Value(json: $0) } ?? $0 }
      // The service keeps the ones that are there until it gets others, or an empty one.
      input["Policies"] = .string(documents.isEmpty ? "[{}]" : Value.list(documents).json)
    }
    guard case .update = verb else { return }
    input["Overwrite"] = true
    // The account may have another default.
    if resource["tier"] == nil { input["Tier"] = nil }
  }

  /// A new version falls back to defaults in what it does not name: the key, and on MiniStack the pattern and the policies.
  package func update(_ update: Update, _ aws: WritingClient) async throws(ProviderError) -> [String: Value] {
    guard update.changed != ["tags"] else { return try await verbs.update(update, aws) }
    let resource = update.resource
    let tags = KnownTags(tags: update.live.owner?.tags ?? [:], source: .read)
    let query = LiveQuery(
      address: resource.address, section: resource.section, name: update.live.id, id: nil, wanted: resource,
      depth: .everything, owner: update.owner, knownTags: tags)
    var update = update
    let whole = try await read(query, aws.reading)
    // What this change leaves alone is sent as it is now, and not as the plan read it.
    for name in schema.properties.map(\.name) where name != "tags" && !update.changes(name) {
      update.live.properties[name] = whole?.properties[name] ?? update.live.properties[name]
    }
    let isKept = resource.ignoredChanges.contains("secureValue") && !update.changes("secureValue")
    guard !isKept || whole?.untold.contains("secureValue") != true else { throw Self.unreadable }
    // What somebody else wrote, and `ignoreChanges` keeps, is sent along.
    guard let sent = update.live.properties["secureValue"], !update.changes("secureValue"),
      sent != resource["secureValue"]
    else { return try await verbs.update(update, aws) }
    return try await concealing { [update] () throws(ProviderError) in try await verbs.update(update, aws) }
  }

  /// PutParameter takes all at once: to keep a text that can't be read is not possible.
  private static let unreadable = ProviderError(
    .denied,
    message:
      "the text is kept as it is (ignoreChanges), every change sends it again, and it can't be decrypted (kms:Decrypt)",
    operation: "ssm:PutParameter", neverSent: true)

  func complete(
    _ live: inout LiveResource, from answer: AWSResponse, _ query: LiveQuery, _ aws: ReadingClient
  ) async throws(ProviderError) {
    if let told = live.properties["policies"] { live.properties["policies"] = Self.policies(told) }
    // The service decides once which of the two it is.
    let tier = Value.string("Intelligent-Tiering")
    if query.wanted?["tier"] == tier, live.properties["tier"] != nil { live.properties["tier"] = tier }
    guard live.properties["type"] == "SecureString" else {
      live.properties["secureValue"] = nil
      return
    }
    // Not decrypted yet.
    live.properties["value"] = nil
    live.properties["secureValue"] = nil
    guard query.wants("secureValue") else { return }
    let question: [String: Value] = ["Name": .string(live.id), "WithDecryption": true]
    do throws(ProviderError) {
      let text = try await aws.readIfPresent(SSM.getParameter, question)?.at("Parameter.Value")
      live.properties["secureValue"] = text
    } catch {
      // Encrypted by a key that we may not use: compared with what was applied last.
      guard error.kind == .denied else { throw error }
      live.untold.insert("secureValue")
    }
  }

  /// Each policy as it was written. AWS tells a text for each, emulators a mapping for each or one text for all.
  private static func policies(_ told: Value) -> Value {
    let policies = (told.list ?? []).flatMap { item -> [Value] in
      guard let text = item["PolicyText"] else { return item.list ?? [item] }
      let policy = text.string.flatMap { Value(json: $0) } ?? text
      return policy.list ?? [policy]
    }
    return .list(policies.filter { !$0.isEmpty })
  }
}
