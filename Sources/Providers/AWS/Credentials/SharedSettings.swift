package import Planner

/// What AWS's own conventions say of who calls and where: the environment, and the shared config and credentials files.
///
/// A pure function of both. Facts: "Configuration and credential precedence" in the AWS CLI's user guide, "Service-specific
/// endpoints" in the SDKs' reference guide; where they are silent, botocore. No metadata service is asked.
package struct SharedSettings: Sendable {
  /// The name of the profile in the shared files.
  package private(set) var profile: String
  package private(set) var keySource: KeySource?
  package private(set) var region: String?
  package private(set) var endpoint: String?
  /// By ``AWSService/environmentID``.
  package private(set) var serviceEndpoints: [String: String] = [:]
  /// Where each of these endpoints is named.
  package private(set) var endpointOrigins: [ConfiguredEndpoint] = []
  /// The key is the environment's.
  package private(set) var isKeyInEnvironment = false
  /// A file of certificates to trust.
  package private(set) var certificateBundle: String?
  /// With the number of attempts, the only bound that AWS's conventions have a word for.
  package private(set) var bounds = RequestBounds()
  /// Where a key was searched, in order: for the error when none was found.
  package private(set) var lookedAt: [String] = []
  /// Why the profile has no key, when it names a way to sign in that Stackform does not know.
  package private(set) var obstacle: String?
  /// The profile was asked for by name, and not found around.
  package let isAskedFor: Bool

  /// - Parameters:
  ///   - environment: the process's variables.
  ///   - profileName: a profile that the project names. It takes precedence over AWS_PROFILE and over keys in
  ///     the environment.
  ///   - readFile: a file's text; nil when there is no such file.
  /// - Throws: what is wrong in a file, with its place; half a key; a profile that no file has.
  package init(
    environment: [String: String], profileName: String? = nil, readFile: (String) throws -> String?
  ) throws(ProviderError) {
    let variables = EnvironmentVariables(all: environment)
    isAskedFor = profileName != nil
    let wanted = profileName ?? variables["AWS_PROFILE"] ?? variables["AWS_DEFAULT_PROFILE"]
    let shared = try SharedProfile(wanted, variables: variables, readFile: readFile)
    profile = shared.name
    if profileName == nil {
      lookedAt.append("AWS_ACCESS_KEY_ID in the environment")
      keySource = try Self.key(in: variables).map(KeySource.key)
      isKeyInEnvironment = keySource != nil
    }
    if keySource == nil {
      lookedAt += shared.places
      obstacle = shared.obstacle
      if obstacle == nil { keySource = try shared.keySource(variables) }
    }
    region = variables["AWS_REGION"] ?? variables["AWS_DEFAULT_REGION"] ?? shared.settings["region"]?.text
    certificateBundle = variables["AWS_CA_BUNDLE"] ?? shared.settings["ca_bundle"]?.text
    try bounds.takeAttempts(variables["AWS_MAX_ATTEMPTS"] ?? shared.settings["max_attempts"]?.text)
    findEndpoints(variables, shared)
  }

  /// The environment's key.
  /// - Throws: that half of it is missing.
  static func key(in variables: EnvironmentVariables) throws(ProviderError) -> Credentials? {
    let identifier = variables["AWS_ACCESS_KEY_ID"]
    let secret = variables["AWS_SECRET_ACCESS_KEY"]
    guard identifier != nil || secret != nil else { return nil }
    guard let identifier, let secret else {
      let missing = identifier == nil ? "AWS_ACCESS_KEY_ID" : "AWS_SECRET_ACCESS_KEY"
      throw ProviderError(
        .unauthenticated, message: "half of an access key is in the environment: \(missing) is missing",
        operation: "credentials")
    }
    return Credentials(
      accessKeyID: identifier, secretAccessKey: secret, sessionToken: variables["AWS_SESSION_TOKEN"])
  }

  private mutating func findEndpoints(_ variables: EnvironmentVariables, _ shared: SharedProfile) {
    let ignore =
      variables["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"]
      ?? shared.settings["ignore_configured_endpoint_urls"]?.text
    if ignore?.lowercased() == "true" { return }
    if let url = variables["AWS_ENDPOINT_URL"] {
      take(url, for: nil, from: "AWS_ENDPOINT_URL", isOfFiles: false)
    } else {
      if let url = shared.settings["endpoint_url"]?.text {
        take(url, for: nil, from: "endpoint_url of \(shared.places[1])", isOfFiles: true)
      }
      // The environment's endpoint for all services takes precedence over the files' endpoint for one.
      for (service, url) in shared.serviceEndpoints {
        take(url, for: service, from: "services of \(shared.places[1])", isOfFiles: true)
      }
    }
    let prefix = "AWS_ENDPOINT_URL_"
    for name in variables.all.keys where name.hasPrefix(prefix) {
      guard let url = variables[name] else { continue }
      take(url, for: String(name.dropFirst(prefix.count)), from: name, isOfFiles: false)
    }
  }

  private mutating func take(_ url: String, for service: String?, from origin: String, isOfFiles: Bool) {
    endpointOrigins.removeAll { $0.service == service }
    endpointOrigins.append(
      ConfiguredEndpoint(url: url, service: service, origin: origin, isMeant: isOfFiles && isAskedFor))
    if let service { serviceEndpoints[service] = url } else { endpoint = url }
  }
}

/// An endpoint that the environment or the shared files name.
package struct ConfiguredEndpoint: Sendable, Hashable {
  package let url: String
  /// ``AWSService/environmentID``; nil when it is for every service.
  package let service: String?
  /// As `AWS_ENDPOINT_URL_S3`, for messages.
  package let origin: String
  /// It is in a shared profile that the project names, so it was meant.
  package let isMeant: Bool
}
