import Planner

/// The git commit of a stack's folder, for the record: read, never needed.
enum SourceCommit {
  /// git's HEAD, with `+changes` behind it when something in the folder is not as it is there; nil where there is no git, no repository or no
  /// commit, or where git takes too long.
  static func current(of folder: String) -> String? {
    let words = [
      // Whoever owns the folder must not have a program run here by git's configuration.
      "git", "-c", "core.fsmonitor=false", "-C", folder, "--no-optional-locks", "status", "--porcelain=v2",
      "--branch",
      "--untracked-files=normal", "--", ".",
    ]
    return Platform.briefOutput(of: words, within: .seconds(2)).flatMap(read)
  }

  /// Reads `# branch.oid COMMIT` and whether any line tells of a file.
  static func read(_ status: String) -> String? {
    let lines = status.split(separator: "\n")
    let head = "# branch.oid "
    guard let commit = lines.first(where: { $0.hasPrefix(head) })?.dropFirst(head.count),
      commit.count >= 40, commit.allSatisfy(\.isHexDigit)
    else { return nil }
    return commit + (lines.allSatisfy { $0.hasPrefix("#") } ? "" : "+changes")
  }
}
