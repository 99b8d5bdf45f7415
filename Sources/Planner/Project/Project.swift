/// What `stackform.yaml` says: the project's profiles, one for each place that stacks go to.
package struct Project: Sendable {
  /// The file that the profiles are from; nil without a file, when there is only the built-in profile.
  package let path: String?
  package let name: String?
  package let profiles: [Profile]
  /// How many releases of a stack are kept in each place.
  package var retention = Retention()

  /// No file: the local profile alone.
  package static let none = Project(path: nil, name: nil, profiles: [.local])

  /// The name of the project's file.
  package static let fileName = "stackform.yaml"

  /// Reads a project's file.
  package static func load(_ path: String, files: FileReader) throws(Diagnostics) -> Project {
    let bytes: [UInt8]
    do throws(FileReader.Failure) {
      bytes = try files.read(path)
    } catch {
      throw Diagnostics([.unreadable(path, error.reason, at: nil)])
    }
    let source = try YAMLParser.source(name: path, bytes: bytes, privacy: .variables)
    guard let node = try YAMLParser.parse(source), !node.isNull else {
      return Project(path: path, name: nil, profiles: [.local])
    }
    var decoder = ProjectDecoder()
    let project = decoder.project(node, path: path)
    try decoder.diagnostics.throwIfErrors()
    return project
  }

  /// The folder of its file; nil without one.
  package var folder: String? { path.map(FilePath.directory) }

  /// Finds the project's file in a folder or in one above it; without one there is the local profile alone.
  package static func find(from directory: String, files: FileReader) throws(Diagnostics) -> Project {
    guard let path = path(from: directory, files: files) else { return .none }
    let folder = FilePath.directory(of: path)
    if files.isOutside(path, of: folder) { throw Diagnostics([.leavesProject(path, bound: folder, at: nil)]) }
    return try load(path, files: files)
  }

  /// The folder that no file of a stack may lie outside of: the project's, or else the stack's own.
  package static func bound(ofStack path: String, files: FileReader) -> String {
    let own = FilePath.directory(of: path)
    return self.path(from: own, files: files).map(FilePath.directory) ?? own
  }

  /// Where the project's file is: in a folder or in one above it; nil when there is none.
  private static func path(from directory: String, files: FileReader) -> String? {
    var folder = FilePath.normalised(directory)
    for _ in 0..<64 {
      let path = FilePath.joined(folder, fileName)
      if files.entry(path) == .file { return path }
      if folder == "/" { break }
      // A relative path can be followed upwards beyond its start; "." has no parent in its text.
      folder =
        folder == "." || FilePath.climbs(folder) && !folder.hasPrefix("/")
        ? FilePath.joined(folder, "..") : FilePath.directory(of: folder)
      if files.entry(folder) == nil { break }
    }
    return nil
  }

  /// The profile of that name.
  package func profile(named name: String) throws(Diagnostics) -> Profile {
    if let profile = profiles.first(where: { $0.name == name }) { return profile }
    let names = profiles.map(\.name)
    let near = suggestion(for: name, among: names).map { "Did you mean \($0)?" }
    let place = path.map { "\($0) has" } ?? "Without a \(Self.fileName) there is"
    throw Diagnostics([
      Diagnostic(
        "Unknown profile", "\(place) no profile \"\(name.shortened)\".",
        fix: near ?? "There are: \(names.joined(separator: ", ")).")
    ])
  }
}

/// One place that stacks go to.
package struct Profile: Sendable, Hashable {
  package let name: String
  package var endpoint: String?
  package var region: String?
  package var account: String?
  /// The profile of AWS's shared files that gives the key. It takes precedence over AWS_PROFILE and over keys
  /// in the environment.
  package var awsProfile: String?
  /// The ARN of a role that is assumed for all that is done here.
  package var assumeRole: String?
  /// Put before every default physical name.
  package var namePrefix = ""
  /// Data may be lost here without further words.
  package var isDisposable = false
  /// A run that changes something here needs the profile's name as a confirmation.
  package var isProtected = false
  /// Values of the stack's variables here.
  package var variables: [String: Value] = [:]
  /// Files of such values, each over the one before and all over `variables`; relative to the project's folder.
  package var variableFiles: [VariableFilePath] = []
  /// The profile from which `promote` takes a release.
  package var promoteFrom: String?
  package var gates: [Gate] = []
  /// The file names the account.
  package var isAccountDeclared = false
  /// The place in the file; nil for the built-in one.
  package var span: SourceSpan?

  /// A file that the project's file names.
  package struct VariableFilePath: Sendable, Hashable {
    package let path: String
    package let span: SourceSpan
  }

  /// What works with no file at all: an emulator on its usual port.
  package static let local: Profile = {
    var profile = Profile(name: "local")
    profile.endpoint = "http://localhost:4566"
    profile.region = "us-east-1"
    profile.account = "000000000000"
    profile.isDisposable = true
    return profile
  }()
}
