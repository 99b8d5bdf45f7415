package import Planner

/// AWS Step Functions state machines.
///
/// Reads: two a state machine (the machine, its tags); on emulators a listing tells first which of many are there.
/// Writes: one to create one, one for all that changes, one each for tags that come and that go. A deleted one is waited
/// for: it stays until its executions have come to their next state. Facts: the Step Functions API reference,
/// `AWS::StepFunctions::StateMachine` in CloudFormation.
package struct StateMachineKind: DescribedKind {
  package var schema: Schema { Self.declaration }

  let calls = KindCalls(
    identity: Identity(
      creation: ["name": .name], reference: ["stateMachineArn": arn], tagged: ["resourceArn": arn],
      known: ["arn": arn]),
    create: StepFunctions.createStateMachine, read: StepFunctions.describeStateMachine,
    change: .partial(StepFunctions.updateStateMachine),
    ending: Ending(delete: StepFunctions.deleteStateMachine),
    phase: Phase(path: "status", leaving: ["DELETING"], limit: .seconds(900)),
    listing: Listing(operation: StepFunctions.listStateMachines, name: "name", isLate: true),
    tags: StepFunctions.tags, fields: WireFields(spelling: .lowerCamel))

  private static let arn = Identity.Part.arn("states", "stateMachine:")

  /// Whether executions are of the short sort, which knows no waiting for others.
  static func isExpress(_ resource: Resource) -> Bool { resource["type"] == "EXPRESS" }

  /// Each setting is sent as a whole, so that a member which is taken out must show. A log group's ARN ends in `:*` here.
  package func completed(_ resource: Resource) -> Resource {
    var completed = resource
    completed.complete(
      "loggingConfiguration", with: ["destinations": [], "includeExecutionData": false, "level": "OFF"])
    if let groups = completed["loggingConfiguration"]?["destinations"]?.list,
      var logging = completed["loggingConfiguration"]?.map
    {
      logging["destinations"] = .list(groups.map(Self.withStreams))
      completed.properties["loggingConfiguration"] = .map(logging)
    }
    completed.complete("encryptionConfiguration", with: ["kmsDataKeyReusePeriodSeconds": .null])
    completed.complete("tracingConfiguration", with: ["enabled": false])
    return completed
  }

  /// A log group with all its streams.
  private static func withStreams(_ group: Value) -> Value {
    switch group {
    case .string(let text): .string(text.hasSuffix(":*") ? text : "\(text):*")
    case .pending(let template):
      template.source.hasSuffix(":*")
        ? group : .pending(Template(parts: template.parts + [.text(":*")], source: template.source + ":*"))
    case .null, .boolean, .integer, .number, .list, .map: group
    }
  }

  package func problems(of resource: Resource) -> [PropertyProblem] {
    guard let definition = resource["definition"], !definition.isWhollyPending else { return [] }
    return StatesCheck.problems(of: definition, isExpress: Self.isExpress(resource), at: ["definition"])
  }

  // MARK: The wire

  /// Log groups stand three objects deep. Another key takes the definition along, to encrypt it.
  func shape(_ input: inout [String: Value], of verb: KindVerb, for resource: Resource, in target: Target) {
    if input["encryptionConfiguration"] != nil {
      input.merge(calls.fields.fields(of: resource, ["definition"], in: schema)) { $1 }
    }
    guard var logging = input["loggingConfiguration"]?.map else { return }
    let groups = (logging["destinations"]?.list ?? []).map { group -> Value in
      ["cloudWatchLogsLogGroup": ["logGroupArn": group]]
    }
    logging["destinations"] = groups.isEmpty ? nil : .list(groups)
    input["loggingConfiguration"] = .map(logging)
  }

  func complete(
    _ live: inout LiveResource, from answer: AWSResponse, _ query: LiveQuery, _ aws: ReadingClient
  ) async throws(ProviderError) {
    guard var logging = live.properties["loggingConfiguration"]?.map else { return }
    let groups = (answer.value["loggingConfiguration"]?["destinations"]?.list ?? []).compactMap {
      $0["cloudWatchLogsLogGroup"]?["logGroupArn"]
    }
    logging["destinations"] = groups.isEmpty ? nil : .list(groups)
    live.properties["loggingConfiguration"] = .map(logging)
  }
}

extension Value {
  /// One expression that is known only after apply, and nothing around it.
  var isWhollyPending: Bool { if case .pending = self { true } else { false } }
}
