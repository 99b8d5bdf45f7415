/// A variable's value in a run, and its origin.
package struct GivenValue: Sendable, Hashable {
  package var value: Value
  package var origin: ReleaseVariable.Origin

  package init(_ value: Value, _ origin: ReleaseVariable.Origin) {
    self.value = value
    self.origin = origin
  }
}

/// A release before the apply that makes it one: everything that is known beforehand.
package struct ReleaseDraft: Sendable {
  /// A variable's value in this run. The release records only the fingerprint of a secret.
  package struct Variable: Sendable, Hashable {
    package var value: Value
    package var isSecret: Bool
    package var origin: ReleaseVariable.Origin

    package init(_ value: Value, isSecret: Bool, origin: ReleaseVariable.Origin) {
      self.value = value
      self.isSecret = isSecret
      self.origin = origin
    }
  }

  package var bundle: SealedBundle
  /// The bundle was read from where it would be kept.
  package var isKept = false
  package var stackFile: String
  package var artifacts: [String: String]
  package var variables: [String: Variable]
  package var author: ReleaseAuthor
  package var commit: String?
  package var origin: ReleaseOrigin
  package var isPartial = false
  package var verifications: [Endorsement] = []
  package var approvals: [Endorsement] = []
  /// The gates that it passed.
  package var gates: [GateRecord]?
  /// Set together with the release; nil leaves the ledger's as it is.
  package var hold: Hold?
  /// How many releases are kept.
  package var retention = Retention()
  /// No other run is at work, so files that no release names can be dropped.
  package var dropsOldFiles = true
  /// The time, ISO 8601.
  package var now: @Sendable () -> String

  package init(
    bundle: SealedBundle, stackFile: String, artifacts: [String: String], variables: [String: Variable],
    author: ReleaseAuthor, commit: String? = nil, origin: ReleaseOrigin = .apply,
    now: @escaping @Sendable () -> String
  ) {
    self.bundle = bundle
    self.stackFile = stackFile
    self.artifacts = artifacts
    self.variables = variables
    self.author = author
    self.commit = commit
    self.origin = origin
    self.now = now
  }

  /// The variables as a ledger keeps them.
  package func recordedVariables(_ fingerprint: Fingerprinter) -> [String: ReleaseVariable] {
    variables.mapValues { variable in
      variable.isSecret
        ? ReleaseVariable(value: nil, fingerprint: fingerprint(variable.value), origin: variable.origin)
        : ReleaseVariable(value: variable.value, origin: variable.origin)
    }
  }
}

extension StackDeclaration {
  /// Every variable with its value in a run and where that is from. Those without a value were reported when
  /// the stack was resolved.
  package func draftVariables(_ given: [String: GivenValue]) -> [String: ReleaseDraft.Variable] {
    var drafts: [String: ReleaseDraft.Variable] = [:]
    for (name, variable) in valued(given.mapValues(\.value)).variables {
      drafts[name] = ReleaseDraft.Variable(
        variable.value, isSecret: variable.isSecret, origin: given[name]?.origin ?? .default)
    }
    return drafts
  }
}

extension Stack {
  /// What was packed for its resources, as a release keeps it: by address, SHA-256 in hex.
  package var packedArtifacts: [String: String] {
    Dictionary(artifactDigests.map { ($0.key.description, $0.value) }) { first, _ in first }
  }
}

extension Release {
  /// Resources for which something else was packed now than when the release was made, sorted. As the files
  /// are the same, another packer did it, or the code is written in the stack file and has a variable in it.
  package func changedArtifacts(in stack: Stack) -> [String] {
    let now = stack.packedArtifacts
    return Set(artifacts.keys).union(now.keys).filter { artifacts[$0] != now[$0] }.sorted()
  }
}
