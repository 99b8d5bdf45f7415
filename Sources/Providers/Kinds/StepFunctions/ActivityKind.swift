package import Planner

/// AWS Step Functions activities: queues of work, which workers of the user's own ask for.
///
/// Reads: two an activity (the activity, its tags); on emulators a listing tells first which of many are there.
/// Writes: one to create one, one each for tags that come and that go; all else replaces. Facts: the Step Functions
/// API reference, and `AWS::StepFunctions::Activity` in CloudFormation.
package struct ActivityKind: DescribedKind {
  package let schema = Schema(
    section: "activities", kind: "activity", title: "AWS Step Functions activity",
    summary: "An activity is work of a state machine that a program of your own asks for, and does.",
    naming: StepFunctions.naming,
    properties: [
      Property(
        "encryptionConfiguration", .object(StepFunctions.encryption), default: ["type": "AWS_OWNED_KEY"],
        change: .replaces, "How inputs are encrypted; with a key of AWS's own without it.")
    ],
    attributes: [
      Attribute("arn", early: true, "The activity's ARN, for a task's `Resource`."),
      Attribute("name", early: true, "The activity's name."),
    ],
    relations: StepFunctions.encryptionRelations,
    example: """
      activities:
        approval: {}
      """)

  let calls = KindCalls(
    identity: Identity(
      creation: ["name": .name], reference: ["activityArn": arn], tagged: ["resourceArn": arn],
      known: ["arn": arn]),
    create: StepFunctions.createActivity, read: StepFunctions.describeActivity,
    ending: Ending(delete: StepFunctions.deleteActivity),
    listing: Listing(operation: StepFunctions.listActivities, name: "name", isLate: true),
    tags: StepFunctions.tags, fields: WireFields(spelling: .lowerCamel))

  private static let arn = Identity.Part.arn("states", "activity:")

  /// AWS says of each activity whose key it has; emulators have no such thing.
  func complete(
    _ live: inout LiveResource, from answer: AWSResponse, _ query: LiveQuery, _ aws: ReadingClient
  ) async throws(ProviderError) {
    if answer.value["encryptionConfiguration"] == nil { live.untold.insert("encryptionConfiguration") }
  }
}
