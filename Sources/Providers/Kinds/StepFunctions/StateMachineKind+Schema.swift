import Planner

extension StateMachineKind {
  static let declaration = Schema(
    section: "stateMachines", kind: "state machine", title: "AWS Step Functions state machine",
    summary: "A state machine is a workflow: states, what is done in each, and which one comes next.",
    naming: StepFunctions.naming, properties: workflow + rights + settings,
    attributes: [
      Attribute("arn", early: true, "The state machine's ARN."),
      Attribute("name", early: true, "The state machine's name."),
    ],
    relations: relations,
    example: """
      stateMachines:
        checkout:
          definition:
            StartAt: Pay
            States:
              Pay:
                Type: Task
                Resource: "arn:aws:states:::lambda:invoke"
                Parameters: { FunctionName: "${lambdas.pay.arn}", "Payload.$": $ }
                Retry: [{ ErrorEquals: [States.TaskFailed], MaxAttempts: 3 }]
                Catch: [{ ErrorEquals: [States.ALL], Next: Refund }]
                End: true
              Refund: { Type: Fail, Error: NotPaid }
      """)

  private static let relations: [Relation] =
    [
      .exactlyOne(of: "definition", "definitionFile"),
      .goesWith(
        ["definitionSubstitutions"], "definitionFile",
        because: "A definition that stands in the stack file has expressions."),
      .excludes(
        "grants", "roleArn", because: "They are statements of the role that is derived without roleArn."),
    ]
    + Relation.inside(
      "loggingConfiguration",
      .needs(.value("level", "ALL", "ERROR", "FATAL"), "destinations"),
      .atMost(1, of: "destinations", what: "log groups"))
    + StepFunctions.encryptionRelations

  private static let workflow = [
    Property(
      "definition", .document, need: .value,
      "The workflow in Amazon States Language, as YAML or as a text of JSON; at most 1 MB."),
    Property(
      "definitionFile", .path, local: true,
      "The file that holds the workflow, as YAML or JSON; instead of `definition`."),
    Property(
      "definitionSubstitutions", .map(.either([.boolean, .integer(nil), .text])), need: .value, local: true,
      "What stands for each `${Name}` in the file. A text that is one `${Name}` alone becomes the value itself."
    ),
    Property(
      "type", .choice(["STANDARD", "EXPRESS"]), default: "STANDARD", change: .replaces,
      "Executions that last up to a year and do each thing once, or many that last five minutes at most."),
  ]

  private static let rights = [
    Property(
      "grants",
      .list(
        .object([
          Property(
            "actions",
            .list(
              .string(
                TextRule(
                  pattern: "\\*|[a-zA-Z0-9-]+:[a-zA-Z0-9*?]+", says: "an action, as s3:PutObject"))),
            required: true, "What may be done."),
          Property("condition", .document, need: .value, "When, as IAM's `Condition`."),
          Property(
            "resources", .either([.text, .list(.text)]), required: true, need: .value,
            "The ARNs that they may be done on."),
        ])), need: .value, local: true,
      "What else the tasks may do: further statements of the role that Stackform derives."),
    Property(
      "roleArn",
      .string(TextRule(length: 1...256, pattern: "arn:[^:]+:iam::[^:]*:role/.+", says: "a role's ARN")),
      "The role that tasks are done as; without it one is derived, which allows what the definition calls."),
  ]

  private static let settings = [
    Property(
      "encryptionConfiguration", .object(StepFunctions.encryption), default: ["type": "AWS_OWNED_KEY"],
      "How the definition and executions are encrypted; with a key of AWS's own without it."),
    Property(
      "loggingConfiguration",
      .object([
        Property(
          "destinations", .set(.arn), "The ARN of the log group, be it with `:*` at its end or without."),
        Property(
          "includeExecutionData", .boolean, default: false, "Whether inputs and outputs are logged, too."),
        Property("level", .choice(["ALL", "ERROR", "FATAL", "OFF"]), default: "OFF", "What is logged."),
      ]), default: ["level": "OFF"], "What of its executions is logged, and where."),
    Property(
      "tracingConfiguration",
      .object([Property("enabled", .boolean, default: false, "Whether X-Ray traces executions.")]),
      default: ["enabled": false], "Whether executions are traced."),
  ]
}
