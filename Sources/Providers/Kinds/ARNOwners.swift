import Planner

/// The services that relations recognise by their ARNs.
extension Condition.ARNOwner {
  static let queue = Self(service: "sqs", section: "queues", says: "a queue")
  static let table = Self(service: "dynamodb", section: "tables", says: "a table's stream")
  static let stream = Self(service: "kinesis", section: "streams", says: "a Kinesis stream")
  static let delivery = Self(service: "firehose", says: "a Firehose stream")
  static let lambda = Self(service: "lambda", section: "lambdas", says: "a lambda")
  static let cluster = Self(service: "ecs", says: "an ECS cluster")
  static let pipeline = Self(service: "sagemaker", says: "a SageMaker pipeline")
  static let jobQueue = Self(service: "batch", says: "a Batch job queue")
  static let graph = Self(service: "appsync", says: "an AppSync API")
  static let warehouse = Self(service: "redshift", says: "a Redshift cluster")
  static let serverlessWarehouse = Self(service: "redshift-serverless", says: "a Redshift workgroup")
  static let deployedApi = Self(service: "execute-api", says: "a REST API")
  static let systemsManager = Self(service: "ssm", says: "a Systems Manager document")
  static let logGroup = Self(service: "logs", section: "logGroups", says: "a log group")
  static let apiDestination = Self(service: "events", says: "an API destination")
  static let eventBus = Self(service: "events", section: "eventBuses", says: "an event bus")
}
