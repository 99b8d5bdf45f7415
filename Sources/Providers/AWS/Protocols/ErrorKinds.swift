import Planner

/// Which kind of failure a service's answer is: a table, read from its most particular row to its most general.
///
/// Facts: each service's "Common errors" and its operations' errors in the API references, and what LocalStack 4.8.1 and
/// MiniStack 1.5.33 answer in their place.
enum ErrorKinds {
  /// The kind of failure: by message, by code, by the code's spelling, or else by status.
  static func kind(of answer: ErrorAnswer, status: Int, to request: AWSRequest) -> ProviderError.Kind {
    // Emulators spell "not implemented" with all sorts of codes, but always with this status.
    if status == 501 { return .unsupported }
    let rows = request.service.errors.messages + byMessage
    if let row = rows.first(where: { $0.matches(answer) }) { return row.kind }
    if let kind = request.service.errors.codes[answer.code] ?? byCode[answer.code] { return kind }
    if let kind = bySpelling(answer.code) { return kind }
    return byStatus(status, answer: answer, request)
  }

  /// Codes that mean different things in every service; the message decides.
  private static let byMessage: [ServiceErrors.MessageRow] = [
    ServiceErrors.MessageRow("ConflictException", "already exists", .alreadyExists),
    ServiceErrors.MessageRow(nil, "rate exceeded", .throttled),
  ]

  private static let byCode: [String: ProviderError.Kind] = {
    var kinds: [String: ProviderError.Kind] = [:]
    for (kind, codes) in codesOfKind { for code in codes { kinds[code] = kind } }
    return kinds
  }()

  private static let codesOfKind: [(ProviderError.Kind, [String])] = [
    (
      .notFound,
      [
        "NotFound", "404", "ResourceNotFoundException", "QueueDoesNotExist",
        "AWS.SimpleQueueService.NonExistentQueue",
        "NoSuchEntity", "NoSuchBucket", "NoSuchKey", "NoSuchUpload", "NoSuchVersion",
      ]
    ),
    (
      .alreadyExists,
      [
        "BucketAlreadyExists", "BucketAlreadyOwnedByYou", "QueueAlreadyExists", "EntityAlreadyExists",
        "ResourceAlreadyExists", "ResourceExistsException", "TopicAlreadyExists",
      ]
    ),
    (
      .conflict,
      [
        "QueueDeletedRecently", "AWS.SimpleQueueService.QueueDeletedRecently", "PurgeQueueInProgress",
        "ResourceInUseException", "ResourceConflictException", "ConcurrentModification", "OperationAborted",
        "ConcurrentModificationException", "OperationAbortedException", "ConditionalRequestConflict",
        "TransactionConflictException",
      ]
    ),
    (.preconditionFailed, ["PreconditionFailed", "PreconditionFailedException", "412"]),
    (
      .throttled,
      [
        "TooManyRequestsException", "TooManyRequests", "Throttling", "ThrottlingException",
        "ThrottledException",
        "RequestThrottled", "RequestThrottledException", "RequestLimitExceeded", "BandwidthLimitExceeded",
        "SlowDown",
        "ProvisionedThroughputExceeded", "ProvisionedThroughputExceededException", "PriorRequestNotComplete",
        "KmsThrottled",
      ]
    ),
    (
      .unauthenticated,
      [
        "ExpiredToken", "ExpiredTokenException", "InvalidClientTokenId", "SignatureDoesNotMatch",
        "InvalidSignatureException", "IncompleteSignature", "UnrecognizedClientException",
        "InvalidAccessKeyId",
        "InvalidToken", "MissingAuthenticationToken", "MissingAuthenticationTokenException", "AuthFailure",
        "RequestExpired", "RequestTimeTooSkewed", "TokenRefreshRequired", "NotAuthenticated",
      ]
    ),
    (
      .denied,
      [
        "AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "UnauthorizedAccess",
        "AuthorizationError",
        "AuthorizationErrorException", "Forbidden", "ForbiddenException", "NotAuthorized",
        "NotAuthorizedException",
        "OptInRequired", "KmsAccessDenied", "UnauthorizedException",
      ]
    ),
    (
      .unsupported,
      [
        "UnknownOperation", "UnknownOperationException", "InvalidAction", "NotImplemented",
        "NotImplementedException", "UnsupportedOperation", "UnsupportedOperationException",
      ]
    ),
    (
      .server,
      [
        "InternalFailure", "InternalError", "InternalServerError", "InternalServerErrorException",
        "InternalServiceError", "InternalServiceException", "InternalErrorException", "InternalServiceFault",
        "ServiceUnavailable", "ServiceUnavailableException", "ServiceException", "ServiceFailure",
        "ServiceFailureException", "RequestTimeout", "RequestTimeoutException",
      ]
    ),
    (
      .invalid,
      [
        "DeleteConflict", "LimitExceeded", "LimitExceededException", "ValidationException", "ValidationError",
        "InvalidParameterValueException", "MalformedXML", "AuthorizationHeaderMalformed", "PermanentRedirect",
        "TooManyBuckets", "CodeStorageExceededException",
      ]
    ),
  ]

  /// Codes that no table lists, and that mean what their spelling says, as S3's `NoSuchTagSet`.
  private static func bySpelling(_ code: String) -> ProviderError.Kind? {
    if code.hasPrefix("NoSuch") { return .notFound }
    if code.hasPrefix("Throttl") { return .throttled }
    for ending in [
      "NotFound", "NotFoundException", "NotFoundError", "NotFoundFault", "DoesNotExist",
      "DoesNotExistException",
    ]
    where code.hasSuffix(ending) {
      return .notFound
    }
    for ending in ["AlreadyExists", "AlreadyExistsException", "AlreadyExistsFault"]
    where code.hasSuffix(ending) {
      return .alreadyExists
    }
    return nil
  }

  private static func byStatus(
    _ status: Int, answer: ErrorAnswer, _ request: AWSRequest
  ) -> ProviderError.Kind {
    switch status {
    case 401: .unauthenticated
    case 403: .denied
    // A service that is spoken to at "/" has nothing there that could be missing but itself.
    case 404:
      request.path.isEmpty && answer.code.isEmpty && request.service.wireProtocol != .restXML
        ? .unsupported : .notFound
    case 405: .unsupported
    case 408: .server
    case 409: answer.message.lowercased().contains("already exist") ? .alreadyExists : .conflict
    case 304, 412: .preconditionFailed
    case 429: .throttled
    case 500...: .server
    default: .invalid
    }
  }
}
