import Planner

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// What is wrong with when a schedule runs. Emulators take nearly anything: validation is all that finds it before AWS does.
///
/// Facts: "Schedule types in EventBridge Scheduler" in its User Guide.
enum ScheduleExpression {
  /// What is wrong with an expression whose outer form, `rate(…)`, `cron(…)` or `at(…)`, is right; nil when it is sound.
  static func flaw(of text: String) -> (detail: String, fix: String)? {
    let inside = text.drop { $0 != "(" }.dropFirst().dropLast()
    let fields = inside.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    if text.hasPrefix("rate(") { return rateFlaw(fields, text) }
    if text.hasPrefix("cron(") { return cronFlaw(fields, text) }
    if moment("\(inside)Z") != nil { return nil }
    return (
      "\(text) holds no time of the calendar.",
      "Write at(2027-01-31T12:00:00); scheduleExpressionTimezone says whose time that is."
    )
  }

  private static let units = ["minute", "minutes", "hour", "hours", "day", "days"]

  private static func rateFlaw(_ fields: [String], _ text: String) -> (detail: String, fix: String)? {
    if fields.count == 2, let number = Int(fields[0]), number > 0, units.contains(fields[1]) { return nil }
    return (
      "\(text) is no number of minutes, hours or days.",
      "Write rate(5 minutes), rate(1 hour) or rate(7 days)."
    )
  }

  private static func cronFlaw(_ fields: [String], _ text: String) -> (detail: String, fix: String)? {
    guard fields.count == 6, !fields.contains("") else {
      return (
        "\(text) has \(fields.filter { !$0.isEmpty }.count) fields.",
        "There are six: minutes, hours, day of the month, month, day of the week, year, as in cron(0 2 * * ? *)."
      )
    }
    guard (fields[2] == "?") == (fields[4] == "?") else { return nil }
    return (
      "\(text) says \(fields[2] == "?" ? "no day at all" : "both a day of the month and one of the week").",
      "Set one of the two to ?, the other to * or to days."
    )
  }

  /// A time as `2027-01-31T12:00:00Z`; nil for one that no calendar has.
  static func moment(_ text: String) -> Date? {
    guard let date = try? Date(text, strategy: .iso8601), date.formatted(.iso8601) == text else { return nil }
    return date
  }
}
