import Planner

/// AWS IAM: its operations, and its error codes.
package enum IAM {
  package static let service = AWSService(
    "iam", environmentID: "IAM", .query(apiVersion: "2010-05-08"), isGlobal: true,
    errors: ServiceErrors([
      .invalid: ["DeleteConflict", "UnmodifiableEntity"], .conflict: ["EntityTemporarilyUnmodifiable"],
    ]))
}
