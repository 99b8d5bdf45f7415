import Planner

/// Amazon Kinesis Data Streams: its operations.
package enum Kinesis {
  package static let service = AWSService(
    "kinesis", environmentID: "KINESIS", .json(version: "1.1", targetPrefix: "Kinesis_20131202"))
}
