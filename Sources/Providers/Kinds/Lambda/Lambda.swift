import Planner

/// AWS Lambda: its operations, and its error codes.
package enum Lambda {
  package static let service = AWSService(
    "lambda", environmentID: "LAMBDA", .restJSON,
    errors: ServiceErrors(
      [.conflict: ["ResourceNotReadyException"], .throttled: ["EC2ThrottledException"]],
      messages: [
        // CreateFunction of a function that exists, AddPermission of a Sid that exists, a second equal event source mapping.
        ServiceErrors.MessageRow("ResourceConflictException", "already exist", .alreadyExists)
      ]))
}
