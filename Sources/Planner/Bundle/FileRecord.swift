extension FileReader {
  /// The same files through a reader that remembers what was read: what a release keeps. `directory` is the stack's folder.
  package func recording(from directory: String) -> (files: FileReader, record: FileRecord) {
    let record = FileRecord(directory: directory, link: link)
    let files = FileReader(
      read: { [read] path throws(Failure) in
        let bytes = try read(path)
        record.note(path, bytes)
        return bytes
      },
      entry: entry, children: children,
      link: { [link] path in
        let target = link(path)
        if target != nil { _ = record.real(path) }
        return target
      },
      isExecutable: { [isExecutable] path in
        let answer = isExecutable(path)
        if answer { record.noteExecutable(path) }
        return answer
      },
      readWhole: { [readWhole] path throws(Failure) in
        let bytes = try readWhole(path)
        record.note(path, bytes)
        return bytes
      }, size: size, realPath: realPath)
    return (files, record)
  }
}

/// The files that were read through a recording reader, from whatever thread, and the links on the way to them.
package final class FileRecord: Sendable {
  private struct Seen {
    var files: [String: [UInt8]] = [:]
    var executables: Set<String> = []
    /// Link targets by path in the stack's folder; empty for a path that is not a link, or whose link leaves
    /// the folder.
    var links: [String: String] = [:]
  }

  private let directory: String
  private let link: @Sendable (String) -> String?
  private let seen = Locked(Seen())

  init(directory: String, link: @escaping @Sendable (String) -> String?) {
    self.directory = FilePath.normalised(directory)
    self.link = link
  }

  fileprivate func note(_ path: String, _ bytes: [UInt8]) {
    let place = real(path)
    seen.withLock { $0.files[place] = bytes }
  }

  fileprivate func noteExecutable(_ path: String) {
    let place = real(path)
    seen.withLock { _ = $0.executables.insert(place) }
  }

  /// Where a path leads, seen from the stack's folder. Links that stay in the folder are followed and noted;
  /// what another one leads to counts as a file at the link's own place.
  fileprivate func real(_ path: String) -> String {
    let place = FilePath.relative(path, from: directory)
    guard !FilePath.climbs(place) else { return place }
    var real: [Substring] = []
    var rest = place.split(separator: "/").filter { $0 != "." }[...]
    var followed = 0
    while let segment = rest.popFirst() {
      real.append(segment)
      let here = real.joined(separator: "/")
      let target = inner(linkAt: here)
      guard !target.isEmpty, followed < 32 else { continue }
      followed += 1
      let whole = FilePath.joined(FilePath.directory(of: here), target).split(separator: "/").filter {
        $0 != "."
      }
      rest = whole + rest
      real = []
    }
    return real.joined(separator: "/")
  }

  /// The end of a link that stays in the stack's folder; empty for everything else.
  private func inner(linkAt place: String) -> String {
    if let known = seen.withLock({ $0.links[place] }) { return known }
    var target = link(FilePath.joined(directory, place)) ?? ""
    if target.hasPrefix("/") || FilePath.climbs(FilePath.joined(FilePath.directory(of: place), target)) {
      target = ""
    }
    seen.withLock { [target] in $0.links[place] = target }
    return target
  }

  /// What was read so far, and where the bundle has the file at `path`.
  package func bundle(stackFile path: String) -> (bundle: ReleaseBundle, stackFile: String) {
    let seen = seen.withLock { $0 }
    let depth = seen.files.keys.map(FilePath.climb).max() ?? 0
    func place(_ path: String) -> String { FilePath.inBundle(path, depth: depth) }
    func placed<Content>(_ entries: [String: Content]) -> [String: Content] {
      Dictionary(entries.map { (place($0.key), $0.value) }) { first, _ in first }
    }
    let bundle = ReleaseBundle(
      files: placed(seen.files),
      executables: Set(seen.executables.filter { seen.files[$0] != nil }.map(place)),
      links: placed(seen.links.filter { !$0.value.isEmpty && seen.files[$0.key] == nil }))
    return (bundle, place(FilePath.relative(path, from: directory)))
  }
}

extension FilePath {
  /// A path as seen from a folder; where one is absolute and the other is not, it stays as it is.
  static func relative(_ path: String, from directory: String) -> String {
    let path = normalised(path)
    let directory = normalised(directory)
    guard path.hasPrefix("/") == directory.hasPrefix("/") else { return path }
    let to = path.split(separator: "/").filter { $0 != "." }
    let from = directory.split(separator: "/").filter { $0 != "." }
    let common = zip(to, from).prefix { $0 == $1 }.count
    // From a folder above the start the way down again is not known.
    guard !from.dropFirst(common).contains("..") else { return path }
    let up = Array(repeating: Substring(".."), count: from.count - common)
    let joined = (up + to.dropFirst(common)).joined(separator: "/")
    return joined.isEmpty ? "." : joined
  }

  /// How many folders a relative path goes up before it goes down.
  static func climb(_ path: String) -> Int {
    path.hasPrefix("/") ? 0 : path.split(separator: "/").prefix { $0 == ".." }.count
  }

  /// The path in the bundle of a path relative to the stack's folder. `depth` is how many folders up the
  /// bundle's farthest file is.
  static func inBundle(_ path: String, depth: Int) -> String {
    let own = Array(repeating: ReleaseBundle.ownFolder, count: depth).joined(separator: "/")
    return joined(own.isEmpty ? "." : own, path)
  }
}
