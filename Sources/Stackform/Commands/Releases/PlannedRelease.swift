import Planner
import Providers

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// What a saved plan holds for the release that its apply is recorded as: the files with it, and no secret.
struct PlannedRelease: Codable {
  private struct Variable: Codable {
    /// nil for a secret: a file holds none.
    var value: Value?
    /// Of a secret, where the plan holds one.
    var fingerprint: String?
    var origin: ReleaseVariable.Origin
  }

  private var digest: String
  /// Base64.
  private var archive: Data
  private var stackFile: String
  private var artifacts: [String: String]
  private var variables: [String: Variable]
  private var commit: String?
  /// The plan was limited to a part of the stack.
  let isPartial: Bool

  /// With a `fingerprint`, those of the secrets are kept, so that it can be told whether the same are given again.
  init(_ draft: ReleaseDraft, fingerprint: Fingerprinter? = nil) {
    digest = draft.bundle.digest
    archive = Data(draft.bundle.archive)
    stackFile = draft.stackFile
    artifacts = draft.artifacts
    variables = draft.variables.mapValues {
      Variable(
        value: $0.isSecret ? nil : $0.value, fingerprint: $0.isSecret ? fingerprint?($0.value) : nil,
        origin: $0.origin)
    }
    commit = draft.commit
    isPartial = draft.isPartial
  }

  /// The draft again, for the run that applies it. A secret that no resource uses is known by nothing but its
  /// absence.
  func draft(by author: ReleaseAuthor, now: @escaping @Sendable () -> String) -> ReleaseDraft {
    var draft = ReleaseDraft(
      bundle: SealedBundle(digest: digest, archive: Array(archive)), stackFile: stackFile,
      artifacts: artifacts,
      variables: variables.mapValues {
        ReleaseDraft.Variable($0.value ?? .null, isSecret: $0.value == nil, origin: $0.origin)
      }, author: author, commit: commit, now: now)
    draft.isPartial = isPartial
    return draft
  }

  /// The files as a stack's.
  ///
  /// - Throws: for files that are not those that the plan was saved with.
  func source() throws -> StackSource {
    guard isWhole, let bundle = try? ReleaseBundle(archive: Array(archive)) else {
      throw Diagnostic.damagedPlanFiles
    }
    return try StackSource.kept(bundle, stackFile: stackFile, commit: commit)
  }

  /// The values of the plan; its secrets as they are given now.
  ///
  /// - Throws: for a secret that was not given.
  func values(
    for declaration: StackDeclaration, _ command: ParsedCommand, profile: [String: Value],
    environment: [String: String]
  ) throws -> [String: GivenValue] {
    let now = try StackVariables.values(
      for: command, declaration: declaration, profile: profile, environment: environment, files: .disk)
    var values: [String: GivenValue] = [:]
    var missing: [Diagnostic] = []
    for (name, variable) in variables.sorted(by: { $0.key < $1.key }) {
      if let value = variable.value {
        values[name] = GivenValue(value, variable.origin)
      } else if let value = now[name] {
        values[name] = value
      } else if variable.origin != .default {
        missing.append(.secretIsMissing(name))
      }
    }
    guard missing.isEmpty else { throw Diagnostics(missing) }
    return values
  }

  /// Demands that the secrets are those of the plan.
  func checkSecrets(_ values: [String: ReleaseDraft.Variable], _ fingerprint: Fingerprinter)
    throws(Diagnostics)
  {
    let others = variables.keys.sorted().filter { name in
      guard let former = variables[name]?.fingerprint, let value = values[name]?.value else { return false }
      return former != fingerprint(value)
    }
    guard !others.isEmpty else { return }
    throw Diagnostics(others.map(Diagnostic.secretIsAnother))
  }

  /// Whether the files are those that the plan was saved with.
  var isWhole: Bool {
    (try? ReleaseBundle(archive: Array(archive)))?.sealed.digest == digest
  }
}

extension PlanFile {
  /// What an apply of the file is recorded as.
  ///
  /// `now` is asked for its time, ISO 8601, when it is recorded.
  func draft(
    _ retention: Retention, usesLock: Bool, now: @escaping @Sendable () -> String
  ) throws(Diagnostic) -> ReleaseDraft? {
    guard let release else { return nil }
    guard release.isWhole else {
      throw Diagnostic.damagedPlanFiles
    }
    var draft = release.draft(by: Session.author, now: now)
    draft.retention = retention
    draft.dropsOldFiles = usesLock
    return draft
  }
}

extension Diagnostic {
  fileprivate static let damagedPlanFiles = Diagnostic(
    "Unreadable plan file", "The files that the plan was made of are damaged in it.",
    fix: "Make the plan again, and look at it.")

  fileprivate static func secretIsMissing(_ name: String) -> Diagnostic {
    Diagnostic(
      "A secret must be given again",
      "variables.\(name) had a value in the plan, and no plan file keeps a secret.",
      fix: "Give it: STACKFORM_VAR_\(name)=… in the environment, or --var-file FILE.")
  }

  fileprivate static func secretIsAnother(_ name: String) -> Diagnostic {
    Diagnostic(
      "Another secret than in the plan", "variables.\(name) is not the value that the plan was made with.",
      fix: "Give the same value, or make the plan again and look at it.")
  }
}
