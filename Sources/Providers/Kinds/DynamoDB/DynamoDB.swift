import Planner

/// Amazon DynamoDB: its operations, and its error codes.
package enum DynamoDB {
  package static let service = AWSService(
    "dynamodb", environmentID: "DYNAMODB", .json(version: "1.0", targetPrefix: "DynamoDB_20120810"),
    errors: ServiceErrors(
      [
        // Too many tables are being made or changed at a time, or one table is changed twice.
        .throttled: ["LimitExceededException"], .preconditionFailed: ["ConditionalCheckFailedException"],
        .notFound: ["TableNotFoundException", "PolicyNotFoundException"],
        .alreadyExists: ["TableAlreadyExistsException"],
        .conflict: ["TableInUseException", "ContinuousBackupsUnavailableException"],
      ],
      messages: [ServiceErrors.MessageRow("ResourceInUseException", "already exists", .alreadyExists)]))
}
