import Planner

/// Amazon Kinesis Data Streams: its operations.
package enum Kinesis {
  package static let service = AWSService(
    "kinesis", environmentID: "KINESIS", .json(version: "1.1", targetPrefix: "Kinesis_20131202"))

  static let createStream = service.write("CreateStream", proof: .nothing)
  static let deleteStream = service.write("DeleteStream", repeats: .safe, proof: .nothing)
  static let describeStreamSummary = service.read(
    "DescribeStreamSummary", proof: .member("StreamDescriptionSummary.StreamARN"))
  static let listStreams = service.read(
    "ListStreams", proof: .presence("StreamNames"), pages: Pages("StreamNames", token: "NextToken"))

  /// All tags, which are fifty at most. Newer calls by ARN (ListTagsForResource) are on no emulator.
  static let tags = TagCalls(
    read: service.read("ListTagsForStream", proof: .presence("Tags")),
    put: service.write("AddTagsToStream", repeats: .safe, proof: .nothing),
    remove: service.write("RemoveTagsFromStream", repeats: .safe, proof: .nothing),
    dropped: .dropsTagsOfNewStreams, form: .map)

  // MARK: Settings

  static let disableEnhancedMonitoring = service.write(
    "DisableEnhancedMonitoring", repeats: .safe, proof: .presence("DesiredShardLevelMetrics"))
  static let enableEnhancedMonitoring = service.write(
    "EnableEnhancedMonitoring", repeats: .safe, proof: .presence("DesiredShardLevelMetrics"))

  // Kinesis refuses these when there is nothing to change, so that a second one would fail after a first that was carried out.
  static let decreaseStreamRetentionPeriod = service.write("DecreaseStreamRetentionPeriod", proof: .nothing)
  static let increaseStreamRetentionPeriod = service.write("IncreaseStreamRetentionPeriod", proof: .nothing)
  static let startStreamEncryption = service.write("StartStreamEncryption", proof: .nothing)
  static let stopStreamEncryption = service.write("StopStreamEncryption", proof: .nothing)
  static let updateShardCount = service.write("UpdateShardCount", proof: .member("TargetShardCount"))
  static let updateStreamMode = service.write("UpdateStreamMode", proof: .nothing)
}
