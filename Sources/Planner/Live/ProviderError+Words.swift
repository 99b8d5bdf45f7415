extension Diagnostic {
  /// A failed request as a diagnostic. Every command and every format uses these words.
  ///
  /// `title` is what could not be done, in fixed words, and nil for the title of the error's kind; `notes`
  /// are what else is known of this case, a line each. `isAlone` says that no other step was under way, so
  /// that fewer at a time would not help.
  package init(
    _ error: ProviderError, _ severity: Severity = .error, title: String? = nil, notes: [String] = [],
    at span: SourceSpan? = nil, address: Address? = nil, isAlone: Bool = true
  ) {
    let lines = [error.account] + [error.effort.map { "Tried \($0)." }].compactMap(\.self) + notes
    self.init(
      severity, title ?? error.title, lines.joined(separator: "\n"), at: span, address: address,
      fix: error.fix(isAlone: isAlone))
  }
}

extension ProviderError {
  /// The request and its answer, as `sqs:CreateQueue answered 403 AccessDenied: you may only look`.
  package var account: String {
    var source = isLocal ? "" : operation
    if status != 0 { source += " answered \(status)" }
    if !code.isEmpty { source += source.isEmpty ? code : " \(code)" }
    return source.isEmpty ? message : "\(source): \(message)"
  }

  /// How often and how long the request was tried, as `12 times in 118 s`; nil for a single attempt.
  package var effort: String? {
    guard attempts > 1 else { return nil }
    let time = lasted < .seconds(1) ? "less than a second" : "\(Int((lasted / .seconds(1)).rounded())) s"
    return "\(attempts) times in \(time)"
  }

  /// What went wrong, in fixed words.
  package var title: String {
    switch kind {
    case .unreachable: "No answer from the endpoint"
    case .unauthenticated where isLocal: "The credentials can't be used"
    case .unauthenticated: "The endpoint refused the credentials"
    case .invalid where isLocal: "The settings can't be used"
    case .invalid where neverSent: "The request can't be sent"
    case .invalid: "The endpoint refused the request"
    case .denied: "A permission is missing"
    case .unsupported where isLocal: "This version of Stackform can't do it"
    case .unsupported: "The endpoint does not offer this"
    case .throttled: "Too many requests"
    case .server: "The endpoint failed"
    case .malformed: "The endpoint's answer can't be understood"
    case .conflict: "Another change is under way"
    case .notYetConsistent: "Not ready yet"
    case .notFound: "It is not there"
    case .alreadyExists: "It exists already"
    case .preconditionFailed: "It was changed meanwhile"
    case .notCarriedOut: "The endpoint did not do what it answered"
    }
  }

  /// The key's time is over: a service looks at that before all else, so nothing was done.
  package var isOfExpiredKey: Bool {
    kind == .unauthenticated && code.contains("Expired") && !code.hasPrefix("Request")
  }

  /// A mistake on this machine, in settings or credentials: no operation of a service failed.
  package var isLocal: Bool { !operation.contains(":") }

  /// What to do about it; nil where only the service's message says it. See
  /// ``Diagnostic/init(_:_:title:notes:at:address:isAlone:)``.
  package func fix(isAlone: Bool = true) -> String? {
    switch kind {
    case .unreachable where timedOut:
      "The endpoint did not answer in time. \(Self.again) STACKFORM_READ_TIMEOUT and STACKFORM_OPERATION_TIMEOUT set the limits."
    case .unreachable:
      "Check that the endpoint is running and that its URL is right (AWS_ENDPOINT_URL, or `endpoint` in stackform.yaml)."
    case .unauthenticated where isOfExpiredKey:
      "The credentials have expired. Get new ones (`aws sso login`, or a new session token). \(Self.again)"
    case .unauthenticated:
      "Check the credentials: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN or AWS_PROFILE."
    case .denied: denialFix
    case .unsupported where isLocal: "Use a newer version of Stackform."
    case .unsupported:
      "This endpoint does not offer \(operation). Remove the resource from the stack, or use an endpoint that offers it."
    case .throttled where isAlone:
      "The service limits how many requests it takes. Wait a few minutes. \(Self.again)"
    case .throttled:
      "The service limits how many requests it takes. Run the same command again with a lower --parallelism; it continues from what exists."
    case .server: "The endpoint failed: its log may say why. \(Self.again)"
    case .malformed:
      "Check that the endpoint is compatible with AWS, and that Stackform supports its version."
    case .conflict, .notYetConsistent: "Wait until the other change is done. \(Self.again)"
    case .notCarriedOut:
      "Check what stands between here and the service: a proxy, an emulator, somebody who undid it at once. \(Self.again)"
    case .preconditionFailed: "Make a new plan, and look at what changed."
    case .notFound, .alreadyExists, .invalid: nil
    }
  }

  /// Others may do better: it is not the endpoint or the credentials as a whole.
  package var concernsOneResource: Bool {
    switch kind {
    case .unreachable, .unauthenticated, .throttled: false
    case .invalid, .denied, .unsupported, .server, .malformed, .conflict, .notYetConsistent, .notFound,
      .alreadyExists, .preconditionFailed, .notCarriedOut:
      !isLocal
    }
  }

  private static let again = "Run the same command again; it continues from what exists."

  /// AWS's messages about a denial end in what denies it, and name the action where it is not the operation's own.
  private var denialFix: String {
    let words = message.lowercased()
    if words.contains("object lock") {
      return "A lock protects the object. Wait until its retention ends, or remove its legal hold."
    }
    let action = message.firstMatch(of: /to perform: ([A-Za-z0-9-]+:[A-Za-z0-9]+)/).map { String($0.1) }
    let permission = action ?? operation
    return words.contains("explicit deny")
      ? "A policy denies \(permission) explicitly: change that policy."
      : "Give the identity behind the credentials the permission \(permission)."
  }
}
