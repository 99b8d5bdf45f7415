package import Planner

extension RequestSender {
  /// The time by the endpoint's clock, in seconds since 1970; nil when the endpoint answers no time. Needs no permission.
  package func endpointTime() async throws(ProviderError) -> Int? {
    let answer = try await send(Request(STS.getCallerIdentity).wire)
    return answer.headers["date"].flatMap(SigningTime.init(httpDate:))?.seconds
  }
}
