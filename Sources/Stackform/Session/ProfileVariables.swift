import Planner

/// A profile's values for a stack's variables: its `variables`, then its `variableFiles` in their order, then
/// `variables/<profile>.yaml` next to the stack. Each goes over the one before.
///
/// A name that the stack does not declare is meant for another one: a profile serves all stacks of the project.
struct ProfileVariables {
  let profile: Profile
  /// The folder of `stackform.yaml`; nil when there is none.
  let projectFolder: String?
  let stackFolder: String
  let files: FileReader

  /// The folder next to a stack file, with files named after profiles.
  static let folder = "variables"

  /// The files that are read without being named anywhere, if they are there.
  static func pathsBesideTheStack(in stackFolder: String, profile: String) -> [String] {
    ["yaml", "yml", "json"].map { FilePath.joined(stackFolder, "\(folder)/\(profile).\($0)") }
  }

  /// The profile's values, by variable.
  ///
  /// - Throws: diagnostics for a named file that is missing or malformed.
  func values() throws(Diagnostics) -> [String: Value] {
    var values = profile.variables
    for file in profile.variableFiles {
      let path = FilePath.joined(projectFolder ?? ".", file.path)
      try check(path, at: file.span)
      values.merge(try VariableFile.values(path, files: files, at: file.span)) { _, later in later }
    }
    if let path = try fileBesideTheStack() {
      try check(path, at: nil)
      values.merge(try VariableFile.values(path, files: files)) { _, later in later }
    }
    return values
  }

  /// A stranger's change to the project must not read out the machine that plans it.
  private func check(_ path: String, at span: SourceSpan?) throws(Diagnostics) {
    let bound = projectFolder ?? stackFolder
    guard files.isOutside(path, of: bound) else { return }
    var problem = Diagnostic.leavesProject(path, bound: bound, at: span)
    problem.fix = "Keep it in the project's folder, or give it on the command line: --var-file \(path)."
    throw Diagnostics([problem])
  }

  /// The file that is read without being named anywhere; nil when there is none.
  private func fileBesideTheStack() throws(Diagnostics) -> String? {
    let paths = Self.pathsBesideTheStack(in: stackFolder, profile: profile.name)
      .filter { files.entry($0) == .file }
    guard paths.count < 2 else {
      throw Diagnostics([
        Diagnostic(
          "Two variable files", "\(paths.joined(separator: " and ")) are both for this profile and stack.",
          fix: "Keep one of them.")
      ])
    }
    return paths.first
  }
}

extension Project {
  /// The project's file, and the files of variables that its profiles have for a stack: paths that may be there.
  func companions(ofStackIn folder: String) -> Set<String> {
    let named = profiles.flatMap { profile in
      profile.variableFiles.map { FilePath.joined(self.folder ?? ".", $0.path) }
        + ProfileVariables.pathsBesideTheStack(in: folder, profile: profile.name)
    }
    return Set(named + (path.map { [FilePath.normalised($0)] } ?? []))
  }
}

/// A file of `name: value` lines in YAML (or JSON, which is YAML).
enum VariableFile {
  /// `span` is the place that names the file, for when it can't be read.
  static func values(
    _ path: String, files: FileReader, at span: SourceSpan? = nil
  ) throws(Diagnostics) -> [String: Value] {
    let bytes: [UInt8]
    do throws(FileReader.Failure) {
      bytes = try files.read(path)
    } catch {
      throw Diagnostics([Diagnostic("Unreadable variable file", "\(path) \(error.reason).", at: span)])
    }
    // Any of its values may be a secret, and a line that can't be read may hold one anywhere.
    let source = try YAMLParser.source(name: path, bytes: bytes, privacy: .everything)
    guard let node = try YAMLParser.parse(source), !node.isNull else { return [:] }
    guard let entries = node.entries else {
      throw Diagnostics([
        Diagnostic("Malformed variable file", "\(path) is not a mapping of names to values.", at: node.span)
      ])
    }
    // Texts keep their characters: the stack's variable says what type it wants.
    return Dictionary(
      entries.map { ($0.key, $0.value.text.map(Value.string) ?? $0.value.plainValue) },
      uniquingKeysWith: { $1 })
  }
}
