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
    var origin: ReleaseVariable.Origin
  }

  private var digest: String
  /// Base64.
  private var archive: Data
  private var stackFile: String
  private var artifacts: [String: String]
  private var variables: [String: Variable]
  private var commit: String?
  private var isPartial: Bool

  init(_ draft: ReleaseDraft) {
    digest = draft.bundle.digest
    archive = Data(draft.bundle.archive)
    stackFile = draft.stackFile
    artifacts = draft.artifacts
    variables = draft.variables.mapValues {
      Variable(value: $0.isSecret ? nil : $0.value, origin: $0.origin)
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
      throw Diagnostic(
        "Unreadable plan file", "The files that the plan was made of are damaged in it.",
        fix: "Make the plan again, and look at it.")
    }
    var draft = release.draft(by: Session.author, now: now)
    draft.retention = retention
    draft.dropsOldFiles = usesLock
    return draft
  }
}
