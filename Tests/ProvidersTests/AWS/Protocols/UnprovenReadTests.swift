import Foundation
import Planner
import Testing

@testable import Providers

/// Answers of 200 to reads that no service of AWS gives: from a proxy, a portal, a half-dead endpoint.
struct UnprovenReadTests {
  private static let reads: [Providers.Operation<Reads>] = [
    SQS.listQueues, IAM.listRoles, SNS.getDataProtectionPolicy, S3.listBuckets, APIGateway.getRestApis,
    APIGateway.getStages, CloudWatch.describeAlarms(of: "MetricAlarm"), DynamoDB.listTables,
    Kinesis.listStreams,
  ]

  @Test(
    arguments: reads.indices,
    ["<html><body>Sign in</body></html>", "null", "[]", "", "plain words", "\"text\""])
  func `are no word that nothing is there`(index: Int, body: String) async throws {
    let client = try AWSClient(
      settings: ClientSettings(
        credentials: Credentials(accessKeyID: "AKID", secretAccessKey: "secret"), region: "us-east-1",
        endpoint: "http://localhost:4566"),
      transport: FakeTransport([.answer(200, body)]), clock: FakeTime().clock)
    let aws = ReadingClient(target: Target(account: "111111111111", region: "us-east-1"), sender: client)
    do throws(ProviderError) {
      let answer = try await aws.readIfPresent(Self.reads[index], ["restapi_id": "a", "ResourceArn": "a"])
      Issue.record("\(Self.reads[index].name) believes \(body): \(String(describing: answer))")
    } catch { #expect(error.kind == .malformed, "\(error)") }
  }
}
