package import Planner

extension BucketKind {
  package func isCreatedWithTags(in target: Target) -> Bool { !target.has(.dropsTagsOfNewBuckets) }

  package func create(_ creation: Creation, _ aws: WritingClient) async throws(ProviderError) -> Created {
    let resource = creation.resource
    let name = resource.name ?? ""
    let tagsFollow = aws.target.has(.dropsTagsOfNewBuckets)
    try await aws.write(request(toCreate: resource, tags: tagsFollow ? [:] : creation.tags, aws.target))
    if tagsFollow { try await setTags(of: name, to: creation.tags, aws) }
    for setting in BucketSetting.all {
      guard let wanted = resource[setting.property], !wanted.isNull else { continue }
      try await setting.write(wanted, over: .null, to: name, aws)
    }
    for configurations in BucketConfigurations.all {
      guard let wanted = resource[configurations.property] else { continue }
      try await configurations.write(wanted, over: .null, to: name, aws)
    }
    let lifecycle = BucketLifecycle(
      rules: resource["lifecycleRules"] ?? .null, minimumSize: resource[BucketLifecycle.sizeProperty])
    if !lifecycle.rules.isEmpty { try await lifecycle.write(to: name, aws) }
    if let retention = resource["objectLock"], !retention.isEmpty {
      try await BucketObjectLock(isEnabled: true, retention: retention).write(to: name, aws)
    }
    let notifications = BucketNotifications(
      entries: resource["notifications"]?.list ?? [], eventBridge: resource["eventBridge"] == true)
    if !notifications.entries.isEmpty || notifications.eventBridge {
      try await notifications.write(to: name, aws)
    }
    return Created(id: name, attributes: attributes(name: name, in: aws.target))
  }

  private func request(
    toCreate resource: Resource, tags: [String: String], _ target: Target
  ) -> Request<Writes> {
    var input: [String: Value] = ["Bucket": .string(resource.name ?? "")]
    if resource["objectLockEnabled"] == true { input["ObjectLockEnabledForBucket"] = true }
    let request = Request(S3.createBucket, input)
    var configuration: [XMLElement] = []
    if target.region != "us-east-1" {
      configuration.append(XMLElement("LocationConstraint", target.region))
    }
    if !tags.isEmpty { configuration.append(XMLElement("Tags", tagElements(tags))) }
    if configuration.isEmpty { return request }
    return request.with(
      XMLElement("CreateBucketConfiguration", namespace: XMLElement.s3Namespace, configuration))
  }

  package func update(_ update: Update, _ aws: WritingClient) async throws(ProviderError) -> [String: Value] {
    let name = update.live.id
    let live = update.live.properties
    if update.changes("tags"), !(update.tagsToAdd.isEmpty && update.tagsToRemove.isEmpty) {
      try await setTags(of: name, to: update.tags, aws)
    }
    for setting in Self.inOrder(update) {
      let wanted = update.resource[setting.property] ?? .null
      try await setting.write(wanted, over: live[setting.property] ?? .null, to: name, aws)
    }
    for configurations in BucketConfigurations.all where update.changed.contains(configurations.property) {
      let wanted = update.resource[configurations.property] ?? .null
      try await configurations.write(wanted, over: live[configurations.property] ?? .null, to: name, aws)
    }
    if update.changes("lifecycleRules", BucketLifecycle.sizeProperty) {
      try await updateLifecycle(update, aws)
    }
    if update.changes("objectLock", "objectLockEnabled") { try await updateLock(update, aws) }
    if update.changes("notifications", "eventBridge") { try await updateNotifications(update, aws) }
    return attributes(name: name, in: aws.target)
  }

  /// The settings that change. A later one may need an earlier one, as replication needs versioning (PutBucketReplication
  /// in the S3 API reference): so those that are taken out or turned off go first, the last one before all others.
  private static func inOrder(_ update: Update) -> [BucketSetting] {
    let changed = BucketSetting.all.filter { update.changed.contains($0.property) }
    func goes(_ setting: BucketSetting) -> Bool {
      let wanted = update.resource[setting.property] ?? .null
      return wanted.isEmpty || wanted == false
    }
    return changed.reversed().filter(goes) + changed.filter { !goes($0) }
  }

  /// One document holds both: the half that does not change is put back as it is.
  private func updateLifecycle(_ update: Update, _ aws: WritingClient) async throws(ProviderError) {
    let name = update.live.id
    var lifecycle = BucketLifecycle(
      rules: update.resource["lifecycleRules"] ?? .null,
      minimumSize: update.resource[BucketLifecycle.sizeProperty])
    if !update.changes("lifecycleRules") || !update.changes(BucketLifecycle.sizeProperty) {
      let live = try await BucketLifecycle.read(name, aws.reading)
      if !update.changes("lifecycleRules") { lifecycle.rules = live.rules }
      if !update.changes(BucketLifecycle.sizeProperty) { lifecycle.minimumSize = live.minimumSize }
    }
    try await lifecycle.write(to: name, aws)
  }

  /// As with the lifecycle.
  private func updateLock(_ update: Update, _ aws: WritingClient) async throws(ProviderError) {
    let retention =
      update.changes("objectLock")
      ? update.resource["objectLock"] : update.live.properties["objectLock"]
    try await BucketObjectLock(isEnabled: true, retention: retention ?? .null).write(to: update.live.id, aws)
  }

  /// As with the lifecycle.
  private func updateNotifications(_ update: Update, _ aws: WritingClient) async throws(ProviderError) {
    let name = update.live.id
    var notifications = BucketNotifications(
      entries: update.resource["notifications"]?.list ?? [],
      eventBridge: update.resource["eventBridge"] == true)
    if !update.changes("notifications") || !update.changes("eventBridge") {
      let live = try await BucketNotifications.read(name, aws.reading)
      if !update.changes("notifications") { notifications.entries = live.entries }
      if !update.changes("eventBridge") { notifications.eventBridge = live.eventBridge }
    }
    try await notifications.write(to: name, aws)
  }

  /// S3 replaces all tags at once, except AWS's own.
  private func setTags(
    of bucket: String, to tags: [String: String], _ aws: WritingClient
  ) async throws(ProviderError) {
    let document = XMLElement(
      "Tagging", namespace: XMLElement.s3Namespace, [XMLElement("TagSet", tagElements(tags))])
    let request = Request(S3.putBucketTagging, ["Bucket": .string(bucket)])
    try await aws.write(request.with(document).toNewBucket(in: aws.target))
  }

  private func tagElements(_ tags: [String: String]) -> [XMLElement] {
    tags.sorted { $0.key < $1.key }.map {
      XMLElement("Tag", [XMLElement("Key", $0.key), XMLElement("Value", $0.value)])
    }
  }

  /// Deletes what is in the bucket, too: the caller has made sure that its data may go.
  package func delete(_ deletion: Deletion, _ aws: WritingClient) async throws(ProviderError) {
    let name = deletion.live.id
    let bucket: [String: Value] = ["Bucket": .string(name)]
    do throws(ProviderError) {
      if aws.target.has(.tagsOutliveBuckets) { try await aws.write(S3.deleteBucketTagging, bucket) }
      do throws(ProviderError) {
        try await aws.write(S3.deleteBucket, bucket)
      } catch {
        // Versions and marks of deleted objects count as well, on AWS and on both emulators.
        guard error.code == "BucketNotEmpty" else { throw error }
        try await BucketContents(bucket: name, aws: aws).delete()
        try await aws.write(S3.deleteBucket, bucket)
      }
    } catch {
      if error.kind != .notFound { throw error }
    }
  }
}
