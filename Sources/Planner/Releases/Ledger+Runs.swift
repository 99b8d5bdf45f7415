extension Ledger {
  /// Names a run that is about to begin. The oldest ones are forgotten.
  mutating func begin(_ draft: RunDraft, release: ReleaseDraft?) -> RunNote {
    let number = (runs.map(\.number).max() ?? 0) + 1
    var note = RunNote(
      number: number, id: "\(number)-\(draft.token)", command: draft.command, author: draft.author,
      time: draft.time)
    note.base = currentRelease
    note.returnsTo = release?.origin.returnsTo
    note.undoes = draft.undoes?.id
    runs.append(note)
    runs.removeFirst(max(0, runs.count - RunNote.keptCount))
    return note
  }

  /// Says how a run ended.
  mutating func end(_ run: RunNote, _ summary: ExecutionSummary) {
    guard let index = runs.firstIndex(where: { $0.id == run.id }) else { return }
    runs[index].outcome = summary.isSuccess ? .done : .incomplete
    runs[index].counts = summary.releaseCounts
    runs[index].release = summary.release?.number
  }

  /// Says that nothing is left undone of the last run.
  mutating func closeLastRun() {
    guard let index = runs.indices.last, runs[index].outcome.isOpen else { return }
    runs[index].outcome = .settled
  }

  /// The run that words mean: `7`, or its whole name.
  package func run(_ words: String) -> RunNote? {
    runs.last { $0.id == words || String($0.number) == words }
  }

  /// The run that an undo without a name means: the last one. If that was an undo that did not come to its
  /// end: the run that it was to undo.
  package var runToUndo: RunNote? {
    guard let last = runs.last else { return nil }
    if last.outcome.isOpen, let undone = last.undoes { return run(undone) ?? last }
    return last
  }

  /// The current release, if no run made it: an apply that had nothing to do to any resource has no run.
  package var releaseWithoutRun: Release? {
    guard let last = runs.last, last.custody == nil, !last.outcome.isOpen, let currentRelease,
      currentRelease > last.release ?? last.base ?? 0
    else { return nil }
    return release(currentRelease)
  }

  /// The last run, if it was an undo that came to its end. An undo without a name does not mean that one: it may
  /// be the same command again, of which nobody saw the end.
  package var finishedUndo: RunNote? {
    runs.last.flatMap { $0.undoes != nil && !$0.outcome.isOpen ? $0 : nil }
  }

  /// The release that a rollback without a name means. After a run that did not come to its end it is the
  /// release that the run was to restore, or else the current one, which may be live only in part. Otherwise
  /// it is the one before the current.
  package var releaseToReturnTo: Release? {
    // What only changed whose resources are left no release half live.
    if let last = runs.last(where: { $0.custody == nil }), last.outcome.isOpen, last.base == currentRelease {
      return (last.returnsTo ?? currentRelease).flatMap(release)
    }
    return previous
  }

  /// Keeps what an undo leaves that is more than its steps.
  mutating func close(_ undone: UndoneRun, release: Release?) {
    // They are forgotten next, with their owner tags. Until then no plan takes them up or deletes them.
    for address in undone.givenBack { records[address]?.isBeingForgotten = true }
    for (address, names) in undone.undeclared { records[address]?.declared.removeAll(where: names.contains) }
    if release == nil, undone.base == nil { currentRelease = nil }
  }
}
