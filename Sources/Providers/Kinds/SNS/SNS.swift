import Planner

/// Amazon SNS: its operations, and its error codes.
package enum SNS {
  package static let service = AWSService(
    "sns", environmentID: "SNS", .query(apiVersion: "2010-03-31"),
    errors: ServiceErrors(
      [.denied: ["AuthorizationError"], .notFound: ["NotFound"]],
      messages: ["InvalidParameter", "InvalidParameterException"].map {
        ServiceErrors.MessageRow($0, "already exists with different", .alreadyExists)
      }))
}
