import Planner
import Providers

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A deployed stack, by its name: its ledger and its releases can be read without a valid stack file.
struct OpenedStack: Sendable {
  let name: String
  let place: RunPlace
  let target: Target
  let client: AWSClient
  var command: ParsedCommand

  /// The stack that the command means: by `--stack`, or by the name that a stack file has.
  static func open(_ command: ParsedCommand, _ context: CommandContext) async throws -> OpenedStack {
    let (name, path) = try identify(command)
    let place = try RunPlace(command, stackPath: path, environment: context.environment)
    place.showNotes(command, context)
    let client = try place.client(context)
    return OpenedStack(
      name: name, place: place, target: try await place.target(client), client: client, command: command)
  }

  private static func identify(_ command: ParsedCommand) throws -> (name: String, path: String) {
    let argument = command.stackPath
    if let name = command.value(.stack) {
      let isFolder = FileReader.disk.entry(argument) == .folder
      return (name, isFolder ? FilePath.joined(argument, StackFile.defaultName) : argument)
    }
    let path = try StackFile.path(for: argument, files: .disk)
    do throws(Diagnostics) {
      return (try StackFile.declaration(path, files: .disk).name, path)
    } catch {
      throw Diagnostics(
        error.items + [
          Diagnostic(
            .warning, "Only the name was wanted", "The releases can be had without the file.",
            fix: "--stack NAME says which stack is meant.")
        ])
    }
  }

  private var ledgers: LedgerPlace {
    LedgerPlace(sender: client, in: target, isRunning: Platform.isRunning)
  }

  var store: S3LedgerStore { ledgers.store(of: name) }

  /// nil when it was never applied here.
  func ledger() async throws(Diagnostics) -> Ledger? {
    do throws(LedgerError) { return try await store.load()?.ledger } catch {
      throw Diagnostics([error.diagnostic])
    }
  }

  /// The ledger of a stack that must be here.
  ///
  /// - Throws: for one that isn't, with the stack of a like name.
  func existingLedger() async throws -> Ledger {
    if let ledger = try await ledger() { return ledger }
    throw Diagnostic.noSuchStack(name, in: target, among: (try? await ledgers.names()) ?? [])
  }

  /// A session for no more than what the ledger knows: no file says what is wanted.
  var bareSession: Session {
    Session(Stack(name: name, target: target), target: target, client: client, command: command)
  }

  /// The files of a release.
  func bundle(of release: Release) async throws(Diagnostics) -> ReleaseBundle {
    do throws(LedgerError) { return try await store.bundle(release.bundle) } catch {
      throw Diagnostics([error.diagnostic])
    }
  }

  /// The stack as a release has it, resolved for here: nothing is read from the working tree but `stackform.yaml`.
  func session(
    _ release: Release, _ bundle: ReleaseBundle, variables: (StackDeclaration) throws -> [String: GivenValue],
    _ context: CommandContext
  ) throws -> Session {
    let source = try StackSource.release(release, bundle, of: name)
    return try Session(
      source, variables: try variables(source.declaration), target: target, client: client, command: command,
      retention: place.retention, context)
  }
}

extension Ledger {
  /// The release of that number, if a command names it.
  func release(named number: Int) throws(Diagnostic) -> Release {
    if let release = release(number) { return release }
    let range = releases.first.map { first in
      "It has #\(first.number) to #\(releases.last?.number ?? first.number)."
    }
    throw Diagnostic(
      "No such release", "The stack \"\(stack)\" has no release #\(number) here.",
      fix: range.map { "\($0) `stackform history` lists them." } ?? "Nothing was released here yet.")
  }
}

extension Diagnostic {
  /// There is no ledger of that name; `names` are those that are there.
  static func noSuchStack(_ name: String, in target: Target, among names: [String]) -> Diagnostic {
    Diagnostic(
      "No such stack",
      "There is no stack \"\(TerminalText.printable(name))\" in \(target.place): "
        + "nothing was applied under that name, or it was destroyed.",
      fix: suggestion(for: name, among: names).map { "Did you mean \"\($0)\"?" }
        ?? "`stackform stacks` lists those that are there. --profile and --region say where to look.")
  }
}

extension OpenedStack {
  /// Changes the ledger's parts that are not about resources, under the stack's lock.
  func revising(
    _ context: CommandContext, _ change: @escaping @Sendable (inout Ledger) throws(Diagnostic) -> Void
  ) async throws(Diagnostics) {
    let holder = Session.lockHolder(of: command)
    try await store.locked(
      by: holder, patience: command.lockTimeout, stop: StopRequest(),
      report: { event in
        if case .note(let text) = event { context.terminal.writeError(text + "\n") }
      }
    ) { [store] isHeld async throws(Diagnostics) in
      _ = try await store.revise(isLockHeld: isHeld, change)
    }
  }
}
