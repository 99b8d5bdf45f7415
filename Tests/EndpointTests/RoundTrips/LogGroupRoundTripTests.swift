import Planner
import Testing

@testable import Providers

@Suite(.enabled(if: !LiveEndpoint.all.isEmpty))
struct `A log group on a real endpoint` {
  @Test(arguments: LiveEndpoint.all)
  func `goes through all its verbs`(_ endpoint: LiveEndpoint) async throws {
    let key = endpoint.target.arn("kms", "key/11111111-2222-3333-4444-555555555555") ?? .null
    let subject = Resource(
      Address("logGroups", "subject"), name: "/aws/lambda/subject",
      properties: [
        "retentionInDays": 7, "kmsKeyId": key, "logGroupClass": "INFREQUENT_ACCESS",
        "tags": ["team": "blue"],
      ])
    try await KindRoundTrip(
      LogGroupKind(), on: endpoint, subject: subject,
      mutations: ["retentionInDays": 14, "tags": ["owner": "red"]],
      // Neither MiniStack 1.5.33 nor LocalStack 4.8.1 has AssociateKmsKey and DisassociateKmsKey.
      unresettable: ["kmsKeyId"]
    ).run()
  }
}
