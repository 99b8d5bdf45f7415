import Planner

/// The one document of a bucket that says who receives its events. Two properties share it: `notifications` and `eventBridge`.
struct BucketNotifications: Sendable {
  /// As in the schema; those that were read have the `id` that S3 gave them, too.
  var entries: [Value]
  var eventBridge: Bool

  /// The property of an entry that names the receiver, with the names of its elements.
  private static let receivers = [
    (property: "topic", configuration: "TopicConfiguration", element: "Topic"),
    (property: "queue", configuration: "QueueConfiguration", element: "Queue"),
    (property: "lambda", configuration: "CloudFunctionConfiguration", element: "CloudFunction"),
  ]

  private static let get = S3.service.read(
    "GetBucketNotificationConfiguration", .get, "/{Bucket}?notification",
    proof: .element("NotificationConfiguration"))
  private static let put = S3.service.write(
    "PutBucketNotificationConfiguration", .put, "/{Bucket}?notification", repeats: .safe, proof: .nothing)

  static func read(_ bucket: String, _ aws: ReadingClient) async throws(ProviderError) -> BucketNotifications
  {
    BucketNotifications(try await aws.read(get, ["Bucket": .string(bucket)]))
  }

  init(entries: [Value], eventBridge: Bool) {
    self.entries = entries
    self.eventBridge = eventBridge
  }

  init(_ document: Value) {
    eventBridge = document["EventBridgeConfiguration"] != nil
    entries = Self.receivers.flatMap { receiver in
      document.items(receiver.configuration).map { configuration in
        var entry: [String: Value] = ["events": .list(configuration.items("Event"))]
        entry["id"] = configuration["Id"]
        entry[receiver.property] = configuration[receiver.element]
        // Endpoints differ in the case of the names, and in their order.
        for rule in configuration["Filter"]?["S3Key"]?.items("FilterRule") ?? [] {
          guard let name = rule["Name"]?.string, let value = rule["Value"], !value.isEmpty else { continue }
          entry[name.lowercased()] = value
        }
        return .map(entry)
      }
    }
  }

  /// The entries as the schema knows them. Their ids are random, so they don't count.
  var declared: Value { .list(entries.map { .map(($0.map ?? [:]).filter { $0.key != "id" }) }) }

  /// What is read, as properties.
  var properties: [String: Value] { ["notifications": declared, "eventBridge": .boolean(eventBridge)] }

  /// Replaces all notifications of the bucket.
  func write(to bucket: String, _ aws: WritingClient) async throws(ProviderError) {
    var request = Request(Self.put, ["Bucket": .string(bucket)]).with(document).toNewBucket(in: aws.target)
    if !aws.target.has(.knowsNewBucketsAtOnce) {
      // S3 tries the receivers, and a permission that was just given may not have spread on AWS.
      request = request.retrying([
        RetriedError("InvalidArgument", "Unable to validate the following destination")
      ])
    }
    try await aws.write(request)
  }

  private var document: XMLElement {
    let configurations = Self.receivers.flatMap { receiver in
      entries.compactMap { entry -> XMLElement? in
        guard let arn = entry[receiver.property]?.string, !arn.isEmpty else { return nil }
        var children: [XMLElement] = []
        if let id = entry["id"]?.string { children.append(XMLElement("Id", id)) }
        children.append(XMLElement(receiver.element, arn))
        children += (entry["events"]?.list ?? []).map { XMLElement("Event", $0.string ?? "") }
        let rules = ["prefix", "suffix"].compactMap { name -> XMLElement? in
          guard let value = entry[name]?.string, !value.isEmpty else { return nil }
          return XMLElement("FilterRule", [XMLElement("Name", name), XMLElement("Value", value)])
        }
        if !rules.isEmpty { children.append(XMLElement("Filter", [XMLElement("S3Key", rules)])) }
        return XMLElement(receiver.configuration, children)
      }
    }
    let bridge = eventBridge ? [XMLElement("EventBridgeConfiguration")] : []
    return XMLElement(
      "NotificationConfiguration", namespace: XMLElement.s3Namespace, configurations + bridge)
  }
}
