/// What the target holds of a stack, read in one go.
package struct Snapshot: Sendable {
  /// By address: what exists under the identity that the stack wants.
  package var live: [Address: LiveResource] = [:]
  /// By address: what exists under other identities of the ledger, and of resources that the stack no longer
  /// has.
  package var former: [Address: [LiveResource]] = [:]
  /// What could not be read, and why.
  package var failures: [Address: ProviderError] = [:]
}
