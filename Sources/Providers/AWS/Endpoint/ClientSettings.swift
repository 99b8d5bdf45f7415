package import Planner

/// What a client needs to know: who calls, from which region, at which endpoint.
package struct ClientSettings: Sendable {
  package var keySource: KeySource
  package var region: String
  /// The endpoint of every service that has none of its own; nil for AWS itself.
  package var endpoint: String?
  /// By ``AWSService/environmentID``.
  package var serviceEndpoints: [String: String]
  package var userAgent: String
  package var bounds = RequestBounds()
  /// The id of a key that was found and not used, since it is not one for an emulator.
  package var passedOver: String?

  package init(
    keySource: KeySource, region: String, endpoint: String? = nil,
    serviceEndpoints: [String: String] = [:], userAgent: String = "stackform"
  ) {
    self.keySource = keySource
    self.region = region
    self.endpoint = endpoint
    self.serviceEndpoints = serviceEndpoints
    self.userAgent = userAgent
  }

  /// With a key that is at hand.
  package init(credentials: Credentials, region: String, endpoint: String? = nil) {
    self.init(keySource: .key(credentials), region: region, endpoint: endpoint)
  }
}

extension ClientSettings {
  /// Whether the endpoint is on this machine, and so an emulator.
  package var isLoopback: Bool { endpoint.map(Self.isLoopback) ?? false }

  /// Whether a URL is one of this machine.
  package static func isLoopback(_ url: String) -> Bool { EndpointURL.isLoopback(url: url) }

  /// Whether a URL is one of AWS's own: a VPC endpoint, a FIPS endpoint.
  package static func isOfAWS(_ url: String) -> Bool {
    let host = EndpointURL.origin(of: url).split(separator: "/").last.map(String.init) ?? ""
    let name = host.prefix { $0 != ":" }.lowercased()
    return name.hasSuffix(".amazonaws.com") || name.hasSuffix(".amazonaws.com.cn")
      || name.hasSuffix(".api.aws")
  }

  /// Where the profile of a run and AWS's own conventions meet.
  ///
  /// - Parameters:
  ///   - shared: what the environment and the shared files say.
  ///   - endpoint: the run's own endpoint. It replaces all that are configured elsewhere.
  ///   - serviceEndpoints: the run's own endpoints for single services. Without either, the configured ones
  ///     are used.
  ///   - region: the run's own region. It takes precedence over a configured one.
  ///   - account: the account that an emulator on this machine is to work in, when there is no key for it.
  ///   - isAccountDeclared: the project's file names that account, so that a real key which happens to be
  ///     around chooses no other.
  ///   - userAgent: how requests introduce themselves.
  ///   - needsKey: false where no request will be made: then a key that is an emulator's stands in for one.
  /// - Returns: settings with a way to a key, and a region.
  /// - Throws: if there is no key, with the places that were searched; if there is no region.
  package static func resolve(
    _ shared: SharedSettings, endpoint: String?, serviceEndpoints: [String: String]? = nil, region: String?,
    account: String?, isAccountDeclared: Bool = false, userAgent: String = "stackform", needsKey: Bool = true
  ) throws(ProviderError) -> ClientSettings {
    let services = serviceEndpoints ?? (endpoint == nil ? shared.serviceEndpoints : [:])
    let everywhere = endpoint ?? shared.endpoint
    let isLoopback = everywhere.map(Self.isLoopback) == true && services.values.allSatisfy(Self.isLoopback)
    let emulator = KeySource.key(.emulator(account: account))
    let isForEmulators = shared.isForEmulators(unless: isAccountDeclared)
    // If a named profile can't be used, no other key is used in its place.
    let isEmulated = isLoopback && !isForEmulators && (!shared.isAskedFor || shared.obstacle == nil)
    guard let source = isEmulated ? emulator : shared.keySource ?? (needsKey ? nil : emulator) else {
      let reason = shared.obstacle ?? "looked at \(shared.lookedAt.joined(separator: ", "))"
      throw ProviderError(
        .unauthenticated, message: "no AWS credentials: \(reason)", operation: "credentials", neverSent: true)
    }
    guard let region = region ?? shared.region ?? (isLoopback ? "us-east-1" : nil) else {
      throw ProviderError(
        .invalid,
        message: "no AWS region: set the profile's region, AWS_REGION, or region in the shared config file",
        operation: "region", neverSent: true)
    }
    var settings = ClientSettings(
      keySource: source, region: region, endpoint: everywhere, serviceEndpoints: services,
      userAgent: userAgent)
    settings.bounds = shared.bounds
    if isLoopback, let key = shared.keySource?.key, key.isReal, source != shared.keySource {
      settings.passedOver = key.accessKeyID
    }
    return settings
  }
}

extension SharedSettings {
  /// Whether an emulator on this machine gets the key that was found. A key of a profile that the project
  /// names is used. Otherwise no role is assumed and no program is run for an emulator. It takes the key
  /// `test` for no account, and it must not get a real key that happens to be in a file: the profile's
  /// account is the better key. A real key in the environment is the emulator's own where no account is
  /// declared.
  fileprivate func isForEmulators(unless isAccountDeclared: Bool) -> Bool {
    guard let keySource else { return false }
    if isAskedFor { return true }
    guard let key = keySource.key, key.accessKeyID != "test" else { return false }
    return !key.isReal || (isKeyInEnvironment && !isAccountDeclared)
  }
}

extension Credentials {
  /// Whether the id has the form of AWS's own: `AKIA…` of a user, `ASIA…` of a session.
  fileprivate var isReal: Bool {
    (accessKeyID.hasPrefix("AKIA") || accessKeyID.hasPrefix("ASIA")) && accessKeyID.utf8.count >= 16
  }
}
