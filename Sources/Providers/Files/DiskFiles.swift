#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
package import Planner

extension FileReader {
  /// This machine's files, up to a size that no stack file has (16 MiB).
  package static let disk = FileReader(
    read: { path throws(Failure) in
      guard FileManager.default.fileExists(atPath: path) else { throw Failure("does not exist") }
      let attributes = try? FileManager.default.attributesOfItem(atPath: path)
      if let size = attributes?[.size] as? Int, size > 16 << 20 { throw Failure("is larger than 16 MiB") }
      guard let data = FileManager.default.contents(atPath: path) else { throw Failure("can't be read") }
      return Array(data)
    },
    entry: { path in
      guard FileManager.default.fileExists(atPath: path) else { return nil }
      return (try? FileManager.default.contentsOfDirectory(atPath: path)) == nil ? .file : .folder
    })
}
