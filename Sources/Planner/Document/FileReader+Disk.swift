#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension FileReader {
  /// The files of this machine; relative paths are seen from the working folder.
  package static let disk = FileReader(
    read: { path throws(Failure) in
      switch entry(at: path) {
      case nil: throw Failure("does not exist")
      case .folder: throw Failure("is a folder")
      case .file: break
      }
      guard let data = FileManager.default.contents(atPath: path) else { throw Failure("can't be read") }
      return Array(data)
    },
    entry: entry(at:))

  @Sendable private static func entry(at path: String) -> Entry? {
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    return (try? FileManager.default.contentsOfDirectory(atPath: path)) == nil ? .file : .folder
  }
}
