import Planner

/// Amazon EventBridge Scheduler: its operations.
enum Scheduler {
  static let service = AWSService("scheduler", environmentID: "SCHEDULER", .restJSON)

  static let createSchedule = service.write(
    "CreateSchedule", .post, "/schedules/{Name}", repeats: .withToken("ClientToken"),
    proof: .member("ScheduleArn"), retries: freshRole)
  static let createScheduleGroup = service.write(
    "CreateScheduleGroup", .post, "/schedule-groups/{Name}", repeats: .withToken("ClientToken"),
    proof: .member("ScheduleGroupArn"))
  static let deleteSchedule = service.write(
    "DeleteSchedule", .delete, "/schedules/{Name}?groupName={GroupName}", repeats: .safe, proof: .nothing)
  static let deleteScheduleGroup = service.write(
    "DeleteScheduleGroup", .delete, "/schedule-groups/{Name}", repeats: .safe, proof: .nothing)
  static let getSchedule = service.read(
    "GetSchedule", .get, "/schedules/{Name}?groupName={GroupName}", proof: .member("Arn"))
  static let getScheduleGroup = service.read(
    "GetScheduleGroup", .get, "/schedule-groups/{Name}", proof: .member("Arn"))
  /// No page size: MiniStack 1.5.33 cuts the list there, and returns no token.
  static let listSchedules = service.read(
    "ListSchedules", .get, "/schedules?NextToken={NextToken}", proof: .presence("Schedules"),
    pages: Pages("Schedules", token: "NextToken"))
  static let listScheduleGroups = service.read(
    "ListScheduleGroups", .get, "/schedule-groups?NextToken={NextToken}", proof: .presence("ScheduleGroups"),
    pages: Pages("ScheduleGroups", token: "NextToken"))
  static let listTags = service.read(
    "ListTagsForResource", .get, "/tags/{ResourceArn}", proof: .presence("Tags"))
  static let tagResource = service.write(
    "TagResource", .post, "/tags/{ResourceArn}", repeats: .safe, proof: .nothing)
  static let untagResource = service.write(
    "UntagResource", .delete, "/tags/{ResourceArn}?TagKeys={TagKeys}", repeats: .safe, proof: .nothing)
  static let updateSchedule = service.write(
    "UpdateSchedule", .put, "/schedules/{Name}", repeats: .withToken("ClientToken"),
    proof: .member("ScheduleArn"), retries: freshRole)

  static let tags = TagCalls(
    read: listTags, put: tagResource, remove: untagResource, removesOne: .removesOneTagOfScheduleGroups)

  /// The service's error while a new role is not visible everywhere.
  private static let freshRole = [RetriedError("ValidationException", "must be assumed by")]
}
