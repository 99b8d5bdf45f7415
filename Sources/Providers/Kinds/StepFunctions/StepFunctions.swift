import Planner

/// AWS Step Functions: its operations.
enum StepFunctions {
  static let service = AWSService(
    "states", environmentID: "SFN", .json(version: "1.0", targetPrefix: "AWSStepFunctions"),
    errors: ServiceErrors([.conflict: ["StateMachineDeleting"], .notFound: ["ResourceNotFound"]]))

  static let createActivity = service.write("CreateActivity", repeats: .safe, proof: .member("activityArn"))
  static let createStateMachine = service.write(
    "CreateStateMachine", proof: .member("stateMachineArn"), retries: freshRole)
  static let deleteActivity = service.write("DeleteActivity", repeats: .safe, proof: .nothing)
  static let deleteStateMachine = service.write("DeleteStateMachine", repeats: .safe, proof: .nothing)
  static let describeActivity = service.read("DescribeActivity", proof: .member("activityArn"))
  static let describeStateMachine = service.read("DescribeStateMachine", proof: .member("stateMachineArn"))
  static let listActivities = service.read(
    "ListActivities", proof: .presence("activities"), pages: Pages("activities", token: "nextToken"))
  static let listStateMachines = service.read(
    "ListStateMachines", proof: .presence("stateMachines"),
    pages: Pages("stateMachines", token: "nextToken"))
  static let listTags = service.read("ListTagsForResource", proof: .presence("tags"))
  static let tagResource = service.write("TagResource", repeats: .safe, proof: .nothing)
  static let untagResource = service.write("UntagResource", repeats: .safe, proof: .nothing)
  static let updateStateMachine = service.write(
    "UpdateStateMachine", repeats: .safe, proof: .member("updateDate"), retries: freshRole)

  static let tags = TagCalls(
    read: listTags, answer: "tags", put: tagResource, remove: untagResource, field: "tags", keys: "tagKeys",
    form: .list(key: "key", value: "value"))

  /// State machines and activities are named alike. The service takes more signs, and its logs do not.
  static let naming = Naming(
    TextRule(length: 1...80, pattern: "[A-Za-z0-9_-]+", says: "letters, digits, - and _"))

  /// How state machines and activities are encrypted.
  static let encryption = [
    Property(
      "kmsDataKeyReusePeriodSeconds", .integer(60...900), default: 300,
      "How long a data key is used before the next one is asked for."),
    Property(
      "kmsKeyId", .string(TextRule(length: 1...2048)), "The id, alias or ARN of the KMS key."),
    Property(
      "type", .choice(["AWS_OWNED_KEY", "CUSTOMER_MANAGED_KMS_KEY"]), required: true, "Whose key it is."),
  ]

  static let encryptionRelations = Relation.inside(
    "encryptionConfiguration",
    .needs(.value("type", "CUSTOMER_MANAGED_KMS_KEY"), "kmsKeyId"),
    .goesWith(
      ["kmsKeyId", "kmsDataKeyReusePeriodSeconds"], .value("type", "CUSTOMER_MANAGED_KMS_KEY")))

  /// What the service says while a new role, or a new right of it, is not visible everywhere.
  private static let freshRole = [
    RetriedError("AccessDeniedException", "authorized to assume the provided role"),
    RetriedError("AccessDeniedException", "not authorized to access the Log Destination"),
    RetriedError("AccessDeniedException", "not authorized to create managed-rule"),
  ]
}
