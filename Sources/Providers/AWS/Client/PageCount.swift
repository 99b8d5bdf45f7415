import Planner

/// Counts the pages of one listing. An endpoint that always names one more page must not keep the client, or
/// fill the memory, without end.
struct PageCount {
  /// A hundred thousand roles, at IAM's hundred a page.
  static let most = 1000
  static let mostBytes = 256 * 1024 * 1024

  private var pages = 0
  private var bytes = 0

  /// Takes note of a page.
  mutating func add(_ page: AWSResponse, of operation: String) throws(ProviderError) {
    pages += 1
    bytes += page.body.count
    guard pages > Self.most || bytes > Self.mostBytes else { return }
    throw ProviderError(
      .malformed, message: "the listing does not end: \(pages) pages of \(bytes) bytes have come",
      operation: operation)
  }
}
