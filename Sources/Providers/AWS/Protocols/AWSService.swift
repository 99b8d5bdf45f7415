/// A service of AWS, and how it is spoken to.
package struct AWSService: Sendable, Hashable {
  /// How requests and answers are written.
  package enum WireProtocol: Sendable, Hashable {
    /// POST / with `X-Amz-Target: <targetPrefix>.<Operation>`; the version is `1.0` or `1.1`.
    case json(version: String, targetPrefix: String)
    /// POST / with a form of `Action=…&Version=…`, answered in XML.
    case query(apiVersion: String)
    /// JSON 1.0 where the endpoint understands it, else query (CloudWatch: see the note at ``cloudWatch``).
    case jsonOrQuery(targetPrefix: String, apiVersion: String)
    /// The path and the method name the operation; bodies are JSON.
    case restJSON
    /// The same with XML bodies.
    case restXML
  }

  /// The name in the credential scope, as `monitoring` for CloudWatch.
  package let signingName: String
  /// The first label of AWS's own host name, as `monitoring` in `monitoring.eu-west-1.amazonaws.com`.
  package let hostPrefix: String
  /// What `AWS_ENDPOINT_URL_<ID>` calls it, as `CLOUDWATCH`.
  package let environmentID: String
  package let wireProtocol: WireProtocol
  /// The same host and signing region everywhere (IAM, STS's global form).
  package let isGlobal: Bool

  init(
    _ signingName: String, hostPrefix: String? = nil, environmentID: String, _ wireProtocol: WireProtocol,
    isGlobal: Bool = false
  ) {
    self.signingName = signingName
    self.hostPrefix = hostPrefix ?? signingName
    self.environmentID = environmentID
    self.wireProtocol = wireProtocol
    self.isGlobal = isGlobal
  }
}

extension AWSService {
  package static let s3 = AWSService("s3", environmentID: "S3", .restXML)
  package static let sqs = AWSService(
    "sqs", environmentID: "SQS", .json(version: "1.0", targetPrefix: "AmazonSQS"))
  package static let dynamoDB = AWSService(
    "dynamodb", environmentID: "DYNAMODB", .json(version: "1.0", targetPrefix: "DynamoDB_20120810"))
  package static let lambda = AWSService("lambda", environmentID: "LAMBDA", .restJSON)
  package static let apiGateway = AWSService("apigateway", environmentID: "API_GATEWAY", .restJSON)
  package static let apiGatewayV2 = AWSService("apigateway", environmentID: "APIGATEWAYV2", .restJSON)
  /// LocalStack 4.8.1 answers JSON with a 500 "Operation detection failed"; MiniStack 1.5.33's query reads leave fields out;
  /// AWS speaks both. So: JSON first, and query for the rest of the run where JSON is not understood.
  package static let cloudWatch = AWSService(
    "monitoring", environmentID: "CLOUDWATCH",
    .jsonOrQuery(targetPrefix: "GraniteServiceVersion20100801", apiVersion: "2010-08-01"))
  package static let kinesis = AWSService(
    "kinesis", environmentID: "KINESIS", .json(version: "1.1", targetPrefix: "Kinesis_20131202"))
  package static let kms = AWSService(
    "kms", environmentID: "KMS", .json(version: "1.1", targetPrefix: "TrentService"))
  package static let logs = AWSService(
    "logs", environmentID: "CLOUDWATCH_LOGS", .json(version: "1.1", targetPrefix: "Logs_20140328"))
  package static let cloudTrail = AWSService(
    "cloudtrail", environmentID: "CLOUDTRAIL",
    .json(version: "1.1", targetPrefix: "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101"))
  package static let iam = AWSService(
    "iam", environmentID: "IAM", .query(apiVersion: "2010-05-08"), isGlobal: true)
  package static let sns = AWSService("sns", environmentID: "SNS", .query(apiVersion: "2010-03-31"))
  package static let sts = AWSService("sts", environmentID: "STS", .query(apiVersion: "2011-06-15"))
}
