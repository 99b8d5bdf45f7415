extension KindSample {
  static let stateMachine = KindSample(
    section: "stateMachines",
    surroundings: [
      "logGroups": "  runs: {}\n  others: {}", "queues": "  jobs: {}\n  others: {}",
      "roles":
        "  one: { assumedBy: [states.amazonaws.com] }\n  another: { assumedBy: [states.amazonaws.com] }",
    ],
    properties: [
      "definition":
        "{ StartAt: Send, States: { Send: { Type: Task, Resource: 'arn:aws:states:::sqs:sendMessage', "
        + "Parameters: { QueueUrl: '${queues.jobs.url}', 'MessageBody.$': $ }, Retry: [{ ErrorEquals: [States.ALL], "
        + "BackoffRate: 1.5 }], Next: Done }, Done: { Type: Succeed } } }",
      "encryptionConfiguration": stepFunctionsKey("1"), "roleArn": "'${roles.one.arn}'",
      "loggingConfiguration":
        "{ level: ERROR, includeExecutionData: true, destinations: ['${logGroups.runs.arn}'] }",
      "tags": "{ team: blue }", "tracingConfiguration": "{ enabled: true }", "type": "STANDARD",
    ],
    mutations: [
      "definition": "{ Comment: changed, StartAt: Send, States: { Send: { Type: Task, End: true, "
        + "Resource: 'arn:aws:states:::sqs:sendMessage', "
        + "Parameters: { QueueUrl: '${queues.others.url}', MessageBody: one } } } }",
      "encryptionConfiguration": "{ type: AWS_OWNED_KEY }", "roleArn": "'${roles.another.arn}'",
      "loggingConfiguration": "{ level: ALL, destinations: ['${logGroups.others.arn}:*'] }",
      "tags": "{ owner: red }", "tracingConfiguration": "{ enabled: false }",
    ],
    replacements: ["name": "renamed", "type": "EXPRESS"], indispensable: ["definition"],
    outsideChanges: [
      "definition": change(
        "definition", #"'{"StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}}'"#),
      // Another key takes the definition along.
      "encryptionConfiguration": """
      machine = f"arn:aws:states:{region}:{account}:stateMachine:{name}"
      client("stepfunctions").update_state_machine(
        stateMachineArn=machine, encryptionConfiguration={"type": "AWS_OWNED_KEY"},
        definition=client("stepfunctions").describe_state_machine(stateMachineArn=machine)["definition"])
      """,
      "loggingConfiguration": change("loggingConfiguration", "{'level': 'OFF'}"),
      "roleArn": change("roleArn", "f'arn:aws:iam::{account}:role/another'"),
      "tags": """
      client("stepfunctions").tag_resource(
        resourceArn=f"arn:aws:states:{region}:{account}:stateMachine:{name}", tags=[{"key": "team", "value": "theirs"}])
      """,
      "tracingConfiguration": change("tracingConfiguration", "{'enabled': False}"),
    ],
    part: StackPart(
      entries: """
          checkout:
            definition:
              Comment: "In {size} steps"
              StartAt: Done
              States: { Done: { Type: Succeed } }
            tags: {tags}
        """,
      listing: #"[m["name"] for m in c("stepfunctions").list_state_machines()["stateMachines"]]"#))

  /// Its definition is in a file, with a role that is derived.
  static let filedStateMachine = KindSample(
    section: "stateMachines", surroundings: ["queues": "  jobs: {}\n  others: {}"],
    properties: [
      "definitionFile": "machine.json",
      "definitionSubstitutions": "{ Queue: '${queues.jobs.url}', Seconds: 5, IsLast: true }",
      "grants": "[{ actions: ['s3:GetObject'], resources: 'arn:aws:s3:::reports/*', "
        + "condition: { StringEquals: { 'aws:PrincipalTag/team': blue } } }]",
    ],
    mutations: [
      "definitionFile": "other-machine.yaml",
      "definitionSubstitutions": "{ Queue: '${queues.others.url}', Seconds: 6, IsLast: true }",
      "grants": "[{ actions: ['s3:GetObject', 's3:PutObject'], resources: ['arn:aws:s3:::reports/*'] }]",
    ], indispensable: ["definitionFile", "definitionSubstitutions"])

  /// The files of definitions that samples name.
  static let machines = [
    "machine.json": """
    {
    \t"StartAt": "Wait",
    \t"States": {
    \t\t"Wait": { "Type": "Wait", "Seconds": "${Seconds}", "Next": "Send" },
    \t\t"Send": {
    \t\t\t"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "End": "${IsLast}",
    \t\t\t"Parameters": { "QueueUrl": "${Queue}", "MessageBody": "after ${Seconds} seconds" }
    \t\t}
    \t}
    }
    """,
    "other-machine.yaml": """
    StartAt: Send
    States:
      Send:
        Type: Task
        Resource: arn:aws:states:::sqs:sendMessage
        Parameters: { QueueUrl: "${Queue}", MessageBody: "${Seconds}" }
        End: ${IsLast}
    """,
  ]

  private static func change(_ field: String, _ value: String) -> String {
    """
    client("stepfunctions").update_state_machine(
      stateMachineArn=f"arn:aws:states:{region}:{account}:stateMachine:{name}", \(field)=\(value))
    """
  }
}
