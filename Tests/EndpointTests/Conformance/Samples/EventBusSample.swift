extension KindSample {
  static let eventBus = KindSample(
    section: "eventBuses",
    surroundings: ["queues": "  dead: {}\n  others: {}"],
    properties: [
      "description": "'first'", "deadLetterConfig": "{ arn: '${queues.dead.arn}' }",
      "kmsKeyIdentifier": "'arn:aws:kms:us-east-1:{account}:key/11111111-1111-1111-1111-111111111111'",
      "logConfig": "{ level: INFO, includeDetail: FULL }", "policy": policy("events:PutEvents"),
      "tags": "{ team: blue }",
    ],
    mutations: [
      "description": "'second'", "deadLetterConfig": "{ arn: '${queues.others.arn}' }",
      "kmsKeyIdentifier": "alias/events", "logConfig": "{ level: ERROR }",
      "policy": policy("events:PutRule"), "tags": "{ owner: red }",
    ],
    replacements: ["name": "another"],
    outsideChanges: [
      "description": set("Description='theirs'"),
      "deadLetterConfig": set("DeadLetterConfig={'Arn': f'arn:aws:sqs:{region}:{account}:theirs'}"),
      "kmsKeyIdentifier": set("KmsKeyIdentifier='alias/theirs'"),
      "logConfig": set("LogConfig={'Level': 'TRACE', 'IncludeDetail': 'NONE'}"),
      "policy": "client('events').remove_permission(EventBusName=name, RemoveAllPermissions=True)",
      "tags": """
      client("events").tag_resource(
          ResourceARN=f"arn:aws:events:{region}:{account}:event-bus/{name}", Tags=[{"Key": "team", "Value": "theirs"}])
      """,
    ],
    defects: [
      Defect(
        endpoint: .ministack, property: "policy",
        evidence: "PutPermission with Policy: 200, DescribeEventBus: a statement that lets everybody send"),
      Defect(
        endpoint: .localstack, property: "description",
        evidence: "UpdateEventBus: 501 API action UpdateEventBus not yet implemented"),
    ],
    part: StackPart(
      entries: """
          shop: { tags: {tags} }
        """,
      listing: #"[b["Name"] for b in c("events").list_event_buses()["EventBuses"] if b["Name"] != "default"]"#
    ))

  /// A bus for what another firm sends.
  static let partnerEventBus = KindSample(
    section: "eventBuses", properties: ["eventSourceName": "aws.partner/example.com/one"],
    replacements: ["eventSourceName": "aws.partner/example.com/two"])

  private static func policy(_ action: String) -> String {
    "{ Version: '2012-10-17', Statement: [{ Sid: others, Effect: Allow, Principal: { AWS: '222222222222' }, "
      + "Action: '\(action)', Resource: 'arn:aws:events:us-east-1:{account}:event-bus/*' }] }"
  }

  private static func set(_ field: String) -> String {
    "client('events').update_event_bus(Name=name, \(field))"
  }
}
