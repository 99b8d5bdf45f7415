extension KindSample {
  static let compositeAlarm = KindSample(
    section: "compositeAlarms",
    surroundings: [
      "topics": "  alerts: {}\n  others: {}",
      "alarms": ["one", "two", "deployment"].map { "  \($0): \(watched)" }.joined(separator: "\n"),
    ],
    properties: [
      "actionsEnabled": "false", "alarmActions": "['${topics.alerts.arn}', '${topics.others.arn}']",
      "alarmDescription": "Both & more",
      "alarmRule": "ALARM(\"${alarms.one.name}\") AND NOT OK(\"${alarms.two.name}\")",
      "insufficientDataActions": "['${topics.others.arn}']", "okActions": "['${topics.alerts.arn}']",
      "actionsSuppressor": "'${alarms.deployment.name}'", "actionsSuppressorWaitPeriod": "60",
      "actionsSuppressorExtensionPeriod": "30", "tags": "{ team: blue }",
    ],
    mutations: [
      "actionsEnabled": "true", "alarmActions": "['${topics.alerts.arn}']", "alarmDescription": "Others",
      "alarmRule": "AT_LEAST(1, ALARM, (${alarms.one.name}, ${alarms.two.name}))",
      "insufficientDataActions": "['${topics.alerts.arn}', '${topics.others.arn}']",
      "okActions": "['${topics.others.arn}']", "actionsSuppressor": "'${alarms.two.arn}'",
      "actionsSuppressorWaitPeriod": "90", "actionsSuppressorExtensionPeriod": "0", "tags": "{ owner: red }",
    ],
    replacements: ["name": "another"],
    // A suppressor has both periods.
    companions: [
      "actionsSuppressor": ["actionsSuppressorExtensionPeriod", "actionsSuppressorWaitPeriod"],
      "actionsSuppressorExtensionPeriod": ["actionsSuppressor", "actionsSuppressorWaitPeriod"],
      "actionsSuppressorWaitPeriod": ["actionsSuppressor", "actionsSuppressorExtensionPeriod"],
    ],
    outsideChanges: [
      "actionsEnabled": put("ActionsEnabled=True"), "alarmActions": put("AlarmActions=[others]"),
      "alarmDescription": put("AlarmDescription='Mine'"), "alarmRule": put("AlarmRule='ALARM(\"two\")'"),
      "insufficientDataActions": put("InsufficientDataActions=[]"), "okActions": put("OKActions=[others]"),
      "actionsSuppressor": put("ActionsSuppressor='one'"),
      "actionsSuppressorWaitPeriod": put("ActionsSuppressorWaitPeriod=7"),
      "actionsSuppressorExtensionPeriod": put("ActionsSuppressorExtensionPeriod=7"),
      "tags": AlarmScript.tagging,
    ])

  private static let watched =
    "{ metricName: Size, namespace: Shop, statistic: Sum, period: 60, evaluationPeriods: 1, "
    + "comparisonOperator: GreaterThanThreshold, threshold: 1 }"

  private static func put(_ change: String) -> String {
    AlarmScript.call(
      "PutCompositeAlarm",
      """
      {key: value for key, value in (dict(AlarmName=name, ActionsEnabled=False, AlarmActions=[alerts, others],
        AlarmDescription="Both & more", AlarmRule='ALARM("one") AND NOT OK("two")',
        InsufficientDataActions=[others], OKActions=[alerts], ActionsSuppressor="deployment",
        ActionsSuppressorWaitPeriod=60, ActionsSuppressorExtensionPeriod=30) | dict(\(change))).items()}
      """)
  }
}
