package import Planner

/// What metric and composite alarms have in common: names, tags, and one call that sends the whole alarm each time.
package protocol AlarmFamily: AWSKind {
  /// The call that creates an alarm, or replaces all of it.
  var put: Operation<Writes> { get }
  /// What of an alarm's live properties may be written back.
  func written(_ properties: [String: Value]) -> [String: Value]
}

/// What both sorts of alarm say of themselves: they share one space of names.
enum AlarmNames {
  static let naming = Naming(
    TextRule(length: 1...255, pattern: "[^\\x00-\\x1f]+", says: "any visible characters"))
  static let attributes = [
    Attribute("arn", early: true, "The alarm's ARN."),
    Attribute("name", early: true, "The alarm's name."),
  ]
}

extension AlarmFamily {
  package var readsTagsApart: Bool { true }

  package func written(_ properties: [String: Value]) -> [String: Value] { properties }

  package func earlyAttributes(of resource: Resource, in target: Target) -> [String: Value] {
    attributes(name: resource.name ?? "", in: target)
  }

  /// Every attribute of the schema. The ARN is left out while the account is not known.
  func attributes(name: String, in target: Target) -> [String: Value] {
    var attributes: [String: Value] = ["name": .string(name)]
    attributes["arn"] = arn(name, target)
    return attributes
  }

  /// The alarm's ARN; nil while the account is not known.
  func arn(_ name: String, _ target: Target) -> Value? { target.arn("cloudwatch", "alarm:\(name)") }

  package func read(_ query: LiveQuery, _ aws: ReadingClient) async throws(ProviderError) -> LiveResource? {
    try await read([query], aws)[query.address]?.get()
  }

  package func create(_ creation: Creation, _ aws: WritingClient) async throws(ProviderError) -> Created {
    let name = creation.resource.name ?? ""
    let input = AlarmWire.input(creation.resource.properties, name: name, in: schema)
    try await AlarmTags.create(put, input, arn: arn(name, aws.target), tags: creation.tags, aws)
    return Created(id: name, attributes: attributes(name: name, in: aws.target))
  }

  /// The call replaces the whole alarm, so what is not declared is sent as it is live.
  package func update(_ update: Update, _ aws: WritingClient) async throws(ProviderError) -> [String: Value] {
    let name = update.live.id
    let changed = update.changed.subtracting(["tags"])
    if !changed.isEmpty {
      var properties = update.live.properties
      for property in changed.union(update.live.untold) { properties[property] = update.resource[property] }
      let input = AlarmWire.input(written(properties), name: name, in: schema)
      try await aws.write(put, input)
    }
    if update.changes("tags") { try await AlarmTags.update(update, arn: arn(name, aws.target), aws) }
    return attributes(name: name, in: aws.target)
  }

  package func delete(_ deletion: Deletion, _ aws: WritingClient) async throws(ProviderError) {
    try await AlarmTags.removeAll(of: deletion, arn: arn(deletion.live.id, aws.target), aws)
    try await aws.delete(CloudWatch.deleteAlarms, ["AlarmNames": [.string(deletion.live.id)]])
  }
}
