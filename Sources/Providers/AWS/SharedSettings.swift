package import Planner

/// What AWS's own conventions say of who calls and where: the environment, and the shared config and credentials files.
///
/// A pure function of both. Facts: "Configuration and credential precedence" in the AWS CLI's user guide, "Service-specific
/// endpoints" in the SDKs' reference guide; where they are silent, botocore. Only static keys: no role is assumed, no metadata
/// service asked.
package struct SharedSettings: Sendable {
  /// The name of the profile in the shared files.
  package private(set) var profile: String
  package private(set) var credentials: Credentials?
  package private(set) var region: String?
  package private(set) var endpoint: String?
  /// By ``AWSService/environmentID``.
  package private(set) var serviceEndpoints: [String: String] = [:]
  /// A file of certificates to trust.
  package private(set) var certificateBundle: String?
  /// Where a key was looked for, in order: for the error when none was found.
  package private(set) var lookedAt: [String] = []
  /// Why the profile has no static key, when it names another way to sign in.
  package private(set) var obstacle: String?

  private let environment: [String: String]

  /// - Parameters:
  ///   - environment: the process's variables.
  ///   - profileName: a profile that was asked for by name: goes before AWS_PROFILE and before keys in the environment.
  ///   - readFile: a file's text; nil when there is no such file.
  /// - Throws: what is wrong in a file, with its place; half a key; a profile that no file has.
  package init(
    environment: [String: String], profileName: String? = nil, readFile: (String) throws -> String?
  ) throws(ProviderError) {
    self.environment = environment
    profile = "default"
    let wanted = profileName ?? variable("AWS_PROFILE") ?? variable("AWS_DEFAULT_PROFILE")
    profile = wanted ?? "default"
    let home = variable("HOME") ?? ""
    let config = try Self.file(variable("AWS_CONFIG_FILE") ?? "~/.aws/config", home, readFile)
    let keys = try Self.file(
      variable("AWS_SHARED_CREDENTIALS_FILE") ?? "~/.aws/credentials", home, readFile)
    let section = profile == "default" ? ["default", "profile default"] : ["profile \(profile)"]
    let settings = section.compactMap { config.sections[$0] }.first
    let secrets = keys.sections[profile]
    if wanted != nil, settings == nil, secrets == nil {
      throw ProviderError(
        .unauthenticated,
        message:
          "there is no profile \"\(profile)\" in \(keys.path) or \(config.path): AWS_PROFILE chooses another",
        operation: "credentials")
    }
    if profileName == nil { credentials = try environmentKey() }
    if credentials == nil {
      obstacle = Self.otherSignIn(settings ?? [:], secrets ?? [:], profile: profile)
      lookedAt += ["[\(profile)] in \(keys.path)", "[\(section[0])] in \(config.path)"]
      if obstacle == nil {
        credentials = try Self.key(secrets ?? [:], keys)
        if credentials == nil { credentials = try Self.key(settings ?? [:], config) }
      }
    }
    region = variable("AWS_REGION") ?? variable("AWS_DEFAULT_REGION") ?? settings?["region"]?.text
    certificateBundle = variable("AWS_CA_BUNDLE") ?? settings?["ca_bundle"]?.text
    findEndpoints(settings ?? [:], config)
  }

  private func variable(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }

  private static func file(
    _ path: String, _ home: String, _ readFile: (String) throws -> String?
  ) throws(ProviderError) -> ProfileFile {
    let full = path.hasPrefix("~/") ? "\(home)\(path.dropFirst())" : path
    let text: String?
    do { text = try readFile(full) } catch {
      throw ProviderError(.invalid, message: "\(full) can't be read: \(error)", operation: "credentials")
    }
    return try ProfileFile(path: full, text: text ?? "")
  }

  private mutating func environmentKey() throws(ProviderError) -> Credentials? {
    lookedAt.append("AWS_ACCESS_KEY_ID in the environment")
    let identifier = variable("AWS_ACCESS_KEY_ID")
    let secret = variable("AWS_SECRET_ACCESS_KEY")
    guard identifier != nil || secret != nil else { return nil }
    guard let identifier, let secret else {
      let missing = identifier == nil ? "AWS_ACCESS_KEY_ID" : "AWS_SECRET_ACCESS_KEY"
      throw ProviderError(
        .unauthenticated, message: "half of an access key is in the environment: \(missing) is missing",
        operation: "credentials")
    }
    return Credentials(
      accessKeyID: identifier, secretAccessKey: secret, sessionToken: variable("AWS_SESSION_TOKEN"))
  }

  private static func key(
    _ section: [String: ProfileFile.Setting], _ file: ProfileFile
  ) throws(ProviderError) -> Credentials? {
    let identifier = section["aws_access_key_id"]
    let secret = section["aws_secret_access_key"]
    guard let place = identifier ?? secret else { return nil }
    guard let identifier, let secret, !identifier.text.isEmpty, !secret.text.isEmpty else {
      throw file.problem(
        line: place.line, "a key needs both aws_access_key_id and aws_secret_access_key")
    }
    return Credentials(
      accessKeyID: identifier.text, secretAccessKey: secret.text,
      sessionToken: (section["aws_session_token"] ?? section["aws_security_token"])?.text)
  }

  /// The setting by which a profile signs in other than by a key of its own; such a profile's key would be somebody else.
  private static func otherSignIn(
    _ settings: [String: ProfileFile.Setting], _ secrets: [String: ProfileFile.Setting], profile: String
  ) -> String? {
    let all = settings.merging(secrets) { first, _ in first }
    let ways = ["role_arn", "web_identity_token_file", "sso_session", "sso_start_url", "login_session"]
    let way =
      ways.first { all[$0] != nil }
      ?? (secrets["aws_access_key_id"] == nil && all["credential_process"] != nil
        ? "credential_process" : nil)
    return way.map {
      "profile \"\(profile)\" signs in by \($0), of which Stackform knows nothing yet: "
        + "`eval \"$(aws configure export-credentials --profile \(profile) --format env)\"` puts its key into the environment"
    }
  }

  private mutating func findEndpoints(_ settings: [String: ProfileFile.Setting], _ config: ProfileFile) {
    let ignore =
      variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS") ?? settings["ignore_configured_endpoint_urls"]?.text
    if ignore?.lowercased() == "true" { return }
    // The environment's one endpoint for all goes before the files' endpoint for one.
    if variable("AWS_ENDPOINT_URL") == nil, let services = settings["services"]?.text {
      for (service, setting) in config.sections["services \(services)"] ?? [:] {
        serviceEndpoints[service.uppercased()] = setting.nested["endpoint_url"]
      }
    }
    let prefix = "AWS_ENDPOINT_URL_"
    for name in environment.keys where name.hasPrefix(prefix) {
      if let url = variable(name) { serviceEndpoints[String(name.dropFirst(prefix.count))] = url }
    }
    endpoint = variable("AWS_ENDPOINT_URL") ?? settings["endpoint_url"]?.text
  }
}
