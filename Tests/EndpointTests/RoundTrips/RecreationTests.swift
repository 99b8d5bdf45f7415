import Planner
import Testing

/// That nothing of a deleted resource is left for the next one of its name. LocalStack keeps the tags of
/// buckets, alarms and log groups.
@Suite(.enabled(if: !TestEndpoint.available.isEmpty)) struct RecreationTests {
  /// A former life: section, required properties, all that it leaves behind where deleting is sloppy.
  static let lives: [(section: String, required: [String: String], other: [String: String])] = [
    (
      "alarms",
      [
        "namespace": "AWS/SQS", "metricName": "Size", "statistic": "Maximum", "period": "60",
        "threshold": "1",
        "evaluationPeriods": "1", "comparisonOperator": "GreaterThanThreshold",
      ], ["alarmDescription": "old"]
    ),
    (
      "buckets", [:],
      [
        "versioning": "true", "ownership": "ObjectWriter", "website": "{ indexDocument: i.html }",
        "lifecycleRules": "[{ id: a, expirationInDays: 3 }]",
        "cors":
          "[{ allowedMethods: [GET], allowedOrigins: ['*'] }]",
      ]
    ),
    ("logGroups", [:], ["retentionInDays": "7"]),
    (
      "policies", ["policyDocument": "{ Statement: [{ Effect: Allow, Action: 's3:*', Resource: '*' }] }"],
      ["description": "old"]
    ),
    ("queues", [:], ["visibilityTimeout": "99", "delaySeconds": "9"]),
    (
      "roles", ["assumedBy": "[lambda.amazonaws.com]"],
      [
        "description": "old", "managedPolicyArns": "['arn:aws:iam::aws:policy/ReadOnlyAccess']",
        "policy": "{ Statement: [{ Effect: Allow, Action: 's3:*', Resource: '*' }] }",
      ]
    ),
    (
      "topics", [:],
      ["displayName": "old", "deliveryPolicy": "{ http: { disableSubscriptionOverrides: true } }"]
    ),
  ]

  @Test(arguments: lives.map(\.section), TestEndpoint.available)
  func `A resource that is made again has nothing of its former life`(
    section: String, endpoint: TestEndpoint
  ) async throws {
    let life = try #require(Self.lives.first { $0.section == section })
    let account = try TestAccount(endpoint)
    defer { account.remove() }
    let run = TestRun(account)
    var old = life.required.merging(life.other) { $1 }
    old["tags"] = "{ team: old, cost: high }"
    let former = yaml(section, ["again": old])
    try await run.apply(former)
    #expect(try await run.destroy(former).isSuccess)
    let now = yaml(section, ["again": life.required, "fresh": life.required])
    try await run.apply(now)
    let live = try await run.pipeline.live(try run.stack(now)).map(\.live)
    #expect(live.count == 2 && live[0] != nil)
    #expect(live[0]?.properties == live[1]?.properties)
    #expect(live[0]?.owner?.address == Address(section, "again"))
  }

  private func yaml(_ section: String, _ entries: [String: [String: String]]) -> String {
    let lines = entries.sorted { $0.key < $1.key }.map { name, properties in
      let members = properties.merging(["name": "\(name)-{account}"]) { $1 }.sorted { $0.key < $1.key }
      return "  \(name): { \(members.map { "\($0.key): \($0.value)" }.joined(separator: ", ")) }"
    }
    return "\(section):\n\(lines.joined(separator: "\n"))\n"
  }
}
