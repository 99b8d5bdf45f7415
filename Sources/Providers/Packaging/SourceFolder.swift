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
  }

  private let root: String
  private let files: FileReader

  init(_ path: String, files: FileReader) {
    root = path
    self.files = files
  }

  /// Every file that the ignore rules let through. Empty folders are left out.
  func entries() throws(Failure) -> [ZipArchive.Entry] {
    guard files.entry(root) == .folder else { throw .missing(root) }
    let ignored = (try? files.readWhole("\(root)/\(IgnoreRules.fileName)")) ?? []
    let rules = IgnoreRules(String(decoding: ignored, as: UTF8.self))
    var entries: [ZipArchive.Entry] = []
    try collect(at: [], named: [], rules, into: &entries)
    guard !entries.isEmpty else { throw .empty(root) }
    guard entries.count <= ZipArchive.largestEntryCount else { throw .tooManyFiles(entries.count) }
    return entries
  }

  /// `place` is where the folder really is, below the root and free of links; `name` is where the zip has it.
  private func collect(
    at place: [String], named name: [String], _ rules: IgnoreRules, into entries: inout [ZipArchive.Entry]
  ) throws(Failure) {
    guard name.count < 64, let children = try? files.children(path(place)) else {
      throw .unreadable(path(place))
    }
    for child in children.sorted() {
      let childName = name + [child]
      let real = try followed(place + [child])
      let isFolder = files.entry(path(real)) == .folder
      if rules.ignores(childName, isFolder: isFolder) { continue }
      if isFolder {
        try collect(at: real, named: childName, rules, into: &entries)
      } else {
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
