import Planner

/// Amazon SQS: its operations, and its error codes.
package enum SQS {
  package static let service = AWSService(
    "sqs", environmentID: "SQS", .json(version: "1.0", targetPrefix: "AmazonSQS"),
    errors: ServiceErrors([
      .notFound: ["InvalidAddress"], .alreadyExists: ["QueueNameExists"],
      .invalid: ["UnsupportedOperation", "AWS.SimpleQueueService.UnsupportedOperation", "OverLimit"],
    ]))

  static let createQueue = service.write("CreateQueue", proof: .member("QueueUrl"))
  static let deleteQueue = service.write("DeleteQueue", repeats: .safe, proof: .nothing)
  static let getQueueAttributes = service.read("GetQueueAttributes", proof: .member("Attributes"))
  static let listQueues = service.read("ListQueues", pages: Pages("QueueUrls", token: "NextToken"))
  static let listQueueTags = service.read("ListQueueTags")
  static let setQueueAttributes = service.write("SetQueueAttributes", repeats: .safe, proof: .nothing)
  static let tagQueue = service.write("TagQueue", repeats: .safe, proof: .nothing)
  static let untagQueue = service.write("UntagQueue", repeats: .safe, proof: .nothing)

  static let tags = TagCalls(
    read: listQueueTags, put: tagQueue, remove: untagQueue, creation: "tags", form: .map)
}
