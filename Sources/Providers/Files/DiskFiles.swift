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
      return type(of: path + "/.") == .typeDirectory ? .folder : .file
    },
    children: { path throws(Failure) in
      guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
        throw Failure("can't be listed")
      }
      return names
    },
    link: { path in
      guard type(of: path) == .typeSymbolicLink else { return nil }
      return (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) ?? ""
    },
    isExecutable: { path in
      let mode = (try? FileManager.default.attributesOfItem(atPath: path))?[.posixPermissions]
      return ((mode as? Int) ?? (mode as? UInt).map { Int($0) } ?? 0) & 0o100 != 0
    },
    readWhole: { path throws(Failure) in
      guard let data = FileManager.default.contents(atPath: path) else { throw Failure("can't be read") }
      return Array(data)
    })

  /// Without following a link.
  private static func type(of path: String) -> FileAttributeType? {
    (try? FileManager.default.attributesOfItem(atPath: path))?[.type] as? FileAttributeType
  }
}
