import Planner
import Providers

/// Where a run goes, before any request: profile, endpoint, region, credentials.
struct RunPlace: Sendable {
  let profile: Profile
  let settings: ClientSettings
  /// How many releases of a stack are kept.
  let retention: Retention
  private let certificateBundle: String?
  /// Looks for the key once more, where it was found.
  private let reload: @Sendable () -> KeySource?

  /// The profile's values of variables, its files' included.
  let variables: [String: Value]
  /// What is likely to be wrong with the place.
  let warnings: Diagnostics
  /// The project's file, and the files of variables of all its profiles: they are never packed with a lambda's code.
  let companions: Set<String>
  /// What is worth knowing about how the place was found.
  let notes: [String]
  /// No file declares the profile: it is the built-in local one.
  private var isBuiltIn: Bool { profile.span == nil }

  /// Finds the place of a command. With `asksNobody` no request will be made: so no key is needed, and none of the
  /// mistakes in how to get one matters.
  ///
  /// - Throws: for a project that is malformed, or another user's; for settings that contradict one another; for a
  ///   key that can't be found.
  init(
    _ command: ParsedCommand, stackPath: String, environment: [String: String], asksNobody: Bool = false
  ) throws {
    let folder = FilePath.directory(of: stackPath)
    let project = try Project.find(from: folder, files: .disk)
    try ProjectTrust().check(project, environment: environment)
    retention = project.retention
    profile = try project.profile(
      named: command.profile ?? environment["STACKFORM_PROFILE"] ?? Profile.local.name)
    try command.checkConfirmation(of: profile.name)
    let shared = try Self.shared(environment, profile, asksNobody: asksNobody)
    variables = try ProfileVariables(
      profile: profile, projectFolder: project.folder, stackFolder: folder, files: .disk
    ).values()
    companions = project.companions(ofStackIn: folder)
    let choice = try EndpointChoice(profile: profile, option: command.endpoint, shared: shared)
    let region = command.region ?? profile.region
    try Self.regionWarnings(region, choice.endpoint, profile).throwIfErrors()
    var settings = try ClientSettings.resolve(
      shared, endpoint: choice.endpoint, serviceEndpoints: choice.services,
      region: region, account: profile.account,
      isAccountDeclared: profile.isAccountDeclared, userAgent: "stackform/\(Version.current)",
      needsKey: !asksNobody)
    try settings.bounds.takeTimes(environment)
    if let role = profile.assumeRole {
      settings.keySource = .role(AssumedRole(arn: role), by: settings.keySource)
    }
    self.settings = settings
    warnings = Self.regionWarnings(settings.region, settings.endpoint, profile)
    try warnings.throwIfErrors()
    reload = { [found = shared.keySource, used = settings.keySource, profile] in
      guard let now = try? Self.shared(environment, profile, asksNobody: false).keySource else { return nil }
      if used == found { return now }
      guard case .role(let role, let origin) = used, origin == found else { return nil }
      return .role(role, by: now)
    }
    notes = choice.notes + Self.notes(of: settings)
    certificateBundle = shared.certificateBundle
  }

  private static func regionWarnings(_ region: String?, _ endpoint: String?, _ profile: Profile)
    -> Diagnostics
  {
    let problem = region.flatMap { Region.problem($0, hasEndpoint: endpoint != nil, at: profile.span) }
    return Diagnostics([problem].compactMap(\.self))
  }

  private static func shared(
    _ environment: [String: String], _ profile: Profile, asksNobody: Bool
  ) throws(ProviderError) -> SharedSettings {
    do throws(ProviderError) {
      return try SharedSettings(environment: environment, profileName: profile.awsProfile) { path in
        guard FileReader.disk.entry(path) == .file else { return nil }
        return String(decoding: try DiskFile.bytes(of: path, atMost: largestSettings), as: UTF8.self)
      }
    } catch {
      guard asksNobody else { throw error }
      let rest = environment.filter { name, _ in !credentialVariables.contains(name) }
      return try SharedSettings(environment: rest) { _ in nil }
    }
  }

  /// The largest of AWS's shared files that is read: a thousand profiles take a tenth of it.
  private static let largestSettings = 1 << 20
  private static let credentialVariables: Set = [
    "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE", "AWS_DEFAULT_PROFILE",
    "AWS_MAX_ATTEMPTS",
  ]

  private static func notes(of settings: ClientSettings) -> [String] {
    settings.passedOver.map { key in
      [
        "The access key \(key) is a real one and is not used for an emulator: the account of the profile is. "
          + "If it is the emulator's own, name it in the profile: awsProfile."
      ]
    } ?? []
  }

  /// Writes notes to standard error, next to the command's output.
  func showNotes(_ command: ParsedCommand, _ context: CommandContext) {
    guard !command.isJSON else { return }
    for note in notes { context.showOnce(note) }
  }

  /// The client for there; what an endpoint says is redacted before anything else is done to it.
  func client(_ context: CommandContext) throws -> AWSClient {
    var limits = CurlLimits(settings.bounds)
    limits.certificateBundle = certificateBundle
    return try AWSClient(
      settings: settings, transport: CurlTransport(limits: limits), trace: context.trace,
      redact: { [redaction = context.redaction] in redaction($0) }, runner: Platform.output,
      reload: reload)
  }

  /// The same place without any request. The account may be another one, so no ARN of it is to be shown.
  var offlineTarget: Target { target(account: profile.account ?? "000000000000") }

  /// Asks who is calling, and checks that it is the profile's account before anything else is asked.
  func target(_ client: AWSClient) async throws -> Target {
    let (identity, software) = try await client.identify(endpoint: settings.endpoint)
    if let pinned = profile.account, profile.isAccountDeclared, pinned != identity.account {
      throw Diagnostic(
        "Wrong account",
        "the profile \"\(profile.name)\" is for account \(pinned), and the credentials are of account \(identity.account) (\(identity.arn)).",
        fix: "Use credentials of account \(pinned), or another profile.")
    }
    await client.keep(to: identity.account)
    return target(account: identity.account, caller: identity.arn, software: software)
  }

  private func target(
    account: String, caller: String? = nil, software: EndpointSoftware? = nil
  ) -> Target {
    Target(
      profile: profile.name, account: account, region: settings.region,
      partition: Partition(region: settings.region).name, endpoint: settings.endpoint,
      isDisposable: profile.isDisposable && (settings.isLoopback || !isBuiltIn),
      namePrefix: profile.namePrefix, isProtected: profile.isProtected, caller: caller,
      software: software?.rawValue)
  }
}
