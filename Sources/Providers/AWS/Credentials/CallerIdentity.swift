package import Planner

/// Whose credentials these are.
package struct CallerIdentity: Sendable, Hashable {
  package var account: String
  package var arn: String
}

extension RequestSender {
  /// Asks STS who is calling. Needs no permission anywhere.
  package func callerIdentity() async throws(ProviderError) -> CallerIdentity {
    let answer = try await send(Request(STS.getCallerIdentity).wire).value
    guard let account = answer["Account"]?.string, let arn = answer["Arn"]?.string else {
      throw ProviderError(
        .malformed, message: "the endpoint did not tell the account and the ARN of the caller",
        operation: "sts:GetCallerIdentity", status: 200)
    }
    return CallerIdentity(account: account, arn: arn)
  }
}
