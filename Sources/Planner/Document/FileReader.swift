/// How files are read. The planner itself reads no disk: the source may be a test, a saved release or a
/// folder.
///
/// Paths are as they were given to the loader: relative ones are relative to wherever the caller reads from.
package struct FileReader: Sendable {
  /// What a path is, links followed.
  package enum Entry: Sendable, Hashable { case file, folder }

  /// A file that can't be read, in words that follow its name: `does not exist`.
  package struct Failure: Error, Sendable, Hashable, CustomStringConvertible {
    package let reason: String
    package var description: String { reason }
    package init(_ reason: String) { self.reason = reason }
  }

  /// The bytes of a file.
  package let read: @Sendable (String) throws(Failure) -> [UInt8]
  /// What is at a path; nil for nothing.
  package let entry: @Sendable (String) -> Entry?
  /// The names of a folder's files and folders, in no order.
  package let children: @Sendable (String) throws(Failure) -> [String]
  /// The target of a symbolic link, as it is written in the link; nil for anything else.
  package let link: @Sendable (String) -> String?
  package let isExecutable: @Sendable (String) -> Bool
  /// The bytes of a file that may be large: code, a zip.
  package let readWhole: @Sendable (String) throws(Failure) -> [UInt8]
  /// How many bytes a file has; nil when it is not there.
  package let size: @Sendable (String) -> Int?
  /// The one path of a place, without links and `..`, so that two can be compared; nil when nothing is there.
  package let realPath: @Sendable (String) -> String?
  /// The files that say what the stack is, by path: no folder of code is packed with them.
  package var ownFiles: Set<String> = []

  package init(
    read: @escaping @Sendable (String) throws(Failure) -> [UInt8],
    entry: @escaping @Sendable (String) -> Entry?,
    children: @escaping @Sendable (String) throws(Failure) -> [String] = { _ throws(Failure) in
      throw Failure("can't be listed")
    },
    link: @escaping @Sendable (String) -> String? = { _ in nil },
    isExecutable: @escaping @Sendable (String) -> Bool = { _ in false },
    readWhole: (@Sendable (String) throws(Failure) -> [UInt8])? = nil,
    size: @escaping @Sendable (String) -> Int? = { _ in nil },
    realPath: @escaping @Sendable (String) -> String? = { FilePath.normalised($0) }
  ) {
    self.read = read
    self.entry = entry
    self.children = children
    self.link = link
    self.isExecutable = isExecutable
    self.readWhole = readWhole ?? read
    self.size = size
    self.realPath = realPath
  }

  /// Files by path, held in memory: what a saved release is. Their folders exist too. `links` are symbolic
  /// links with their ends as they would be written on a disk.
  package init(files: [String: [UInt8]], executables: Set<String> = [], links: [String: String] = [:]) {
    var folders: [String: Set<String>] = [".": []]
    for path in Set(files.keys).union(links.keys) {
      var child = path
      while child != ".", child != "/" {
        let folder = FilePath.directory(of: child)
        let isNew = folders[folder] == nil
        let name = child.split(separator: "/").last.map(String.init) ?? child
        folders[folder, default: []].insert(name)
        if !isNew { break }
        child = folder
      }
    }
    let real: @Sendable (String) -> String = { FilePath.followed($0, links) }
    self.init(
      read: { path throws(Failure) in
        guard let bytes = files[real(path)] else { throw Failure("does not exist") }
        return bytes
      },
      entry: { [folders] path in
        let path = real(path)
        return files[path] != nil ? .file : folders[path] != nil ? .folder : nil
      },
      children: { [folders] path throws(Failure) in
        guard let names = folders[real(path)] else { throw Failure("does not exist") }
        return Array(names)
      },
      link: { links[FilePath.normalised($0)] },
      isExecutable: { executables.contains(real($0)) }, size: { files[real($0)]?.count },
      realPath: { real($0) })
  }
}

extension FileReader {
  /// The same files, with other contents for these paths.
  package func overlaid(with others: [String: [UInt8]]) -> FileReader {
    let others = Dictionary(others.map { (FilePath.normalised($0.key), $0.value) }) { first, _ in first }
    return FileReader(
      read: { [read] path throws(Failure) in
        if let bytes = others[FilePath.normalised(path)] { return bytes }
        return try read(path)
      }, entry: entry, children: children, link: link, isExecutable: isExecutable, readWhole: readWhole,
      size: size, realPath: realPath)
  }
}

/// Arithmetic on paths as text, with `/` between their parts.
package enum FilePath {
  /// The folder that a path lies in: `.` for a bare name.
  package static func directory(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// A path seen from a folder; an absolute one stays as it is.
  package static func joined(_ directory: String, _ path: String) -> String {
    if path.hasPrefix("/") || directory.isEmpty || directory == "." { return normalised(path) }
    return normalised(directory + "/" + path)
  }

  /// Without `.`, empty parts, and `..` where it can be followed: `a/./b/../c` is `a/c`.
  package static func normalised(_ path: String) -> String {
    var parts: [Substring] = []
    let isAbsolute = path.hasPrefix("/")
    for part in path.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else if part != ".." || !isAbsolute {
        parts.append(part)
      }
    }
    let joined = parts.joined(separator: "/")
    if isAbsolute { return "/" + joined }
    return joined.isEmpty ? "." : joined
  }

  /// Whether a relative path leaves the folder that it is seen from.
  package static func climbs(_ path: String) -> Bool {
    let normal = normalised(path)
    return normal.hasPrefix("/") || normal == ".." || normal.hasPrefix("../")
  }

  /// The path with every link on its way followed. After too many links it is returned as far as it was
  /// followed.
  static func followed(_ path: String, _ links: [String: String]) -> String {
    let path = normalised(path)
    if links.isEmpty { return path }
    var real = path.hasPrefix("/") ? "/" : "."
    var rest = path.split(separator: "/")[...]
    var count = 0
    while let segment = rest.popFirst() {
      let here = joined(real, String(segment))
      guard let target = links[here], count < 32 else {
        real = here
        continue
      }
      count += 1
      rest = normalised(joined(real, target)).split(separator: "/") + rest
      real = "."
    }
    return real
  }
}
