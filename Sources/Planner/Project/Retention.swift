/// Which releases are kept: the newest, and those that something else needs.
package struct Retention: Sendable, Hashable {
  static let defaultCount = 20
  /// Current and previous: below that there would be nothing to go back to.
  static let leastCount = 2

  package let count: Int

  init(count: Int = Retention.defaultCount) { self.count = max(Self.leastCount, count) }
}
