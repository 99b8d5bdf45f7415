import Planner

extension LayerKind {
  var calls: KindCalls { Self.calls }

  private static let calls = KindCalls(
    identity: Identity(
      creation: ["LayerName": .name],
      reference: ["LayerName": piece { $0.layer }, "VersionNumber": piece { $0.version }],
      known: [
        "arn": .id, "layerArn": piece { $0.layerARN }, "name": piece { $0.layer },
        "version": piece { $0.version },
      ],
      given: "LayerVersionArn",
      finder: .contents(
        Lambda.listLayerVersions, input: ["MaxItems": .integer(Finder.mostContents)], id: "LayerVersionArn",
        deciding: "codeSha256")),
    create: Lambda.publishLayerVersion, read: Lambda.getLayerVersion,
    ending: Ending(delete: Lambda.deleteLayerVersion),
    fields: WireFields(renamed: ["codeSha256": "Content.CodeSha256"], apart: ["codeObject"]))

  /// A version's ARN, taken apart.
  private struct Place {
    let layerARN: String
    let layer: String
    let version: String

    init?(_ arn: String) {
      let pieces = arn.split(separator: ":").map(String.init)
      guard pieces.count == 8, pieces[5] == "layer" else { return nil }
      (layer, version) = (pieces[6], pieces[7])
      layerARN = String(arn.dropLast(version.count + 1))
    }
  }

  private static func piece(_ take: @escaping @Sendable (Place) -> String) -> Identity.Part {
    .made { arn, _ in Place(arn).map { .string(take($0)) } }
  }

  func complete(
    _ live: inout LiveResource, from answer: AWSResponse, _ query: LiveQuery, _ aws: ReadingClient
  ) async throws(ProviderError) {
    // MiniStack returns no digest of what came from a bucket.
    if answer.value.at("Content.CodeSha256")?.isEmpty ?? true { live.untold = ["codeSha256"] }
  }

  func shape(_ input: inout [String: Value], for creation: Creation) throws(ProviderError) {
    let resource = creation.resource
    if let object = resource["codeObject"], !object.isNull {
      input["Content"] = .map(CodeSource.object(object))
    } else {
      input["Content"] = ["ZipFile": try CodeSource.zip(of: resource, in: creation.artifacts)]
    }
  }
}
