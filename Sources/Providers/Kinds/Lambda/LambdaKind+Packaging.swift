import Planner

extension LambdaKind {
  /// Where the code is, unless it has to be packed, and the package type that follows from it.
  func completed(_ resource: Resource) -> Resource {
    var completed = resource
    // Each member is compared, and shown.
    completed.properties["aliases"] = resource["aliases"].map { aliases in
      schema.property("aliases")?.shape.completed(aliases, showingDefaults: true) ?? aliases
    }
    if LambdaVersions.publishes(resource) { completed.properties["published"] = true }
    if let image = resource["code"]?["imageUri"] {
      completed.properties["imageUri"] = image
      completed.properties["packageType"] = "Image"
      return completed
    }
    completed.properties["packageType"] = "Zip"
    if let object = CodeSource.place(resource["code"]) {
      completed.properties["codeObject"] = object
      completed.properties["codeSha256"] = resource["code"]?["sha256"]
    }
    return completed
  }

  /// The code's zip, and its digest as a property; neither for code that is an image, or an object in a bucket.
  func packed(
    _ resource: Resource, directory: String, files: FileReader
  ) throws(PropertyProblem) -> PackedResource {
    guard resource["imageUri"] == nil, resource["codeObject"] == nil,
      let code = try Self.zip(of: resource, directory: directory, files: files)
    else { return PackedResource(resource) }
    let (digest, artifact) = try CodeSource.artifact(of: code.zip, property: "code")
    var packed = resource
    packed.properties["codeSha256"] = digest
    packed.derivations["codeSha256"] = code.derivation
    return PackedResource(packed, artifacts: [artifact], warnings: code.warnings)
  }

  private struct Code {
    var zip: [UInt8]
    /// Why the zip is not all that was named.
    var derivation: String?
    var warnings: [PropertyProblem] = []
  }

  private static func zip(
    of resource: Resource, directory: String, files: FileReader
  ) throws(PropertyProblem) -> Code? {
    if let path = resource["code"]?.string {
      switch try CodeSource.packed(path, in: directory, files: files, property: "code") {
      case .zip(let bytes): return Code(zip: bytes)
      case .files(let contents):
        let handler = HandlerCheck(of: resource, in: contents.entries, path: path)
        return Code(
          zip: ZipArchive.bytes(of: contents.entries), derivation: contents.derivation,
          warnings: try handler?.warnings() ?? [])
      }
    }
    if let source = resource["code"]?["zipFile"]?.string { return try zip(ofSource: source, resource) }
    return nil
  }

  /// The code as CreateFunction and UpdateFunctionCode take it.
  static func code(
    of resource: Resource, in artifacts: [String: Artifact]
  ) throws(ProviderError) -> [String: Value] {
    if let image = resource["imageUri"], !image.isNull { return ["ImageUri": image] }
    if let object = resource["codeObject"], !object.isNull { return CodeSource.object(object) }
    return ["ZipFile": try CodeSource.zip(of: resource, in: artifacts)]
  }

  private static func zip(
    ofSource source: String, _ resource: Resource
  ) throws(PropertyProblem) -> Code {
    guard let ending = HandlerCheck.endings(of: resource["runtime"]?.string ?? "")?.first else {
      throw PropertyProblem(
        ["code", "zipFile"], "Source in the file",
        "Only Python and Node.js code can stand in the stack file.",
        fix: "Put the code into a folder, and name that.")
    }
    let entries = [ZipArchive.Entry(name: "index.\(ending)", bytes: Array(source.utf8))]
    let handler = HandlerCheck(of: resource, in: entries, path: "zipFile")
    return Code(zip: ZipArchive.bytes(of: entries), warnings: try handler?.warnings() ?? [])
  }
}
