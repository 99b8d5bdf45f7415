import Planner
import Providers

/// Which endpoint a run talks to: the command line's, else AWS's own conventions', else the profile's.
///
/// An endpoint that happens to be around never turns a profile into another kind of place: AWS itself stays
/// AWS, an emulator on this machine stays on this machine, any other host stays that host.
struct EndpointChoice {
  /// Of every service that has none of its own; nil for AWS itself.
  let endpoint: String?
  /// By ``AWSService/environmentID``.
  let services: [String: String]
  let notes: [String]

  init(profile: Profile, option: String?, shared: SharedSettings) throws(Diagnostic) {
    if let option {
      if let meant = profile.endpoint, ClientSettings.isLoopback(meant), !Self.isNear(option) {
        throw Self.leavesMachine(profile, meant: meant, origin: "--endpoint-url", url: option)
      }
      (endpoint, services, notes) = (option, [:], [])
      return
    }
    let found = shared.endpointOrigins.sorted { ($0.service ?? "") < ($1.service ?? "") }
    for configured in found { try Self.check(configured, profile) }
    let everywhere = found.first { $0.service == nil }
    endpoint = everywhere?.url ?? profile.endpoint
    services = shared.serviceEndpoints
    notes = found.compactMap { Self.note($0, profile) }
  }

  /// Only what a stackform.yaml says of another endpoint is worth a word.
  private static func note(_ configured: ConfiguredEndpoint, _ profile: Profile) -> String? {
    guard profile.span != nil, let meant = profile.endpoint, meant != configured.url else { return nil }
    let what = configured.service.map { "\($0) is asked at" } ?? "The endpoint is"
    return "\(what) \(configured.url), by \(configured.origin), instead of the profile's \(meant)."
  }

  private static func check(_ configured: ConfiguredEndpoint, _ profile: Profile) throws(Diagnostic) {
    guard let meant = profile.endpoint else {
      // A VPC endpoint of one service is AWS itself, too.
      if configured.isMeant || configured.service != nil && ClientSettings.isOfAWS(configured.url) { return }
      throw contradicts(profile, means: "means AWS itself", configured)
    }
    if ClientSettings.isLoopback(meant) {
      if isNear(configured.url) { return }
      throw leavesMachine(profile, meant: meant, origin: configured.origin, url: configured.url)
    }
    guard configured.url == meant || configured.isMeant else {
      throw contradicts(profile, means: "means \(meant)", configured)
    }
  }

  /// This machine, or what a container knows under a name without a dot: `http://localstack:4566` among
  /// services that docker-compose started. No such name exists in the public DNS.
  private static func isNear(_ url: String) -> Bool {
    if ClientSettings.isLoopback(url) { return true }
    let host = url.split(separator: "/").dropFirst().first?.prefix { $0 != ":" } ?? ""
    return !host.isEmpty && !host.contains(".") && !host.hasPrefix("[") || host == "host.docker.internal"
  }

  private static func contradicts(
    _ profile: Profile, means: String, _ configured: ConfiguredEndpoint
  ) -> Diagnostic {
    Diagnostic(
      "The endpoint contradicts the profile",
      "the profile \"\(profile.name)\" \(means), and \(configured.origin) names \(configured.url).",
      at: profile.span,
      fix: configured.service == nil
        ? "Unset \(variable(configured)), or say what you want: --endpoint-url \(configured.url), or --profile local."
        : "Unset \(variable(configured)), or say what you want: --profile local.")
  }

  private static func variable(_ configured: ConfiguredEndpoint) -> String {
    String(configured.origin.prefix { $0 != " " })
  }

  private static func leavesMachine(
    _ profile: Profile, meant: String, origin: String, url: String
  ) -> Diagnostic {
    Diagnostic(
      "A local profile does not leave this machine",
      "the profile \"\(profile.name)\" means an emulator here, \(meant), and \(origin) names \(url).",
      at: profile.span,
      fix:
        "Choose the profile of that place with --profile, or give this one its endpoint in \(Project.fileName): "
        + "profiles: { \(profile.name): { endpoint: \"\(url)\" } }.")
  }
}
