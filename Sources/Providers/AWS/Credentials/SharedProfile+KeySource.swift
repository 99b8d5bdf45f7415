import Planner

extension SharedProfile {
  /// Where the profile gets its key; nil when it names no source. A role takes precedence over a key, which
  /// may be the key that assumes it; a key takes precedence over a program: "Configuration and credential
  /// precedence" in the AWS CLI's user guide.
  /// - Throws: what is wrong in the files; a way that Stackform does not know.
  func keySource(_ variables: EnvironmentVariables) throws(ProviderError) -> KeySource? {
    try keySource(variables, visited: [])
  }

  private func keySource(
    _ variables: EnvironmentVariables, visited: [String]
  ) throws(ProviderError) -> KeySource? {
    if let obstacle {
      throw ProviderError(.unauthenticated, message: obstacle, operation: "credentials", neverSent: true)
    }
    if let role = text("role_arn") {
      return .role(try assumed(role), by: try origin(variables, visited: visited + [name]))
    }
    if let key = try key() { return .key(key) }
    return text("credential_process").map(KeySource.process)
  }

  /// Why the profile gives no key, if it signs in by a method that Stackform does not know. A key next to it
  /// would be another identity's.
  var obstacle: String? {
    let unknown = ["web_identity_token_file", "sso_session", "sso_start_url", "login_session", "mfa_serial"]
    guard let way = unknown.first(where: { text($0) != nil }) else { return nil }
    return "profile \"\(name)\" signs in by \(way), of which Stackform knows nothing yet: "
      + "`eval \"$(aws configure export-credentials --profile \(name) --format env)\"` "
      + "puts its key into the environment"
  }

  private func assumed(_ arn: String) throws(ProviderError) -> AssumedRole {
    var duration: Int?
    if let text = text("duration_seconds") {
      guard let seconds = Int(text), (900...43_200).contains(seconds) else {
        throw problem("duration_seconds", "a role lasts from 900 to 43200 seconds")
      }
      duration = seconds
    }
    return AssumedRole(
      arn: arn, sessionName: text("role_session_name"), externalID: text("external_id"), duration: duration)
  }

  /// Who assumes the profile's role.
  private func origin(
    _ variables: EnvironmentVariables, visited: [String]
  ) throws(ProviderError) -> KeySource {
    if let source = text("credential_source") {
      guard source == "Environment" else {
        throw problem("credential_source", "Stackform takes a key from Environment alone, not \(source)")
      }
      guard let key = try SharedSettings.key(in: variables) else {
        throw problem("credential_source", "the environment has no AWS_ACCESS_KEY_ID")
      }
      return .key(key)
    }
    guard let name = text("source_profile") else {
      throw problem("role_arn", "a role needs a source_profile, or credential_source = Environment")
    }
    let source = try other(name)
    // A profile may name itself: its own key assumes its role.
    if name == self.name {
      guard let key = try key() else { throw problem("source_profile", "it names itself, and has no key") }
      return .key(key)
    }
    guard !visited.contains(name) else {
      throw problem(
        "source_profile", "it leads back to itself: \((visited + [name]).joined(separator: " → "))")
    }
    guard let found = try source.keySource(variables, visited: visited) else {
      throw problem("source_profile", "profile \"\(name)\" has no key")
    }
    return found
  }
}
