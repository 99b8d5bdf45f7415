package import Planner

extension SubscriptionKind {
  static let declaration = Schema(
    section: "subscriptions", kind: "subscription", title: "Amazon SNS subscription",
    summary: "A subscription sends a topic's messages to a queue, a lambda, an address.",
    naming: nil, isTaggable: false, uniqueBy: ["topic", "protocol", "endpoint"],
    // LocalStack 4.8.1 takes two protocols of one endpoint for one subscription.
    roomBy: ["topic", "endpoint"],
    properties: [
      Property("deliveryPolicy", .document, "HTTP: how deliveries are retried and throttled."),
      Property(
        "endpoint", .string(TextRule(length: 1...2048)), required: true, change: .replaces,
        "Where messages go: an ARN, a URL, an e-mail address, a telephone number."),
      Property("filterPolicy", .document, "Which messages are sent on; all without one."),
      Property(
        "filterPolicyScope", .choice(["MessageAttributes", "MessageBody"]), default: "MessageAttributes",
        "What the filter looks at."),
      Property(
        "protocol",
        .choice([
          "sqs", "lambda", "firehose", "http", "https", "email", "email-json", "sms", "application",
        ]),
        required: true, change: .replaces, "What kind of endpoint it is."),
      Property(
        "rawMessageDelivery", .boolean, default: false, "The message alone is sent, without SNS's envelope."),
      Property("redrivePolicy", .object(redrivePolicy), "Where a message goes that can't be delivered."),
      Property("replayPolicy", .document, "FIFO: from when on archived messages are sent again."),
      Property("subscriptionRoleArn", .arn, "Firehose: the role that may write to the stream."),
      Property("topic", .arn, required: true, change: .replaces, boundTo: "topics", "The topic's ARN."),
    ],
    attributes: [Attribute("arn", early: false, "The subscription's ARN.")], relations: relations,
    example: """
      subscriptions:
        orders:
          topic: arn:aws:sns:us-east-1:000000000000:orders
          protocol: email
          endpoint: orders@example.com
      """)

  private static let redrivePolicy = [
    Property("deadLetterTargetArn", .arn, required: true, "The dead letter queue's ARN.")
  ]

  private static let relations: [Relation] = [
    .goesWith(
      [.value("rawMessageDelivery", true)], .value("protocol", "sqs", "http", "https", "firehose")),
    .needs(.value("protocol", "firehose"), "subscriptionRoleArn"),
    .goesWith(["subscriptionRoleArn"], .value("protocol", "firehose")),
    .goesWith(["deliveryPolicy"], .value("protocol", "http", "https")),
    .goesWith(
      [.value("filterPolicyScope", "MessageBody")], "filterPolicy",
      because: "Without a filter, SNS forgets what it would look at."),
    .needs(
      .text("topic", endsWith: ".fifo"), .value("protocol", "sqs"),
      because: "A FIFO topic sends to queues alone: send to a queue, and read that."),
    .goesWith(
      ["replayPolicy"], .text("topic", endsWith: ".fifo"),
      because: "Only a FIFO topic keeps an archive to replay messages from."),
  ]

  package func problems(of resource: Resource) -> [PropertyProblem] {
    var problems: [PropertyProblem] = []
    if resource["filterPolicyScope"] != "MessageBody", let policy = resource["filterPolicy"]?.map,
      let nested = policy.sorted(by: { $0.key < $1.key }).first(where: { $0.value.map != nil })
    {
      problems.append(
        PropertyProblem(
          ["filterPolicy", nested.key], "Nested filter",
          "Attributes of a message are flat, so a filter on them can't look into \(nested.key).",
          fix: "Set filterPolicyScope: MessageBody, or give \(nested.key) a list of values."))
    }
    if problems.isEmpty {
      problems += EventPattern(mostKeys: 5, mostCombinations: 150)
        .problems(in: resource["filterPolicy"], at: ["filterPolicy"])
    }
    let transport = resource["protocol"]?.string ?? ""
    guard let endpoint = resource["endpoint"]?.string, let form = Self.endpointForms[transport],
      !endpoint.hasPrefix(form.prefix)
    else { return problems }
    problems.append(
      PropertyProblem(
        ["endpoint"], "Endpoint does not fit the protocol",
        "The protocol \(transport) needs \(form.says), which \"\(endpoint)\" is not."))
    return problems
  }

  package func problems(of resource: Resource, in stack: Stack) -> [PropertyProblem] {
    let dead = ["redrivePolicy", "deadLetterTargetArn"]
    let letters = resource["redrivePolicy"]?["deadLetterTargetArn"]
    return stack.deadLetterProblems(letters, at: dead)
      + [(resource["endpoint"], ["endpoint"]), (letters, dead)].compactMap { arn, path in
        stack.foreignReceiverProblem(arn, at: path, from: resource, service: "sns.amazonaws.com")
      }
  }

  private static let endpointForms: [String: (prefix: String, says: String)] = [
    "sqs": ("arn:", "a queue's ARN"), "lambda": ("arn:", "a lambda's ARN"),
    "firehose": ("arn:", "a delivery stream's ARN"), "application": ("arn:", "an application endpoint's ARN"),
    "http": ("http://", "a URL that begins with http://"),
    "https": ("https://", "a URL that begins with https://"),
  ]

  /// The topic may send to the queue, call the lambda, and put what it can't deliver into the dead letter queue.
  package func derived(from resource: Resource, in stack: Stack) -> [Derived] {
    let reason = "\(resource.address) sends there"
    let source = (arn: resource["topic"], account: String?.none)
    var derived: [Derived] = []
    if let receiver = resource.referenced(by: "endpoint"), let endpoint = resource["endpoint"] {
      switch receiver.section {
      case "queues":
        derived.append(
          .sending(
            to: receiver, arn: endpoint, service: "sns.amazonaws.com", source: source, because: reason))
      case "lambdas":
        derived += Derived.permission(
          part: "permission", of: resource, toCall: receiver, function: endpoint,
          principal: "sns.amazonaws.com", source: source, because: "\(resource.address) calls it")
      default: break
      }
    }
    if let queue = resource.referenced(by: "redrivePolicy"),
      let arn = resource["redrivePolicy"]?["deadLetterTargetArn"]
    {
      derived.append(
        .sending(
          to: queue, arn: arn, service: "sns.amazonaws.com", source: source,
          because: "\(resource.address) puts there what it can't deliver"))
    }
    return derived
  }
}
