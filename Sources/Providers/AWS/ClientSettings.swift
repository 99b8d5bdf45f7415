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
  package var isLoopback: Bool { endpoint.map(EndpointURL.isLoopback(url:)) ?? false }

  /// Where the profile of a run and AWS's own conventions meet.
  ///
  /// - Parameters:
  ///   - shared: what the environment and the shared files say.
  ///   - endpoint: the run's own endpoint: replaces every one that is configured elsewhere.
  ///   - region: the run's own region: goes before a configured one.
  ///   - account: the account that an emulator on this machine is to work in, when there is no key.
  ///   - userAgent: how requests introduce themselves.
  /// - Returns: settings with a way to a key, and a region.
  /// - Throws: that there is no key, telling where one was looked for; that there is no region.
  package static func resolve(
    _ shared: SharedSettings, endpoint: String?, region: String?, account: String?,
    userAgent: String = "stackform"
  ) throws(ProviderError) -> ClientSettings {
    let services = endpoint == nil ? shared.serviceEndpoints : [:]
    let everywhere = endpoint ?? shared.endpoint
    let isLoopback =
      everywhere.map(EndpointURL.isLoopback(url:)) == true
      && services.values.allSatisfy(EndpointURL.isLoopback(url:))
    guard let source = isLoopback ? emulatorSource(shared, account) : shared.keySource else {
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
    return settings
  }

  /// An emulator on this machine is not worth a role or a program that happen to be around, and takes the key `test` for no account: the
  /// profile's account, where there is one, is the better key.
  private static func emulatorSource(_ shared: SharedSettings, _ account: String?) -> KeySource {
    let emulator = KeySource.key(.emulator(account: account))
    guard let source = shared.keySource else { return emulator }
    if shared.isAskedFor { return source }
    return source.key.map { $0.accessKeyID == "test" } ?? true ? emulator : source
  }
}
