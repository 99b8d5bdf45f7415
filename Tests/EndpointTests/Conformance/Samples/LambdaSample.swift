extension KindSample {
  static let lambda = KindSample(
    section: "lambdas",
    surroundings: [
      "queues": "  dead: {}\n  deader: {}\n  good: {}\n  bad: {}",
      "layers": "  shared: { content: function }\n  other: { content: other-function }",
    ],
    properties: [
      "code": "function", "runtime": "python3.12", "handler": "app.handler", "description": "works",
      "memorySize": "256", "timeout": "30", "environment": "{ LEVEL: debug, QUEUE: '${queues.dead.url}' }",
      "architecture": "arm64", "ephemeralStorage": "1024", "tracing": "Active",
      "deadLetterTargetArn": "'${queues.dead.arn}'",
      "kmsKeyArn": "'arn:aws:kms:us-east-1:{account}:key/11111111-1111-1111-1111-111111111111'",
      "loggingConfig":
        "{ logFormat: JSON, applicationLogLevel: WARN, systemLogLevel: DEBUG, logGroup: /own/group }",
      "reservedConcurrentExecutions": "5", "tags": "{ team: blue }",
      "grants":
        "[{ allow: ['s3:PutObject'], on: 'arn:aws:s3:::reports/*', condition: { Bool: { 'aws:SecureTransport': 'true' } } }]",
      "layers": "['${layers.shared.arn}']", "recursiveLoop": "Allow",
      "eventInvokeConfig":
        "{ maximumRetryAttempts: 1, maximumEventAgeInSeconds: 120, onSuccess: '${queues.good.arn}', onFailure: '${queues.bad.arn}' }",
      "functionUrl":
        "{ authType: NONE, invokeMode: BUFFERED, cors: { allowCredentials: true, allowHeaders: [x-a], allowMethods: [GET, POST], "
        + "allowOrigins: ['https://a.example'], exposeHeaders: [x-b], maxAge: 60 } }",
      "runtimeManagementConfig":
        "{ updateRuntimeOn: Manual, runtimeVersionArn: 'arn:aws:lambda:us-east-1::runtime:0123456789' }",
    ],
    mutations: [
      "code": "other-function", "runtime": "python3.13", "handler": "app.other", "description": "works on",
      "memorySize": "512", "timeout": "60", "environment": "{ LEVEL: info, COUNT: '3' }",
      "architecture": "x86_64", "ephemeralStorage": "2048", "tracing": "PassThrough",
      "deadLetterTargetArn": "'${queues.deader.arn}'",
      "kmsKeyArn": "'arn:aws:kms:us-east-1:{account}:key/22222222-2222-2222-2222-222222222222'",
      "loggingConfig": "{ logFormat: Text, logGroup: /other/group }", "reservedConcurrentExecutions": "0",
      "tags": "{ team: red, cost: low }", "layers": "['${layers.other.arn}', '${layers.shared.arn}']",
      "recursiveLoop": "Terminate",
      "grants": "[{ actions: ['s3:GetObject'], resources: 'arn:aws:s3:::reports/*' }]",
      "eventInvokeConfig":
        "{ maximumRetryAttempts: 0, maximumEventAgeInSeconds: 60, onSuccess: '${queues.bad.arn}', onFailure: '${queues.good.arn}' }",
      "functionUrl":
        "{ authType: AWS_IAM, invokeMode: RESPONSE_STREAM, cors: { allowMethods: ['*'], allowOrigins: ['*'], maxAge: 5 } }",
      "runtimeManagementConfig": "{ updateRuntimeOn: FunctionUpdate }",
    ],
    replacements: ["name": "renamed"],
    indispensable: ["runtime", "handler"],
    outsideChanges: outsideSettings.merging(outsideCalls) { $1 },
    defects: [
      Defect(
        endpoint: .localstack, property: "runtimeManagementConfig",
        evidence: "PutRuntimeManagementConfig: InternalFailure, not yet emulated"),
      Defect(
        endpoint: .ministack, property: "runtimeManagementConfig",
        evidence: "PutRuntimeManagementConfig of a function that is there: ResourceNotFoundException"),
    ])

  /// UpdateFunctionConfiguration with these arguments, and the wait for it.
  private static func configured(_ arguments: String) -> String {
    """
    client('lambda').update_function_configuration(FunctionName=name, \(arguments))
    client('lambda').get_waiter('function_updated_v2').wait(FunctionName=name)
    """
  }

  private static let outsideSettings = [
    "runtime": configured("Runtime='python3.11'"), "handler": configured("Handler='app.third'"),
    "description": configured("Description='elsewhere'"), "memorySize": configured("MemorySize=1024"),
    "timeout": configured("Timeout=99"),
    "environment": configured("Environment={'Variables': {'OUTSIDE': 'y'}}"),
    "ephemeralStorage": configured("EphemeralStorage={'Size': 600}"),
    "tracing": configured("TracingConfig={'Mode': 'PassThrough'}"),
    "deadLetterTargetArn": configured("DeadLetterConfig={'TargetArn': ''}"),
    "kmsKeyArn": configured("KMSKeyArn=''"), "layers": configured("Layers=[]"),
    "loggingConfig": configured("LoggingConfig={'LogFormat': 'Text', 'LogGroup': '/third'}"),
    "architecture": """
    import urllib.request
    place = client('lambda').get_function(FunctionName=name)['Code']['Location']
    zipped = urllib.request.urlopen(place).read()
    client('lambda').update_function_code(FunctionName=name, ZipFile=zipped, Architectures=['x86_64'])
    client('lambda').get_waiter('function_updated_v2').wait(FunctionName=name)
    """,
  ]

  private static let outsideCalls = [
    "reservedConcurrentExecutions":
      "client('lambda').put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=2)",
    "recursiveLoop":
      "client('lambda').put_function_recursion_config(FunctionName=name, RecursiveLoop='Terminate')",
    "eventInvokeConfig":
      "client('lambda').put_function_event_invoke_config(FunctionName=name, MaximumRetryAttempts=2)",
    "functionUrl": "client('lambda').delete_function_url_config(FunctionName=name)",
    "runtimeManagementConfig":
      "client('lambda').put_runtime_management_config(FunctionName=name, UpdateRuntimeOn='Auto')",
    "tags": """
    arn = client('lambda').get_function(FunctionName=name)['Configuration']['FunctionArn']
    client('lambda').tag_resource(Resource=arn, Tags={'team': 'green'})
    """,
  ]
}
