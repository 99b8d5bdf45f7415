package import Planner

/// Amazon CloudWatch Logs log groups.
///
/// Reads: one listing for as many as share a prefix, which returns all but the tags; one more a group for these.
/// Writes: one to create one and one for each property besides its class, key and tags; one for each property, and
/// each filter, that changes. Facts: the CloudWatch Logs API reference, `AWS::Logs::LogGroup` in CloudFormation.
package struct LogGroupKind: DescribedKind {
  package let schema = Schema(
    section: "logGroups", kind: "logGroup", title: "Amazon CloudWatch Logs log group",
    summary: "A log group keeps the log lines of a lambda or another program.",
    naming: Naming(
      TextRule(
        length: 1...512, pattern: "[.\\-_/#A-Za-z0-9]+", says: "letters, digits, and the signs . - _ / #")),
    holdsData: true, hasPlainTags: true,
    properties: [
      Property(
        "dataProtectionPolicy", .document,
        "What is masked in the lines, as a data protection policy; at most 30,720 characters."),
      Property(
        "deletionProtectionEnabled", .boolean, default: false,
        "The service refuses to delete the group, and a plan that would is refused, too."),
      Property("kmsKeyId", .arn, "The ARN of the KMS key that encrypts the group."),
      Property(
        "logGroupClass", .choice(["STANDARD", "INFREQUENT_ACCESS", "DELIVERY"]), default: "STANDARD",
        change: .replaces, "What the group can do, and what it costs."),
      Property(
        "metricFilters", .map(.object(LogFilters.metrics.members)),
        "Metrics that count the lines which fit a pattern, by filter name. Declared, they are all that the group has; without it others' "
          + "are left alone."),
      Property(
        "retentionInDays",
        .integerChoice([
          1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
          3653,
        ]), "Days that lines are kept; for ever without it."),
      Property(
        "subscriptionFilters", .map(.object(LogFilters.subscriptions.members)),
        "Where lines that fit a pattern are sent, by filter name; at most two. Declared, they are all that the group has; without it "
          + "others' are left alone."),
    ],
    attributes: [
      Attribute("arn", early: true, "The group's ARN, without the :* that policies about its streams need."),
      Attribute("name", early: true, "The group's name."),
    ], relations: relations,
    example: """
      logGroups:
        build-worker:
          name: /aws/lambda/build-worker
          retentionInDays: 7
          metricFilters:
            errors: { filterPattern: ERROR, metricNamespace: Shop, metricName: Errors, metricValue: "1" }
      """)

  let calls = KindCalls(
    // The ARN that has the tags: without `:*`. For the other form LocalStack returns no tags at all.
    identity: Identity(
      creation: ["logGroupName": .name], reference: ["logGroupName": .name], tagged: ["resourceArn": arn],
      known: ["arn": arn]),
    create: Logs.createLogGroup, read: Logs.describeLogGroups,
    facets: [
      Facet(
        properties: ["retentionInDays"], put: Logs.putRetentionPolicy, clear: Logs.deleteRetentionPolicy),
      Facet(
        properties: ["kmsKeyId"], isCreated: true, put: Logs.associateKmsKey, clear: Logs.disassociateKmsKey),
      Facet(
        properties: ["dataProtectionPolicy"], reference: identifier, read: Logs.getDataProtectionPolicy,
        put: Logs.putDataProtectionPolicy, clear: Logs.deleteDataProtectionPolicy),
      Facet(
        properties: ["deletionProtectionEnabled"], reference: identifier, isCreated: true,
        put: Logs.putLogGroupDeletionProtection),
    ] + LogFilters.all.map { Facet(properties: [$0.property], items: $0.items) },
    ending: Ending(
      delete: Logs.deleteLogGroup, bar: "deletionProtectionEnabled", untagsFirst: .tagsOutliveLogGroups),
    listing: Listing(
      operation: Logs.describeLogGroups, name: "logGroupName", holdsState: true,
      prefix: "logGroupNamePrefix"),
    tags: Logs.tags,
    fields: WireFields(spelling: .lowerCamel, renamed: ["dataProtectionPolicy": "policyDocument"]))

  private static let arn = Identity.Part.arn("logs", "log-group:")
  private static let identifier = ["logGroupIdentifier": Identity.Part.name]

  func shape(_ input: inout [String: Value], of verb: KindVerb, for resource: Resource, in target: Target) {
    if input["deletionProtectionEnabled"] == false { input["deletionProtectionEnabled"] = nil }
  }

  func complete(
    _ live: inout LiveResource, from answer: AWSResponse, _ query: LiveQuery, _ aws: ReadingClient
  ) async throws(ProviderError) {
    // AWS always returns it, LocalStack never does.
    if answer.value["logGroupClass"] == nil { live.untold = ["logGroupClass"] }
    // A group that a lambda made first: whatever is put on it is lost.
    let hasTags = live.owner != nil || live.properties["tags"]?.isEmpty == false
    if !hasTags, aws.target.has(.dropsTagsOfBareLogGroups) { live.untold.insert("tags") }
  }
}
