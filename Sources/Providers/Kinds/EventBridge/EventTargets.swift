import Planner

/// The targets of a rule: their calls, and how one is spelt in them.
///
/// A rule's targets are read only where the file has them, and then enforced as a whole, as every map is.
enum EventTargets {
  static let property = "targets"

  /// How many a rule may have: "EventBridge quotas" in the user guide.
  static let most = 5

  /// Members of a target, each with its name as the file and as the service has it.
  static let members =
    EventTargetMembers.plain + EventTargetParameters.members

  static let wire = WireFields(renamed: EventTargetParameters.renamed)

  /// PutTargets replaces the target of an id.
  static let items = FacetItems(
    list: EventBridge.listTargetsByRule, put: EventBridge.putTargets, remove: EventBridge.removeTargets,
    key: "Id", shape: .object(members),
    fields: { wire.spelt($0, .object(members), at: property).map ?? [:] },
    value: { wire.read($0, .object(members), at: property) },
    together: FacetItems.Together(put: "Targets", remove: "Ids", most: most))

  /// What the ids look like; they are the names in the map.
  static func problems(of rule: Resource) -> [PropertyProblem] {
    let targets = (rule[property]?.map ?? [:]).sorted { $0.key < $1.key }
    return targets.flatMap { name, target -> [PropertyProblem] in
      var problems: [PropertyProblem] = []
      if !(1...64).contains(name.count) || name.contains(where: { !isSign($0) }) {
        problems.append(
          PropertyProblem(
            [property, name], "Name not allowed",
            "A target's name is 1 to 64 letters, digits and the signs . - _; \"\(name)\" is not."))
      }
      let path = [property, name, "deadLetterConfig", "arn"]
      return problems
        + [PropertyProblem.ofFIFO(deadLetters: target["deadLetterConfig"]?["arn"], at: path)].compactMap(
          \.self)
    }
  }

  private static func isSign(_ sign: Character) -> Bool {
    sign.isASCII && (sign.isLetter || sign.isNumber || ".-_".contains(sign))
  }
}

/// What all sorts of targets take.
private enum EventTargetMembers {
  static let plain = [
    Property(
      "arn", .arn, required: true,
      "The ARN of what is called: a lambda, queue, topic, stream, state machine, cluster, bus, API, log group, …"
    ),
    Property(
      "roleArn", .arn,
      "The role that EventBridge takes on to call it. Lambdas, queues, topics and log groups need none; for most others one "
        + "is derived."
    ),
    Property("input", .document, "What the target gets, in the place of the event."),
    Property(
      "inputPath", .string(TextRule(length: 0...256)),
      "The part of the event that the target gets, as $.detail."),
    Property(
      "inputTransformer",
      .object([
        Property(
          "inputPathsMap", .map(.text),
          "Parts of the event by names of one's own, as `order: $.detail.order`."),
        Property(
          "inputTemplate", .string(TextRule(length: 1...8192)), required: true,
          "What the target gets, with <order> for such a part."),
      ]), "What the target gets, made of parts of the event."),
    Property(
      "deadLetterConfig", .object([Property("arn", .arn, required: true, "The ARN of the queue.")]),
      "Where an event goes that could not be delivered."),
    Property(
      "retryPolicy",
      .object([
        Property(
          "maximumEventAgeInSeconds", .integer(60...86_400), default: 86_400, "How old an event may be."),
        Property("maximumRetryAttempts", .integer(0...185), default: 185, "How often it is tried again."),
      ]), "How a failed delivery is tried again."),
  ]
}
