import Planner
import Providers

/// Finds the stack file that an argument means: the file itself, or a folder's `stack.yaml`.
enum StackFile {
  static let defaultName = "stack.yaml"

  /// The path of the stack file that an argument means: the file itself, or `stack.yaml` of a folder.
  ///
  /// - Throws: if there is none.
  static func path(for argument: String, files: FileReader) throws(Diagnostic) -> String {
    switch files.entry(argument) {
    case .file: return argument
    case .folder:
      for name in [defaultName, "stack.yml"] {
        let path = FilePath.joined(argument, name)
        if files.entry(path) == .file { return path }
      }
      throw Diagnostic(
        "No stack here", "\(argument == "." ? "this folder" : argument) has no \(defaultName).",
        fix: "Name a stack file or a folder that has one: stackform plan stacks/shop")
    case nil:
      throw Diagnostic(
        "No such stack", "there is no file or folder \"\(argument)\".",
        fix: "Name a stack file or a folder that has a \(defaultName).")
    }
  }
}

extension StackFile {
  /// What a stack file and its includes say. Nothing outside of the project's folder is read.
  static func declaration(
    _ path: String, files: FileReader = .disk
  ) throws(Diagnostics) -> StackDeclaration {
    try StackDeclaration.load(path, files: files, within: Project.bound(ofStack: path, files: files))
  }
}
