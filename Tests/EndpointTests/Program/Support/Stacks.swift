/// The stacks that the tests of the program deploy.
enum Stacks {
  /// Fifteen resources of nine kinds, as a small shop has them.
  static func shop(timeout: Int = 60) -> String { everything(timeout: timeout, key: "id", path: "/") }

  /// The shop with a table, a role and a queue that can't be changed in place.
  static func replacedShop() -> String { everything(timeout: 30, key: "number", path: "/shop/") }

  private static func everything(timeout: Int, key: String, path: String) -> String {
    """
    stack: shop
    queues:
      jobs-dead: {}
      jobs:
        visibilityTimeout: \(timeout)
        redrivePolicy: { deadLetterTargetArn: "${queues.jobs-dead.arn}", maxReceiveCount: 3 }
      feed: {}
    topics:
      alerts: {}
      news: {}
    subscriptions:
      news-feed: { topic: "${topics.news.arn}", protocol: sqs, endpoint: "${queues.feed.arn}" }
    tables:
      orders: { partitionKey: { \(key): S } }
    logGroups:
      worker: { name: /aws/lambda/worker, retentionInDays: 7 }
    roles:
      reader:
        path: \(path)
        assumedBy: [lambda.amazonaws.com]
        policy:
          Version: "2012-10-17"
          Statement: [{ Effect: Allow, Action: ["sqs:ReceiveMessage"], Resource: "${queues.feed.arn}" }]
    lambdas:
      worker:
        code: code
        runtime: python3.12
        handler: app.handler
        environment: { TABLE: "${tables.orders.name}" }
        grants: [{ allow: ["dynamodb:PutItem"], on: "${tables.orders.arn}" }]
    eventMappings:
      jobs: { source: "${queues.jobs.arn}", lambda: "${lambdas.worker.arn}", batchSize: 2 }
    alarms:
      dead:
        namespace: AWS/SQS
        metricName: ApproximateNumberOfMessagesVisible
        statistic: Maximum
        period: 60
        evaluationPeriods: 1
        threshold: 1
        comparisonOperator: GreaterThanOrEqualToThreshold
        dimensions: { QueueName: "${queues.jobs-dead.name}" }
        alarmActions: ["${topics.alerts.arn}"]
    apis:
      shop:
        protocol: rest
        routes:
          POST /jobs: { queue: "${queues.jobs.url}" }
    outputs:
      jobs: "${queues.jobs.arn}"

    """
  }

  /// Queues alone, for what needs no more.
  static func queues(_ names: [String] = ["one", "two"], timeout: Int = 30) -> String {
    "stack: shop\nqueues:\n" + names.map { "  \($0): { visibilityTimeout: \(timeout) }\n" }.joined()
  }
}
