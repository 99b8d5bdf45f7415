/// Every file that a stack was resolved from, as its author wrote them: enough to resolve it again anywhere,
/// without the working tree.
///
/// Paths are seen from the stack's folder. If a file outside of it was included, paths start at the folder
/// that both have in common, and the stack's folder is called `_` there. So the same files give the same
/// bundle in any folder of any machine.
package struct ReleaseBundle: Sendable, Hashable {
  package var files: [String: [UInt8]]
  package var executables: Set<String>
  /// Symbolic links that were met, with their ends as they are written there.
  package var links: [String: String]

  package init(files: [String: [UInt8]], executables: Set<String> = [], links: [String: String] = [:]) {
    self.files = files
    self.executables = executables
    self.links = links
  }

  /// What reads a stack from the bundle as it was read from the disk.
  package var reader: FileReader { FileReader(files: files, executables: executables, links: links) }

  /// The name that the stack's folder has in a bundle, once for each step upwards.
  static let ownFolder = "_"
}

/// A bundle as it is kept: its archive, under its SHA-256.
package struct SealedBundle: Sendable, Hashable {
  /// SHA-256 of the archive, in hex.
  package let digest: String
  package let archive: [UInt8]

  package init(digest: String, archive: [UInt8]) {
    self.digest = digest
    self.archive = archive
  }
}

extension ReleaseBundle {
  /// The bundle as a plain tape archive (POSIX ustar; long names as pax has them): the same bytes for the same files.
  package var archive: [UInt8] {
    var writer = TarArchiveWriter()
    for path in Set(files.keys).union(links.keys).sorted() {
      if let target = links[path] {
        writer.add(link: path, to: target)
      } else if let bytes = files[path] {
        writer.add(file: path, bytes, isExecutable: executables.contains(path))
      }
    }
    return writer.finished
  }

  /// - Throws: for an archive that is damaged, or no bundle's.
  package init(archive: [UInt8]) throws(TarArchiveError) {
    self.init(files: [:])
    var reader = TarArchiveReader(archive)
    while let entry = try reader.next() {
      let isNew = files[entry.path] == nil && links[entry.path] == nil
      let isPlain = FilePath.normalised(entry.path) == entry.path && entry.path != "."
      guard isNew, isPlain, !FilePath.climbs(entry.path) else {
        throw TarArchiveError("it holds the path \(entry.path.shortened), which no bundle has")
      }
      switch entry.content {
      case .file(let bytes, let isExecutable):
        files[entry.path] = bytes
        if isExecutable { executables.insert(entry.path) }
      case .link(let target):
        guard !target.isEmpty, !target.hasPrefix("/") else {
          throw TarArchiveError("it holds a link out of itself: \(entry.path.shortened)")
        }
        links[entry.path] = target
      }
    }
    guard !files.isEmpty else { throw TarArchiveError("it holds no file") }
  }

  /// The bundle under its digest. `sha256` gives it in hex: Planner has no cryptography of its own.
  package func sealed(by sha256: ([UInt8]) -> String) -> SealedBundle {
    let archive = archive
    return SealedBundle(digest: sha256(archive), archive: archive)
  }
}
