import Planner

/// Amazon Elastic Container Service: its operations, and its error codes.
enum ECS {
  static let service = AWSService(
    "ecs", environmentID: "ECS",
    .json(version: "1.1", targetPrefix: "AmazonEC2ContainerServiceV20141113"),
    errors: ServiceErrors(
      [.invalid: ["ClientException", "InvalidParameterException"]],
      messages: [
        ServiceErrors.MessageRow("ClientException", "unable to describe task definition", .notFound)
      ]))

  static let deregisterTaskDefinition = service.write(
    "DeregisterTaskDefinition", repeats: .safe, proof: .member("taskDefinition.taskDefinitionArn"))
  static let describeTaskDefinition = service.read(
    "DescribeTaskDefinition", proof: .member("taskDefinition.taskDefinitionArn"))
  static let listTaskDefinitions = service.read(
    "ListTaskDefinitions", proof: .presence("taskDefinitionArns"),
    pages: Pages("taskDefinitionArns", token: "nextToken"))
  /// There is no token: a second one registers a second revision.
  static let registerTaskDefinition = service.write(
    "RegisterTaskDefinition", proof: .member("taskDefinition.taskDefinitionArn"))
  static let tagResource = service.write("TagResource", repeats: .safe, proof: .nothing)
  static let untagResource = service.write("UntagResource", repeats: .safe, proof: .nothing)

  static let tags = TagCalls(
    answer: "tags", put: tagResource, remove: untagResource, field: "tags", keys: "tagKeys",
    form: .list(key: "key", value: "value"))
}
