import Planner

extension LayerKind {
  /// The declared properties that the API has under the same names.
  private static let reported = [
    "description", "compatibleRuntimes", "compatibleArchitectures", "licenseInfo",
  ]
  /// How many of the newest versions are searched for one that a killed run published.
  private static let searched = 10

  /// A version's ARN, taken apart.
  private struct Place {
    let arn: String
    let layer: String
    let version: String

    init?(_ arn: String) {
      let pieces = arn.split(separator: ":").map(String.init)
      guard pieces.count == 8, pieces[5] == "layer" else { return nil }
      self.arn = arn
      (layer, version) = (pieces[6], pieces[7])
    }

    /// What the operations on one version take.
    var key: [String: Value] { ["LayerName": .string(layer), "VersionNumber": .string(version)] }

    var attributes: [String: Value] {
      [
        "arn": .string(arn), "layerArn": .string(String(arn.dropLast(version.count + 1))),
        "name": .string(layer), "version": .string(version),
      ]
    }
  }

  func read(_ query: LiveQuery, _ aws: ReadingClient) async throws(ProviderError) -> LiveResource? {
    if let place = query.id.flatMap(Place.init), let live = try await live(place, aws) { return live }
    return try await publishedUnrecorded(query, aws)
  }

  /// A version of the wanted content that no record knows: what was published when the answer, or the run, was lost.
  private func publishedUnrecorded(
    _ query: LiveQuery, _ aws: ReadingClient
  ) async throws(ProviderError) -> LiveResource? {
    guard let name = query.name, let digest = query.wanted?["codeSha256"]?.string else { return nil }
    let list = try await aws.readIfPresent(
      Lambda.listLayerVersions, ["LayerName": .string(name), "MaxItems": .integer(Self.searched)])
    for item in list?.items("LayerVersions").prefix(Self.searched) ?? [] {
      guard let place = item["LayerVersionArn"]?.string.flatMap(Place.init), place.arn != query.id,
        !query.otherIDs.contains(place.arn), let live = try await live(place, aws),
        live.properties["codeSha256"]?.string == digest
      else { continue }
      if isMeant(live, by: query.wanted) { return live }
    }
    return nil
  }

  private func isMeant(_ live: LiveResource, by wanted: Resource?) -> Bool {
    Self.reported.allSatisfy { name in
      guard let value = wanted?[name], let property = schema.property(name) else { return true }
      return property.differences(live: live.properties[name], wanted: value).isEmpty
    }
  }

  private func live(_ place: Place, _ aws: ReadingClient) async throws(ProviderError) -> LiveResource? {
    guard let version = try await aws.readIfPresent(Lambda.getLayerVersion, place.key) else { return nil }
    var properties: [String: Value] = ["codeSha256": version["Content"]?["CodeSha256"] ?? .null]
    for name in Self.reported { properties[name] = version[Self.field(name)] }
    return LiveResource(
      id: place.arn, properties: properties.filter { !$0.value.isEmpty }, attributes: place.attributes,
      owner: nil,
      // MiniStack returns no digest of what came from a bucket.
      untold: properties["codeSha256"]?.isEmpty == true ? ["codeSha256"] : [])
  }

  private static func field(_ property: String) -> String {
    property.prefix(1).uppercased() + property.dropFirst()
  }

  func create(_ creation: Creation, _ aws: WritingClient) async throws(ProviderError) -> Created {
    let resource = creation.resource
    var fields: [String: Value] = ["LayerName": .string(resource.name ?? "")]
    for name in Self.reported {
      if let value = resource[name], !value.isEmpty { fields[Self.field(name)] = value }
    }
    if let object = resource["codeObject"], !object.isNull {
      fields["Content"] = .map(CodeSource.object(object))
    } else {
      fields["Content"] = ["ZipFile": try CodeSource.zip(of: resource, in: creation.artifacts)]
    }
    let version = try await aws.write(Lambda.publishLayerVersion, fields)
    let arn = try version.identity(at: "LayerVersionArn", from: Lambda.publishLayerVersion)
    guard let place = Place(arn) else {
      throw ProviderError(
        .malformed, message: "\"\(arn)\" is not the ARN of a layer's version",
        operation: "lambda:PublishLayerVersion")
    }
    return Created(id: arn, attributes: place.attributes)
  }

  /// Everything replaces.
  func update(_ update: Update, _ aws: WritingClient) async throws(ProviderError) -> [String: Value] {
    update.live.attributes
  }

  func delete(_ deletion: Deletion, _ aws: WritingClient) async throws(ProviderError) {
    guard let place = Place(deletion.live.id) else { return }
    try await aws.delete(Lambda.deleteLayerVersion, place.key)
  }
}
