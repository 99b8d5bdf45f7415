import Planner

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The source of the bytes of a function's code or of a layer, as `code` and `content` name it.
///
/// Code that is packed here is known by its digest, which the service returns. An object in a bucket is known
/// by its digest only if the file gives it. Otherwise it is known by bucket and key: the service does not
/// return these, so they are compared with what was applied last.
enum CodeSource {
  /// What CreateFunction and PublishLayerVersion take without a detour over a bucket: AWS's "Lambda quotas".
  private static let largestZip = 50 << 20
  private static let largestCode = FileReader.largestCode

  /// The members of an object in a bucket.
  static let objectMembers = [
    Property(
      "s3Bucket",
      .string(TextRule(length: 3...63, pattern: "[0-9A-Za-z._-]*[0-9A-Za-z_-]", says: "a bucket's name")),
      "The bucket that holds the zip."),
    Property("s3Key", .string(TextRule(length: 1...1024)), "The zip's key in the bucket."),
    Property(
      "s3ObjectVersion", .string(TextRule(length: 1...1024)),
      "The version of the object; the newest without it."
    ),
    Property(
      "sha256",
      .string(TextRule(pattern: "[A-Za-z0-9+/]{43}=", says: "the base64 of 32 bytes, as AWS returns it")),
      "The zip's digest. With it, another object under the same key and a change from outside are seen."),
  ]

  static let digest = Property(
    "codeSha256", .text, derived: true, "The digest of the zip: what is compared with the live one.")

  /// `{ s3Bucket, s3Key, s3ObjectVersion }` as the API has it.
  static func object(_ source: Value?) -> [String: Value] {
    var fields: [String: Value] = [:]
    fields["S3Bucket"] = source?["s3Bucket"]
    fields["S3Key"] = source?["s3Key"]
    fields["S3ObjectVersion"] = source?["s3ObjectVersion"]
    return fields
  }

  /// Bucket, key and version of a source; nil when it is not an object.
  static func place(_ source: Value?) -> Value? {
    guard let members = source?.map, members["s3Bucket"] != nil else { return nil }
    return .map(members.filter { ["s3Bucket", "s3Key", "s3ObjectVersion"].contains($0.key) })
  }

  /// What an object in a bucket must say.
  static func relations(inside place: String) -> [Relation] {
    Relation.inside(
      place, .needs("s3Bucket", "s3Key"),
      .goesWith(["s3Key", "s3ObjectVersion", "sha256"], "s3Bucket"))
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

  /// The zip as an artifact, and its digest in the service's form.
  static func artifact(
    of zip: [UInt8], property: String
  ) throws(PropertyProblem) -> (digest: Value, artifact: Artifact) {
    guard zip.count <= largestZip else {
      throw PropertyProblem(
        [property], "Code too large",
        "The zip has \(zip.count >> 20) MB; Lambda takes at most \(largestZip >> 20) MB.",
        fix:
          "Leave out what is not needed in \(IgnoreRules.fileName), or put the zip into a bucket and name that."
      )
    }
    let digest = Digest.sha256(Data(zip))
    return (.string(digest.base64EncodedString()), Artifact(digest: Digest.hex(digest), bytes: zip))
  }

  /// What a path names: the bytes of a zip that is there, or the files of a folder.
  enum Packed {
    case zip([UInt8])
    case files(SourceFolder.Contents)
  }

  /// A zip by any name: Java's archives are.
  private static func isArchive(_ path: String) -> Bool {
    path.hasSuffix(".zip") || path.hasSuffix(".jar")
  }

  static func packed(
    _ path: String, in directory: String, files: FileReader, property: String
  ) throws(PropertyProblem) -> Packed {
    let place = path.hasPrefix("/") ? path : FilePath.joined(directory, path)
    if isArchive(path), files.entry(place) == .file {
      let bytes: [UInt8]
      do throws(FileReader.Failure) {
        bytes = try files.readWhole(place)
      } catch {
        throw PropertyProblem(
          [property], "Unreadable file", "\(path) \(error.reason).",
          fix: "Put a large zip into a bucket, and name that.")
      }
      guard bytes.starts(with: [0x50, 0x4b]) else {
        throw PropertyProblem(
          [property], "No zip file", "\(path) is not a zip file.",
          fix: "Name the folder itself: Stackform packs it.")
      }
      return .zip(bytes)
    }
    do throws(SourceFolder.Failure) {
      return .files(try SourceFolder(place, files: files, limit: largestCode).contents())
    } catch {
      throw problem(error, path: path, property: property)
    }
  }

  private static func problem(
    _ failure: SourceFolder.Failure, path: String, property: String
  ) -> PropertyProblem {
    switch failure {
    case .missing:
      PropertyProblem(
        [property], "No such folder", "\(path) is neither a folder nor a zip or jar file.",
        fix: "Name the folder with the code, relative to the stack file.")
    case .unreadable(let file):
      PropertyProblem(
        [property], "Unreadable file", "\(file) can't be read.",
        fix: "Allow it, or leave it out in .stackformignore.")
    case .empty:
      PropertyProblem(
        [property], "Empty folder", "\(path) has no file that goes into the zip.",
        fix: "Put the code there, or check its \(IgnoreRules.fileName).")
    case .linkLeavesFolder(let link, let target):
      PropertyProblem(
        [property], "Link out of the folder", "\(link) points to \(target), outside of \(path).",
        fix: "Copy what it points to into the folder: a link's end may differ on another machine.")
    case .linkIsLost(let link, let target):
      PropertyProblem(
        [property], "Broken link", "\(link) points to \(target), which is not there.",
        fix: "Fix the link, or leave it out in \(IgnoreRules.fileName).")
    case .tooLarge(let file, let bytes):
      PropertyProblem(
        [property], "Code too large",
        "With \(file) the files have \(ByteCount(bytes)) together; Lambda takes at most \(ByteCount(largestCode)).",
        fix: "Leave out what is not needed in \(IgnoreRules.fileName).")
    case .nameIsNotUTF8(let folder):
      PropertyProblem(
        [property], "Name is not UTF-8", "\(folder) has a file whose name is not UTF-8 text.",
        fix: "Rename it, or take it out: `ls -b \(folder)` shows its bytes.")
    case .tooManyFiles(let count):
      PropertyProblem(
        [property], "Too many files",
        "\(path) has \(count) files or more; a zip takes \(ZipArchive.largestEntryCount).",
        fix: "Leave out what is not needed in \(IgnoreRules.fileName).")
    }
  }
}
