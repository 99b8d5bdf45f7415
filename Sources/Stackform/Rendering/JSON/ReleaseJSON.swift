import Planner

/// Releases for machines.
enum ReleaseJSON {
  /// What `history --json` writes.
  static func history(_ ledger: Ledger?, target: Target, stack: String) -> Value {
    var value = place(target, stack: stack)
    value["current"] = ledger?.currentRelease.map(Value.integer) ?? .null
    value["hold"] = hold(ledger?.hold)
    value["releases"] = .list((ledger?.releases ?? []).reversed().map(release))
    return .map(value)
  }

  /// What `show --release N --json` writes; `files` is nil when the bundle is not at hand.
  static func page(_ release: Release, in ledger: Ledger, target: Target, bundle: ReleaseBundle?) -> Value {
    var value = place(target, stack: ledger.stack)
    value["release"] = Self.release(release)
    value["is_current"] = .boolean(ledger.currentRelease == release.number)
    value["files"] =
      bundle.map { bundle in
        .list(
          bundle.files.sorted { $0.key < $1.key }.map { path, bytes in
            [
              "path": .string(path), "size": .integer(bytes.count),
              "executable": .boolean(bundle.executables.contains(path)),
            ]
          })
      } ?? .null
    return .map(value)
  }

  /// The members that name the stack and its target.
  static func place(_ target: Target, stack: String) -> [String: Value] {
    [
      "format_version": "1.0", "stack": .string(stack), "profile": .string(target.profile),
      "account": target.account.map(Value.string) ?? .null, "region": .string(target.region),
      "endpoint": target.endpoint.map(Value.string) ?? .null,
    ]
  }

  static func release(_ release: Release) -> Value {
    [
      "number": .integer(release.number), "bundle": .string(release.bundle),
      "stack_file": .string(release.stackFile), "artifacts": .map(release.artifacts.mapValues(Value.string)),
      "variables": .map(release.variables.mapValues(variable)), "author": author(release.author),
      "time": .string(release.time), "seconds": .number(release.seconds),
      "commit": release.commit.map(Value.string) ?? .null,
      "counts": counts(release.counts),
      "origin": origin(release.origin), "is_partial": .boolean(release.isPartial),
      "verifications": .list(release.verifications.map(endorsement)),
      "approvals": .list(release.approvals.map(endorsement)),
      "gates": .list((release.gates ?? []).map(gate)),
    ]
  }

  private static func gate(_ record: GateRecord) -> Value {
    [
      "gate": .string(record.gate), "detail": .string(record.detail), "seconds": .number(record.seconds),
      "output": record.output.map(Value.string) ?? .null,
    ]
  }

  private static func variable(_ variable: ReleaseVariable) -> Value {
    [
      "value": variable.value ?? .null, "secret": .boolean(variable.isSecret),
      "origin": .string(variable.origin.rawValue),
    ]
  }

  /// What an apply did, in numbers.
  static func counts(_ counts: ReleaseCounts) -> Value {
    [
      "added": .integer(counts.added), "changed": .integer(counts.changed),
      "destroyed": .integer(counts.destroyed), "adopted": .integer(counts.adopted),
    ]
  }

  /// User and host.
  static func author(_ author: ReleaseAuthor) -> Value {
    ["user": .string(author.user), "host": .string(author.host)]
  }

  private static func endorsement(_ endorsement: Endorsement) -> Value {
    [
      "author": author(endorsement.author), "time": .string(endorsement.time),
      "profile": .string(endorsement.profile), "note": endorsement.note.map(Value.string) ?? .null,
    ]
  }

  private static func origin(_ origin: ReleaseOrigin) -> Value {
    switch origin {
    case .apply: ["kind": "apply"]
    case .promote(let from):
      [
        "kind": "promote", "profile": .string(from.profile), "region": .string(from.region),
        "account": from.account.map(Value.string) ?? .null, "release": .integer(from.release),
      ]
    case .rollback(let number): ["kind": "rollback", "to": .integer(number)]
    case .undo(let run, let number):
      ["kind": "undo", "run": .string(run), "to": number.map(Value.integer) ?? .null]
    case .repair: ["kind": "repair"]
    }
  }

  /// The hold; null for none.
  static func hold(_ hold: Hold?) -> Value {
    guard let hold else { return .null }
    return [
      "author": author(hold.author), "time": .string(hold.time),
      "reason": hold.reason.map(Value.string) ?? .null,
      "rolled_back_from": hold.rolledBackFrom.map(Value.integer) ?? .null,
    ]
  }
}
