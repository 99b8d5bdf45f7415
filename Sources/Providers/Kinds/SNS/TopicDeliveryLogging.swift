import Planner

/// Which deliveries of a topic are logged: three attributes for each kind of receiver on the wire, one entry in the
/// schema. Facts: SetTopicAttributes in the SNS API reference, `LoggingConfig` of `AWS::SNS::Topic` in
/// CloudFormation.
enum TopicDeliveryLogging {
  static let property = "deliveryStatusLogging"

  /// What a protocol's attributes begin with.
  private static let prefixes = [
    "application": "Application", "firehose": "Firehose", "http/s": "HTTP", "lambda": "Lambda", "sqs": "SQS",
  ]
  static let protocols = prefixes.keys.sorted()
  private static let roles = ["successFeedbackRoleArn", "failureFeedbackRoleArn"]
  private static let rate = "successFeedbackSampleRate"

  static let members = [
    Property("failureFeedbackRoleArn", .arn, "The role that may write logs of failed deliveries."),
    Property("protocol", .choice(protocols), required: true, "The receivers that it is for."),
    Property("successFeedbackRoleArn", .arn, "The role that may write logs of successful deliveries."),
    Property(
      "successFeedbackSampleRate", .integer(0...100), "How many percent of the successful ones are logged."),
  ]

  /// The entries that a topic's attributes tell. A role that was taken out is an empty text; LocalStack writes `Http` for `HTTP`.
  static func value(in attributes: Value?) -> Value {
    let texts = (attributes?.map ?? [:]).map { ($0.key.lowercased(), $0.value.string ?? "") }
    let byName = Dictionary(texts) { first, _ in first }
    return .list(
      prefixes.sorted { $0.key < $1.key }.compactMap { transport, prefix in
        var entry: [String: Value] = [:]
        for role in roles {
          if let arn = byName[(prefix + role).lowercased()], !arn.isEmpty { entry[role] = .string(arn) }
        }
        let percent = byName[(prefix + rate).lowercased()].flatMap(Int.init) ?? 0
        if entry.isEmpty, percent == 0 { return nil }
        entry[rate] = .integer(percent)
        entry["protocol"] = .string(transport)
        return .map(entry)
      })
  }

  /// The attributes that spell the entries.
  static func texts(of value: Value?) -> [String: Value] {
    var texts: [String: Value] = [:]
    for entry in value?.list ?? [] {
      guard let prefix = entry["protocol"]?.string.flatMap({ prefixes[$0] }) else { continue }
      for role in roles {
        if let arn = entry[role], !arn.isEmpty { texts[prefix + capital(role)] = arn }
      }
      if let percent = entry[rate]?.integer { texts[prefix + capital(rate)] = .string(String(percent)) }
    }
    return texts
  }

  /// The attributes to set so that the live entries become the wanted ones.
  static func changes(from live: Value?, to wanted: Value?) -> [String: Value] {
    let before = texts(of: live)
    let after = texts(of: wanted)
    var changes = after.filter { before[$0.key] != $0.value }
    for (name, text) in before where after[name] == nil {
      let none: Value = name.hasSuffix("SampleRate") ? "0" : ""
      if text != none { changes[name] = none }
    }
    return changes
  }

  private static func capital(_ name: String) -> String { name.prefix(1).uppercased() + name.dropFirst() }
}
