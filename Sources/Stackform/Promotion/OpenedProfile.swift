import Planner
import Providers

/// A profile with whoever is called there: account, region and endpoint are known and checked.
struct OpenedProfile: Sendable {
  let profile: Profile
  let place: RunPlace
  let client: AWSClient
  let target: Target
  let command: ParsedCommand

  /// Asks who is calling; what guards the profile speaks up before anything else is asked.
  static func open(
    _ profile: Profile, of route: PromotionRoute, _ command: ParsedCommand, isTarget: Bool,
    _ context: CommandContext
  ) async throws -> OpenedProfile {
    var own = command
    own.values[.profile] = [profile.name]
    // What is confirmed is a target, of a chain one of them; nothing is changed at the source.
    if !isTarget || command.flag(.chain) && command.confirmation != profile.name {
      own.values[.confirm] = nil
    }
    let place = try RunPlace(own, stackPath: route.path, environment: context.environment)
    let client = try place.client(context)
    let target = try await place.target(client)
    return OpenedProfile(profile: profile, place: place, client: client, target: target, command: own)
  }

  /// Where a stack's ledger, lock and releases are kept there.
  func store(of stack: String) -> S3LedgerStore {
    S3LedgerStore(
      sender: client, account: target.account ?? "", region: target.region, stack: stack,
      isRunning: Platform.isRunning)
  }

  func ledger(of stack: String) async throws(Diagnostics) -> StoredLedger? {
    let store = store(of: stack)
    return try await LedgerError.told { () async throws(LedgerError) in try await store.load() }
  }
}

extension LedgerError {
  /// Runs `work`, whose failures are told as diagnostics.
  static func told<Result>(
    _ work: () async throws(LedgerError) -> Result
  ) async throws(Diagnostics) -> Result {
    do throws(LedgerError) { return try await work() } catch { throw Diagnostics([error.diagnostic]) }
  }
}
