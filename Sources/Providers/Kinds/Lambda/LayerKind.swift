import Planner

/// Versions of Lambda layers.
///
/// A version never changes: any change publishes the next one. Its users move to that before the old one is
/// deleted. (Functions that still use a deleted version keep working, but can't be pointed to it again.) One
/// GetLayerVersion reads a known one. Layers take no tags. The ledger says who owns a version; after a killed
/// run the digest of its content does. Facts: the Lambda API reference, `AWS::Lambda::LayerVersion` in
/// CloudFormation.
struct LayerKind: DescribedKind {
  let schema = Schema(
    section: "layers", kind: "layer", title: "AWS Lambda layer version",
    summary: "Libraries and other files that several lambdas share.",
    naming: Naming(
      TextRule(length: 1...64, pattern: "[A-Za-z0-9_-]+", says: "letters, digits, - and _"),
      isIdentity: false, change: .replaces),
    isTaggable: false,
    properties: [
      Property(
        "content", .either([.path, .object(CodeSource.objectMembers)]), required: true,
        change: .replaces, local: true,
        "A folder, packed into a zip that is the same on every machine (`.stackformignore` leaves files out), a zip file, or "
          + "`{ s3Bucket: …, s3Key: … }`. A lambda finds it under /opt."),
      Property(
        "codeSha256", .text, change: .replaces, derived: true,
        "The digest of the zip: what is compared with the live one."),
      Property(
        "codeObject", .map(.text), change: .replaces, writeOnly: true, derived: true,
        "The object in a bucket with the content. Lambda never returns it."),
      Property(
        "description", .string(TextRule(length: 0...256)), change: .replaces, "What the layer is for."),
      Property(
        "compatibleRuntimes", .set(.string(LambdaKind.runtime)), change: .replaces,
        "The runtimes that it is for."),
      Property(
        "compatibleArchitectures", .set(.choice(["x86_64", "arm64"])), change: .replaces,
        "The processors that it is for."),
      Property(
        "licenseInfo", .string(TextRule(length: 0...512)), change: .replaces,
        "Its licence: an SPDX identifier, an address, or the text."),
    ],
    attributes: [
      Attribute("arn", early: false, "The version's ARN: what a lambda's `layers` name."),
      Attribute("layerArn", early: true, "The layer's ARN, without a version."),
      Attribute("name", early: true, "The layer's name."),
      Attribute("version", early: false, "The version's number."),
    ],
    relations: CodeSource.relations(inside: "content")
      + Relation.inside("content", .atLeastOne(of: "s3Bucket")) + [
        .atMost(15, of: "compatibleRuntimes", what: "runtimes")
      ],
    example: """
      layers:
        libraries:
          content: layers/libraries
          compatibleRuntimes: [python3.12]
      """)

  func earlyAttributes(of resource: Resource, in target: Target) -> [String: Value] {
    guard let name = resource.name else { return [:] }
    var attributes: [String: Value] = ["name": .string(name)]
    attributes["layerArn"] = target.arn("lambda", "layer:\(name)")
    return attributes
  }

  func completed(_ resource: Resource) -> Resource {
    guard resource["content"]?.string == nil else { return resource }
    var completed = resource
    completed.properties["codeObject"] = CodeSource.place(resource["content"])
    completed.properties["codeSha256"] = resource["content"]?["sha256"]
    return completed
  }

  func packed(
    _ resource: Resource, directory: String, files: FileReader
  ) throws(PropertyProblem) -> PackedResource {
    guard let path = resource["content"]?.string else { return PackedResource(resource) }
    let (zip, derivation): ([UInt8], String?) =
      switch try CodeSource.packed(path, in: directory, files: files, property: "content") {
      case .zip(let bytes): (bytes, nil)
      case .files(let contents): (ZipArchive.bytes(of: contents.entries), contents.derivation)
      }
    let (digest, artifact) = try CodeSource.artifact(of: zip, property: "content")
    var packed = resource
    packed.properties["codeSha256"] = digest
    packed.derivations["codeSha256"] = derivation
    return PackedResource(packed, artifacts: [artifact])
  }
}
