package import Planner

/// The emulators that are known by name.
package enum EndpointSoftware: String, Sendable, Hashable, CaseIterable {
  case localStack = "localstack"
  case miniStack = "ministack"

  /// As its makers spell it.
  package var title: String {
    switch self {
    case .localStack: "LocalStack"
    case .miniStack: "MiniStack"
    }
  }

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
  /// LocalStack's answer about the caller names the software, so nothing else is waited for. AWS is not asked. Of
  /// any other endpoint the page is waited for; its request left together with the first one.
  ///
  /// - Parameters:
  ///   - endpoint: the endpoint's URL; nil for AWS.
  ///   - patience: how long after the caller is known the page is waited for. An endpoint whose page hangs counts as unknown.
  /// - Returns: the caller, and the emulator where one is known by name.
  /// - Throws: the error of STS's answer, if it is not an identity.
  package func identify(
    endpoint: String?, patience: Duration = .seconds(5)
  ) async throws(ProviderError) -> (caller: CallerIdentity, software: EndpointSoftware?) {
    // Not structured: nobody waits for an answer that is of no use any more.
    let page = Task { await hasMiniStackPage(endpoint) }
    let answer = try await send(Request(STS.getCallerIdentity).wire)
    let caller = try CallerIdentity(answer)
    if answer.headers[EndpointSoftware.localStackHeader] != nil { return (caller, .localStack) }
    return (caller, await page.value(within: patience) == true ? .miniStack : nil)
  }

  private func hasMiniStackPage(_ endpoint: String?) async -> Bool {
    guard let endpoint, !EndpointURL.isAWS(url: endpoint) else { return false }
    var request = Request(EndpointSoftware.miniStackPage).wire
    // An endpoint that fails here is another one.
    request.isRepeatable = false
    guard let page = try? await send(request) else { return false }
    return page.status == 200 && JSONReader.read(page.body)?["services"]?.map != nil
  }
}

extension Task where Success: Sendable, Failure == Never {
  /// The task's value; nil when it takes longer. The task goes on all the same.
  fileprivate func value(within limit: Duration) async -> Success? {
    let (values, first) = AsyncStream.makeStream(of: Success?.self)
    let clock = Task<Void, Never> {
      if (try? await Task<Never, Never>.sleep(for: limit)) != nil { first.yield(nil) }
    }
    let wait = Task<Void, Never> { first.yield(await value) }
    defer {
      clock.cancel()
      wait.cancel()
    }
    for await value in values { return value }
    return nil
  }
}
