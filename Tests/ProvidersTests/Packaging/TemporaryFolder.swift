import Foundation

/// A folder of files that goes when the test is done with it.
struct TemporaryFolder: ~Copyable {
  let path: String

  /// Files by path. Executables end with `*`, and links are written as `-> target`.
  init(_ files: [String: String]) throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("stackform-\(UUID())").path
    let manager = FileManager.default
    try manager.createDirectory(atPath: path, withIntermediateDirectories: true)
    for (name, content) in files {
      let isExecutable = name.hasSuffix("*")
      let place = "\(path)/\(isExecutable ? String(name.dropLast()) : name)"
      let folder = URL(fileURLWithPath: place).deletingLastPathComponent().path
      try manager.createDirectory(atPath: folder, withIntermediateDirectories: true)
      if content.hasPrefix("-> ") {
        try manager.createSymbolicLink(atPath: place, withDestinationPath: String(content.dropFirst(3)))
      } else {
        try Data(content.utf8).write(to: URL(fileURLWithPath: place))
        try manager.setAttributes([.posixPermissions: isExecutable ? 0o750 : 0o600], ofItemAtPath: place)
      }
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
