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

  /// What of a folder goes into the zip, and which of the stack's own files do not, so that code does not change with the stack.
  struct Contents {
    var entries: [ZipArchive.Entry] = []
    fileprivate(set) var ownFiles: Set<String> = []
    fileprivate var size = 0

    /// Why the zip is not the whole folder; nil where it is.
    var derivation: String? {
      ownFiles.isEmpty ? nil : "packed without the stack's own \(ownFiles.sorted().joined(separator: ", "))"
    }
  }

  /// Every file that the ignore rules let through. Empty folders and the stack's own files are left out.
  func contents() throws(Failure) -> Contents {
    guard files.entry(root) == .folder else { throw .missing(root) }
    let rules = IgnoreRules(try ignoreText())
    let own = Set(files.ownFiles.compactMap(files.realPath))
    var contents = Contents()
    try collect(at: [], named: [], rules, own, into: &contents)
    guard !contents.entries.isEmpty else { throw .empty(root) }
    return contents
  }

  /// Without it, all that it keeps out would be shipped.
  private func ignoreText() throws(Failure) -> String {
    let path = "\(root)/\(IgnoreRules.fileName)"
    guard files.entry(path) != nil || files.link(path) != nil else { return "" }
    guard let bytes = try? files.readWhole(path) else { throw .unreadable(path) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// `place` is where the folder really is, below the root and free of links; `name` is where the zip has it. `own`
  /// are the stack's own files.
  private func collect(
    at place: [String], named name: [String], _ rules: IgnoreRules, _ own: Set<String>,
    into contents: inout Contents
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
      if !own.isEmpty, let file = files.realPath(path(real)), own.contains(file) {
        contents.ownFiles.insert(FilePath.normalised(path(real)))
        continue
      }
      if isFolder {
        try collect(at: real, named: childName, rules, own, into: &contents)
      } else {
        // A lambda's folder of a hundred gigabytes is refused by what the disk says of it.
        contents.size += files.size(path(real)) ?? 0
        guard contents.size <= limit else { throw .tooLarge(path(real), bytes: contents.size) }
        let count = contents.entries.count
        guard count < ZipArchive.largestEntryCount else { throw .tooManyFiles(count + 1) }
        guard let bytes = try? files.readWhole(path(real)) else { throw .unreadable(path(real)) }
        contents.entries.append(
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
