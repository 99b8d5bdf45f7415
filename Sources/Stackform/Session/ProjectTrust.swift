import Planner
import Providers

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Whether a project's file may say where a run goes and what it starts: when it is the user's own, or root's.
///
/// A `stackform.yaml` is looked for in all folders above. On a machine with several users somebody else's could
/// stand there (`/tmp/stackform.yaml`), with an endpoint and gates of theirs.
struct ProjectTrust {
  /// The variable that names the folders of projects to trust, with colons between; `*` for all.
  static let variable = "STACKFORM_TRUSTED_PROJECTS"

  /// The user that the process works as.
  var user: UInt32 = geteuid()
  var owner: @Sendable (String) -> UInt32? = { DiskFile.owner(of: $0) }
  var realPath: @Sendable (String) -> String? = { DiskFile.realPath($0) }

  /// Refuses a project whose file belongs to another user.
  ///
  /// - Throws: with the variable that allows it.
  func check(_ project: Project, environment: [String: String]) throws(Diagnostic) {
    guard let path = project.path, let owner = owner(path), owner != user, owner != 0 else { return }
    // `sudo stackform` in a folder of one's own.
    if user == 0, environment["SUDO_UID"] == String(owner) { return }
    let folder = FilePath.directory(of: path)
    let real = realPath(folder) ?? folder
    let trusted = environment[Self.variable, default: ""].split(separator: ":").map(String.init)
    if trusted.contains("*") || trusted.contains(where: { FilePath.normalised($0) == real }) { return }
    throw Diagnostic(
      "The project of another user",
      "\(path) belongs to user \(owner), and this is user \(user): it would say where this run goes, and which programs "
        + "gates start.",
      fix: "If you trust it, name its folder: \(Self.variable)=\(real) in the environment.")
  }
}
