package import Planner

extension Target {
  /// AWS itself, a private endpoint of it included, and no emulator or other implementation.
  package var isAWS: Bool { endpoint.map(EndpointURL.isAWS) ?? true }

  /// The URL of what stands in for AWS, without a trailing slash: addresses of buckets, queues and APIs are at it.
  /// nil for AWS, whose addresses are its own whichever way it is reached.
  package var substitute: String? { isAWS ? nil : endpoint }

  /// On this machine.
  package var isLoopback: Bool { endpoint.map(EndpointURL.isLoopback(url:)) ?? false }
}
