import Planner
import Testing

@testable import Providers

struct `A declared role of a lambda` {
  private static let account = "us-east-1:000000000000"

  private func added(_ role: String, _ lambda: String = "") throws -> [Value] {
    let resources = try StackChecking.resources(
      """
      queues: { q: {}, failed: {} }
      roles: { own: { assumedBy: [lambda.amazonaws.com]\(role) } }
      lambdas:
        f: { code: { zipFile: handler }, runtime: python3.12, handler: index.handler, role: "${roles.own.arn}"\(lambda) }
      eventMappings: { m: { source: "${queues.q.arn}", lambda: "${lambdas.f.arn}" } }
      """)
    return resources["roles.own"]?["policy"]?.items("Statement") ?? []
  }

  private static let reading: Value = [
    "Effect": "Allow", "Action": ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
    "Resource": .string("arn:aws:sqs:\(account):q"),
  ]

  @Test func `gets what its event mappings and its settings need`() throws {
    let sending: Value = [
      "Effect": "Allow", "Action": ["sqs:SendMessage"],
      "Resource": .string("arn:aws:sqs:\(Self.account):failed"),
    ]
    #expect(
      try added("", ", aliases: { live: { eventInvokeConfig: { onFailure: '${queues.failed.arn}' } } }")
        == [sending, Self.reading])
  }

  @Test(arguments: [
    ", policy: { Statement: [{ Effect: Allow, Action: 'sqs:*', Resource: '*' }] }",
    ", policies: { own: { Statement: [{ Effect: Allow, Resource: 'arn:aws:sqs:us-east-1:000000000000:q', "
      + "Action: ['sqs:Receive*', 'sqs:DeleteMessage', 'sqs:getqueueattributes'] }] } }",
    ", policy: { Statement: [{ Effect: Allow, Action: 'sqs:*', Resource: 'arn:aws:sqs:*:*:q*' }] }",
    ", managedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole']",
  ])
  func `gets nothing that it allows already`(_ role: String) throws {
    #expect(try !added(role).contains(Self.reading))
  }

  @Test(arguments: [
    ", policy: { Statement: [{ Effect: Allow, Action: 'sqs:ReceiveMessage', Resource: '*' }] }",
    ", policy: { Statement: [{ Effect: Deny, Action: 'sqs:*', Resource: '*' }] }",
    ", policy: { Statement: [{ Effect: Allow, Action: 'sqs:*', Resource: '*', "
      + "Condition: { Bool: { 'aws:SecureTransport': 'true' } } }] }",
    ", policy: { Statement: [{ Effect: Allow, Action: 'sqs:*', Resource: 'arn:aws:sqs:us-east-1:000000000000:other' }] }",
  ])
  func `gets what it allows in part, or not for sure`(_ role: String) throws {
    #expect(try added(role).last == Self.reading)
  }

  @Test func `of an API gets what its routes need`() throws {
    let resources = try StackChecking.resources(
      """
      queues: { q: {} }
      roles: { own: { assumedBy: [apigateway.amazonaws.com] } }
      apis: { a: { role: "${roles.own.arn}", routes: { "POST /a": { queue: "${queues.q.url}" } } } }
      """)
    #expect(
      resources["roles.own"]?["policy"]?.items("Statement") == [
        [
          "Effect": "Allow", "Action": ["sqs:SendMessage"],
          "Resource": [.string("arn:aws:sqs:\(Self.account):q")],
        ]
      ])
  }
}
