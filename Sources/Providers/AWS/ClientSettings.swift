package import Planner

/// What a client needs to know: who calls, from which region, at which endpoint.
package struct ClientSettings: Sendable {
  package var credentials: Credentials
  package var region: String
  /// The endpoint of every service that has none of its own; nil for AWS itself.
  package var endpoint: String?
  /// By ``AWSService/environmentID``.
  package var serviceEndpoints: [String: String]
  package var userAgent: String
  package var bounds = RequestBounds()

  package init(
    credentials: Credentials, region: String, endpoint: String? = nil,
    serviceEndpoints: [String: String] = [:], userAgent: String = "stackform"
  ) {
    self.credentials = credentials
    self.region = region
    self.endpoint = endpoint
    self.serviceEndpoints = serviceEndpoints
    self.userAgent = userAgent
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
  /// - Returns: settings with a key and a region.
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
    guard let credentials = shared.credentials ?? (isLoopback ? .emulator(account: account) : nil) else {
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
      credentials: credentials, region: region, endpoint: everywhere, serviceEndpoints: services,
      userAgent: userAgent)
    settings.bounds = shared.bounds
    return settings
  }
}
