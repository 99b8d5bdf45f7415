/// What a client needs to know: who calls, from which region, at which endpoint.
package struct ClientSettings: Sendable {
  package var credentials: Credentials
  package var region: String
  /// The endpoint of every service that has none of its own; nil for AWS itself.
  package var endpoint: String?
  /// By ``AWSService/environmentID``.
  package var serviceEndpoints: [String: String]
  package var userAgent: String

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
