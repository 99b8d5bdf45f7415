package import Planner

/// Amazon EventBridge Scheduler schedule groups.
///
/// Reads: two a group (the group, its tags), and one listing for many. Writes: one to create one; all but
/// tags replaces. Facts: the EventBridge Scheduler API reference, and `AWS::Scheduler::ScheduleGroup` in
/// CloudFormation.
package struct ScheduleGroupKind: DescribedKind {
  package let schema = Schema(
    section: "scheduleGroups", kind: "schedule group", title: "Amazon EventBridge schedule group",
    summary: "A schedule group holds schedules that belong together. Deleting it deletes them.",
    naming: Naming(
      TextRule(length: 1...64, pattern: "[0-9a-zA-Z-_.]+", says: "letters, digits and the signs - _ .")),
    properties: [],
    attributes: [
      Attribute("arn", early: true, "The group's ARN."), Attribute("name", early: true, "The group's name."),
    ],
    example: """
      scheduleGroups:
        nightly: {}
      """)

  let calls = KindCalls(
    identity: Identity(
      creation: ["Name": .name], reference: ["Name": .name],
      tagged: ["ResourceArn": .arn("scheduler", "schedule-group/")],
      known: ["arn": .arn("scheduler", "schedule-group/")]),
    create: Scheduler.createScheduleGroup, read: Scheduler.getScheduleGroup,
    ending: Ending(delete: Scheduler.deleteScheduleGroup, untagsFirst: .keepsTagsOfScheduleGroups),
    phase: Phase(path: "State", leaving: ["DELETING"]),
    listing: Listing(operation: Scheduler.listScheduleGroups, name: "Name"), tags: Scheduler.tags,
    token: "ClientToken")
}
