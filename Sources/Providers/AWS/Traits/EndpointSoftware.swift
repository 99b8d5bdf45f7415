package import Planner

/// The emulators that are known by name.
package enum EndpointSoftware: String, Sendable, Hashable, CaseIterable {
  case localStack = "localstack"
  case miniStack = "ministack"

  /// LocalStack signs every answer (seen with 4.8.1).
  fileprivate static let localStackHeader = "x-localstack"
  /// MiniStack 1.5.33 has a page of its own, and nothing in its answers that names it.
  fileprivate static let miniStackPage = S3.service.read(
    "GetObject", .get, "/_ministack/health", proof: .bytes)
}

extension RequestSender {
  /// Asks STS for the caller and, at the same time, the endpoint for its software. Needs no permission
  /// anywhere.
  ///
  /// - Parameter endpoint: the endpoint's URL; nil for AWS, which is not asked for its software.
  /// - Returns: the caller, and the emulator where one is known by name.
  /// - Throws: the error of STS's answer, if it is not an identity.
  package func identify(
    endpoint: String?
  ) async throws(ProviderError) -> (caller: CallerIdentity, software: EndpointSoftware?) {
    async let isMiniStack = hasMiniStackPage(endpoint)
    let answer = try await send(Request(STS.getCallerIdentity).wire)
    let caller = try CallerIdentity(answer)
    if answer.headers[EndpointSoftware.localStackHeader] != nil { return (caller, .localStack) }
    return (caller, await isMiniStack ? .miniStack : nil)
  }

  private func hasMiniStackPage(_ endpoint: String?) async -> Bool {
    guard let endpoint, !EndpointURL.isAWS(url: endpoint) else { return false }
    guard let page = try? await send(Request(EndpointSoftware.miniStackPage).wire) else { return false }
    return page.status == 200 && JSONReader.read(page.body)?["services"]?.map != nil
  }
}
