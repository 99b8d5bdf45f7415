extension KindSample {
  private static let worker = "  worker: { code: function, runtime: python3.12, handler: app.handler }"

  static let queueMapping = KindSample(
    section: "eventMappings", surroundings: ["queues": "  jobs: {}\n  other-jobs: {}", "lambdas": worker],
    properties: [
      "source": "'${queues.jobs.arn}'", "lambda": "'${lambdas.worker.arn}'", "enabled": "false",
      "batchSize": "5", "maximumBatchingWindowInSeconds": "2", "maximumConcurrency": "4",
      "filterCriteria": "[{ body: { kind: [build, test] } }]",
      "functionResponseTypes": "[ReportBatchItemFailures]", "tags": "{ team: blue }",
    ],
    mutations: [
      "enabled": "true", "batchSize": "10", "maximumBatchingWindowInSeconds": "3",
      "maximumConcurrency": "9", "filterCriteria": "[{ body: { kind: [build] } }, { body: { count: [3] } }]",
      "tags": "{ team: red, cost: low }",
    ],
    replacements: ["source": "'${queues.other-jobs.arn}'"],
    outsideChanges: ["batchSize": "client('lambda').update_event_source_mapping(UUID=id, BatchSize=7)"])

  static let streamMapping = KindSample(
    section: "eventMappings",
    surroundings: [
      "tables": "  status: { partitionKey: { id: S }, stream: NEW_IMAGE }", "queues": "  lost: {}",
      "lambdas": worker,
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
      "tumblingWindowInSeconds": "60",
    ],
    replacements: ["startingPosition": "LATEST"],
    indispensable: ["startingPosition"],
    outsideChanges: [
      "maximumRetryAttempts": "client('lambda').update_event_source_mapping(UUID=id, MaximumRetryAttempts=7)"
    ],
    defects: [
      Defect(
        endpoint: .ministack, property: "tumblingWindowInSeconds",
        evidence: "CreateEventSourceMapping with TumblingWindowInSeconds, GetEventSourceMapping without")
    ])

  static let kinesisMapping = KindSample(
    section: "eventMappings",
    surroundings: ["streams": "  clicks: {}\n  other-clicks: {}", "lambdas": worker],
    properties: [
      "source": "'${streams.clicks.arn}'", "lambda": "'${lambdas.worker.arn}'",
      "startingPosition": "TRIM_HORIZON", "batchSize": "20", "enabled": "true",
    ],
    mutations: ["batchSize": "50"],
    replacements: ["source": "'${streams.other-clicks.arn}'", "startingPosition": "LATEST"],
    indispensable: ["startingPosition"],
    outsideChanges: ["batchSize": "client('lambda').update_event_source_mapping(UUID=id, BatchSize=7)"])
}
