extension StackDeclaration {
  /// Reads a stack file and everything that it includes.
  ///
  /// The path is the file's, not its folder's. Included files are named relative to the file that includes them; they hold the same
  /// sections, but no `stack`; no entry may be declared twice.
  package static func load(_ path: String, files: FileReader) throws(Diagnostics) -> StackDeclaration {
    var loader = StackLoader(files: files, root: FilePath.directory(of: path))
    loader.read(path, from: nil)
    try loader.diagnostics.throwIfErrors()
    return loader.declaration
  }
}

/// Follows `include` from file to file.
struct StackLoader {
  let files: FileReader
  let root: String
  var declaration: StackDeclaration
  var diagnostics = Diagnostics()
  private var open: [String] = []
  var seen = SeenNames()

  init(files: FileReader, root: String) {
    self.files = files
    self.root = root
    declaration = StackDeclaration(name: "", files: [], directory: root)
  }

  /// Reads one file; `includer` is the place that names it, nil for the stack file itself.
  mutating func read(_ path: String, from includer: SourceSpan?) {
    let normal = FilePath.normalised(path)
    if open.contains(normal) {
      diagnostics.add(.includesItself(path, chain: open + [normal], at: includer))
      return
    }
    // Two files may include a third: its entries are there once.
    if declaration.files.contains(path) { return }
    declaration.files.append(path)
    open.append(normal)
    defer { open.removeLast() }
    do throws(Diagnostics) {
      let source = try source(of: path, from: includer)
      guard let node = try YAMLParser.parse(source) else {
        if includer == nil { diagnostics.add(.emptyStack(path, source)) }
        return
      }
      var decoder = StackDecoder(loader: self, path: path, isIncluded: includer != nil)
      decoder.decode(node)
      self = decoder.loader
      for (file, span) in decoder.includes { read(file, from: span) }
    } catch {
      diagnostics.add(contentsOf: error)
    }
  }

  private func source(of path: String, from includer: SourceSpan?) throws(Diagnostics) -> SourceText {
    do throws(FileReader.Failure) {
      let bytes = try files.read(path)
      return try inDiagnostics { () throws(Diagnostics) in try YAMLParser.source(name: path, bytes: bytes) }.get()
    } catch {
      throw Diagnostics([.unreadable(path, error.reason, at: includer)])
    }
  }
}
