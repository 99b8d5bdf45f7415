import Planner

/// A folder of lambda code, read into the entries of its zip.
struct SourceFolder {
  /// Why a folder can't be packed.
  enum Failure: Error, Hashable {
    case missing(String)
    case unreadable(String)
    case empty(String)
    /// A symbolic link that points outside of the folder: the zip would differ on another machine.
    case linkLeavesFolder(link: String, target: String)
    case linkIsLost(link: String, target: String)
    case tooManyFiles(Int)
    /// One file, or all up to it, have more bytes than may be packed.
    case tooLarge(String, bytes: Int)
    /// A name in this folder is no text, so a zip can't hold it under a name that all machines read alike.
    case nameIsNotUTF8(String)
  }

  private let root: String
  private let files: FileReader
  /// How many bytes all files may have together.
  private let limit: Int

  init(_ path: String, files: FileReader, limit: Int = FileReader.largestCode) {
    root = path
    self.limit = limit
    self.files = files
  }

  /// The stack's own files in the folder: they are left out, so that code does not change with the stack.
  func ownFiles() -> [String] {
    files.ownFiles.filter {
      FilePath.joined(root, ".") == "."
        ? !$0.hasPrefix("/") && !FilePath.climbs($0) : $0.hasPrefix(FilePath.normalised(root) + "/")
    }
    .filter { files.entry($0) == .file }.sorted()
  }

  /// Every file that the ignore rules let through. Empty folders and the stack's own files are left out.
  func entries() throws(Failure) -> [ZipArchive.Entry] {
    guard files.entry(root) == .folder else { throw .missing(root) }
    let rules = IgnoreRules(try ignoreText())
    var entries: [ZipArchive.Entry] = []
    var size = 0
    try collect(at: [], named: [], rules, into: &entries, size: &size)
    guard !entries.isEmpty else { throw .empty(root) }
    return entries
  }

  /// Without it, all that it keeps out would be shipped.
  private func ignoreText() throws(Failure) -> String {
    let path = "\(root)/\(IgnoreRules.fileName)"
    guard files.entry(path) != nil || files.link(path) != nil else { return "" }
    guard let bytes = try? files.readWhole(path) else { throw .unreadable(path) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// `place` is where the folder really is, below the root and free of links; `name` is where the zip has it.
  private func collect(
    at place: [String], named name: [String], _ rules: IgnoreRules, into entries: inout [ZipArchive.Entry],
    size: inout Int
  ) throws(Failure) {
    guard name.count < 64, let children = try? files.children(path(place)) else {
      throw .unreadable(path(place))
    }
    for child in children.sorted() {
      let childName = name + [child]
      // Foundation puts U+FFFD for bytes that are no UTF-8; a file of that very name is there.
      if child.unicodeScalars.contains("\u{FFFD}"), files.entry(path(place + [child])) == nil,
        files.link(path(place + [child])) == nil
      {
        throw .nameIsNotUTF8(path(place))
      }
      let real = try followed(place + [child])
      let isFolder = files.entry(path(real)) == .folder
      if rules.ignores(childName, isFolder: isFolder) { continue }
      if files.ownFiles.contains(FilePath.normalised(path(real))) { continue }
      if isFolder {
        try collect(at: real, named: childName, rules, into: &entries, size: &size)
      } else {
        // A lambda's folder of a hundred gigabytes is refused by what the disk says of it.
        size += files.size(path(real)) ?? 0
        guard size <= limit else { throw .tooLarge(path(real), bytes: size) }
        guard entries.count < ZipArchive.largestEntryCount else { throw .tooManyFiles(entries.count + 1) }
        guard let bytes = try? files.readWhole(path(real)) else { throw .unreadable(path(real)) }
        entries.append(
          .init(
            name: childName.joined(separator: "/"), isExecutable: files.isExecutable(path(real)),
            bytes: bytes))
      }
    }
  }

  private func followed(_ place: [String]) throws(Failure) -> [String] {
    do throws(FileReader.LinkFailure) {
      return try files.followed(place, below: root)
    } catch {
      switch error {
      case .leaves(let link, let target): throw .linkLeavesFolder(link: link, target: target)
      case .isLost(let link, let target): throw .linkIsLost(link: link, target: target)
      }
    }
  }

  private func path(_ place: [String]) -> String { ([root] + place).joined(separator: "/") }
}
