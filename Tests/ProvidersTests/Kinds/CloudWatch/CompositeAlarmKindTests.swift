import Testing

@testable import Planner
@testable import Providers

struct `The rule of a composite alarm` {
  @Test(arguments: [
    "ALARM(\"one\")", "ALARM(one) AND NOT (OK(two) OR INSUFFICIENT_DATA(\"a (b)\"))", "NOT NOT TRUE", "FALSE",
    "AT_LEAST(2, ALARM, (one, \"two\", three))", "AT_LEAST(50%, NOT OK, (one, two))",
    "ALARM(arn:aws:cloudwatch:eu-west-1:111111111111:alarm:one)", "( ALARM(one)AND(TRUE) )",
  ])
  func `is one`(_ rule: String) {
    #expect(AlarmRule.mistake(in: rule) == nil)
  }

  static let mistakes = [
    ("", "It ends"), ("ALARM(one", "\")\" is expected at the end."),
    ("ALARM()", "The name of an alarm is missing."),
    ("alarm(one)", "\"alarm\" is not one of"), ("ALARM(one) ALARM(two)", "\"ALARM\" is not expected here."),
    ("ALARM(one) AND", "It ends"), ("ALARM(\"one)", "A quotation mark is not closed."),
    ("AT_LEAST(0, ALARM, (one))", "AT_LEAST begins"), ("AT_LEAST(120%, ALARM, (one))", "AT_LEAST begins"),
    ("AT_LEAST(1, FIRE, (one))", "\"FIRE\" is not a state"),
    ((1...101).map { "ALARM(a\($0))" }.joined(separator: " OR "), "at most 100 alarms, not 101"),
    ((1...501).map { _ in "TRUE" }.joined(separator: " OR "), "at most 500 elements, not 501"),
  ]

  @Test(arguments: mistakes)
  func `is none, and the mistake is told`(_ rule: String, _ mistake: String) {
    #expect(AlarmRule.mistake(in: rule)?.contains(mistake) == true)
  }
}

struct `A composite alarm` {
  private let kind = CompositeAlarmKind()
  private let owner = Owner(stack: "shop", address: Address("compositeAlarms", "down"))

  private func alarm(_ properties: [String: Value]) -> Resource {
    Resource(
      owner.address, name: "down", properties: properties.merging(["alarmRule": "TRUE"]) { first, _ in first }
    )
  }

  @Test func `has a suppressor with both periods, and periods with a suppressor`() {
    let (wait, extension_) = ("actionsSuppressorWaitPeriod", "actionsSuppressorExtensionPeriod")
    #expect(kind.allProblems(of: alarm([:])).isEmpty)
    #expect(kind.allProblems(of: alarm(["actionsSuppressor": "x", wait: 0, extension_: 0])).isEmpty)
    #expect(
      kind.allProblems(of: alarm(["actionsSuppressor": "x", wait: 0])).map(\.path) == [["actionsSuppressor"]])
    #expect(kind.allProblems(of: alarm([wait: 0])).map(\.path) == [[wait]])
    #expect(kind.allProblems(of: alarm(["alarmRule": "PERHAPS"])).map(\.path) == [["alarmRule"]])
  }

  @Test func `is told whole when one property changes, and read from its own list`() async throws {
    let found: Value = [
      "AlarmName": "down", "AlarmRule": "TRUE", "ActionsEnabled": "true", "ActionsSuppressorWaitPeriod": "60",
      "ActionsSuppressor": "x", "ActionsSuppressorExtensionPeriod": "0", "OKActions": ["arn:a"],
      "AlarmDescription": "",
    ]
    let sender = AnsweringSender([
      "DescribeAlarms": ["CompositeAlarms": [found], "MetricAlarms": [["AlarmName": "down"]]],
      "ListTagsForResource": ["Tags": owner.tags.tagList], "PutCompositeAlarm": [:],
    ])
    let live = try #require(try await kind.read(LiveQuery(alarm([:]), owner: owner), sender.reading))
    #expect(await sender.input("DescribeAlarms")?["AlarmTypes"] == ["CompositeAlarm"])
    #expect(
      live.properties == [
        "alarmRule": "TRUE", "actionsEnabled": true, "actionsSuppressor": "x", "okActions": ["arn:a"],
        "actionsSuppressorWaitPeriod": 60, "actionsSuppressorExtensionPeriod": 0, "tags": [:],
      ])
    let update = Update(
      live: live, resource: alarm(["alarmRule": "FALSE"]), owner: owner, changed: ["alarmRule"])
    _ = try await kind.update(update, sender.writing)
    #expect(
      await sender.input("PutCompositeAlarm") == [
        "AlarmName": "down", "AlarmRule": "FALSE", "ActionsEnabled": true, "ActionsSuppressor": "x",
        "ActionsSuppressorWaitPeriod": 60, "ActionsSuppressorExtensionPeriod": 0, "OKActions": ["arn:a"],
      ])
  }
}
