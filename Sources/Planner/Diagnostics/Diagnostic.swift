/// One thing that is wrong, or worth knowing: what, where, why, and how to fix it.
package struct Diagnostic: Error, Sendable, Hashable {
  /// An error prevents the command; a warning does not.
  package enum Severity: String, Sendable, Codable { case error, warning }

  package var severity: Severity
  /// Fixed words, without names of this case: `Unknown property`.
  package var summary: String
  /// This case, as a sentence: `queues has no property "visibilty".`
  package var detail: String
  /// The stretch of the file that is at fault; nil for what no file says.
  package var span: SourceSpan?
  /// The resource that it is about.
  package var address: Address?
  /// What to do, as a sentence: `Did you mean "visibilityTimeout"?`
  package var fix: String?

  package init(
    _ severity: Severity, _ summary: String, _ detail: String, at span: SourceSpan? = nil,
    address: Address? = nil, fix: String? = nil
  ) {
    self.severity = severity
    self.summary = summary
    self.detail = detail
    self.span = span
    self.address = address
    self.fix = fix
  }

  /// An error.
  package init(
    _ summary: String, _ detail: String, at span: SourceSpan? = nil, address: Address? = nil,
    fix: String? = nil
  ) {
    self.init(.error, summary, detail, at: span, address: address, fix: fix)
  }
}

/// Everything that was found wrong in one go, in the order of the file. Thrown when there is an error among them.
package struct Diagnostics: Error, Sendable, Hashable {
  package private(set) var items: [Diagnostic]

  package init(_ items: [Diagnostic] = []) { self.items = items }

  package var hasErrors: Bool { items.contains { $0.severity == .error } }
  package var isEmpty: Bool { items.isEmpty }

  /// Adds one, at the end.
  package mutating func add(_ diagnostic: Diagnostic) { items.append(diagnostic) }
  /// Adds all of another list, at the end.
  package mutating func add(contentsOf others: Diagnostics) { items.append(contentsOf: others.items) }

  /// Ends the work when there is an error among them.
  package func throwIfErrors() throws(Diagnostics) { if hasErrors { throw inFileOrder } }

  /// Sorted by place, each one once. Files are in the order in which they are first mentioned; diagnostics
  /// without a place come first.
  package var inFileOrder: Diagnostics {
    var files: [ObjectIdentifier: Int] = [:]
    for case let span? in items.map(\.span) where files[ObjectIdentifier(span.source)] == nil {
      files[ObjectIdentifier(span.source)] = files.count
    }
    var seen: Set<Diagnostic> = []
    let keyed = items.filter { seen.insert($0).inserted }.enumerated().map { index, item in
      let file = item.span.flatMap { files[ObjectIdentifier($0.source)] } ?? -1
      return (key: [file, item.span?.line ?? 0, item.span?.column ?? 0, index], item: item)
    }
    return Diagnostics(keyed.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.item))
  }
}
