package import Planner

/// Amazon SQS queues.
///
/// Reads: two a queue (attributes, tags), and one listing for many. Writes: one to create one, one for all
/// attributes that change, one to remove tags and one to add them. Facts: the SQS API reference
/// (SetQueueAttributes), and `AWS::SQS::Queue` in CloudFormation.
package struct QueueKind: DescribedKind {
  package var schema: Schema { Self.declaration }

  let calls = KindCalls(
    identity: Identity(
      creation: ["QueueName": .name], reference: ["QueueUrl": .made(url)],
      known: ["arn": .arn("sqs", ""), "url": .made(url)]),
    create: SQS.createQueue, read: SQS.getQueueAttributes, question: ["AttributeNames": ["All"]],
    change: .partial(SQS.setQueueAttributes), ending: Ending(delete: SQS.deleteQueue),
    listing: Listing(
      operation: SQS.listQueues, prefix: "QueueNamePrefix", input: ["MaxResults": 1000]),
    tags: SQS.tags, tagsShowExistence: true, texts: TextAttributes(declaration.properties),
    appears: .seconds(120))

  /// Attributes that a standard queue refuses, whatever their value.
  private static let fifoOnly = [
    "FifoQueue", "ContentBasedDeduplication", "DeduplicationScope", "FifoThroughputLimit",
  ]

  func shape(_ input: inout [String: Value], of verb: KindVerb, for resource: Resource, in target: Target) {
    guard verb == .create, resource["fifoQueue"] != true else { return }
    let attributes = (input["Attributes"]?.map ?? [:]).filter { !Self.fifoOnly.contains($0.key) }
    input["Attributes"] = attributes.isEmpty ? nil : .map(attributes)
  }

  /// Where messages go. The run's endpoint, whatever name it has in its answers: an emulator's QueueUrl need
  /// not resolve.
  @Sendable static func url(name: String, in target: Target) -> Value? {
    guard let account = target.account else { return nil }
    if let endpoint = target.substitute { return .string("\(endpoint)/\(account)/\(name)") }
    let suffix = Partition(region: target.region).hostSuffix
    return .string("https://sqs.\(target.region).\(suffix)/\(account)/\(name)")
  }
}
