import Planner

/// Amazon CloudWatch Logs: its operations, and its error codes.
package enum Logs {
  package static let service = AWSService(
    "logs", environmentID: "CLOUDWATCH_LOGS", .json(version: "1.1", targetPrefix: "Logs_20140328"),
    errors: ServiceErrors(messages: [
      ServiceErrors.MessageRow("InvalidOperationException", "unknown action", .unsupported)
    ]))

  // MARK: Groups

  static let associateKmsKey = service.write("AssociateKmsKey", repeats: .safe, proof: .nothing)
  static let createLogGroup = service.write("CreateLogGroup", proof: .nothing)
  static let deleteDataProtectionPolicy = service.write(
    "DeleteDataProtectionPolicy", repeats: .safe, proof: .nothing)
  static let deleteLogGroup = service.write("DeleteLogGroup", repeats: .safe, proof: .nothing)
  static let deleteRetentionPolicy = service.write("DeleteRetentionPolicy", repeats: .safe, proof: .nothing)
  static let describeLogGroups = listing("DescribeLogGroups", of: "logGroups")
  static let disassociateKmsKey = service.write("DisassociateKmsKey", repeats: .safe, proof: .nothing)
  static let getDataProtectionPolicy = service.read("GetDataProtectionPolicy")
  static let putDataProtectionPolicy = service.write(
    "PutDataProtectionPolicy", repeats: .safe, proof: .member("logGroupIdentifier"))
  static let putLogGroupDeletionProtection = service.write(
    "PutLogGroupDeletionProtection", repeats: .safe, proof: .nothing)
  static let putRetentionPolicy = service.write("PutRetentionPolicy", repeats: .safe, proof: .nothing)

  static let tags = TagCalls(
    read: service.read("ListTagsForResource", proof: .presence("tags")), answer: "tags",
    put: service.write("TagResource", repeats: .safe, proof: .nothing),
    remove: service.write("UntagResource", repeats: .safe, proof: .nothing),
    field: "tags", keys: "tagKeys", form: .map)

  // MARK: Filters

  static let deleteMetricFilter = service.write("DeleteMetricFilter", repeats: .safe, proof: .nothing)
  static let deleteSubscriptionFilter = service.write(
    "DeleteSubscriptionFilter", repeats: .safe, proof: .nothing)
  static let describeMetricFilters = listing("DescribeMetricFilters", of: "metricFilters")
  static let describeSubscriptionFilters = listing("DescribeSubscriptionFilters", of: "subscriptionFilters")
  static let putMetricFilter = service.write("PutMetricFilter", repeats: .safe, proof: .nothing)
  /// Logs tries the destination. A new permission or role that lets it deliver takes seconds to be known everywhere.
  static let putSubscriptionFilter = service.write(
    "PutSubscriptionFilter", repeats: .safe, proof: .nothing,
    retries: [
      RetriedError("InvalidParameterException", "Could not execute the lambda function"),
      RetriedError("InvalidParameterException", "Could not deliver test message"),
      RetriedError("InvalidParameterException", "could not assume"),
    ])

  private static func listing(_ name: String, of items: String) -> Operation<Reads> {
    service.read(name, proof: .presence(items), pages: Pages(items, token: "nextToken"))
  }
}
