package import Planner

/// Event buses of Amazon EventBridge. Each account has one called default, which no stack can own.
///
/// Reads: two a bus (the bus with its policy, its tags), and one listing for many. Writes: one to create one, a second for a
/// policy; one for all settings that change, one for the policy, and one each for tags that come and that go. Facts: the
/// EventBridge API reference, "Encrypting events" in its user guide, `AWS::Events::EventBus` in CloudFormation.
package struct EventBusKind: DescribedKind {
  package let schema = Schema(
    section: "eventBuses", kind: "event bus", title: "Amazon EventBridge event bus",
    summary: "An event bus takes events, and gives each to the rules whose pattern it fits.",
    naming: Naming(
      TextRule(length: 1...256, pattern: "[/.\\-_A-Za-z0-9]+", says: "letters, digits and the signs / . - _")),
    properties: [
      Property(
        "deadLetterConfig", .object([Property("arn", .arn, required: true, "The ARN of the queue.")]),
        "Where an event goes that can't be encrypted or decrypted with the bus's key."),
      Property("description", .string(TextRule(length: 0...512)), "What the bus is for."),
      Property(
        "eventSourceName",
        .string(
          TextRule(
            length: 1...256, pattern: "aws\\.partner(/[.\\-_A-Za-z0-9]+){2,}",
            says: "aws.partner/<firm>/<source>")),
        change: .replaces, writeOnly: true,
        "The source of another firm's events, after which the bus is named."),
      Property(
        "kmsKeyIdentifier",
        .string(
          TextRule(
            length: 1...2048, pattern: "[a-zA-Z0-9_\\-/:]+", says: "a key's id, ARN, alias or the alias's ARN"
          )),
        "The KMS key that encrypts the events; a key of AWS's own without it."),
      Property(
        "logConfig",
        .object([
          Property(
            "includeDetail", .choice(["NONE", "FULL"]), default: "NONE",
            "Whether the lines hold the events' details."),
          Property(
            "level", .choice(["OFF", "ERROR", "INFO", "TRACE"]), default: "OFF", "Which lines are written."),
        ]), "What the bus tells of what it does."),
      Property(
        "policy", .policy, need: .value,
        "Which accounts and services may send events here and make rules; all of it, in the place of what others put there."
      ),
    ],
    attributes: [
      Attribute("arn", early: true, "The bus's ARN."), Attribute("name", early: true, "The bus's name."),
    ],
    example: """
      eventBuses:
        orders:
          description: What happens to orders
          deadLetterConfig: { arn: "${queues.dead.arn}" }
      """)

  let calls = KindCalls(
    identity: Identity(
      creation: ["Name": .name], reference: ["Name": .name], tagged: ["ResourceARN": arn],
      known: ["arn": arn]),
    create: EventBridge.createEventBus, read: EventBridge.describeEventBus,
    change: .wholeOverProperties(EventBridge.updateEventBus),
    facets: [
      Facet(
        properties: ["policy"], reference: ["EventBusName": .name], put: EventBridge.putPermission,
        clear: EventBridge.removePermission, clearing: ["RemoveAllPermissions": true])
    ],
    ending: Ending(delete: EventBridge.deleteEventBus),
    listing: Listing(operation: EventBridge.listEventBuses, name: "Name", prefix: "NamePrefix"),
    tags: EventBridge.tags, tagsShowExistence: true,
    fields: WireFields(resets: [
      "deadLetterConfig": [:], "description": "", "kmsKeyIdentifier": "",
      "logConfig": ["IncludeDetail": "NONE", "Level": "OFF"],
    ]))

  private static let arn = Identity.Part.arn("events", "event-bus/")

  package func problems(of resource: Resource) -> [PropertyProblem] {
    var problems = [
      PropertyProblem.ofFIFO(
        deadLetters: resource["deadLetterConfig"]?["arn"], at: ["deadLetterConfig", "arn"])
    ].compactMap(\.self)
    if resource.name == "default" {
      problems.append(
        PropertyProblem(
          ["name"], "Reserved name", "Each account has a bus called default already.",
          fix: "Choose another name; rules are on the default bus without an eventBusName."))
    }
    if resource.name?.contains("/") == true, resource["eventSourceName"]?.isNull ?? true {
      problems.append(
        PropertyProblem(
          ["name"], "Name not allowed", "Only a bus for another firm's events has a / in its name.",
          fix: "Name the firm's source in eventSourceName, or take the / out."))
    }
    return problems
  }

  package func problems(of resource: Resource, in stack: Stack) -> [PropertyProblem] {
    let (arn, path) = (resource["deadLetterConfig"]?["arn"], ["deadLetterConfig", "arn"])
    let foreign = stack.foreignReceiverProblem(arn, at: path, from: resource, service: EventBridge.principal)
    return stack.deadLetterProblems(arn, at: path) + [foreign].compactMap(\.self)
  }

  /// The queue for dead letters lets the bus send there: "Event bus dead-letter queue permissions" in the user guide.
  package func derived(from resource: Resource, in stack: Stack) -> [Derived] {
    guard let queue = resource.referenced(at: "deadLetterConfig.arn"), queue.section == "queues",
      let arn = resource["deadLetterConfig"]?["arn"]
    else { return [] }
    let bus = earlyAttributes(of: resource, in: stack.target)["arn"]
    return [
      .sending(
        to: queue, arn: arn, service: EventBridge.principal, source: (bus, nil),
        because: "\(resource.address) sends dead letters there")
    ]
  }

  func complete(
    _ live: inout LiveResource, from answer: AWSResponse, _ query: LiveQuery, _ aws: ReadingClient
  ) async throws(ProviderError) {
    // What a bus has that logs nothing, and what a reset writes.
    let told = answer.value["LogConfig"]
    if told?["Level"] == "OFF", told?["IncludeDetail"] ?? "NONE" == "NONE" {
      live.properties["logConfig"] = nil
    }
  }
}
