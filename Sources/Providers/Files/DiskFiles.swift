#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
package import Planner

extension FileReader {
  /// The largest file that is read as text: stacks, variables, what `file()` names (16 MiB).
  package static let largestText = 16 << 20
  /// The largest file of code: all that Lambda takes unpacked, 250 MiB.
  package static let largestCode = 250 << 20

  /// This machine's files, each up to the size that its use has: a larger one is refused by its size, before a
  /// byte of it is read.
  package static let disk = FileReader(
    read: { path throws(Failure) in try DiskFile.bytes(of: path, atMost: largestText) },
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
    readWhole: { path throws(Failure) in try DiskFile.bytes(of: path, atMost: largestCode) },
    size: { DiskFile.size(of: $0) },
    realPath: { DiskFile.realPath($0) })

  /// Without following a link.
  private static func type(of path: String) -> FileAttributeType? {
    (try? FileManager.default.attributesOfItem(atPath: path))?[.type] as? FileAttributeType
  }
}
