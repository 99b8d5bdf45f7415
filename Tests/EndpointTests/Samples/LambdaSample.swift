extension KindSample {
  static let lambda = KindSample(
    section: "lambdas",
    surroundings: ["queues": "  dead: {}\n  deader: {}"],
    properties: [
      "code": "function", "runtime": "python3.12", "handler": "app.handler", "description": "works",
      "memorySize": "256", "timeout": "30", "environment": "{ LEVEL: debug, QUEUE: '${queues.dead.url}' }",
      "architecture": "arm64", "ephemeralStorage": "1024", "tracing": "Active",
      "deadLetterTargetArn": "'${queues.dead.arn}'",
      "kmsKeyArn": "'arn:aws:kms:us-east-1:{account}:key/11111111-1111-1111-1111-111111111111'",
      "loggingConfig": "{ logFormat: JSON, applicationLogLevel: WARN, logGroup: /own/group }",
      "reservedConcurrentExecutions": "5", "tags": "{ team: blue }",
      "grants": "[{ allow: ['s3:PutObject'], on: 'arn:aws:s3:::reports/*' }]",
    ],
    mutations: [
      "runtime": "python3.13", "description": "works on", "memorySize": "512", "timeout": "60",
      "environment": "{ LEVEL: info, COUNT: '3' }", "architecture": "x86_64", "ephemeralStorage": "2048",
      "tracing": "PassThrough", "deadLetterTargetArn": "'${queues.deader.arn}'",
      "kmsKeyArn": "'arn:aws:kms:us-east-1:{account}:key/22222222-2222-2222-2222-222222222222'",
      "loggingConfig": "{ logFormat: Text, logGroup: /other/group }", "reservedConcurrentExecutions": "0",
      "tags": "{ team: red, cost: low }",
    ],
    replacements: ["name": "renamed"],
    outsideChanges: [
      "timeout": """
      client('lambda').update_function_configuration(FunctionName=name, Timeout=99)
      client('lambda').get_waiter('function_updated_v2').wait(FunctionName=name)
      """
    ],
    defects: [
      Defect(
        endpoint: .localstack, property: "kmsKeyArn",
        evidence:
          "CreateFunction with KMSKeyArn, GetFunction without: LocalStack's model of a function has none")
    ])
}
