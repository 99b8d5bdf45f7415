extension KindSample {
  static let logGroup = KindSample(
    section: "logGroups",
    surroundings: ["lambdas": ["worker", "other"].map { "  \($0): \(worker)" }.joined(separator: "\n")],
    properties: [
      "retentionInDays": "7", "tags": "{ team: blue }",
      "kmsKeyId": "'arn:aws:kms:us-east-1:{account}:key/11111111-1111-1111-1111-111111111111'",
      "deletionProtectionEnabled": "false", "dataProtectionPolicy": protection("EmailAddress"),
      "subscriptionFilters": "{ errors: { filterPattern: ERROR, destinationArn: '${lambdas.worker.arn}' } }",
      "metricFilters": "{ sizes: { filterPattern: '{ $.size > 0 }', metricNamespace: Shop, metricName: Size, "
        + "metricValue: $.size, unit: Bytes, dimensions: { Path: $.path } }, "
        + "lines: { metricNamespace: Shop, metricName: Lines, metricValue: '1', defaultValue: 0 } }",
    ],
    mutations: [
      "retentionInDays": "14", "tags": "{ owner: red }",
      "kmsKeyId": "'arn:aws:kms:us-east-1:{account}:key/22222222-2222-2222-2222-222222222222'",
      "deletionProtectionEnabled": "true", "dataProtectionPolicy": protection("Address"),
      // One moves on and one comes, with a lambda that is called anew; then one goes, and one loses its dimensions and unit.
      "subscriptionFilters": "{ errors: { filterPattern: FATAL, destinationArn: '${lambdas.other.arn}' }, "
        + "all: { destinationArn: '${lambdas.worker.arn}' } }",
      "metricFilters": "{ sizes: { filterPattern: '{ $.size > 0 }', metricNamespace: Shop, metricName: Size, "
        + "metricValue: $.size } }",
    ],
    replacements: ["name": "/another/group"],
    outsideChanges: [
      "retentionInDays": "client('logs').put_retention_policy(logGroupName=name, retentionInDays=30)",
      "tags": """
      client("logs").tag_resource(resourceArn=f"arn:aws:logs:{region}:{account}:log-group:{name}", tags={"team": "theirs"})
      """,
      "kmsKeyId": """
      client("logs").associate_kms_key(logGroupName=name, kmsKeyId=f"arn:aws:kms:{region}:{account}:key/3")
      """,
      "deletionProtectionEnabled": """
      client("logs").put_log_group_deletion_protection(logGroupIdentifier=name, deletionProtectionEnabled=True)
      """,
      "dataProtectionPolicy": "client('logs').delete_data_protection_policy(logGroupIdentifier=name)",
      "subscriptionFilters":
        "client('logs').delete_subscription_filter(logGroupName=name, filterName='errors')",
      "metricFilters": """
      client("logs").put_metric_filter(logGroupName=name, filterName="theirs", filterPattern="",
        metricTransformations=[{"metricName": "m", "metricNamespace": "n", "metricValue": "1"}])
      """,
    ],
    defects: [
      Defect(
        endpoint: .ministack, property: "kmsKeyId",
        evidence: "DisassociateKmsKey: 400 InvalidOperationException Unknown action"),
      Defect(
        endpoint: .localstack, property: "kmsKeyId",
        evidence: "DisassociateKmsKey: 501 The disassociate_kms_key action has not been implemented"),
      Defect(
        endpoint: .ministack, property: "deletionProtectionEnabled",
        evidence: "PutLogGroupDeletionProtection: 400 InvalidOperationException Unknown action"),
      Defect(
        endpoint: .localstack, property: "deletionProtectionEnabled",
        evidence: "PutLogGroupDeletionProtection: 500 exception while calling logs with unknown operation"),
      Defect(
        endpoint: .ministack, property: "dataProtectionPolicy",
        evidence: "PutDataProtectionPolicy: 400 InvalidOperationException Unknown action"),
      Defect(
        endpoint: .localstack, property: "dataProtectionPolicy",
        evidence:
          "PutDataProtectionPolicy: 501 The put_data_protection_policy action has not been implemented"),
    ])

  static let infrequentLogGroup = KindSample(
    section: "logGroups", properties: ["logGroupClass": "INFREQUENT_ACCESS", "retentionInDays": "1"],
    replacements: ["logGroupClass": "STANDARD"])

  /// What only AWS keeps of filters.
  static let systemFieldsLogGroup = KindSample(
    section: "logGroups",
    properties: [
      "subscriptionFilters": "{ lines: { destinationArn: 'arn:aws:kinesis:us-east-1:{account}:stream/lines', "
        + "distribution: Random, roleArn: 'arn:aws:iam::{account}:role/lines', applyOnTransformedLogs: true, "
        + "emitSystemFields: ['@aws.account'], fieldSelectionCriteria: '@aws.region = \"us-east-1\"' } }",
      "metricFilters": "{ lines: { metricNamespace: Shop, metricName: Lines, metricValue: '1', "
        + "applyOnTransformedLogs: true, emitSystemFieldDimensions: ['@aws.account'], "
        + "fieldSelectionCriteria: '@aws.region = \"us-east-1\"' } }",
    ],
    defects: ["subscriptionFilters", "metricFilters"].flatMap { property in
      [
        Defect(
          endpoint: .ministack, property: property,
          evidence:
            "PutMetricFilter and PutSubscriptionFilter with emitSystemFields…, fieldSelectionCriteria, applyOnTransformedLogs: "
            + "200, and the Describe calls tell none of them"),
        Defect(
          endpoint: .localstack, property: property,
          evidence:
            "the same; and PutSubscriptionFilter with distribution Random: 200, DescribeSubscriptionFilters tells ByLogStream"
        ),
      ]
    })

  private static let worker = "{ code: function, runtime: python3.12, handler: app.handler }"

  private static func protection(_ identifier: String) -> String {
    let found = "'arn:aws:dataprotection::aws:data-identifier/\(identifier)'"
    return "{ Name: mask, Version: '2021-06-01', Statement: ["
      + "{ Sid: audit, DataIdentifier: [\(found)], Operation: { Audit: { FindingsDestination: {} } } }, "
      + "{ Sid: mask, DataIdentifier: [\(found)], Operation: { Deidentify: { MaskConfig: {} } } }] }"
  }
}
