extension StackDeclaration {
  /// Reads a stack file and everything that it includes.
  ///
  /// The path is the file's, not its folder's. Included files are named relative to the file that includes
  /// them; they hold the same sections, but no `stack`; no entry may be declared twice. What can't be read at
  /// all is thrown; other mistakes are kept in ``problems`` and thrown by `resolved` with all that it finds
  /// itself.
  ///
  /// `bound` is the folder that no file is read outside of, whatever links say: the project's. A stranger's
  /// change to a stack must not read out the machine that plans it. nil where every file is known, as in a
  /// release.
  package static func load(
    _ path: String, files: FileReader, within bound: String? = nil
  ) throws(Diagnostics) -> StackDeclaration {
    var loader = StackLoader(
      files: files, root: FilePath.directory(of: FilePath.normalised(path)), bound: bound)
    loader.read(path, from: nil)
    try loader.failures.throwIfErrors()
    // Without a name nothing can be said of the stack.
    if loader.declaration.name.isEmpty { try loader.diagnostics.throwIfErrors() }
    loader.declaration.problems = loader.diagnostics
    return loader.declaration
  }
}

/// Follows `include` from file to file.
struct StackLoader {
  /// A stack may have so many files, with so many bytes together: ten times what the largest known one has.
  static let (mostFiles, mostBytes) = (1000, 64 << 20)

  let files: FileReader
  let root: String
  private let bound: String?
  var declaration: StackDeclaration
  /// Files that can't be read.
  var failures = Diagnostics()
  var diagnostics = Diagnostics()
  /// Where each entry was first declared: `queues.orders`, `variables.x`.
  var declared: [String: SourceSpan] = [:]
  private var open: [String] = []
  private var bytesRead = 0

  init(files: FileReader, root: String, bound: String?) {
    self.files = files
    self.bound = bound
    self.root = root
    declaration = StackDeclaration(name: "", files: [], directory: root)
  }

  /// Reads one file; `includer` is the place that names it, nil for the stack file itself.
  mutating func read(_ path: String, from includer: SourceSpan?) {
    let path = FilePath.normalised(path)
    if open.contains(path) {
      failures.add(.includesItself(open + [path], at: includer))
      return
    }
    // Two files may include a third: its entries are there once.
    if declaration.files.contains(path) { return }
    guard declaration.files.count < Self.mostFiles, bytesRead <= Self.mostBytes else {
      failures.add(.tooMuchIncluded(at: includer))
      return
    }
    declaration.files.append(path)
    open.append(path)
    defer { open.removeLast() }
    do throws(Diagnostics) {
      let source = try source(of: path, from: includer)
      guard let node = try YAMLParser.parse(source), !node.isNull else {
        if includer == nil { failures.add(.emptyStack(source)) }
        return
      }
      for include in decode(node, path: path, isIncluded: includer != nil) {
        read(include.path, from: include.span)
      }
    } catch {
      failures.add(contentsOf: error)
    }
  }

  private mutating func source(of path: String, from includer: SourceSpan?) throws(Diagnostics) -> SourceText
  {
    let bytes: [UInt8]
    if let bound, files.isOutside(path, of: bound) {
      throw Diagnostics([.leavesProject(path, bound: bound, at: includer)])
    }
    do throws(FileReader.Failure) {
      bytes = try files.read(path)
    } catch {
      throw Diagnostics([.unreadable(path, error.reason, at: includer)])
    }
    bytesRead += bytes.count
    return try YAMLParser.source(name: path, bytes: bytes)
  }
}

extension Diagnostic {
  static func unreadable(_ path: String, _ reason: String, at span: SourceSpan?) -> Diagnostic {
    Diagnostic("Unreadable file", "\(path) \(reason).", at: span)
  }

  /// A file that is named, or found, in a project and lies outside of it. It is not read.
  package static func leavesProject(_ path: String, bound: String, at span: SourceSpan?) -> Diagnostic {
    Diagnostic(
      "Path leaves the project",
      "\(path) is outside of \(bound == "." ? "this folder" : bound), or a link leads out of it.", at: span,
      fix:
        "Keep what a stack is read from in the project's folder: the one that has the \(Project.fileName), "
        + "or else the stack's own.")
  }

  fileprivate static func tooMuchIncluded(at span: SourceSpan?) -> Diagnostic {
    Diagnostic(
      "Too much included",
      "A stack has at most \(StackLoader.mostFiles) files and \(ByteCount(StackLoader.mostBytes)), and this is one more.",
      at: span, fix: "Make several stacks of it.")
  }

  fileprivate static func includesItself(_ chain: [String], at span: SourceSpan?) -> Diagnostic {
    Diagnostic(
      "Endless include", "\(chain.joined(separator: " includes ")).", at: span,
      fix: "Take one of these includes out.")
  }

  fileprivate static func emptyStack(_ source: SourceText) -> Diagnostic {
    let span = SourceSpan(source: source, line: 1, column: 1, endLine: 1, endColumn: 1)
    return Diagnostic(
      "Empty stack", "The file says nothing.", at: span, fix: "Begin with its name: stack: shop")
  }
}
