import Planner

/// Amazon SNS: its operations, and its error codes.
package enum SNS {
  package static let service = AWSService(
    "sns", environmentID: "SNS", .query(apiVersion: "2010-03-31"),
    errors: ServiceErrors(
      [.denied: ["AuthorizationError"], .notFound: ["NotFound"]],
      messages: ["InvalidParameter", "InvalidParameterException"].map {
        ServiceErrors.MessageRow($0, "already exists with different", .alreadyExists)
      }))

  // MARK: Topics

  static let createTopic = service.write("CreateTopic", proof: .member("TopicArn"))
  static let deleteTopic = service.write("DeleteTopic", repeats: .safe, proof: .nothing)
  static let getDataProtectionPolicy = service.read("GetDataProtectionPolicy")
  static let getTopicAttributes = service.read("GetTopicAttributes", proof: .member("Attributes.TopicArn"))
  static let listTopics = listing("ListTopics", of: "Topics")
  static let putDataProtectionPolicy = service.write(
    "PutDataProtectionPolicy", repeats: .safe, proof: .nothing)
  static let setTopicAttributes = service.write("SetTopicAttributes", repeats: .safe, proof: .nothing)

  static let tags = TagCalls(
    read: service.read("ListTagsForResource", proof: .presence("Tags")),
    put: service.write("TagResource", repeats: .safe, proof: .nothing),
    remove: service.write("UntagResource", repeats: .safe, proof: .nothing))

  // MARK: Subscriptions

  static let getSubscriptionAttributes = service.read(
    "GetSubscriptionAttributes", proof: .member("Attributes.TopicArn"))
  static let listSubscriptionsByTopic = listing("ListSubscriptionsByTopic", of: "Subscriptions")
  static let setSubscriptionAttributes = service.write(
    "SetSubscriptionAttributes", repeats: .safe, proof: .nothing)
  /// With `ReturnSubscriptionArn` AWS returns the ARN of unconfirmed subscriptions, too.
  static let subscribe = service.write("Subscribe", proof: .member("SubscriptionArn"))
  static let unsubscribe = service.write("Unsubscribe", repeats: .safe, proof: .nothing)

  private static func listing(_ name: String, of items: String) -> Operation<Reads> {
    service.read(name, proof: .presence(items), pages: Pages(items, token: "NextToken"))
  }
}
