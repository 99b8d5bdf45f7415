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
  static let eventBus = Self(service: "events", says: "an event bus")
}
