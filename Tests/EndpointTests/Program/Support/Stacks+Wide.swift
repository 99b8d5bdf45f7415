extension Stacks {
  /// Every section that the endpoint offers. `account` makes the names of buckets unique. The second form differs in
  /// what is changed in place. With `tags`, as `{ app: shop }`, these stand for its own.
  static func wide(
    account: String, on endpoint: TestEndpoint = .ministack, isChanged: Bool = false, tags: String? = nil
  ) -> String {
    let size = isChanged ? 60 : 30
    let tags = tags ?? (isChanged ? "{ app: shop, size: large }" : "{ app: shop, env: dev }")
    return """
      stack: shop
      \(messaging(size, tags))
      \(storage(account, isChanged: isChanged, tags))
      \(watching(size, tags))
      \(code(size, tags))
      \(apis(size, isHTTPOffered: endpoint.offersHTTPApis))
      \(parts(on: endpoint, isChanged: isChanged, size, tags))
      outputs:
        jobs: "${queues.jobs.arn}"

      """
  }

  private static func messaging(_ size: Int, _ tags: String) -> String {
    """
    queues:
      jobs-dead: {}
      jobs:
        visibilityTimeout: \(size)
        redrivePolicy: { deadLetterTargetArn: "${queues.jobs-dead.arn}", maxReceiveCount: 3 }
        tags: \(tags)
      feed: {}
    topics:
      alerts: { displayName: Alerts \(size), tags: \(tags) }
      news: {}
    subscriptions:
      news-feed:
        topic: "${topics.news.arn}"
        protocol: sqs
        endpoint: "${queues.feed.arn}"
        filterPolicy: { size: ["\(size)"] }
    streams:
      clicks: { retentionPeriodHours: \(size), tags: \(tags) }
    """
  }

  private static func storage(_ account: String, isChanged: Bool, _ tags: String) -> String {
    """
    tables:
      orders:
        partitionKey: { id: S }
        pointInTimeRecovery: \(isChanged)
        timeToLive: expires
        tags: \(tags)
    buckets:
      builds:
        name: builds-\(account)
        versioning: \(isChanged)
        lifecycleRules: [{ id: old, prefix: tmp/, expirationInDays: \(isChanged ? 9 : 7) }]
        tags: \(tags)
    """
  }

  private static func watching(_ size: Int, _ tags: String) -> String {
    """
    logGroups:
      worker:
        name: /aws/lambda/worker
        retentionInDays: \(size)
        metricFilters:
          errors: { filterPattern: ERROR, metricNamespace: Shop, metricName: Errors, metricValue: "\(size)" }
        tags: \(tags)
    alarms:
      dead:
        namespace: AWS/SQS
        metricName: ApproximateNumberOfMessagesVisible
        statistic: Maximum
        period: \(size)
        evaluationPeriods: 1
        threshold: 1
        comparisonOperator: GreaterThanOrEqualToThreshold
        dimensions: { QueueName: "${queues.jobs-dead.name}" }
        alarmActions: ["${topics.alerts.arn}"]
        tags: \(tags)
    compositeAlarms:
      down: { alarmRule: 'ALARM("dead")', alarmDescription: Down \(size), dependsOn: [alarms.dead] }
    """
  }

  private static func code(_ size: Int, _ tags: String) -> String {
    let statement = "Effect: Allow, Action: \"s3:GetObject\", Resource: \"arn:aws:s3:::reports-\(size)/*\""
    return """
      policies:
        read-reports:
          policyDocument: { Version: "2012-10-17", Statement: [{ \(statement) }] }
      roles:
        reader:
          assumedBy: [lambda.amazonaws.com, scheduler.amazonaws.com]
          description: Reads \(size)
          managedPolicyArns: ["${policies.read-reports.arn}"]
          policy: { Version: "2012-10-17", Statement: [{ \(statement) }] }
          tags: \(tags)
      layers:
        libraries: { content: code, compatibleRuntimes: [python3.12] }
      lambdas:
        worker:
          code: code
          runtime: python3.12
          handler: app.handler
          timeout: \(size)
          layers: ["${layers.libraries.arn}"]
          environment: { TABLE: "${tables.orders.name}" }
          grants: [{ allow: ["dynamodb:PutItem"], on: "${tables.orders.arn}" }]
          reservedConcurrentExecutions: \(size)
          aliases: { live: {} }
          tags: \(tags)
      permissions:
        reports-call-worker:
          function: "${lambdas.worker.arn}"
          principal: s3.amazonaws.com
          sourceArn: arn:aws:s3:::reports
          sourceAccount: "111111111111"
      eventMappings:
        jobs: { source: "${queues.jobs.arn}", lambda: "${lambdas.worker.arn}", batchSize: \(size / 10) }
      """
  }

  private static func apis(_ size: Int, isHTTPOffered: Bool) -> String {
    let http = """

        shop-http:
          protocol: http
          description: Shop \(size)
          routes:
            GET /status: { lambda: "${lambdas.worker.arn}" }
      """
    return """
      apis:
        shop:
          protocol: rest
          description: Shop \(size)
          routes:
            POST /jobs: { queue: "${queues.jobs.url}" }
            GET /status: { lambda: "${lambdas.worker.arn}" }
      """ + (isHTTPOffered ? http : "")
  }

  /// What the samples of kinds bring.
  private static func parts(
    on endpoint: TestEndpoint, isChanged: Bool, _ size: Int, _ tags: String
  ) -> String {
    KindSamples.all.compactMap { sample in
      guard let part = sample.part, endpoint.offers(sample.section) else { return nil }
      return "\(sample.section):\n"
        + part.entries.replacing("{size}", with: "\(size)").replacing("{changed}", with: "\(isChanged)")
        .replacing("{tags}", with: tags)
    }.joined(separator: "\n")
  }
}
