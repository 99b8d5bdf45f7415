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
}
