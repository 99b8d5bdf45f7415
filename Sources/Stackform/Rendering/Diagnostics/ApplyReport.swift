import Planner

/// What an apply has to report besides its counts, as diagnostics: one source for text, JSON and Markdown.
struct ApplyReport: Sendable {
  let summary: ExecutionSummary

  init(_ summary: ExecutionSummary) { self.summary = summary }

  /// Every failed step with its place, the service's own message, and what it kept from running. Failures
  /// with a common reason are one diagnostic.
  var failures: Diagnostics {
    var diagnostics = Diagnostics()
    for group in common { diagnostics.add(diagnostic(of: group)) }
    let grouped = Set(common.flatMap { $0 }.map(\.step.id))
    for failure in summary.failures where !grouped.contains(failure.step.id) {
      diagnostics.add(diagnostic(of: failure))
    }
    return diagnostics
  }

  /// Warnings about an apply that has carried out its steps.
  var warnings: [Diagnostic] { [notReread, unsettled, unreported].compactMap(\.self) }

  /// Why the ledger does not hold what was done; nil when it does.
  var unrecorded: Diagnostic? {
    guard let error = summary.unrecorded else { return nil }
    var diagnostic = error.diagnostic
    if case .provider(let failure) = error, isReported(failure) {
      diagnostic.detail = "\(failure.operation) failed for the reason above."
    }
    diagnostic.detail += "\nThe ledger does not hold what this run did."
    if case .provider = error {
      diagnostic.fix =
        "Run the same command again when the endpoint answers: it finds what exists and records it."
    }
    return diagnostic
  }

  // MARK: Failures

  /// Failures with a shared reason outside of the steps: an endpoint that does not answer, expired
  /// credentials.
  private var common: [[StepFailure]] {
    [ProviderError.Kind.unreachable, .unauthenticated].map { kind in
      summary.failures.filter { $0.error.kind == kind }
    }.filter { $0.count > 1 }
  }

  /// Whether ``failures`` has the reason of this error already.
  private func isReported(_ error: ProviderError) -> Bool {
    error.kind == .unreachable && summary.failures.contains { $0.error.kind == .unreachable }
  }

  private func diagnostic(of failure: StepFailure) -> Diagnostic {
    let step = failure.step
    let certainty: String? =
      switch failure.certainty {
      case .refused: nil
      case .neverSent: "The request was never sent."
      case .unknown: "The resource may still have been \(step.operation.past)."
      }
    return Diagnostic(
      failure.error, title: "Could not \(step.operation.verb) the resource",
      notes: [certainty, skipped(by: [failure])].compactMap(\.self), at: failure.place, address: step.address,
      isAlone: summary.mostAtOnce <= 1)
  }

  private func diagnostic(of group: [StepFailure]) -> Diagnostic {
    var lines = Self.reasons(of: group.map(\.error))
    lines.append("For this reason \(group.count) steps failed:")
    lines += group.map { "- \($0.step.address)\(Self.place($0.place)): \(Self.fate(of: $0))" }
    if let skipped = skipped(by: group) { lines.append(skipped) }
    let last = group[group.count - 1].error
    return Diagnostic(last.title, lines.joined(separator: "\n"), fix: last.fix())
  }

  /// Each message once; times and ports in it do not make it another one.
  private static func reasons(of errors: [ProviderError]) -> [String] {
    var seen: Set<String> = []
    let reasons = errors.map(\.message).filter { seen.insert($0.filter { !$0.isNumber }).inserted }
    return Array(reasons.prefix(3))
  }

  private static func place(_ span: SourceSpan?) -> String {
    span.map { " (\($0.source.name):\($0.line):\($0.column))" } ?? ""
  }

  private static func fate(of failure: StepFailure) -> String {
    let (error, operation) = (failure.error, failure.step.operation)
    let request = error.isLocal ? "a request" : error.operation
    let tries = error.effort.map { " (tried \($0))" } ?? ""
    return switch failure.certainty {
    case .refused where error.isLocal: "the request was not sent"
    case .refused: "\(request) was refused\(tries)"
    case .neverSent: "\(request) was never sent\(tries)"
    case .unknown:
      "no answer to \(request)\(tries); the resource may still have been \(operation.past)"
    }
  }

  /// The steps that were skipped because of these, each with the step that it needs if that is not the failed
  /// one.
  private func skipped(by failures: [StepFailure]) -> String? {
    let roots = Set(failures.map(\.step.id))
    let skipped = summary.skipped.filter { roots.contains($0.root.id) }
    guard !skipped.isEmpty else { return nil }
    var names = skipped.prefix(10).map { skipped in
      let isPlain = failures.count == 1 && skipped.cause.id == skipped.root.id
      let name =
        skipped.step.address == skipped.cause.address
        ? "the new \(skipped.step.address)" : skipped.step.address.description
      return isPlain ? name : "\(name) (needs \(skipped.cause.address))"
    }
    if skipped.count > names.count { names.append("and \(skipped.count - names.count) more") }
    let why = skipped.count == 1 ? "it needs" : "they need"
    let what = failures.count == 1 ? "this" : "these"
    return "Skipped, because \(why) \(what): \(names.joined(separator: ", "))."
  }
}

extension ApplyReport {
  // MARK: Warnings

  private var notReread: Diagnostic? {
    let unread = summary.notReread
    guard !unread.isEmpty else { return nil }
    let count = unread.count
    let lines = Dictionary(grouping: unread, by: { reason(of: $0.error) }).sorted {
      $0.value[0].address < $1.value[0].address
    }.map { reason, resources in "- \(resources.map(Self.name).joined(separator: ", ")): \(reason)" }
    let permissions = Set(unread.filter { $0.error.kind == .denied }.compactMap { $0.error.fix() })
    return Diagnostic(
      .warning, "Not checked after the apply",
      "\(count) \(count == 1 ? "resource" : "resources") could not be read again after the apply:\n"
        + lines.joined(separator: "\n"),
      fix: (permissions.sorted() + ["Run `stackform plan` to check."]).joined(separator: " "))
  }

  private func reason(of error: ProviderError) -> String {
    isReported(error) ? "no answer from the endpoint" : error.account
  }

  private static func name(of resource: UnreadResource) -> String {
    let count = resource.alike.count
    return count == 0 ? "\(resource.address)" : "\(resource.address) (and \(count) like it)"
  }

  private var unsettled: Diagnostic? {
    guard !summary.unsettled.isEmpty else { return nil }
    let lines = summary.unsettled.map { change -> String in
      let paths = change.properties.map { $0.path.joined(separator: ".") }
      return "- \(change.address)" + (paths.isEmpty ? "" : ": \(paths.joined(separator: ", "))")
    }
    return Diagnostic(
      .warning, "The endpoint returns other values than it was sent",
      "It took these without an error and returns them differently. It may show a change late; else this is a defect of "
        + "the endpoint or of Stackform:\n" + lines.joined(separator: "\n"),
      fix: "Run `stackform plan` to see whether it lasts.")
  }

  /// Said by the run that learns it, and by no later one.
  private var unreported: Diagnostic? {
    guard !summary.unreported.isEmpty else { return nil }
    let lines = summary.unreported.map { property in
      let names = property.addresses.prefix(3).map(\.description)
      let more = property.addresses.count - names.count
      return "- \(property.section).*.\(property.name): \(names.joined(separator: ", "))"
        + (more > 0 ? " and \(more) more" : "")
    }
    return Diagnostic(
      .warning, "The endpoint does not return what it was sent",
      "It took these without an error, and reads do not have them. They are compared with what was applied last: "
        + "a change of them outside of this stack can't be seen.\n" + lines.joined(separator: "\n"))
  }
}

extension Step.Operation {
  /// `create`
  fileprivate var verb: String {
    switch self {
    case .create: "create"
    case .update: "change"
    case .delete: "destroy"
    }
  }

  /// `created`
  fileprivate var past: String {
    switch self {
    case .create: "created"
    case .update: "changed"
    case .delete: "destroyed"
    }
  }
}
