import Planner

extension MachineTask {
  /// What a call of any service needs: the action of its name, on what a parameter names, else on all there is.
  func sdkRights(_ service: String, _ action: String) -> [Value] {
    let call = "\(service):\(action)"
    let actions = Self.actions[call] ?? [action.capitalisedFirst]
    let prefix = Self.prefixes[service] ?? service
    let resource = Self.unscoped.contains(call) ? "*" : sdkResource(service, call)
    guard call == "s3:copyObject" else {
      return [LambdaKind.statement(actions.map { "\(prefix):\($0)" }, on: resource)]
    }
    return [
      LambdaKind.statement(["s3:PutObject"], on: resource),
      LambdaKind.statement(["s3:GetObject"], on: copySource),
    ]
  }

  /// `bucket/key`, of what is copied.
  private var copySource: Value {
    guard case .known(let value) = parameter("CopySource"), let text = value.string, !text.hasPrefix("arn:")
    else { return "*" }
    let path = text.hasPrefix("/") ? String(text.dropFirst()) : text
    return .string("arn:\(target.partition):s3:::\(path.prefix { $0 != "?" })")
  }

  private func sdkResource(_ service: String, _ call: String) -> Value {
    func known(_ name: String) -> Value? {
      if case .known(let value) = parameter(name) { value } else { nil }
    }
    switch service {
    case "dynamodb":
      guard let table = known("TableName").map({ resource($0, "dynamodb", "table/") }) else { return "*" }
      guard known("IndexName") != nil else { return table }
      return table.string.map { [table, .string("\($0)/index/*")] } ?? "*"
    case "s3":
      guard let name = known("Bucket") else { return "*" }
      if call == "s3:deleteObjects" { return bucket(name, objects: "/*") }
      if case .missing = parameter("Key") { return bucket(name) }
      return bucket(name, objects: known("Key")?.string.map { "/\($0)" } ?? "/*")
    case "sqs": return known("QueueUrl").flatMap(queue) ?? "*"
    case "secretsmanager":
      // The service puts a hyphen and six characters behind a secret's name in its ARN.
      return known("SecretId").map { secret in
        secret.string.map { $0.hasPrefix("arn:") } ?? true
          ? secret : arn("secretsmanager", "secret:\(secret.string ?? "")-??????")
      } ?? "*"
    case "ssm":
      guard call.lowercased().contains("parameter") else { return "*" }
      return known("Name").flatMap(\.string).map { name in
        arn("ssm", "parameter/\(name.hasPrefix("/") ? String(name.dropFirst()) : name)")
      } ?? "*"
    case "lambda": return known("FunctionName").map(function) ?? "*"
    default:
      guard let named = Self.named[service], let value = known(named.parameter) else { return "*" }
      return resource(value, named.service, named.prefix)
    }
  }

  /// A bucket's ARN by its name, or its objects'. What is known only after apply is put in there.
  func bucket(_ name: Value, objects: String = "") -> Value {
    switch name {
    case .string(let text): .string("arn:\(target.partition):s3:::\(text)\(objects)")
    case .pending(let template):
      .pending("arn:\(target.partition):s3:::\(template.source)\(objects)")
    case .null, .boolean, .integer, .number, .list, .map: "*"
    }
  }

  /// The parameter that names what a service's calls are about.
  private static let named: [String: (parameter: String, service: String, prefix: String)] = [
    "kinesis": ("StreamName", "kinesis", "stream/"), "kms": ("KeyId", "kms", "key/"),
    "sfn": ("StateMachineArn", "states", "stateMachine:"),
    "sns": ("TopicArn", "sns", ""),
  ]

  /// Services whose actions are called otherwise than their SDK: "Actions, resources, and condition keys" in the service
  /// authorization reference.
  private static let prefixes = [
    "apigatewaymanagementapi": "execute-api", "applicationautoscaling": "application-autoscaling",
    "bedrockagentruntime": "bedrock", "bedrockruntime": "bedrock", "cloudwatchevents": "events",
    "cloudwatchlogs": "logs",
    "cognitoidentity": "cognito-identity", "cognitoidentityprovider": "cognito-idp",
    "costexplorer": "ce", "databasemigration": "dms", "docdb": "rds", "dynamodbstreams": "dynamodb",
    "efs": "elasticfilesystem",
    "elasticloadbalancingv2": "elasticloadbalancing", "emr": "elasticmapreduce", "eventbridge": "events",
    "opensearch": "es", "rdsdata": "rds-data", "redshiftdata": "redshift-data",
    "resourcegroupstaggingapi": "tag", "sagemakerruntime": "sagemaker", "sesv2": "ses", "sfn": "states",
  ]

  /// Calls whose actions take no such resource as the parameter names, by the same reference.
  private static let unscoped: Set<String> = [
    "dynamodb:listBackups", "kinesis:updateShardCount", "kms:listAliases", "lambda:createEventSourceMapping",
    "lambda:listEventSourceMappings",
  ]

  private static let partiQL = ["PartiQLDelete", "PartiQLInsert", "PartiQLSelect", "PartiQLUpdate"]

  /// Calls whose actions are called otherwise.
  private static let actions = [
    "bedrockruntime:converse": ["InvokeModel"], "dynamodb:batchExecuteStatement": partiQL,
    "dynamodb:executeStatement": partiQL, "dynamodb:executeTransaction": partiQL,
    "dynamodb:transactGetItems": ["GetItem"],
    "dynamodb:transactWriteItems": ["PutItem", "UpdateItem", "DeleteItem", "ConditionCheckItem"],
    "kms:reEncrypt": ["ReEncryptFrom", "ReEncryptTo"], "lambda:invoke": ["InvokeFunction"],
    "lambda:invokeWithResponseStream": ["InvokeFunction"], "s3:completeMultipartUpload": ["PutObject"],
    "s3:createMultipartUpload": ["PutObject"], "s3:deleteObjects": ["DeleteObject"],
    "s3:getBucketNotificationConfiguration": ["GetBucketNotification"], "s3:headBucket": ["ListBucket"],
    "s3:headObject": ["GetObject"], "s3:listBuckets": ["ListAllMyBuckets"],
    "s3:listObjectVersions": ["ListBucketVersions"], "s3:listObjects": ["ListBucket"],
    "s3:listObjectsV2": ["ListBucket"], "s3:listParts": ["ListMultipartUploadParts"],
    "s3:putBucketNotificationConfiguration": ["PutBucketNotification"],
    "s3:selectObjectContent": ["GetObject"], "s3:uploadPart": ["PutObject"],
    "sns:publishBatch": ["Publish"], "sqs:changeMessageVisibilityBatch": ["ChangeMessageVisibility"],
    "sqs:deleteMessageBatch": ["DeleteMessage"], "sqs:sendMessageBatch": ["SendMessage"],
  ]
}
