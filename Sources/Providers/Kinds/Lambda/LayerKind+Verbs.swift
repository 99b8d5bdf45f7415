import Planner

extension LayerKind {
  /// The declared properties that the API has under the same names.
  private static let told = ["description", "compatibleRuntimes", "compatibleArchitectures", "licenseInfo"]
  /// How many of the newest versions are looked through for one that a killed run published.
  private static let searched = 10

  private static func path(_ layer: String, _ more: String...) -> [String] {
    ["2018-10-31", "layers", layer, "versions"] + more
  }

  /// The layer's name and the version's number, out of the version's ARN.
  private static func place(_ arn: String) -> (layer: String, version: String)? {
    let pieces = arn.split(separator: ":").map(String.init)
    guard pieces.count == 8, pieces[5] == "layer" else { return nil }
    return (pieces[6], pieces[7])
  }

  func read(_ query: LiveQuery, _ aws: ReadingClient) async throws(ProviderError) -> LiveResource? {
    if let known = query.id.flatMap(Self.place),
      let version = try await version(known.layer, known.version, aws)
    {
      return live(version, aws.target)
    }
    return try await publishedUnrecorded(query, aws)
  }

  private func version(
    _ layer: String, _ number: String, _ aws: ReadingClient
  ) async throws(ProviderError) -> Value? {
    try await aws.readIfPresent(AWSRequest(.lambda, "GetLayerVersion", .get, Self.path(layer, number)))?.value
  }

  /// A version of the wanted content that no record knows: what was published when the answer, or the run, was lost.
  private func publishedUnrecorded(
    _ query: LiveQuery, _ aws: ReadingClient
  ) async throws(ProviderError) -> LiveResource? {
    guard let name = query.name, let digest = query.wanted?["codeSha256"]?.string else { return nil }
    let list = AWSRequest(
      .lambda, "ListLayerVersions", .get, Self.path(name),
      query: [(name: "MaxItems", value: String(Self.searched))])
    let versions = try await aws.readIfPresent(list)?.value.items("LayerVersions") ?? []
    for item in versions.prefix(Self.searched) {
      guard let arn = item["LayerVersionArn"]?.string, arn != query.id, !query.otherIDs.contains(arn),
        let place = Self.place(arn), let version = try await version(place.layer, place.version, aws),
        version["Content"]?["CodeSha256"]?.string == digest
      else { continue }
      let live = live(version, aws.target)
      if isMeant(live, by: query.wanted) { return live }
    }
    return nil
  }

  private func isMeant(_ live: LiveResource, by wanted: Resource?) -> Bool {
    Self.told.allSatisfy { name in
      guard let value = wanted?[name], let property = schema.property(name) else { return true }
      return property.differences(live: live.properties[name], wanted: value).isEmpty
    }
  }

  private func live(_ version: Value, _ target: Target) -> LiveResource {
    var properties: [String: Value] = ["codeSha256": version["Content"]?["CodeSha256"] ?? .null]
    for name in Self.told { properties[name] = version[Self.field(name)] }
    return LiveResource(
      id: version["LayerVersionArn"]?.string ?? "", properties: properties.filter { !$0.value.isEmpty },
      attributes: attributes(version), owner: nil,
      // MiniStack tells no digest of what came from a bucket.
      untold: properties["codeSha256"]?.isEmpty == true ? ["codeSha256"] : [])
  }

  private static func field(_ property: String) -> String {
    property.prefix(1).uppercased() + property.dropFirst()
  }

  private func attributes(_ version: Value) -> [String: Value] {
    let layer = version["LayerArn"]?.string ?? ""
    return [
      "arn": version["LayerVersionArn"] ?? .null, "layerArn": .string(layer),
      "name": .string(layer.split(separator: ":").last.map(String.init) ?? ""),
      "version": version["Version"]?.integer.map { .string(String($0)) } ?? .null,
    ]
  }

  func create(_ creation: Creation, _ aws: WritingClient) async throws(ProviderError) -> Created {
    let resource = creation.resource
    var fields: [String: Value] = [:]
    for name in Self.told {
      if let value = resource[name], !value.isEmpty { fields[Self.field(name)] = value }
    }
    if let object = resource["codeObject"], !object.isNull {
      fields["Content"] = .map(CodeSource.object(object))
    } else {
      fields["Content"] = ["ZipFile": try CodeSource.zip(of: resource, in: creation.artifacts)]
    }
    let request = AWSRequest(
      .lambda, "PublishLayerVersion", .post, Self.path(resource.name ?? ""), body: .value(.map(fields)))
    let version = try await aws.write(request).value
    return Created(id: version["LayerVersionArn"]?.string ?? "", attributes: attributes(version))
  }

  /// Everything replaces.
  func update(_ update: Update, _ aws: WritingClient) async throws(ProviderError) -> [String: Value] {
    update.live.attributes
  }

  func delete(_ deletion: Deletion, _ aws: WritingClient) async throws(ProviderError) {
    guard let place = Self.place(deletion.live.id) else { return }
    try await aws.delete(
      AWSRequest(.lambda, "DeleteLayerVersion", .delete, Self.path(place.layer, place.version)))
  }
}
