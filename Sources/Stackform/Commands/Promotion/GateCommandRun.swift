import Planner
import Providers

/// How a command learns of the release that it is about.
struct ReleaseCommandEnvironment: Sendable {
  /// The caller's own environment: what the command gets beyond it holds no secret.
  let caller: [String: String]
  let variables: CommandEnvironment
  private let opened: OpenedStack

  /// `target` is the profile to promote to; nil for a test.
  init(_ deployed: LoadedRelease, outputs: [Output], target: String?, caller: [String: String]) {
    self.caller = caller
    opened = deployed.opened
    let place = deployed.opened.target
    var facts: [CommandTemplate.Fact: String] = [
      .releaseNumber: String(deployed.release.number), .releaseDigest: deployed.release.bundle,
      .profileName: place.profile, .profileRegion: place.region,
    ]
    facts[.profileAccount] = place.account
    facts[.profileEndpoint] = place.endpoint
    facts[.targetName] = target
    variables = CommandEnvironment(outputs: outputs, facts: facts)
  }

  /// Everything that the command finds. On an emulator the account's number is the key; the command gets it,
  /// for it is not a secret. Elsewhere the command has the caller's own keys, and not those of a role that
  /// the profile assumes.
  var all: [String: String] {
    var all = caller.merging(variables.variables) { _, ours in ours }
    all["AWS_DEFAULT_REGION"] = opened.target.region
    all["AWS_ENDPOINT_URL"] = opened.target.endpoint
    if let name = opened.profile.awsProfile { all["AWS_PROFILE"] = name }
    let settings = opened.place.settings
    if settings.isLoopback, let key = settings.keySource.key,
      [opened.target.account, "test"].contains(key.accessKeyID)
    {
      all["AWS_ACCESS_KEY_ID"] = key.accessKeyID
      all["AWS_SECRET_ACCESS_KEY"] = "test"
      all["AWS_SESSION_TOKEN"] = nil
    }
    return all
  }
}
