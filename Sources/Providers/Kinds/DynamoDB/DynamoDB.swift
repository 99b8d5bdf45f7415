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
      messages: [
        ServiceErrors.MessageRow("ResourceInUseException", "already exists", .alreadyExists),
        // DynamoDB Local, after the stream was turned off: it never takes another one, so nothing is waited for.
        ServiceErrors.MessageRow("ResourceInUseException", "cannot enable stream", .invalid),
      ]))

  // MARK: Tables

  static let createTable = service.write("CreateTable", proof: .member("TableDescription.TableArn"))
  static let describeTable = service.read("DescribeTable", proof: .member("Table.TableArn"))
  /// A repeated call is refused because it changes nothing: after a lost answer the step reads the table
  /// before it goes on.
  static let updateTable = service.write("UpdateTable", proof: .member("TableDescription.TableArn"))
  static let deleteTable = service.write(
    "DeleteTable", repeats: .safe, proof: .member("TableDescription.TableName"))
  static let listTables = service.read(
    "ListTables", proof: .presence("TableNames"),
    pages: Pages("TableNames", token: "LastEvaluatedTableName", position: "ExclusiveStartTableName"))

  // MARK: Tags

  static let listTagsOfResource = service.read(
    "ListTagsOfResource", proof: .presence("Tags"), pages: Pages("Tags", token: "NextToken"))
  static let tagResource = service.write("TagResource", repeats: .safe, proof: .nothing)
  static let untagResource = service.write("UntagResource", repeats: .safe, proof: .nothing)
  static let tags = TagCalls(read: listTagsOfResource, put: tagResource, remove: untagResource)

  // MARK: Settings

  static let describeTimeToLive = service.read(
    "DescribeTimeToLive", proof: .member("TimeToLiveDescription.TimeToLiveStatus"))
  /// Refused when it changes nothing, as UpdateTable.
  static let updateTimeToLive = service.write(
    "UpdateTimeToLive", proof: .member("TimeToLiveSpecification.AttributeName"))

  static let describeContinuousBackups = service.read(
    "DescribeContinuousBackups", proof: .member("ContinuousBackupsDescription.ContinuousBackupsStatus"))
  /// AWS answers this error for a new table, while its backups are being prepared.
  static let updateContinuousBackups = service.write(
    "UpdateContinuousBackups", repeats: .safe,
    proof: .member("ContinuousBackupsDescription.ContinuousBackupsStatus"),
    retries: [RetriedError("ContinuousBackupsUnavailableException")])

  static let getResourcePolicy = service.read("GetResourcePolicy", proof: .member("Policy"))
  static let putResourcePolicy = service.write(
    "PutResourcePolicy", repeats: .safe, proof: .member("RevisionId"))
  static let deleteResourcePolicy = service.write(
    "DeleteResourcePolicy", repeats: .safe, proof: .document)

  static let describeContributorInsights = service.read(
    "DescribeContributorInsights", proof: .member("ContributorInsightsStatus"))
  static let updateContributorInsights = service.write(
    "UpdateContributorInsights", repeats: .safe, proof: .member("ContributorInsightsStatus"))

  static let describeKinesisStreamingDestination = service.read(
    "DescribeKinesisStreamingDestination", proof: .member("TableName"))
  /// These three are refused when they change nothing, as UpdateTable.
  static let enableKinesisStreamingDestination = service.write(
    "EnableKinesisStreamingDestination", proof: .member("DestinationStatus"))
  static let updateKinesisStreamingDestination = service.write(
    "UpdateKinesisStreamingDestination", proof: .member("DestinationStatus"))
  static let disableKinesisStreamingDestination = service.write(
    "DisableKinesisStreamingDestination", proof: .member("DestinationStatus"))
}
