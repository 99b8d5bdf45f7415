import Planner

/// A queue or topic that API Gateway sends request bodies to with no code between: the call that it makes, and the answers.
///
/// Both are called in the query protocol, whose answers API Gateway turns into JSON (`SendMessageResponse`, `PublishResponse`).
struct SendTarget: Sendable, Hashable {
  let uri: String
  /// The form, as a mapping template.
  let template: String
  private let response: String
  private let noun: String

  /// A queue by its URL. Only region, account and name count: emulators spell the rest in many ways. nil for
  /// a text that is not a queue's URL.
  init?(queue url: String, target: Target) {
    let pieces = url.split(separator: "/").map(String.init)
    guard pieces.count >= 3, let name = pieces.last, pieces[pieces.count - 2].count == 12 else { return nil }
    let host = pieces[1].split(separator: ".").map(String.init)
    let namesRegion = host.count > 3 && host[0] == "sqs" && EndpointURL.isAWS(url: url)
    let region = namesRegion ? host[1] : target.region
    uri = "arn:\(target.partition):apigateway:\(region):sqs:path/\(pieces[pieces.count - 2])/\(name)"
    // Order within the whole API, and a repeated request is another message.
    let order = "&MessageGroupId=api&MessageDeduplicationId=$context.requestId"
    template =
      "Action=SendMessage&MessageBody=$util.urlEncode($input.body)" + (name.hasSuffix(".fifo") ? order : "")
    response = "SendMessage"
    noun = "queue"
  }

  init(topic arn: String, target: Target) {
    let region = ARN(arn)?.region ?? target.region
    uri = "arn:\(target.partition):apigateway:\(region):sns:path//"
    let order = "&MessageGroupId=api&MessageDeduplicationId=$context.requestId"
    template =
      "\(Self.publish)\(arn)\(Self.message)" + (arn.hasSuffix(".fifo") ? order : "")
    response = "Publish"
    noun = "topic"
  }

  private static let publish = "Action=Publish&TopicArn=$util.urlEncode('"
  private static let message = "')&Message=$util.urlEncode($input.body)"

  var answer: String {
    #"{"messageId": "$input.path('$.\#(response)Response.\#(response)Result.MessageId')"}"#
  }
  var refusal: String { #"{"message": "The \#(noun) refused the message."}"# }
  var failure: String { #"{"message": "The \#(noun) could not take the message."}"# }

  /// The region and `<account>/<name>` of the queue that an integration sends to.
  static func queue(uri: String) -> (region: String, path: String)? {
    // Where others have an account these have the service.
    guard let arn = ARN(uri), arn.account == "sqs", arn.resource.hasPrefix("path/") else { return nil }
    return (arn.region, String(arn.resource.dropFirst("path/".count)))
  }

  /// The ARN of the topic that a template publishes to.
  static func topic(template: String) -> String? {
    guard template.hasPrefix(publish) else { return nil }
    let arn = template.dropFirst(publish.count).prefix { $0 != "'" }
    return arn.isEmpty ? nil : String(arn)
  }
}
