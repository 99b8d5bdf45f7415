import Planner
import Providers

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// One rebuild or repair, under the stack's lock.
struct LedgerRecovery: Sendable {
  let session: Session
  let store: S3LedgerStore
  let context: CommandContext
  let isRepair: Bool
  let isInterrupted: @Sendable () -> Bool

  private var command: ParsedCommand { session.command }

  /// Shows the ledger that it would write, asks, and writes it under the lock that the caller holds.
  func run(isLockHeld: LockCheck) async throws(Diagnostics) -> ExitCode {
    let raw = try await Self.ledger { () async throws(LedgerError) in try await store.raw() }
    if let refusal = refusal(raw) { throw Diagnostics([refusal]) }
    if isRepair, raw?.problem == nil {
      show("Nothing to repair: \(store.place) can be read.\n")
      if command.isJSON { context.terminal.write(json(nil, aside: nil).prettyJSON) }
      return .success
    }
    let salvage = raw.map {
      LedgerSalvage($0.body, stack: session.stack.name, newSalt: UUID().uuidString)
    }
    let base = salvage?.ledger ?? Ledger(stack: session.stack.name, salt: UUID().uuidString)
    let owned = try await ownedResources()
    let rebuild = try await session.pipeline.rebuilt(session.stack, from: base, owned: owned)
    show(
      LedgerRenderer(style: context.terminal.style).render(rebuild, salvage: salvage, problem: raw?.problem))
    switch try ask() {
    case .approved: break
    case .declined:
      show(question.cancellation + "\n")
      return .failure
    case .interrupted: return .interrupted
    }
    guard await isLockHeld() else { throw Diagnostics([LedgerError.lockLost.diagnostic]) }
    try await write(rebuild, over: raw)
    return .success
  }

  /// Why there is nothing to do here, or nothing that may be done.
  private func refusal(_ raw: RawLedger?) -> Diagnostic? {
    guard let raw else {
      return isRepair
        ? Diagnostic(
          "There is no ledger", "\(store.place) is not there, so there is nothing to repair.",
          fix: "`stackform ledger rebuild` makes one from the resources with the stack's owner tags.") : nil
    }
    switch raw.problem {
    case .newer where isRepair && !command.flag(.force): return raw.problem?.diagnostic
    case _ where isRepair: return nil
    case let problem?: return problem.diagnostic
    case nil:
      return Diagnostic(
        "The ledger is there", "\(store.place) can be read: nothing is lost that could be rebuilt.",
        fix:
          "`stackform ledger show` shows what it holds; `stackform plan` compares it with the live resources."
      )
    }
  }

  private func ownedResources() async throws(Diagnostics) -> [TaggedResource] {
    let found = await ActivityLine(
      terminal: context.terminal, text: "Looking for resources with the stack's tags"
    )
    .showing {
      await TaggedResources(client: ReadingClient(target: session.target, sender: session.client))
        .of(stack: session.stack.name)
    }
    // What can't be listed may hold something of ours: that is worth a warning, and no reason to give up what was found.
    let terminal = context.terminal
    let renderer = DiagnosticRenderer(style: terminal.errorStyle, width: terminal.textWidth)
    for (section, error) in found.failures.sorted(by: { $0.key < $1.key }) {
      let note = "Resources of `\(section)` that the file no longer has are not found."
      terminal.writeError(
        renderer.render(Diagnostic(error, .warning, title: "A section can't be searched", notes: [note])))
    }
    return found.resources
  }

  private var question: Prompt.Question {
    Prompt.Question(
      title: isRepair ? "Do you want to write the ledger again?" : "Do you want to write this ledger?",
      lines: [
        isRepair
          ? "The damaged one is kept next to it. No resource is touched."
          : "No resource is touched."
      ], verb: "approve", cancellation: isRepair ? "Repair cancelled." : "Rebuild cancelled.")
  }

  private func ask() throws(Diagnostics) -> Prompt.Answer {
    do throws(Diagnostic) {
      return try Approval(target: session.target, question: question)
        .ask(command, on: context.terminal, unless: isInterrupted)
    } catch { throw Diagnostics([error]) }
  }

  /// The damaged object is kept first: a run that is killed in between has lost nothing.
  private func write(_ rebuild: LedgerRebuild, over raw: RawLedger?) async throws(Diagnostics) {
    var ledger = rebuild.ledger
    ledger.serial += 1
    var aside: String?
    if let raw {
      aside = try await Self.ledger { () async throws(LedgerError) in
        try await store.keepAside(raw, time: Date.now.formatted(.iso8601))
      }
      show("Kept the damaged ledger as \(aside ?? "").\n")
    }
    _ = try await Self.ledger { [ledger] () async throws(LedgerError) in
      try await store.save(ledger, replacing: raw?.revision)
    }
    show(
      "Wrote \(store.place): \(ledger.records.count) resources. `stackform plan` shows whether anything differs.\n"
    )
    if command.isJSON { context.terminal.write(json(rebuild, aside: aside).prettyJSON) }
  }

  /// For people; machines get one document at the end.
  private func show(_ text: String) { if !command.isJSON { context.terminal.write(text) } }

  private func json(_ rebuild: LedgerRebuild?, aside: String?) -> Value {
    let entries = rebuild?.entries.sorted { $0.address < $1.address } ?? []
    return [
      "target": session.target.jsonValue, "stack": .string(session.stack.name),
      "ledger": .string(store.place),
      "written": .boolean(rebuild != nil), "kept_aside": aside.map(Value.string) ?? .null,
      "resources": .list(
        entries.map {
          [
            "address": .string($0.address.description), "type": .string($0.section),
            "identity": .string($0.identity), "from": .string($0.origin.rawValue),
          ]
        }),
      "left_out": .list((rebuild?.unclaimed ?? []).map { .string($0.address.description) }),
      "not_there": .list((rebuild?.missing ?? []).map { .string($0.description) }),
    ]
  }

  /// Runs `work`; its errors become diagnostics.
  static func ledger<Result>(
    _ work: () async throws(LedgerError) -> Result
  ) async throws(Diagnostics) -> Result {
    do throws(LedgerError) { return try await work() } catch { throw Diagnostics([error.diagnostic]) }
  }
}
