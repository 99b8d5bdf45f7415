extension KindSample {
  /// Versions, aliases, and a URL of one of them.
  static let releasedLambda = KindSample(
    section: "lambdas",
    surroundings: ["queues": "  failed: {}"],
    properties: [
      "code": "function", "runtime": "python3.12", "handler": "app.handler", "publish": "true",
      "timeout": "5",
      "aliases":
        "{ live: { version: newest, description: 'what is called', provisionedConcurrentExecutions: 2, "
        + "eventInvokeConfig: { maximumRetryAttempts: 1, onFailure: '${queues.failed.arn}' } }, steady: { version: '1' } }",
      "functionUrl": "{ authType: AWS_IAM, qualifier: live }",
    ],
    mutations: [
      "code": "other-function", "timeout": "6",
      "aliases":
        "{ live: { version: '1', weights: {} }, "
        + "next: { eventInvokeConfig: { maximumEventAgeInSeconds: 90, onSuccess: '${queues.failed.arn}' } } }",
    ],
    companions: ["aliases": ["functionUrl"]],
    indispensable: ["runtime", "handler"],
    outsideChanges: [
      "aliases": "client('lambda').update_alias(FunctionName=name, Name='live', FunctionVersion='$LATEST')"
    ])

  private static let roles = """
      one: { assumedBy: [lambda.amazonaws.com] }
      two: { assumedBy: [lambda.amazonaws.com] }
    """

  /// In a network, with a file system there, and roles of its own.
  static let networkedLambda = KindSample(
    section: "lambdas",
    surroundings: ["roles": roles],
    properties: [
      "code": "function", "runtime": "python3.12", "handler": "app.handler", "role": "'${roles.one.arn}'",
      "codeSigningConfigArn":
        "'arn:aws:lambda:us-east-1:{account}:code-signing-config:csc-11111111111111111'",
      "vpcConfig":
        "{ subnetIds: [subnet-11111111], securityGroupIds: [sg-11111111], ipv6AllowedForDualStack: false }",
      "fileSystemConfigs":
        "[{ arn: 'arn:aws:elasticfilesystem:us-east-1:{account}:access-point/fsap-11111111111111111', localMountPath: /mnt/data }]",
    ],
    mutations: [
      "role": "'${roles.two.arn}'",
      "codeSigningConfigArn":
        "'arn:aws:lambda:us-east-1:{account}:code-signing-config:csc-22222222222222222'",
      "vpcConfig": "{ subnetIds: [subnet-11111111, subnet-22222222], securityGroupIds: [sg-22222222] }",
      "fileSystemConfigs":
        "[{ arn: 'arn:aws:elasticfilesystem:us-east-1:{account}:access-point/fsap-22222222222222222', localMountPath: /mnt/other }]",
    ],
    companions: ["vpcConfig": ["fileSystemConfigs"]],
    indispensable: ["runtime", "handler", "role"],
    outsideChanges: [
      "role": configuredNetwork("Role='arn:aws:iam::' + account + ':role/third'"),
      "codeSigningConfigArn": "client('lambda').delete_function_code_signing_config(FunctionName=name)",
      "vpcConfig": configuredNetwork("VpcConfig={'SubnetIds': [], 'SecurityGroupIds': []}"),
      "fileSystemConfigs": configuredNetwork("FileSystemConfigs=[]"),
    ],
    defects: [
      Defect(
        endpoint: .localstack, property: "codeSigningConfigArn",
        evidence: "CreateFunction: CodeSigningConfigNotFoundException, of one whose id only the service gives"
      ),
      Defect(
        endpoint: .localstack, property: "fileSystemConfigs",
        evidence: "a file system needs a network, and a subnet of it that is there"),
      Defect(
        endpoint: .localstack, property: "vpcConfig",
        evidence:
          "CreateFunction: InvalidSubnetID.NotFound, of a subnet that only EC2, which Stackform has not, makes"
      ),
    ])

  private static func configuredNetwork(_ arguments: String) -> String {
    """
    client('lambda').update_function_configuration(FunctionName=name, \(arguments))
    client('lambda').get_waiter('function_updated_v2').wait(FunctionName=name)
    """
  }

  static let snapStartedLambda = KindSample(
    section: "lambdas",
    properties: [
      "code": "{ zipFile: 'def handler(event, context): pass' }", "runtime": "python3.12",
      "handler": "index.handler", "snapStart": "PublishedVersions", "publish": "false",
    ],
    mutations: ["snapStart": "None", "publish": "true"], indispensable: ["runtime", "handler"],
    outsideChanges: ["snapStart": configuredNetwork("SnapStart={'ApplyOn': 'None'}")])

  static let imageLambda = KindSample(
    section: "lambdas",
    properties: [
      "code": "{ imageUri: '{account}.dkr.ecr.us-east-1.amazonaws.com/worker:1' }",
      "imageConfig": "{ entryPoint: [/run], command: [serve], workingDirectory: /srv }",
    ],
    mutations: [
      "code": "{ imageUri: '{account}.dkr.ecr.us-east-1.amazonaws.com/worker:2' }",
      "imageConfig": "{ entryPoint: [/other], command: [work], workingDirectory: /opt }",
    ],
    outsideChanges: [
      "imageConfig": configuredNetwork("ImageConfig={'Command': ['third']}")
    ],
    defects: [
      Defect(
        endpoint: .localstack, property: nil,
        evidence:
          "CreateFunction of an image: State Failed, \"only python and nodejs functions run on the host, not container images\""
      )
    ])
}
