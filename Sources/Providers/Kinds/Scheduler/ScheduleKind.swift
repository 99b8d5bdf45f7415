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
  package var schema: Schema { Self.declaration }

  let calls = KindCalls(
    identity: Identity(
      creation: ["GroupName": .part(0), "Name": .name], reference: ["GroupName": .part(0), "Name": .name],
      known: ["arn": .arn("scheduler", "schedule/")]),
    create: Scheduler.createSchedule, read: Scheduler.getSchedule,
    change: .whole(Scheduler.updateSchedule), ending: Ending(delete: Scheduler.deleteSchedule),
    listing: Listing(operation: Scheduler.listSchedules, name: "Name", within: ["GroupName"]),
    fields: WireFields(renamed: ScheduleTargets.renamed, apart: ["groupName"]), token: "ClientToken")

  package func problems(of resource: Resource) -> [PropertyProblem] {
    var problems: [PropertyProblem] = []
    if let text = resource["scheduleExpression"]?.string, let flaw = ScheduleExpression.flaw(of: text) {
      problems.append(
        PropertyProblem(["scheduleExpression"], "Bad schedule expression", flaw.detail, fix: flaw.fix))
    }
    for name in Self.dates {
      guard let text = resource[name]?.string, ScheduleExpression.moment(text) == nil else { continue }
      problems.append(PropertyProblem([name], "No such time", "\(text) is no time of the calendar."))
    }
    if let start = resource["startDate"]?.string, let end = resource["endDate"]?.string, end <= start {
      problems.append(
        PropertyProblem(["endDate"], "Ends before it begins", "\(end) is not after startDate, \(start)."))
    }
    let deadLetters = PropertyProblem.ofFIFO(
      deadLetters: resource["target"]?["deadLetterConfig"]?["arn"], at: ["target", "deadLetterConfig", "arn"])
    return problems + [deadLetters].compactMap(\.self)
  }

  /// The group before its schedules.
  package func derived(from resource: Resource, in stack: Stack) -> [Derived] {
    Derived.order(of: resource, byNameIn: "groupName", of: "scheduleGroups", in: stack)
  }

  private static let dates = ["endDate", "startDate"]

  /// Dates travel as seconds since 1970.
  func shape(_ input: inout [String: Value], of verb: KindVerb, for resource: Resource, in target: Target) {
    for (name, field) in [("endDate", "EndDate"), ("startDate", "StartDate")] {
      guard let date = resource[name]?.string.flatMap(ScheduleExpression.moment) else { continue }
      input[field] = .integer(Int(date.timeIntervalSince1970))
    }
  }

  func complete(
    _ live: inout LiveResource, from answer: AWSResponse, _ query: LiveQuery, _ aws: ReadingClient
  ) async throws(ProviderError) {
    live.properties["groupName"] = answer.value["GroupName"]
    for property in Self.dates {
      guard let seconds = live.properties[property]?.number else { continue }
      live.properties[property] = .string(Date(timeIntervalSince1970: seconds).formatted(.iso8601))
    }
  }
}
