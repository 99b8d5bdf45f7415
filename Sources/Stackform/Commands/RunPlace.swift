import Planner
import Providers

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Where a run goes, before anybody was asked: profile, endpoint, region, credentials.
struct RunPlace: Sendable {
  let profile: Profile
  let settings: ClientSettings
  /// How many releases of a stack are kept.
  let retention: Retention
  private let certificateBundle: String?

  var variables: [String: Value] { profile.variables }
  /// No file declares the profile: it is the local one that is always there.
  private var isBuiltIn: Bool { profile.span == nil }

  init(_ command: ParsedCommand, stackPath: String, environment: [String: String]) throws {
    let folder = FilePath.directory(of: stackPath)
    let project = try Project.find(from: folder, files: .disk)
    retention = project.retention
    profile = try project.profile(
      named: command.profile ?? environment["STACKFORM_PROFILE"] ?? Profile.local.name)
    try command.checkConfirmation(of: profile.name)
    let shared = try SharedSettings(environment: environment, profileName: profile.awsProfile) { path in
      FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    }
    let endpoint = try Self.endpoint(command, profile: profile, configured: shared.endpoint)
    var settings = try ClientSettings.resolve(
      shared, endpoint: endpoint, region: command.region ?? profile.region, account: profile.account,
      userAgent: "stackform/\(Version.current)")
    try settings.bounds.takeTimes(environment)
    if let role = profile.assumeRole {
      settings.keySource = .role(AssumedRole(arn: role), by: settings.keySource)
    }
    self.settings = settings
    certificateBundle = shared.certificateBundle
  }

  /// The command line's, else the environment's, else the profile's. A profile without an endpoint means AWS itself, and a stray
  /// AWS_ENDPOINT_URL does not turn it into something else unseen.
  private static func endpoint(
    _ command: ParsedCommand, profile: Profile, configured: String?
  ) throws(Diagnostic) -> String? {
    if let endpoint = command.endpoint { return endpoint }
    guard let configured else { return profile.endpoint }
    guard profile.endpoint == nil else { return configured }
    throw Diagnostic(
      "The endpoint contradicts the profile",
      "the profile \"\(profile.name)\" means AWS itself, and the environment or the AWS config names the endpoint \(configured).",
      mend: "Unset AWS_ENDPOINT_URL, or say what you want: --endpoint-url \(configured), or --profile local.")
  }

  /// The client for there; what an endpoint says is redacted before anything else is done to it.
  func client(_ context: CommandContext) throws -> AWSClient {
    var limits = CurlLimits(settings.bounds)
    limits.certificateBundle = certificateBundle
    return try AWSClient(
      settings: settings, transport: CurlTransport(limits: limits), trace: context.trace,
      redact: { [redaction = context.redaction] in redaction($0) }, runner: Platform.output)
  }

  /// The same place when nobody is asked. The account may be another one, so no ARN of it is to be shown.
  var offlineTarget: Target { target(account: profile.account ?? "000000000000") }

  /// Asks who is calling, and checks that it is the profile's account before anything else is asked.
  func target(_ client: AWSClient) async throws -> Target {
    let identity = try await client.callerIdentity()
    if let pinned = profile.account, !isBuiltIn, pinned != identity.account {
      throw Diagnostic(
        "Wrong account",
        "the profile \"\(profile.name)\" is for account \(pinned), and the credentials are of account \(identity.account) (\(identity.arn)).",
        mend: "Use credentials of account \(pinned), or another profile.")
    }
    return target(account: identity.account, caller: identity.arn)
  }

  private func target(account: String, caller: String? = nil) -> Target {
    Target(
      profile: profile.name, account: account, region: settings.region,
      partition: Partition(region: settings.region).name, endpoint: settings.endpoint,
      isDisposable: profile.isDisposable && (settings.isLoopback || !isBuiltIn),
      namePrefix: profile.namePrefix, isProtected: profile.isProtected, caller: caller)
  }
}
