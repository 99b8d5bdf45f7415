import Planner
import Providers

/// Works out what to write into a stack's files so that they say what is live.
struct StackEdits: Sendable {
  let declaration: StackDeclaration
  /// As the files say it now.
  let stack: Stack
  let live: [Address: LiveResource]
  let profile: String

  /// The files that hold the drifted properties, with the live values in them.
  /// - Throws: everything that can't be taken over, each with its place and what to do instead. Then nothing is to be written.
  func edited(_ report: DriftReport) throws(Diagnostics) -> [EditedFile] {
    var files: [String: EditedFile] = [:]
    var problems = Diagnostics()
    for entry in report.entries {
      guard entry.kind == .changed,
        let resource = declaration.resources.first(where: { $0.address == entry.address })
      else {
        problems.add(.notInFile(entry, isDerived: entry.address.part != nil))
        continue
      }
      let source = resource.keySpan.source
      var file = files[source.name] ?? EditedFile(source)
      for move in entry.moves {
        do throws(Diagnostic) {
          try take(move, of: entry, into: &file)
        } catch { problems.add(error) }
      }
      files[source.name] = file
    }
    try problems.throwIfErrors()
    return files.values.sorted { $0.path < $1.path }
  }

  private func take(_ move: PropertyMove, of entry: DriftEntry, into file: inout EditedFile)
    throws(Diagnostic)
  {
    let address = entry.address
    let name = move.path.first ?? ""
    if move.isSecret { throw .isSecret(address, move) }
    if move.path.count == 2, name == "tags", Owner.isOwners(move.path[1]) { throw .isOwners(address, move) }
    let property = AWSKinds.registry[entry.section]?.schema.property(name)
    if property?.isDerived == true || stack[address]?.derivations[name] != nil {
      throw .isDerived(address, move, stack)
    }
    // From the member up to the whole property: as deep as the file can be followed.
    var refusal: YAMLEditor.Refusal?
    for depth in stride(from: move.path.count, through: 1, by: -1) {
      do throws(YAMLEditor.Refusal) {
        try write(Array(move.path.prefix(depth)), move, entry, property, into: &file)
        return
      } catch {
        refusal = error
        guard error.reason == .noSuchPlace || error.reason == .notWritable else { break }
      }
    }
    throw .refused(refusal, address, move, profile: profile)
  }

  private func write(
    _ path: [String], _ move: PropertyMove, _ entry: DriftEntry, _ property: Property?,
    into file: inout EditedFile
  ) throws(YAMLEditor.Refusal) {
    let address = entry.address
    let place = [address.section, address.name] + path
    let current = stack[address]?.resolvedIfKnown { live[$0]?.attributes[$1] }.properties[path[0]]?.at(
      path.dropFirst()[...])
    var value = path == move.path ? move.now : live[address]?.properties[path[0]]?.at(path.dropFirst()[...])
    if value == nil, let standard = property?.defaultValue, path.count == 1, current != nil {
      value = standard
    }
    guard let editor = try? YAMLEditor(file.source) else {
      throw YAMLEditor.Refusal(reason: .notWritable, span: nil)
    }
    guard let value, !value.isNull else { return file.replace(try editor.removing(place)) }
    file.replace(
      try editor.setting(
        place, to: value.withoutNulls.inOrder(of: current, path.count == 1 ? property?.shape : nil),
        current: current))
  }
}

/// One file of a stack before and after.
struct EditedFile: Sendable {
  let path: String
  let before: String
  private(set) var source: SourceText
  /// As on the disk: the bytes before the text.
  private let mark: [UInt8]

  init(_ source: SourceText) {
    path = source.name
    before = source.text
    self.source = source
    let bytes = (try? FileReader.disk.read(source.name)) ?? []
    mark = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes[..<3]) : []
  }

  var after: String { source.text }
  var isChanged: Bool { before != after }
  var bytes: [UInt8] { mark + Array(after.utf8) }

  /// Sets the file's new text.
  mutating func replace(_ text: String) { source = SourceText(name: path, text: text) }

  /// Replaces the old file with the new one atomically; refuses when the file was written meanwhile.
  func write() throws(Diagnostic) {
    guard (try? FileReader.disk.read(path)) == mark + Array(before.utf8) else {
      throw Diagnostic(
        "The file has changed meanwhile", "\(path) is not what was read.", fix: "The same command again.")
    }
    guard Platform.replace(path, with: bytes) else {
      throw Diagnostic(
        "Cannot write the file", "\(path) can't be written.", fix: "May you write it, and into its folder?")
    }
  }
}

extension Value {
  /// A set with the items of another one first, in the other one's order: services return sets in any order.
  fileprivate func inOrder(of other: Value?, _ shape: Shape?) -> Value {
    switch (shape, self) {
    case (.set, .list(let items)):
      guard let others = other?.list else { return self }
      let kept = others.filter(items.contains)
      return .list(kept + items.filter { !kept.contains($0) })
    case (.object(let members), .map(let values)):
      return .map(
        Dictionary(
          values.map { name, value in
            (name, value.inOrder(of: other?[name], members.first { $0.name == name }?.shape))
          }
        ) { first, _ in first })
    default: return self
    }
  }
}

extension Owner {
  /// Whether a tag's name is one of the owner tags.
  static func isOwners(_ tag: String) -> Bool { tag == stackTag || tag == addressTag }
}
