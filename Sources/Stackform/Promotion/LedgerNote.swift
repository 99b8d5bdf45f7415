import Planner
import Providers

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Writes somebody's word on a release into a profile's ledger: under the stack's lock, so that no apply's own record is lost to it, and only if
/// nobody else wrote meanwhile.
struct LedgerNote: Sendable {
  let opened: OpenedProfile
  let stack: String
  let context: CommandContext

  /// Who is recorded: `--as`, else the user.
  var author: ReleaseAuthor {
    let user = context.environment["USER"] ?? context.environment["LOGNAME"] ?? "somebody"
    return ReleaseAuthor(user: opened.command.value(.as) ?? user, host: Platform.hostName)
  }

  /// Changes the release of that number and digest as `edit` does; what it returns tells whether there was anything to write.
  /// - Throws: that the release is gone, or is another one by now.
  func edit(
    _ number: Int, digest: String, patience: Duration, _ edit: @escaping @Sendable (inout Release) -> Bool
  ) async throws {
    let store = opened.store(of: stack)
    let holder = LockHolder(
      id: UUID().uuidString.lowercased(), user: author.user, host: author.host,
      process: Int(ProcessInfo.processInfo.processIdentifier),
      command: "stackform \(opened.command.name.rawValue) \(opened.profile.name)", since: Session.now())
    let terminal = context.terminal
    try await store.locked(
      by: holder, patience: max(patience, opened.command.lockTimeout), stop: StopRequest(),
      report: { event in if case .note(let text) = event { terminal.writeError(text + "\n") } },
      { (_: @escaping LockCheck) async throws(Diagnostics) in
        guard var stored = try await opened.ledger(of: stack) else { throw gone(number) }
        let position = stored.ledger.releases.lastIndex { $0.number == number && $0.bundle == digest }
        guard let position else { throw gone(number) }
        guard edit(&stored.ledger.releases[position]) else { return }
        stored.ledger.serial += 1
        _ = try await LedgerError.told { [stored] () async throws(LedgerError) in
          try await store.save(stored.ledger, replacing: stored.revision)
        }
      })
  }

  private func gone(_ number: Int) -> Diagnostics {
    Diagnostics([
      Diagnostic(
        "The release is gone",
        "\"\(opened.profile.name)\" has no release #\(number) of \"\(stack)\" any more.",
        mend: "Look at what it runs now: stackform history --profile \(opened.profile.name)")
    ])
  }
}
