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
      to: AWSRequest(service, operation, [:]))
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
    Row(.sqs, 400, "QueueDoesNotExist", .notFound),
    Row(.sqs, 400, "AWS.SimpleQueueService.NonExistentQueue", .notFound),
    Row(.sqs, 400, "QueueDeletedRecently", .conflict),
    Row(.sqs, 400, "QueueNameExists", .alreadyExists), Row(.sqs, 400, "QueueAlreadyExists", .alreadyExists),
    Row(.sqs, 403, "OverLimit", .invalid), Row(.sqs, 403, "RequestThrottled", .throttled),
    Row(.sqs, 404, "InvalidAddress", .notFound),
    Row(.logs, 400, "ResourceNotFoundException", .notFound),
    Row(.logs, 400, "ResourceAlreadyExistsException", .alreadyExists),
    Row(.logs, 400, "OperationAbortedException", .conflict),
    Row(.logs, 400, "LimitExceededException", .invalid),
    Row(.dynamoDB, 400, "ResourceInUseException", "Table already exists: t", .alreadyExists),
    Row(.dynamoDB, 400, "ResourceInUseException", "Table is being updated: t", .conflict),
    Row(.dynamoDB, 400, "LimitExceededException", .throttled),
    Row(.dynamoDB, 400, "ProvisionedThroughputExceededException", .throttled),
    Row(.dynamoDB, 400, "ConditionalCheckFailedException", .preconditionFailed),
    Row(.dynamoDB, 400, "ValidationException", .invalid),
    Row(.lambda, 404, "ResourceNotFoundException", .notFound),
    Row(.lambda, 409, "ResourceConflictException", "Function already exist: f", .alreadyExists),
    Row(
      .lambda, 409, "ResourceConflictException", "The statement id (s) provided already exists.",
      .alreadyExists),
    Row(.lambda, 409, "ResourceConflictException", "An update is in progress for resource", .conflict),
    Row(.lambda, 400, "ResourceInUseException", .conflict),
    Row(.lambda, 429, "TooManyRequestsException", .throttled),
    Row(.lambda, 412, "PreconditionFailedException", .preconditionFailed),
    Row(.lambda, 400, "InvalidParameterValueException", .invalid),
    Row(.apiGateway, 404, "NotFoundException", .notFound),
    Row(
      .apiGateway, 409, "ConflictException", "Another resource with the same parent already has this name: a",
      .alreadyExists),
    Row(
      .apiGateway, 409, "ConflictException",
      "Unable to complete operation due to concurrent modification. Please try again later.", .conflict),
    Row(.apiGateway, 429, "TooManyRequestsException", .throttled),
    Row(.apiGateway, 400, "BadRequestException", .invalid),
    Row(.iam, 404, "NoSuchEntity", .notFound), Row(.iam, 409, "EntityAlreadyExists", .alreadyExists),
    Row(.iam, 409, "DeleteConflict", .invalid), Row(.iam, 409, "ConcurrentModification", .conflict),
    Row(.iam, 409, "EntityTemporarilyUnmodifiable", .conflict), Row(.iam, 409, "LimitExceeded", .invalid),
    Row(.sns, 404, "NotFound", .notFound), Row(.sns, 403, "AuthorizationError", .denied),
    Row(
      .sns, 400, "InvalidParameter",
      "Invalid parameter: Attributes Reason: Topic already exists with different attributes", .alreadyExists),
    Row(.cloudWatch, 404, "ResourceNotFound", .notFound),
    Row(.cloudWatch, 400, "LimitExceededFault", .invalid),
    Row(.s3, 404, "NoSuchTagSet", .notFound), Row(.s3, 404, "NoSuchLifecycleConfiguration", .notFound),
    Row(.s3, 404, "ServerSideEncryptionConfigurationNotFoundError", .notFound),
    Row(.s3, 409, "BucketAlreadyOwnedByYou", .alreadyExists),
    Row(.s3, 409, "BucketAlreadyExists", .alreadyExists),
    Row(.s3, 409, "BucketNotEmpty", .invalid), Row(.s3, 409, "OperationAborted", .conflict),
    Row(.s3, 409, "ConditionalRequestConflict", .conflict),
    Row(.s3, 412, "PreconditionFailed", .preconditionFailed),
    Row(.s3, 503, "SlowDown", .throttled), Row(.s3, 503, "ServiceUnavailable", .server),
    Row(.s3, 400, "RequestTimeout", .server), Row(.s3, 400, "AuthorizationHeaderMalformed", .invalid),
    Row(.s3, 403, "InvalidAccessKeyId", .unauthenticated),
    Row(.s3, 403, "RequestTimeTooSkewed", .unauthenticated),
    Row(.sts, 403, "ExpiredToken", .unauthenticated),
    Row(.sts, 403, "InvalidClientTokenId", .unauthenticated),
    Row(.sts, 403, "SignatureDoesNotMatch", .unauthenticated),
    Row(.dynamoDB, 400, "UnrecognizedClientException", .unauthenticated),
    Row(.dynamoDB, 400, "ExpiredTokenException", .unauthenticated),
    Row(.dynamoDB, 400, "ThrottlingException", .throttled),
    Row(.sts, 403, "AccessDenied", .denied), Row(.lambda, 403, "AccessDeniedException", .denied),
    Row(.iam, 400, "Throttling", "Rate exceeded", .throttled),
    Row(.sts, 400, "RequestLimitExceeded", .throttled),
    Row(.sqs, 501, "InternalFailure", "not yet implemented or pro feature", .unsupported),
    Row(.dynamoDB, 400, "UnknownOperationException", .unsupported), Row(.sqs, 500, "InternalError", .server),
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
      AWSClient.error(in: HTTPResponse(status: status), to: AWSRequest(.s3, "HeadBucket", .head, ["b"]))?.kind
        == kind)
  }

  @Test func `a page in HTML where a service should be is an endpoint without that service`() {
    let error = classify(
      .sqs, status: 404, "<html><head><title>404 Not\u{1b}[31m Found</title></head></html>")
    #expect(error?.kind == .unsupported)
    #expect(error?.message == "404 Not[31m Found")
  }

  @Test func `codes and messages come from every spelling`() {
    func said(_ body: String, _ headers: [String: String] = [:]) -> [String?] {
      let error = classify(.sqs, status: 400, body, headers: headers)
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
      AWSClient.error(in: answer, to: AWSRequest(.s3, "CopyObject", .put, ["b", "k"]))?.kind == .server)
    #expect(AWSClient.error(in: answer, to: AWSRequest(.s3, "GetObject", .get, ["b", "k"])) == nil)
  }

  @Test func `the signed text that a service recites is kept out of the message`() {
    let error = classify(
      .sts, status: 403,
      "<ErrorResponse><Error><Code>SignatureDoesNotMatch</Code><Message>No match. The Canonical String for this request "
        + "should have been 'POST x-amz-security-token:TOKEN'</Message></Error></ErrorResponse>")
    #expect(error?.message == "No match.")
  }
}
