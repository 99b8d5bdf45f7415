import Planner

/// Amazon S3: its operations, and its error codes.
package enum S3 {
  package static let service = AWSService(
    "s3", environmentID: "S3", .restXML, holdsObjects: true,
    errors: ServiceErrors([
      .preconditionFailed: ["NotModified"], .invalid: ["BucketNotEmpty", "InvalidBucketState"],
      .unsupported: ["MethodNotAllowed"], .denied: ["AllAccessDisabled", "AccountProblem"],
    ]))
}
