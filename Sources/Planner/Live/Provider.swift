/// Reads live resources. The only part of a provider that a plan has.
package protocol LiveReader: Sendable {
  /// One answer for each query, in every case: the resource, nil for "not there", or why it could not be
  /// read.
  func read(_ queries: [LiveQuery]) async -> [Address: Result<LiveResource?, ProviderError>]
  /// Whether what steps have made is there and what they have deleted is gone, in the order of the expectations; or
  /// why that can't be told. Waits for what the service may take its time to show, and gives up after a while.
  func verdicts(on expectations: [ExpectedExistence]) async -> [Result<Bool, ProviderError>]
  /// Waits a while before what a run has written is read once more, because the last read may have told of what was
  /// there before. False at once where nothing more is to be gained: where the endpoint acts at once, or after so many
  /// looks.
  func maySettle(after looks: Int) async -> Bool
}

extension LiveReader {
  package func maySettle(after looks: Int) async -> Bool { false }
}

/// Creates, updates and deletes live resources.
package protocol LiveWriter: Sendable {
  /// Creates one, with its owner's tags. Every value is resolved.
  func create(_ creation: Creation) async throws(ProviderError) -> Created
  /// Changes one in place; returns its attributes as they are afterwards.
  func update(_ update: Update) async throws(ProviderError) -> [String: Value]
  /// Deletes one; "not there" is success. Owner tags are taken off first where they would outlive it.
  func delete(_ deletion: Deletion) async throws(ProviderError)
}
