extension KindSample {
  static let permission = KindSample(
    section: "permissions",
    surroundings: [
      "lambdas": """
        worker: { code: function, runtime: python3.12, handler: app.handler }
        other: { code: function, runtime: python3.12, handler: app.handler }
      """
    ],
    properties: [
      "function": "'${lambdas.worker.arn}'", "principal": "s3.amazonaws.com",
      "action": "'lambda:InvokeFunction'", "sourceArn": "'arn:aws:s3:::reports'",
      "sourceAccount": "'{account}'",
    ],
    // A statement can't be changed, by nobody.
    replacements: [
      "function": "'${lambdas.other.arn}'", "principal": "sns.amazonaws.com",
      "action": "'lambda:GetFunction'",
      "sourceArn": "'arn:aws:s3:::other'", "sourceAccount": "'222222222222'",
    ])

  private static let worker = """
      worker: { code: function, runtime: python3.12, handler: app.handler, aliases: { live: {} } }
    """

  /// For the callers of an alias's URL.
  static let urlPermission = KindSample(
    section: "permissions", surroundings: ["lambdas": worker],
    properties: [
      "function": "'${lambdas.worker.arn}:live'", "principal": "'*'", "action": "'lambda:InvokeFunctionUrl'",
      "functionUrlAuthType": "NONE", "principalOrgID": "o-1111111111",
    ],
    replacements: ["functionUrlAuthType": "AWS_IAM", "principalOrgID": "o-2222222222"])

  /// For the callers of a URL, as to the function behind it.
  static let urlInvokePermission = KindSample(
    section: "permissions", surroundings: ["lambdas": worker],
    properties: [
      "function": "'${lambdas.worker.arn}'", "principal": "'*'", "invokedViaFunctionUrl": "true",
    ],
    replacements: ["invokedViaFunctionUrl": "false"])

  static let skillPermission = KindSample(
    section: "permissions", surroundings: ["lambdas": worker],
    properties: [
      "function": "'${lambdas.worker.arn}'", "principal": "alexa-appkit.amazon.com",
      "eventSourceToken": "skill-one",
    ],
    replacements: ["eventSourceToken": "skill-two"],
    defects: [
      Defect(
        endpoint: .localstack, property: nil,
        evidence: "AddPermission to alexa-appkit.amazon.com: 400 The provided principal was invalid")
    ])
}
