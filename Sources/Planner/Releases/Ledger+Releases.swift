extension Ledger {
  /// Whether an apply of this draft that changed nothing brings nothing new either: the release that is live is the same.
  package func repeats(_ draft: ReleaseDraft, _ fingerprint: Fingerprinter) -> Bool {
    guard let current else { return false }
    return draft.origin == .apply && draft.hold == nil && current.bundle == draft.bundle.digest
      && current.stackFile == draft.stackFile && current.artifacts == draft.artifacts
      && current.variables == draft.recordedVariables(fingerprint) && current.isPartial == draft.isPartial
  }

  /// Makes a draft the release that is live. The oldest ones are dropped, as the retention says.
  package mutating func record(
    _ draft: ReleaseDraft, counts: ReleaseCounts, seconds: Double, _ fingerprint: Fingerprinter
  ) -> Release {
    let newest = max(releases.map(\.number).max() ?? 0, currentRelease ?? 0)
    let release = Release(
      number: newest + 1, bundle: draft.bundle.digest, stackFile: draft.stackFile, artifacts: draft.artifacts,
      variables: draft.recordedVariables(fingerprint), author: draft.author, time: draft.now(),
      seconds: (seconds * 10).rounded() / 10, commit: draft.commit, counts: counts, origin: draft.origin,
      isPartial: draft.isPartial, verifications: draft.verifications, approvals: draft.approvals,
      gates: draft.gates)
    releases.append(release)
    currentRelease = release.number
    if let hold = draft.hold { self.hold = hold }
    prune(draft.retention)
    return release
  }

  /// Drops the oldest releases, but never the current one nor the one that a hold is about.
  mutating func prune(_ retention: Retention) {
    let newest = Set(releases.suffix(retention.count).map(\.number))
    releases.removeAll { release in
      !newest.contains(release.number) && release.number != currentRelease
        && release.number != hold?.rolledBackFrom
    }
  }

  /// The bundles that some release needs.
  package var namedBundles: Set<String> { Set(releases.map(\.bundle)) }

  /// The objects that the ledger names, bundles and journals, by their path below the stack's folder.
  package var namedFiles: Set<String> {
    Set(namedBundles.map(Self.file(ofBundle:)) + runs.map { Self.file(ofRun: $0.id) })
  }

  /// The path of a bundle's object, below the stack's folder in the bucket.
  package static func file(ofBundle digest: String) -> String { "releases/\(digest).tar" }
  /// The path of a journal's object, below the stack's folder in the bucket.
  package static func file(ofRun id: String) -> String { "runs/\(id).json" }
}
