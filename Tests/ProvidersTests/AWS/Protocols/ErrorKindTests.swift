import Foundation
import Planner
import Testing

@testable import Providers

struct ErrorKindTests {
  private func classify(
    _ service: AWSService, status: Int, _ body: String, headers: [String: String] = [:],
    operation: String = "Get"
  ) -> ProviderError? {
    AWSClient.error(
      in: HTTPResponse(status: status, headers: headers, body: Data(body.utf8)),
      to: .reading(service, operation))
  }

  struct Row: CustomTestStringConvertible {
    var service: AWSService
    var status: Int
    var code: String
    var message: String
    var kind: ProviderError.Kind
    var testDescription: String { "\(service.signingName) \(status) \(code) \(message)" }

    init(_ service: AWSService, _ status: Int, _ code: String, _ message: String, _ kind: ProviderError.Kind)
    {
      self.service = service
      self.status = status
      self.code = code
      self.message = message
      self.kind = kind
    }

    init(_ service: AWSService, _ status: Int, _ code: String, _ kind: ProviderError.Kind) {
      self.init(service, status, code, "", kind)
    }
  }

  @Test(arguments: rows)
  func `a service's code is of its kind`(_ row: Row) {
    let body = "{\"__type\":\"\(row.code)\",\"message\":\"\(row.message)\"}"
    #expect(classify(row.service, status: row.status, body)?.kind == row.kind)
  }

  static let rows = [
    Row(SQS.service, 400, "QueueDoesNotExist", .notFound),
    Row(SQS.service, 400, "AWS.SimpleQueueService.NonExistentQueue", .notFound),
    Row(SQS.service, 400, "QueueDeletedRecently", .conflict),
    Row(SQS.service, 400, "QueueNameExists", .alreadyExists),
    Row(SQS.service, 400, "QueueAlreadyExists", .alreadyExists),
    Row(SQS.service, 403, "OverLimit", .invalid), Row(SQS.service, 403, "RequestThrottled", .throttled),
    Row(SQS.service, 404, "InvalidAddress", .notFound),
    Row(Logs.service, 400, "ResourceNotFoundException", .notFound),
    Row(Logs.service, 400, "ResourceAlreadyExistsException", .alreadyExists),
    Row(Logs.service, 400, "OperationAbortedException", .conflict),
    Row(Logs.service, 400, "LimitExceededException", .invalid),
    Row(DynamoDB.service, 400, "ResourceInUseException", "Table already exists: t", .alreadyExists),
    Row(DynamoDB.service, 400, "ResourceInUseException", "Cannot enable stream", .invalid),
    Row(DynamoDB.service, 400, "ResourceInUseException", "Table is being updated: t", .conflict),
    Row(DynamoDB.service, 400, "LimitExceededException", .throttled),
    Row(DynamoDB.service, 400, "ProvisionedThroughputExceededException", .throttled),
    Row(DynamoDB.service, 400, "ConditionalCheckFailedException", .preconditionFailed),
    Row(DynamoDB.service, 400, "ValidationException", .invalid),
    Row(Lambda.service, 404, "ResourceNotFoundException", .notFound),
    Row(Lambda.service, 409, "ResourceConflictException", "Function already exist: f", .alreadyExists),
    Row(
      Lambda.service, 409, "ResourceConflictException", "The statement id (s) provided already exists.",
      .alreadyExists),
    Row(Lambda.service, 409, "ResourceConflictException", "An update is in progress for resource", .conflict),
    Row(Lambda.service, 400, "ResourceInUseException", .conflict),
    Row(Lambda.service, 429, "TooManyRequestsException", .throttled),
    Row(Lambda.service, 412, "PreconditionFailedException", .preconditionFailed),
    Row(Lambda.service, 400, "InvalidParameterValueException", .invalid),
    Row(APIGateway.service, 404, "NotFoundException", .notFound),
    Row(
      APIGateway.service, 409, "ConflictException",
      "Another resource with the same parent already has this name: a",
      .alreadyExists),
    Row(
      APIGateway.service, 409, "ConflictException",
      "Unable to complete operation due to concurrent modification. Please try again later.", .conflict),
    Row(APIGateway.service, 429, "TooManyRequestsException", .throttled),
    Row(APIGateway.service, 400, "BadRequestException", .invalid),
    Row(IAM.service, 404, "NoSuchEntity", .notFound),
    Row(IAM.service, 409, "EntityAlreadyExists", .alreadyExists),
    Row(IAM.service, 409, "DeleteConflict", .invalid),
    Row(IAM.service, 409, "ConcurrentModification", .conflict),
    Row(IAM.service, 409, "EntityTemporarilyUnmodifiable", .conflict),
    Row(IAM.service, 409, "LimitExceeded", .invalid),
    Row(SNS.service, 404, "NotFound", .notFound), Row(SNS.service, 403, "AuthorizationError", .denied),
    Row(
      SNS.service, 400, "InvalidParameter",
      "Invalid parameter: Attributes Reason: Topic already exists with different attributes", .alreadyExists),
    Row(CloudWatch.service, 404, "ResourceNotFound", .notFound),
    Row(CloudWatch.service, 400, "LimitExceededFault", .invalid),
    Row(S3.service, 404, "NoSuchTagSet", .notFound),
    Row(S3.service, 404, "NoSuchLifecycleConfiguration", .notFound),
    Row(S3.service, 404, "ServerSideEncryptionConfigurationNotFoundError", .notFound),
    Row(S3.service, 409, "BucketAlreadyOwnedByYou", .alreadyExists),
    Row(S3.service, 409, "BucketAlreadyExists", .alreadyExists),
    Row(S3.service, 409, "BucketNotEmpty", .invalid), Row(S3.service, 409, "OperationAborted", .conflict),
    Row(S3.service, 409, "ConditionalRequestConflict", .conflict),
    Row(S3.service, 412, "PreconditionFailed", .preconditionFailed),
    Row(S3.service, 503, "SlowDown", .throttled), Row(S3.service, 503, "ServiceUnavailable", .server),
    Row(S3.service, 400, "RequestTimeout", .server),
    Row(S3.service, 400, "AuthorizationHeaderMalformed", .invalid),
    Row(S3.service, 403, "InvalidAccessKeyId", .unauthenticated),
    Row(S3.service, 403, "RequestTimeTooSkewed", .unauthenticated),
    Row(STS.service, 403, "ExpiredToken", .unauthenticated),
    Row(STS.service, 403, "InvalidClientTokenId", .unauthenticated),
    Row(STS.service, 403, "SignatureDoesNotMatch", .unauthenticated),
    Row(DynamoDB.service, 400, "UnrecognizedClientException", .unauthenticated),
    Row(DynamoDB.service, 400, "ExpiredTokenException", .unauthenticated),
    Row(DynamoDB.service, 400, "ThrottlingException", .throttled),
    Row(STS.service, 403, "AccessDenied", .denied),
    Row(Lambda.service, 403, "AccessDeniedException", .denied),
    Row(IAM.service, 400, "Throttling", "Rate exceeded", .throttled),
    Row(STS.service, 400, "RequestLimitExceeded", .throttled),
    Row(SQS.service, 501, "InternalFailure", "not yet implemented or pro feature", .unsupported),
    Row(DynamoDB.service, 400, "UnknownOperationException", .unsupported),
    Row(SQS.service, 500, "InternalError", .server),
  ]

  @Test(arguments: [
    (401, ProviderError.Kind.unauthenticated), (403, .denied), (404, .notFound), (405, .unsupported),
    (409, .conflict),
    (412, .preconditionFailed), (429, .throttled), (500, .server), (502, .server), (503, .server),
    (400, .invalid),
    (301, .invalid), (304, .preconditionFailed),
  ])
  func `without a code the status tells the kind`(_ status: Int, _ kind: ProviderError.Kind) {
    #expect(
      AWSClient.error(in: HTTPResponse(status: status), to: .reading(S3.service, "HeadBucket", .head, "/b"))?
        .kind
        == kind)
  }

  @Test func `a page in HTML where a service should be is an endpoint without that service`() {
    let error = classify(
      SQS.service, status: 404, "<html><head><title>404 Not\u{1b}[31m Found</title></head></html>")
    #expect(error?.kind == .unsupported)
    #expect(error?.message == "404 Not[31m Found")
  }

  @Test func `codes and messages come from every spelling`() {
    func said(_ body: String, _ headers: [String: String] = [:]) -> [String?] {
      let error = classify(SQS.service, status: 400, body, headers: headers)
      return [error?.code, error?.message]
    }
    #expect(
      said(#"{"__type":"com.amazonaws.sqs#QueueDoesNotExist","message":"m"}"#) == ["QueueDoesNotExist", "m"])
    #expect(said(#"{"Message":"m"}"#, ["x-amzn-errortype": "Bad:http://x/"]) == ["Bad", "m"])
    #expect(said(#"{"code":"Bad","Type":"User","errorMessage":"m"}"#) == ["Bad", "m"])
    #expect(
      said(
        "<ErrorResponse><Error><Type>Sender</Type><Code>NoSuchEntity</Code><Message>m</Message></Error></ErrorResponse>"
      )
        == ["NoSuchEntity", "m"])
    #expect(said("<Error><Code>NoSuchKey</Code><Message>m</Message></Error>") == ["NoSuchKey", "m"])
    #expect(
      said("<Response><Errors><Error><Code>C</Code><Message>m</Message></Error></Errors></Response>") == [
        "C", "m",
      ])
    #expect(said("{broken") == ["", "{broken"])
    #expect(said("") == ["", "the endpoint answered with HTTP status 400"])
  }

  @Test func `an error in the body of S3's 200 is one`() {
    let answer = HTTPResponse(status: 200, body: Data("<Error><Code>InternalError</Code></Error>".utf8))
    #expect(
      AWSClient.error(in: answer, to: .writing(S3.service, "CopyObject", .put, "/b/k"))?.kind == .server)
    #expect(AWSClient.error(in: answer, to: .reading(S3.service, "GetObject", .get, "/b/k")) == nil)
  }

  @Test func `the signed text that a service recites is kept out of the message`() {
    let error = classify(
      STS.service, status: 403,
      "<ErrorResponse><Error><Code>SignatureDoesNotMatch</Code><Message>No match. The Canonical String for this request "
        + "should have been 'POST x-amz-security-token:TOKEN'</Message></Error></ErrorResponse>")
    #expect(error?.message == "No match.")
  }
}
