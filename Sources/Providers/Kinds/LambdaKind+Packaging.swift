import Planner

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension LambdaKind {
  /// What CreateFunction takes without a detour over a bucket: AWS's "Lambda quotas".
  private static let largestZip = 50 << 20
  private static let largestCode = 250 << 20

  func packaged(
    _ resource: Resource, directory: String
  ) throws(PropertyProblem) -> (resource: Resource, artifacts: [Artifact]) {
    let zip: [UInt8]
    if let path = resource["code"]?.string {
      zip = try Self.zip(at: path, in: directory, of: resource)
    } else if let source = resource["code"]?["zipFile"]?.string {
      zip = try Self.zip(ofSource: source, resource)
    } else {
      return (resource, [])
    }
    guard zip.count <= Self.largestZip else {
      throw PropertyProblem(
        ["code"], "Code too large",
        "The zip has \(zip.count >> 20) MB; Lambda takes at most \(Self.largestZip >> 20) MB.",
        mend:
          "Leave out what the code does not need in \(IgnoreRules.fileName), or move libraries to a layer.")
    }
    let digest = Digest.sha256(Data(zip))
    var packaged = resource
    packaged.properties["codeSha256"] = .string(digest.base64EncodedString())
    return (packaged, [Artifact(digest: Digest.hex(digest), bytes: zip)])
  }

  /// The bytes that a resource's `codeSha256` names.
  static func zip(of resource: Resource, in artifacts: [String: Artifact]) throws(ProviderError) -> Value {
    let digest = resource["codeSha256"]?.string.flatMap { Data(base64Encoded: $0) }
    guard let digest, let artifact = artifacts[Digest.hex(digest)] else {
      throw ProviderError(
        .invalid, message: "the code's zip is not at hand: plan again", operation: "lambda:code",
        neverSent: true)
    }
    return .string(Data(artifact.bytes).base64EncodedString())
  }

  private static func zip(
    at path: String, in directory: String, of resource: Resource
  ) throws(PropertyProblem) -> [UInt8] {
    let place = path.hasPrefix("/") ? path : "\(directory)/\(path)"
    if path.hasSuffix(".zip"), let bytes = FileManager.default.contents(atPath: place) {
      guard bytes.starts(with: [0x50, 0x4b]) else {
        throw PropertyProblem(
          ["code"], "No zip file", "\(path) is not a zip file.",
          mend: "Name the folder itself: Stackform packs it.")
      }
      return Array(bytes)
    }
    let entries: [ZipArchive.Entry]
    do throws(SourceFolder.Failure) {
      entries = try SourceFolder(place).entries()
    } catch {
      throw problem(error, path: path)
    }
    try checkHandler(of: resource, in: entries, path: path)
    try checkSize(entries)
    return ZipArchive.bytes(of: entries)
  }

  private static func zip(ofSource source: String, _ resource: Resource) throws(PropertyProblem) -> [UInt8] {
    guard let ending = endings(of: resource["runtime"]?.string ?? "")?.first else {
      throw PropertyProblem(
        ["code", "zipFile"], "Source in the file",
        "Only Python and Node.js code can stand in the stack file.",
        mend: "Put the code into a folder, and name that.")
    }
    let entries = [ZipArchive.Entry(name: "index.\(ending)", bytes: Array(source.utf8))]
    try checkHandler(of: resource, in: entries, path: "zipFile")
    return ZipArchive.bytes(of: entries)
  }

  private static func checkSize(_ entries: [ZipArchive.Entry]) throws(PropertyProblem) {
    let size = entries.reduce(0) { $0 + $1.bytes.count }
    guard size <= largestCode else {
      throw PropertyProblem(
        ["code"], "Code too large",
        "The files have \(size >> 20) MB together; Lambda takes at most \(largestCode >> 20) MB.",
        mend: "Leave out what the code does not need in \(IgnoreRules.fileName).")
    }
  }

  /// What a runtime's handler file may end with; nil for runtimes whose handler is no file.
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
        mend: "Write the file without its ending, a dot, and the function: `app.handler`.")
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
      mend: guess.map { "Did you mean \"\($0)\(handler[dot...])\"?" }
        ?? "Name a file of the folder, without its ending, and a function in it.")
  }

  private static func problem(_ failure: SourceFolder.Failure, path: String) -> PropertyProblem {
    switch failure {
    case .missing:
      PropertyProblem(
        ["code"], "No such folder", "\(path) is neither a folder nor a zip file.",
        mend: "Name the folder with the code, relative to the stack file.")
    case .unreadable(let file):
      PropertyProblem(
        ["code"], "Unreadable file", "\(file) can't be read.",
        mend: "Allow it, or leave it out in .stackformignore.")
    case .empty:
      PropertyProblem(
        ["code"], "Empty folder", "\(path) has no file that goes into the zip.",
        mend: "Put the code there, or look at its \(IgnoreRules.fileName).")
    case .linkLeavesFolder(let link, let target):
      PropertyProblem(
        ["code"], "Link out of the folder", "\(link) points to \(target), outside of \(path).",
        mend: "Copy what it points to into the folder: a link's end may differ on another machine.")
    case .linkIsLost(let link, let target):
      PropertyProblem(
        ["code"], "Broken link", "\(link) points to \(target), which is not there.",
        mend: "Mend the link, or leave it out in \(IgnoreRules.fileName).")
    case .tooManyFiles(let count):
      PropertyProblem(
        ["code"], "Too many files",
        "\(path) has \(count) files; a zip takes \(ZipArchive.largestEntryCount).",
        mend: "Leave out what the code does not need in \(IgnoreRules.fileName).")
    }
  }
}
