package import Planner

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Amazon EventBridge Scheduler schedules. A schedule's name is unique within its group, and it has no tags.
///
/// Reads: one a schedule, and one listing for many. Writes: one each to create, change and delete one. A
/// change sends all that is declared, because the service unsets what it does not get. Facts: the EventBridge
/// Scheduler API reference, and `AWS::Scheduler::Schedule` in CloudFormation.
package struct ScheduleKind: DescribedKind {
  package init() {}

  package var schema: Schema { Self.declaration }

  let calls = KindCalls(
    identity: Identity(
      creation: ["GroupName": .part(0), "Name": .name], reference: ["GroupName": .part(0), "Name": .name],
      known: ["arn": .arn("scheduler", "schedule/")]),
    create: Scheduler.createSchedule, read: Scheduler.getSchedule,
    change: .whole(Scheduler.updateSchedule), ending: Ending(delete: Scheduler.deleteSchedule),
    listing: Listing(operation: Scheduler.listSchedules, name: "Name", within: ["GroupName"]),
    fields: WireFields(apart: ["groupName"]), token: "ClientToken")

  /// Dates travel as seconds since 1970.
  func shape(_ input: inout [String: Value], of verb: KindVerb, for resource: Resource, in target: Target) {
    for field in ["StartDate", "EndDate"] {
      guard let text = input[field]?.string, let date = try? Date(text, strategy: .iso8601) else { continue }
      input[field] = .integer(Int(date.timeIntervalSince1970))
    }
  }

  func complete(
    _ live: inout LiveResource, from answer: AWSResponse, _ query: LiveQuery, _ aws: ReadingClient
  ) async throws(ProviderError) {
    live.properties["groupName"] = answer.value["GroupName"]
    for property in ["startDate", "endDate"] {
      guard let seconds = live.properties[property]?.number else { continue }
      live.properties[property] = .string(Date(timeIntervalSince1970: seconds).formatted(.iso8601))
    }
  }
}
