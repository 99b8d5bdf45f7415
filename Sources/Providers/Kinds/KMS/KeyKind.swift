package import Planner

/// AWS KMS keys. The service gives an id; a key that no record names is looked for by its owner tags.
///
/// Reads: two a key (the key, its tags), one each for its policy and its rotation where they are wanted; for keys without a
/// record one listing, and the tags of each key of the account. Writes: one to create one, one each for what the creating
/// call does not take (rotation, disabling), and one for each property that changes. A key that waits for its deletion counts
/// as gone, but where the file wants the one that the ledger names: that deletion is called off. Facts: the KMS API
/// reference, "Deleting keys" in the developer guide, and `AWS::KMS::Key` in CloudFormation.
package struct KeyKind: DescribedKind {
  package let schema = Schema(
    section: "kmsKeys", kind: "key", title: "AWS KMS key",
    summary: "A key of KMS encrypts, signs or authenticates. What it encrypted can't be read without it.",
    naming: nil, holdsData: true, hasRoom: true, properties: properties,
    attributes: [
      Attribute("arn", early: false, "The key's ARN."), Attribute("keyId", early: false, "The key's id."),
    ], relations: relations,
    example: """
      kmsKeys:
        orders:
          description: Encrypts the orders
          enableKeyRotation: true
      """)

  let calls = KindCalls(
    identity: Identity(
      creation: [:], reference: ["KeyId": .id], known: ["arn": .arn("kms", "key/"), "keyId": .id],
      given: "KeyMetadata.KeyId"),
    create: KMS.createKey, read: KMS.describeKey, answer: "KeyMetadata",
    facets: [
      Facet(
        properties: ["bypassPolicyLockoutSafetyCheck", "keyPolicy"],
        reference: ["KeyId": .id, "PolicyName": .made { _, _ in "default" }],
        isCreated: true, read: KMS.getKeyPolicy),
      Facet(properties: ["enableKeyRotation", "rotationPeriodInDays"], read: KMS.getKeyRotationStatus),
    ],
    ending: Ending(
      delete: KMS.scheduleKeyDeletion, instructions: ["pendingWindowInDays": "PendingWindowInDays"]),
    tags: KMS.tags,
    fields: WireFields(
      renamed: ["enableKeyRotation": "KeyRotationEnabled", "keyPolicy": "Policy"], apart: ["enabled"],
      resets: ["description": ""]),
    attributes: ["arn": "Arn"])

  /// What the service's word is for a key that waits for its deletion.
  private static let leaving: Set<Value> = ["PendingDeletion", "PendingReplicaDeletion"]

  /// A key that somebody disabled, or scheduled for its deletion, is to be seen.
  package func completed(_ resource: Resource) -> Resource {
    guard resource["enabled"] == nil else { return resource }
    var resource = resource
    resource.properties["enabled"] = true
    resource.derivations["enabled"] = "a key can be used unless the file says otherwise"
    return resource
  }

  func complete(
    _ live: inout LiveResource, from answer: AWSResponse, _ query: LiveQuery, _ aws: ReadingClient
  ) async throws(ProviderError) {
    let state = answer.value.at("KeyMetadata.KeyState") ?? .null
    live.isDeleting = Self.leaving.contains(state)
    // Without a material of its owner's it can't be enabled.
    if state == "PendingImport" { live.untold.insert("enabled") }
    live.properties["enabled"] = live.isDeleting ? state : answer.value.at("KeyMetadata.Enabled")
    if live.properties["enableKeyRotation"] != true { live.properties["rotationPeriodInDays"] = nil }
    // What a key without a policy of its own has, and what a reset writes.
    let standard = Self.defaultPolicy(in: aws.target)
    if query.wanted?["keyPolicy"]?.isNull ?? true, let policy = live.properties["keyPolicy"],
      Shape.policy.normalised(policy) == Shape.policy.normalised(standard)
    {
      live.properties["keyPolicy"] = nil
    }
  }

  // MARK: Reading

  package func read(
    _ queries: [LiveQuery], _ aws: ReadingClient
  ) async -> [Address: Result<LiveResource?, ProviderError>] {
    let search = KeySearch(aws)
    return await concurrently(queries) { query throws(ProviderError) in try await read(query, search, aws) }
  }

  package func read(_ query: LiveQuery, _ aws: ReadingClient) async throws(ProviderError) -> LiveResource? {
    try await read(query, KeySearch(aws), aws)
  }

  private func read(
    _ query: LiveQuery, _ search: KeySearch, _ aws: ReadingClient
  ) async throws(ProviderError) -> LiveResource? {
    if query.id != nil, var live = try await verbs.read(query, aws) {
      guard live.isDeleting else { return live }
      // The deletion of what is wanted is called off; any other is what was asked for.
      guard query.wanted != nil, query.depth != .existence else { return nil }
      live.isDeleting = false
      return live
    }
    var found: [LiveResource] = []
    for id in try await search.ids(of: query.owner) where id != query.id && !query.otherIDs.contains(id) {
      var query = query
      query.id = id
      if let live = try await verbs.read(query, aws), !live.isDeleting { found.append(live) }
    }
    guard var live = found.first else { return nil }
    live.twins = Array(found.dropFirst())
    return live
  }

  package func everything(_ aws: ReadingClient) async throws(ProviderError) -> [ListedResource] {
    try await aws.everyItem(KMS.listKeys).compactMap { $0["KeyId"]?.string }.sorted().map {
      ListedResource(id: $0)
    }
  }

  // MARK: Writing

  func finish(_ creation: Creation, _ id: String, _ aws: WritingClient) async throws(ProviderError) {
    let resource = creation.resource
    try await appear(id, aws)
    if resource["enableKeyRotation"] == true { try await rotate(resource, id, aws) }
    if resource["enabled"] == false { try await aws.write(KMS.disableKey, ["KeyId": .string(id)]) }
  }

  /// A new key may not be known everywhere at once: "AWS KMS eventual consistency" in the developer guide.
  private func appear(_ id: String, _ aws: WritingClient) async throws(ProviderError) {
    guard !aws.target.has(.actsAtOnce) else { return }
    try await aws.waiting(for: "the key to be there", atMost: settlingTime) {
      () throws(ProviderError) -> Void? in
      try await aws.reading.readIfPresent(KMS.describeKey, ["KeyId": .string(id)]) == nil ? nil : ()
    }
  }

  /// A disabled key takes no change of its rotation: it is enabled first, and disabled last.
  func finish(_ update: Update, _ aws: WritingClient) async throws(ProviderError) {
    let (resource, id) = (update.resource, update.live.id)
    let key: [String: Value] = ["KeyId": .string(id)]
    let rotates = update.changes("enableKeyRotation", "rotationPeriodInDays")
    let state = update.live.properties["enabled"] ?? true
    let wasOff = state == false || Self.leaving.contains(state)
    if update.changes("enabled"), Self.leaving.contains(state) {
      try await aws.write(KMS.cancelKeyDeletion, key)
    }
    if update.changes("enabled") && resource["enabled"] != false || rotates && wasOff {
      try await aws.write(KMS.enableKey, key)
    }
    if update.changes("description") {
      let text = resource["description"]?.string ?? ""
      try await aws.write(KMS.updateKeyDescription, key.merging(["Description": .string(text)]) { $1 })
    }
    if update.changes("bypassPolicyLockoutSafetyCheck", "keyPolicy") {
      try await putPolicy(of: resource, key, aws)
    }
    if rotates { try await rotate(resource, id, aws) }
    let isTurnedOff = update.changes("enabled") && resource["enabled"] == false
    if isTurnedOff && !wasOff || rotates && wasOff && resource["enabled"] == false {
      try await aws.write(KMS.disableKey, key)
    }
  }

  /// The service refuses to schedule the deletion of what waits for it.
  package func delete(_ deletion: Deletion, _ aws: WritingClient) async throws(ProviderError) {
    if Self.leaving.contains(deletion.live.properties["enabled"] ?? .null) { return }
    try await verbs.delete(deletion, aws)
  }

  private func rotate(_ resource: Resource, _ id: String, _ aws: WritingClient) async throws(ProviderError) {
    var input: [String: Value] = ["KeyId": .string(id)]
    guard resource["enableKeyRotation"] == true else {
      try await aws.write(KMS.disableKeyRotation, input)
      return
    }
    input["RotationPeriodInDays"] = resource["rotationPeriodInDays"] ?? 365
    try await aws.write(KMS.enableKeyRotation, input)
  }

  private func putPolicy(
    of resource: Resource, _ key: [String: Value], _ aws: WritingClient
  ) async throws(ProviderError) {
    let properties = ["bypassPolicyLockoutSafetyCheck", "keyPolicy"]
    var input = calls.fields.fields(of: resource, properties, in: schema)
    if input["Policy"] == nil { input["Policy"] = .string(Self.defaultPolicy(in: aws.target).json) }
    input["PolicyName"] = "default"
    try await aws.write(KMS.putKeyPolicy, input.merging(key) { $1 })
  }

  /// What a key has that is made without a policy: "Default key policy" in the developer guide.
  static func defaultPolicy(in target: Target) -> Value {
    let root = "arn:\(target.partition):iam::\(target.account ?? ""):root"
    return [
      "Version": "2012-10-17", "Id": "key-default-1",
      "Statement": [
        [
          "Sid": "Enable IAM User Permissions", "Effect": "Allow", "Principal": ["AWS": .string(root)],
          "Action": "kms:*", "Resource": "*",
        ]
      ],
    ]
  }
}

/// The keys of an account by their owner tags, read once for all that look for one.
private actor KeySearch {
  private let aws: ReadingClient
  private var found: Task<Result<[(id: String, owner: Owner)], ProviderError>, Never>?

  init(_ aws: ReadingClient) { self.aws = aws }

  /// The ids of all keys with the owner's tags, those that wait for their deletion, too.
  func ids(of owner: Owner) async throws(ProviderError) -> [String] {
    let task =
      found
      ?? Task { [aws] in
        await outcome { () throws(ProviderError) in try await Self.everyOwner(aws) }
      }
    found = task
    return try await task.value.get().filter { $0.owner == owner }.map(\.id)
  }

  private static func everyOwner(
    _ aws: ReadingClient
  ) async throws(ProviderError) -> [(id: String, owner: Owner)] {
    let ids = try await aws.everyItem(KMS.listKeys).compactMap { $0["KeyId"]?.string }.sorted()
    let owners = try await sideBySide(ids) { id throws(ProviderError) -> (id: String, owner: Owner)? in
      do throws(ProviderError) {
        return try await KMS.tags.read(["KeyId": .string(id)], aws)?.owner.map { (id, $0) }
      } catch {
        // A key of somebody else whose policy lets us not look.
        if error.kind == .denied { return nil }
        throw error
      }
    }
    return owners.compactMap(\.self)
  }
}
