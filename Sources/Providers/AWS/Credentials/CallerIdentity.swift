package import Planner

/// The account and ARN behind the credentials.
package struct CallerIdentity: Sendable, Hashable {
  package var account: String
  package var arn: String
}

extension RequestSender {
  /// Asks STS who is calling. Needs no permission anywhere.
  package func callerIdentity() async throws(ProviderError) -> CallerIdentity {
    try CallerIdentity(try await send(Request(STS.getCallerIdentity).wire))
  }
}

extension CallerIdentity {
  init(_ answer: AWSResponse) throws(ProviderError) {
    guard let account = answer.value["Account"]?.string, let arn = answer.value["Arn"]?.string else {
      throw ProviderError(
        .malformed, message: "the endpoint did not return the account and the ARN of the caller",
        operation: "sts:GetCallerIdentity", status: 200)
    }
    // The ledger's bucket and every ARN are made of it.
    guard account.utf8.count == 12, account.utf8.allSatisfy({ (48...57).contains($0) }) else {
      throw ProviderError(
        .malformed,
        message: "the endpoint returned an account that is not 12 digits: \"\(account.prefix(40))\"",
        operation: "sts:GetCallerIdentity", status: 200)
    }
    self.init(account: account, arn: arn)
  }
}
