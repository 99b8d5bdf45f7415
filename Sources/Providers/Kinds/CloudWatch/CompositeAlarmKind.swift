package import Planner

/// Amazon CloudWatch composite alarms: alarms on the states of other alarms.
///
/// Reads: one for a hundred alarms, and one more an alarm for its tags. Writes: one to create or change one,
/// which sends the whole alarm each time; tags have calls of their own. Facts: the CloudWatch API reference
/// (PutCompositeAlarm), `AWS::CloudWatch::CompositeAlarm`.
package struct CompositeAlarmKind: AlarmFamily {
  let calls = KindCalls.alarm(of: "CompositeAlarm", put: CloudWatch.putCompositeAlarm)

  package let schema = Schema(
    section: "compositeAlarms", kind: "compositeAlarm", title: "Amazon CloudWatch composite alarm",
    summary: "A composite alarm watches other alarms, and notifies when their states fit a rule.",
    naming: AlarmNames.naming,
    properties: (AlarmActions.properties + own).sorted { $0.name < $1.name },
    attributes: AlarmNames.attributes,
    relations: AlarmActions.relations + [
      .needs(
        "actionsSuppressor", "actionsSuppressorExtensionPeriod", "actionsSuppressorWaitPeriod"),
      .goesWith(
        ["actionsSuppressorExtensionPeriod", "actionsSuppressorWaitPeriod"], "actionsSuppressor"),
    ],
    example: """
      compositeAlarms:
        shop-down:
          alarmRule: ALARM("too-many-errors") AND NOT ALARM("deployment-under-way")
      """)

  private static let own = [
    Property(
      "actionsSuppressor", .string(TextRule(length: 1...1600)),
      "The name or ARN of the alarm that keeps this one from doing anything while it is in ALARM."),
    Property(
      "actionsSuppressorExtensionPeriod", .integer(0...Int(Int32.max)),
      "Seconds to wait for this alarm to change once the suppressor is no longer in ALARM."),
    Property(
      "actionsSuppressorWaitPeriod", .integer(0...Int(Int32.max)),
      "Seconds to wait for the suppressor to be in ALARM once this alarm is."),
    Property("alarmDescription", .string(TextRule(length: 0...1024)), "What the alarm means."),
    Property(
      "alarmRule", .string(TextRule(length: 1...10240)), required: true,
      "ALARM(name), OK(name), INSUFFICIENT_DATA(name), AT_LEAST(2, ALARM, (names)), TRUE and FALSE, with AND, OR, NOT and parentheses."
    ),
  ]

  package func problems(of resource: Resource) -> [PropertyProblem] {
    guard let rule = resource["alarmRule"]?.string, let mistake = AlarmRule.mistake(in: rule) else {
      return []
    }
    return [
      PropertyProblem(
        ["alarmRule"], "Not a rule", mistake,
        fix: "Write it as ALARM(\"one\") AND NOT (OK(\"two\") OR ALARM(\"three\")).")
    ]
  }

  package func derived(from resource: Resource, in stack: Stack) -> [Derived] {
    let arn = earlyAttributes(of: resource, in: stack.target)["arn"]
    return AlarmActions.derived(from: resource, arn: arn, in: stack)
  }

  func shape(_ input: inout [String: Value], of verb: KindVerb, for resource: Resource, in target: Target) {
    input = input.filter { !$0.value.isEmpty }
  }
}
