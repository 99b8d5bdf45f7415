extension FileReader {
  /// Why a place below a folder can't be reached.
  package enum LinkFailure: Error, Sendable, Hashable {
    /// A symbolic link on the way points outside of the folder: another machine may have something else
    /// there.
    case leaves(link: String, target: String)
    /// The link leads to nothing, or in a circle.
    case isLost(link: String, target: String)
  }

  /// The place behind all symbolic links on the way to `place`, segment by segment, below `root` and free of links.
  package func followed(_ place: [String], below root: String) throws(LinkFailure) -> [String] {
    func path(_ place: [String]) -> String { ([root] + place).joined(separator: "/") }
    var real: [String] = []
    var rest = place[...]
    var links = 0
    while let segment = rest.popFirst() {
      if segment == "." || segment.isEmpty { continue }
      if segment == ".." {
        guard real.popLast() != nil else { throw .leaves(link: path(place), target: "..") }
        continue
      }
      real.append(segment)
      guard let target = link(path(real)) else { continue }
      links += 1
      guard !target.isEmpty, links < 32 else { throw .isLost(link: path(place), target: target) }
      guard !target.hasPrefix("/") else { throw .leaves(link: path(place), target: target) }
      real.removeLast()
      rest = target.split(separator: "/").map(String.init) + rest
    }
    guard entry(path(real)) != nil else {
      throw .isLost(link: path(place), target: real.joined(separator: "/"))
    }
    return real
  }

  /// Whether a file lies outside of a folder, links followed on the way to both. What is not
  /// there lies in its folder, and where that is missing, too, there is nothing to be read anywhere.
  package func isOutside(_ path: String, of folder: String) -> Bool {
    guard let folder = realPath(folder) else { return false }
    let place = FilePath.directory(of: path)
    guard let file = realPath(path) ?? realPath(place).map({ FilePath.joined($0, "missing") }) else {
      return false
    }
    if folder == "." { return FilePath.climbs(file) }
    return folder != "/" && file != folder && !file.hasPrefix(folder + "/")
  }

  /// The end of a link on the way to a path that is outside of the folder; nil when all stays inside.
  package func escape(of path: String, from root: String) -> String? {
    let place = path.split(separator: "/").map(String.init)
    do throws(LinkFailure) {
      _ = try followed(place, below: root)
      return nil
    } catch {
      if case .leaves(_, let target) = error { return target }
      return nil
    }
  }
}
