import Planner

/// The git commit of a stack's folder, for the release's record. It is read if possible, and never required.
enum SourceCommit {
  /// git's HEAD, with `+changes` behind it if the folder has uncommitted changes. nil without git, repository
  /// or commit, or if git takes too long.
  static func current(of folder: String) -> String? {
    let words = [
      // git's configuration in the folder must not be able to run a program here.
      "git", "-c", "core.fsmonitor=false", "-C", folder, "--no-optional-locks", "status", "--porcelain=v2",
      "--branch",
      "--untracked-files=normal", "--", ".",
    ]
    return Platform.briefOutput(of: words, within: .seconds(2)).flatMap(read)
  }

  /// Reads `# branch.oid COMMIT`, and whether any line is about a file.
  static func read(_ status: String) -> String? {
    let lines = status.split(separator: "\n")
    let head = "# branch.oid "
    guard let commit = lines.first(where: { $0.hasPrefix(head) })?.dropFirst(head.count),
      commit.count >= 40, commit.allSatisfy(\.isHexDigit)
    else { return nil }
    return commit + (lines.allSatisfy { $0.hasPrefix("#") } ? "" : "+changes")
  }
}
