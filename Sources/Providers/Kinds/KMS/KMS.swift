import Planner

/// AWS KMS: its operations.
package enum KMS {
  package static let service = AWSService(
    "kms", environmentID: "KMS", .json(version: "1.1", targetPrefix: "TrentService"))

  static let describeKey = service.read("DescribeKey", proof: .member("KeyMetadata.Arn"))
}
