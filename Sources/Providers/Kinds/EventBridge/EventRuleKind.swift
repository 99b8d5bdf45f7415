package import Planner

/// Rules of Amazon EventBridge, with their targets. A rule's name is unique on its bus.
///
/// Reads: three a rule (the rule, its targets where the file has them, its tags); of rules by themselves, a listing of buses and
/// one a bus. Writes: one to make one and one for its targets; one for all settings that change, one each for targets that come
/// or change and that go, and for tags; to delete one, its targets are listed and removed first. Facts: the EventBridge API
/// reference, "Event bus targets" and "Using resource-based policies" in its user guide, `AWS::Events::Rule` in CloudFormation.
package struct EventRuleKind: DescribedKind {
  package let schema = Schema(
    section: "eventRules", kind: "event rule", title: "Amazon EventBridge rule",
    summary: "A rule sends events that fit its pattern to its targets, or calls them at set times.",
    naming: Naming(
      TextRule(length: 1...64, pattern: "[.\\-_A-Za-z0-9]+", says: "letters, digits and the signs . - _"),
      within: ["eventBusName"]),
    properties: [
      Property("description", .string(TextRule(length: 0...512)), "What the rule is for."),
      Property(
        "eventBusName",
        .string(
          TextRule(
            length: 1...256, pattern: "[/.\\-_A-Za-z0-9]+", says: "letters, digits and the signs / . - _")),
        default: "default", change: .replaces, boundTo: "eventBuses", "The bus."),
      Property(
        "eventPattern", .document,
        "Which events fit, as `{ source: [shop], detail: { total: [{ numeric: [\">\", 9] }] } }`."),
      Property(
        "roleArn", .arn,
        "The role of targets in other accounts that their buses let in; a target can have its own."),
      Property(
        "scheduleExpression",
        .string(TextRule(length: 1...256, pattern: "(rate|cron)\\(.*\\)", says: "rate(…) or cron(…)")),
        "When the targets are called, in UTC: `rate(5 minutes)` or `cron(0 2 * * ? *)`."),
      Property(
        "state", .choice(["DISABLED", "ENABLED", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"]),
        default: "ENABLED", "Whether it works, and whether events of reading API calls count."),
      Property(
        "targets", .map(.object(EventTargets.members)),
        "What is called, by names of one's own; at most five. Declared, they are all that the rule has; without it others' "
          + "are left alone."),
    ],
    attributes: [
      Attribute("arn", early: true, "The rule's ARN."), Attribute("name", early: true, "The rule's name."),
    ], relations: relations,
    example: """
      eventRules:
        large-orders:
          eventPattern: { source: [shop], detail: { total: [{ numeric: [">", 1000] }] } }
          targets:
            jobs: { arn: "${queues.jobs.arn}", inputPath: $.detail }
        nightly:
          scheduleExpression: cron(0 2 * * ? *)
          targets:
            worker: { arn: "${lambdas.worker.arn}", input: { task: clean } }
      """)

  private static let relations =
    [
      .atLeastOne(of: "eventPattern", "scheduleExpression"),
      .goesWith(
        ["scheduleExpression"], .value("eventBusName", "default"),
        because: "Schedules run on the default bus alone."),
      .atMost(EventTargets.most, of: "targets", what: "targets"),
    ] + EventTargetParameters.relations

  let calls = KindCalls(
    identity: Identity(
      creation: ["EventBusName": .part(0), "Name": .name],
      reference: ["EventBusName": .part(0), "Name": .name], tagged: ["ResourceARN": arn],
      known: ["arn": arn]),
    create: EventBridge.putRule, read: EventBridge.describeRule, change: .whole(EventBridge.putRule),
    facets: [
      Facet(
        properties: [EventTargets.property], reference: ["EventBusName": .part(0), "Rule": .name],
        items: EventTargets.items)
    ],
    ending: Ending(delete: EventBridge.deleteRule), tags: EventBridge.tags, tagsShowExistence: true,
    fields: WireFields(apart: ["eventBusName"], resets: ["description": ""]))

  /// A rule of the default bus has a shorter ARN.
  private static let arn = Identity.Part.madeOfParts { parts, target in
    target.arn(
      "events", "rule/" + (parts.first == "default" ? Array(parts.dropFirst()) : parts).joined(separator: "/")
    )
  }

  func complete(
    _ live: inout LiveResource, from answer: AWSResponse, _ query: LiveQuery, _ aws: ReadingClient
  ) async throws(ProviderError) {
    live.properties["eventBusName"] = answer.value["EventBusName"]
  }

  /// EventBridge refuses to delete a rule that has targets, whoever put them there.
  func prepare(_ deletion: Deletion, _ aws: WritingClient) async throws(ProviderError) {
    guard let facet = calls.facets.first, let items = facet.items else { return }
    let reference = verbs.reference(deletion.live.id, of: facet, in: aws.target)
    try await items.write(nil, over: try await items.read(reference, aws.reading), reference, aws)
  }

  /// Rules are listed by their bus.
  package func everything(_ aws: ReadingClient) async throws(ProviderError) -> [ListedResource] {
    var rules: [ListedResource] = []
    for bus in try await aws.everyItem(EventBridge.listEventBuses) {
      guard let name = bus["Name"]?.string else { continue }
      for rule in try await aws.everyItem(EventBridge.listRules, ["EventBusName": .string(name)]) {
        guard let own = rule["Name"]?.string else { continue }
        rules.append(ListedResource(name: name + Schema.identitySeparator + own))
      }
    }
    return rules
  }
}
