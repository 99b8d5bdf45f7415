extension KindSample {
  private static let code = "code: function, runtime: python3.12, handler: app.handler"

  /// With roles of their own, so that a change of the mapping changes no derived role.
  private static let roles = """
      runner: { assumedBy: [lambda.amazonaws.com], policy: { Version: '2012-10-17', Statement: [
        { Effect: Allow, Action: ['sqs:*', 'dynamodb:*', 'kinesis:*', 'sns:*'], Resource: '*' }] } }
    """
  private static let workers = ["worker", "other"]
    .map { "  \($0): { \(code), role: '${roles.runner.arn}' }" }.joined(separator: "\n")

  static let queueMapping = KindSample(
    section: "eventMappings",
    surroundings: ["queues": "  jobs: {}\n  other-jobs: {}", "lambdas": "  worker: { \(code) }"],
    properties: [
      "source": "'${queues.jobs.arn}'", "lambda": "'${lambdas.worker.arn}'", "enabled": "false",
      "batchSize": "5", "maximumBatchingWindowInSeconds": "2", "maximumConcurrency": "4",
      "filterCriteria": "[{ body: { kind: [build, test] } }]",
      "functionResponseTypes": "[ReportBatchItemFailures]", "tags": "{ team: blue }",
      "kmsKeyArn": "\(key)1", "metricsConfig": "[EventCount]",
    ],
    mutations: [
      "enabled": "true", "batchSize": "10", "maximumBatchingWindowInSeconds": "3",
      "maximumConcurrency": "9", "filterCriteria": "[{ body: { kind: [build] } }, { body: { count: [3] } }]",
      "functionResponseTypes": "[]", "tags": "{ team: red, cost: low }", "kmsKeyArn": "\(key)2",
      "metricsConfig": "[]",
    ],
    replacements: ["source": "'${queues.other-jobs.arn}'"],
    outsideChanges: [
      "enabled": change("Enabled=True"), "batchSize": change("BatchSize=7"),
      "maximumBatchingWindowInSeconds": change("MaximumBatchingWindowInSeconds=9"),
      "maximumConcurrency": change("ScalingConfig={'MaximumConcurrency': 20}"),
      "filterCriteria": change("FilterCriteria={'Filters': [{'Pattern': '{\"body\": {\"theirs\": [1]}}'}]}"),
      "functionResponseTypes": change("FunctionResponseTypes=[]"), "kmsKeyArn": change("KMSKeyArn=''"),
      "metricsConfig": change("MetricsConfig={'Metrics': []}"),
      "tags": """
      client("lambda").tag_resource(
        Resource=f"arn:aws:lambda:{region}:{account}:event-source-mapping:{id}", Tags={"team": "theirs"})
      """,
    ])

  static let polledMapping = KindSample(
    section: "eventMappings",
    surroundings: ["queues": "  jobs: {}", "roles": roles, "lambdas": workers],
    properties: [
      "source": "'${queues.jobs.arn}'", "lambda": "'${lambdas.worker.arn}'",
      "provisionedPollerConfig": "{ minimumPollers: 3, maximumPollers: 9 }",
    ],
    mutations: [
      "lambda": "'${lambdas.other.name}'", "provisionedPollerConfig": "{ minimumPollers: 4 }",
    ],
    outsideChanges: [
      "lambda": change("FunctionName='other'"),
      "provisionedPollerConfig": change("ProvisionedPollerConfig={'MinimumPollers': 5, 'MaximumPollers': 9}"),
    ])

  static let streamMapping = KindSample(
    section: "eventMappings",
    surroundings: [
      "tables": "  status: { partitionKey: { id: S }, stream: NEW_IMAGE }",
      "queues": "  lost: {}\n  gone: {}", "topics": "  lost: {}", "roles": roles, "lambdas": workers,
    ],
    properties: [
      "source": "'${tables.status.streamArn}'", "lambda": "'${lambdas.worker.name}'",
      "startingPosition": "TRIM_HORIZON",
      "batchSize": "20", "parallelizationFactor": "2", "maximumRetryAttempts": "3",
      "maximumRecordAgeInSeconds": "120", "bisectBatchOnFunctionError": "true",
      "tumblingWindowInSeconds": "30", "destinationOnFailure": "'${queues.lost.arn}'",
    ],
    mutations: [
      "batchSize": "100", "parallelizationFactor": "3", "maximumRetryAttempts": "0",
      "maximumRecordAgeInSeconds": "240", "bisectBatchOnFunctionError": "false",
      "tumblingWindowInSeconds": "60", "destinationOnFailure": "'${topics.lost.arn}'",
    ],
    replacements: ["startingPosition": "LATEST"],
    indispensable: ["startingPosition"],
    outsideChanges: [
      "parallelizationFactor": change("ParallelizationFactor=7"),
      "maximumRetryAttempts": change("MaximumRetryAttempts=7"),
      "maximumRecordAgeInSeconds": change("MaximumRecordAgeInSeconds=700"),
      "bisectBatchOnFunctionError": change("BisectBatchOnFunctionError=False"),
      "tumblingWindowInSeconds": change("TumblingWindowInSeconds=70"),
      "destinationOnFailure": change(
        "DestinationConfig={'OnFailure': {'Destination': f'arn:aws:sqs:{region}:{account}:gone'}}"),
    ])

  static let kinesisMapping = KindSample(
    section: "eventMappings",
    surroundings: ["streams": "  clicks: {}\n  other-clicks: {}", "lambdas": "  worker: { \(code) }"],
    properties: [
      "source": "'${streams.clicks.arn}'", "lambda": "'${lambdas.worker.arn}'",
      "startingPosition": "AT_TIMESTAMP", "startingPositionTimestamp": "1700000000", "batchSize": "20",
      "enabled": "true",
    ],
    mutations: ["batchSize": "50"],
    replacements: [
      "source": "'${streams.other-clicks.arn}'", "startingPositionTimestamp": "1700003600",
    ],
    indispensable: ["startingPosition", "startingPositionTimestamp"],
    outsideChanges: ["batchSize": change("BatchSize=7")])

  private static let key = "arn:aws:kms:us-east-1:{account}:key/00000000-0000-0000-0000-00000000000"

  private static func change(_ parameters: String) -> String {
    "client('lambda').update_event_source_mapping(UUID=id, \(parameters))"
  }
}
