/// One thing that is wrong, or worth knowing: what, where, why, and how to mend it.
package struct Diagnostic: Error, Sendable, Hashable {
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
  package var mend: String?

  package init(
    _ severity: Severity = .error, _ summary: String, _ detail: String, at span: SourceSpan? = nil,
    address: Address? = nil, mend: String? = nil
  ) {
    self.severity = severity
    self.summary = summary
    self.detail = detail
    self.span = span
    self.address = address
    self.mend = mend
  }
}

/// Everything that was found wrong in one go, in the order of the file. Thrown when there is an error among them.
package struct Diagnostics: Error, Sendable, Hashable {
  package private(set) var items: [Diagnostic]

  package init(_ items: [Diagnostic] = []) { self.items = items }

  package var hasErrors: Bool { items.contains { $0.severity == .error } }
  package var isEmpty: Bool { items.isEmpty }

  package mutating func add(_ diagnostic: Diagnostic) { items.append(diagnostic) }
  package mutating func add(contentsOf others: Diagnostics) { items.append(contentsOf: others.items) }
}
