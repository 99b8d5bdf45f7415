import Planner

/// Amazon CloudWatch Logs: its operations, and its error codes.
package enum Logs {
  package static let service = AWSService(
    "logs", environmentID: "CLOUDWATCH_LOGS", .json(version: "1.1", targetPrefix: "Logs_20140328"),
    errors: ServiceErrors(messages: [
      ServiceErrors.MessageRow("InvalidOperationException", "unknown action", .unsupported)
    ]))
}
