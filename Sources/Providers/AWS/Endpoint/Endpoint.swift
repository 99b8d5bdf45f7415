import Planner

/// Where a request goes: the host to connect to, and the region to sign for.
struct RequestAddress: Hashable {
  var scheme: String
  var host: String
  /// Escaped, with its leading slash.
  var path: String
  var signingRegion: String
  var isLoopback: Bool

  /// The whole URL with an escaped query.
  func url(_ query: String) -> String { "\(scheme)://\(host)\(path)\(query.isEmpty ? "" : "?\(query)")" }
}

/// Finds each request's host and path: AWS's own host of the service, or the endpoint that was configured.
///
/// Facts: "AWS service endpoints" in the general reference; "Virtual hosting of buckets" in S3's user guide.
/// A bucket name with dots has no certificate, and a custom endpoint may not resolve `bucket.host`: both use
/// path style.
struct Endpoint: Hashable {
  private let region: String
  private let partition: Partition
  private let shared: EndpointURL?
  /// By ``AWSService/environmentID``; takes precedence over `shared`.
  private let ofService: [String: EndpointURL]

  init(region: String, endpoint: String?, serviceEndpoints: [String: String] = [:]) throws(ProviderError) {
    guard !region.isEmpty,
      region.utf8.allSatisfy({ $0 == 45 || (48...57).contains($0) || (97...122).contains($0) })
    else {
      throw ProviderError(
        .invalid,
        message:
          "\"\(region)\" is not a region's name: those are lower-case letters, digits and hyphens, as eu-west-1",
        operation: "endpoint")
    }
    self.region = region
    partition = Partition(region: region)
    shared = if let endpoint { try EndpointURL(endpoint) } else { nil }
    var parsed: [String: EndpointURL] = [:]
    for (service, url) in serviceEndpoints { parsed[service] = try EndpointURL(url) }
    ofService = parsed
  }

  /// Whether the service is on this machine.
  func isLoopback(_ service: AWSService) -> Bool { configured(service)?.isLoopback ?? false }

  /// The host, the escaped path and the signing region of a request.
  func address(of request: AWSRequest) -> RequestAddress {
    let service = request.service
    let place = service.isGlobal ? partition.place(ofGlobal: service.hostPrefix) : nil
    let signingRegion = place?.region ?? region
    var segments = request.path
    if let url = configured(service) {
      return RequestAddress(
        scheme: url.scheme, host: url.authority, path: url.pathPrefix + escapedPath(segments, of: service),
        signingRegion: signingRegion, isLoopback: url.isLoopback)
    }
    var host = "\(place?.host ?? "\(service.hostPrefix).\(region)").\(partition.hostSuffix)"
    if service.holdsObjects, let bucket = segments.first, isHostLabel(bucket) {
      segments.removeFirst()
      host = "\(bucket).\(host)"
    }
    return RequestAddress(
      scheme: "https", host: host, path: escapedPath(segments, of: service), signingRegion: signingRegion,
      isLoopback: false)
  }

  private func configured(_ service: AWSService) -> EndpointURL? {
    ofService[service.environmentID] ?? shared
  }

  /// An object's key keeps its slashes, elsewhere a slash in a segment is escaped.
  private func escapedPath(_ segments: [String], of service: AWSService) -> String {
    "/" + segments.map { URLEscaping.escape($0, keepingSlashes: service.holdsObjects) }.joined(separator: "/")
  }

  private func isHostLabel(_ bucket: String) -> Bool {
    (3...63).contains(bucket.utf8.count)
      && bucket.utf8.allSatisfy { $0 == 45 || (48...57).contains($0) || (97...122).contains($0) }
      && !bucket.hasPrefix("-") && !bucket.hasSuffix("-")
  }
}
