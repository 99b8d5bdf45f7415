import Planner
import Providers

/// What a stack is read from: the working tree, or the files that a release kept. Both are resolved in the same way.
struct StackSource: Sendable {
  var declaration: StackDeclaration
  let files: FileReader
  private let kept: Kept

  private enum Kept: Sendable {
    case working(path: String, FileRecord)
    case release(ReleaseBundle, stackFile: String, commit: String?)
  }

  /// The stack that an argument means, on this machine's disk. Every file that is read is recorded for its
  /// release.
  static func workingTree(_ argument: String) throws -> StackSource {
    let path = try StackFile.path(for: argument, files: .disk)
    let folder = FilePath.directory(of: FilePath.normalised(path))
    let (files, record) = FileReader.disk.recording(from: folder)
    return StackSource(
      declaration: try StackFile.declaration(path, files: files), files: files,
      kept: .working(path: path, record))
  }

  /// The stack as a release has it. `name` is what it is called now: releases of before it was renamed say another one.
  static func release(_ release: Release, _ bundle: ReleaseBundle, of name: String) throws -> StackSource {
    try kept(bundle, stackFile: release.stackFile, commit: release.commit, of: name)
  }

  /// The stack as kept files have it, of that commit. `name` is what it is called now; nil for what the files say.
  static func kept(
    _ bundle: ReleaseBundle, stackFile: String, commit: String?, of name: String? = nil
  ) throws -> StackSource {
    let files = bundle.reader
    var declaration = try StackDeclaration.load(stackFile, files: files)
    declaration.name = name ?? declaration.name
    return StackSource(
      declaration: declaration, files: files,
      kept: .release(bundle, stackFile: stackFile, commit: commit))
  }

  /// The files that the stack was resolved from. Complete once it was.
  var bundle: (bundle: ReleaseBundle, stackFile: String) {
    switch kept {
    case .working(let path, let record): record.bundle(stackFile: path)
    case .release(let bundle, let stackFile, _): (bundle, stackFile)
    }
  }

  /// The git commit of the files, as far as git knows; a release keeps its own.
  var commit: String? {
    switch kept {
    case .working(let path, _): SourceCommit.current(of: FilePath.directory(of: FilePath.normalised(path)))
    case .release(_, _, let commit): commit
    }
  }
}
