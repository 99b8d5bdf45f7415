import Planner
import Providers

/// How a command learns of the release that it is about.
struct ReleaseCommandEnvironment: Sendable {
  /// The caller's own environment: what the command gets beyond it holds no secret.
  let caller: [String: String]
  let variables: CommandEnvironment
  private let opened: DeployedStack

  /// - Parameter target: the profile that the release is to go to; nil where there is none.
  init(_ deployed: DeployedRelease, outputs: [Output], target: String?, caller: [String: String]) {
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

  /// Everything that the command finds. On an emulator without a key around it is the account's number, which is no secret; elsewhere the command
  /// has the keys that the caller has.
  var all: [String: String] {
    var all = caller.merging(variables.variables) { _, ours in ours }
    all["AWS_DEFAULT_REGION"] = opened.target.region
    all["AWS_ENDPOINT_URL"] = opened.target.endpoint
    if let name = opened.profile.awsProfile { all["AWS_PROFILE"] = name }
    let hasKey = ["AWS_ACCESS_KEY_ID", "AWS_PROFILE"].contains { !(all[$0] ?? "").isEmpty }
    if opened.place.settings.isLoopback, !hasKey, let account = opened.target.account {
      all["AWS_ACCESS_KEY_ID"] = account
      all["AWS_SECRET_ACCESS_KEY"] = "test"
    }
    return all
  }
}
