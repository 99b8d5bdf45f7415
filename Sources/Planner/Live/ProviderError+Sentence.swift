extension ProviderError {
  /// The whole story in one sentence: what was asked, and what the service said.
  package var sentence: String {
    let asked = operation.isEmpty ? "" : "\(operation): "
    let said = code.isEmpty ? message : "\(code): \(message)"
    return asked + said
  }

  /// What to do about it; nil where only the service's message can tell.
  package var fix: String? {
    switch kind {
    case .unreachable where timedOut:
      "Is the endpoint well? Run the same command again: it carries on from what is there. STACKFORM_READ_TIMEOUT and STACKFORM_OPERATION_TIMEOUT set how long is waited."
    case .unreachable:
      "Is the endpoint running, and is its URL right? (AWS_ENDPOINT_URL, or `endpoint` in stackform.yaml)"
    case .unauthenticated where code.contains("Expired") && !code.hasPrefix("Request"):
      "The credentials have ended. Get new ones (a new session token; `aws sso login`), and run the same command again: it carries on from what is there."
    case .unauthenticated:
      "Check the credentials: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN or AWS_PROFILE."
    case .denied: "Give the identity behind the credentials the permission for \(operation)."
    case .unsupported:
      "This endpoint does not offer \(operation). Take the resource out, or use an endpoint that has it."
    case .throttled: "The service limits how often it may be asked. Try again, with a lower --parallelism."
    case .server:
      "The endpoint failed. Look at its log, then run the same command again: it carries on from what is there."
    case .malformed:
      "The endpoint's answer made no sense. Is it AWS-compatible, and of a version that is supported?"
    case .conflict, .notYetConsistent:
      "Something else is changing it. Run the same command again in a moment."
    case .notFound, .alreadyExists, .preconditionFailed, .invalid: nil
    }
  }
}
