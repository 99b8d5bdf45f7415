import Planner

extension LambdaKind {
  /// Where the code is, unless it has to be packed, and the package type that follows from it.
  func completed(_ resource: Resource) -> Resource {
    var completed = resource
    completed.properties["aliases"] = resource["aliases"].map(LambdaAliases.spelledOut)
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
  ) throws(PropertyProblem) -> (resource: Resource, artifacts: [Artifact]) {
    guard resource["imageUri"] == nil, resource["codeObject"] == nil,
      let zip = try Self.zip(of: resource, directory: directory, files: files)
    else { return (resource, []) }
    let (digest, artifact) = try CodeSource.artifact(of: zip, property: "code")
    var packed = resource
    packed.properties["codeSha256"] = digest
    return (packed, [artifact])
  }

  private static func zip(
    of resource: Resource, directory: String, files: FileReader
  ) throws(PropertyProblem) -> [UInt8]? {
    if let path = resource["code"]?.string {
      switch try CodeSource.packed(path, in: directory, files: files, property: "code") {
      case .zip(let bytes): return bytes
      case .files(let entries):
        try checkHandler(of: resource, in: entries, path: path)
        return ZipArchive.bytes(of: entries)
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

  private static func zip(ofSource source: String, _ resource: Resource) throws(PropertyProblem) -> [UInt8] {
    guard let ending = endings(of: resource["runtime"]?.string ?? "")?.first else {
      throw PropertyProblem(
        ["code", "zipFile"], "Source in the file",
        "Only Python and Node.js code can stand in the stack file.",
        fix: "Put the code into a folder, and name that.")
    }
    let entries = [ZipArchive.Entry(name: "index.\(ending)", bytes: Array(source.utf8))]
    try checkHandler(of: resource, in: entries, path: "zipFile")
    return ZipArchive.bytes(of: entries)
  }

  /// Possible endings of a runtime's handler file; nil for runtimes with a handler that is not a file.
  private static func endings(of runtime: String) -> [String]? {
    if runtime.hasPrefix("python") { return ["py"] }
    if runtime.hasPrefix("nodejs") { return ["js", "mjs", "cjs"] }
    return nil
  }

  private static func checkHandler(
    of resource: Resource, in entries: [ZipArchive.Entry], path: String
  ) throws(PropertyProblem) {
    guard let handler = resource["handler"]?.string,
      let endings = endings(of: resource["runtime"]?.string ?? "")
    else { return }
    guard let dot = handler.lastIndex(of: ".") else {
      throw PropertyProblem(
        ["handler"], "Handler", "\"\(handler)\" names no function in a file.",
        fix: "Write the file without its ending, a dot, and the function: `app.handler`.")
    }
    var file = String(handler[..<dot])
    // Python imports it as a module; a package's code is in its __init__.py.
    if endings == ["py"] { file = file.split(separator: ".").joined(separator: "/") }
    let wanted = endings.map { "\(file).\($0)" } + (endings == ["py"] ? ["\(file)/__init__.py"] : [])
    let names = Set(entries.map(\.name))
    guard names.isDisjoint(with: wanted) else { return }
    let candidates = names.filter { name in endings.contains { name.hasSuffix(".\($0)") } }
      .map { String($0[..<($0.lastIndex(of: ".") ?? $0.endIndex)]) }
    let guess = suggestion(for: file, among: candidates)
    throw PropertyProblem(
      ["handler"], "Handler not found", "\(path) has no \(wanted[0]), which the handler \(handler) needs.",
      fix: guess.map { "Did you mean \"\($0)\(handler[dot...])\"?" }
        ?? "Name a file of the folder, without its ending, and a function in it.")
  }
}
