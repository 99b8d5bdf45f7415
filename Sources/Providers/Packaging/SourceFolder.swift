import Planner

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A folder of lambda code, read into the entries of its zip.
struct SourceFolder {
  /// Why a folder can't be packed.
  enum Failure: Error, Hashable {
    case missing(String)
    case unreadable(String)
    case empty(String)
    /// A symbolic link whose end is not in the folder: the zip would be another one on another machine.
    case linkLeavesFolder(link: String, target: String)
    case linkIsLost(link: String, target: String)
    case tooManyFiles(Int)
  }

  private let root: String
  private let files = FileManager.default

  init(_ path: String) { root = path }

  /// Every file that the ignore rules let through. Empty folders are left out.
  func entries() throws(Failure) -> [ZipArchive.Entry] {
    guard kind(root + "/.") == .typeDirectory else { throw .missing(root) }
    let rules = IgnoreRules(files.contents(atPath: "\(root)/\(IgnoreRules.fileName)").map(text) ?? "")
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
    guard name.count < 64, let children = try? files.contentsOfDirectory(atPath: path(place)) else {
      throw .unreadable(path(place))
    }
    for child in children.sorted() {
      let childName = name + [child]
      let real = try followed(place + [child])
      let isFolder = kind(path(real)) == .typeDirectory
      if rules.ignores(childName, isFolder: isFolder) { continue }
      if isFolder {
        try collect(at: real, named: childName, rules, into: &entries)
      } else {
        guard let bytes = files.contents(atPath: path(real)) else { throw .unreadable(path(real)) }
        entries.append(
          .init(
            name: childName.joined(separator: "/"), isExecutable: isExecutable(path(real)),
            bytes: Array(bytes)))
      }
    }
  }

  /// The place behind all links on the way to `place`, segment by segment.
  private func followed(_ place: [String]) throws(Failure) -> [String] {
    var real: [String] = []
    var rest = place[...]
    var links = 0
    while let segment = rest.popFirst() {
      if segment == "." || segment.isEmpty { continue }
      if segment == ".." {
        guard real.popLast() != nil else { throw .linkLeavesFolder(link: path(place), target: "..") }
        continue
      }
      real.append(segment)
      guard kind(path(real)) == .typeSymbolicLink else { continue }
      let target = (try? files.destinationOfSymbolicLink(atPath: path(real))) ?? ""
      links += 1
      guard !target.isEmpty, links < 32 else { throw .linkIsLost(link: path(place), target: target) }
      guard !target.hasPrefix("/") else { throw .linkLeavesFolder(link: path(place), target: target) }
      real.removeLast()
      rest = target.split(separator: "/").map(String.init) + rest
    }
    guard kind(path(real)) != nil else {
      throw .linkIsLost(link: path(place), target: real.joined(separator: "/"))
    }
    return real
  }

  private func path(_ place: [String]) -> String { ([root] + place).joined(separator: "/") }

  private func kind(_ path: String) -> FileAttributeType? {
    (try? files.attributesOfItem(atPath: path))?[.type] as? FileAttributeType
  }

  private func isExecutable(_ path: String) -> Bool {
    let mode = (try? files.attributesOfItem(atPath: path))?[.posixPermissions]
    return ((mode as? Int) ?? (mode as? UInt).map { Int($0) } ?? 0) & 0o100 != 0
  }

  private func text(_ data: Data) -> String { String(decoding: data, as: UTF8.self) }
}
