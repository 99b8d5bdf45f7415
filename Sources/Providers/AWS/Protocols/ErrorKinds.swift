import Planner

/// Which kind of failure a service's answer is: a table, read from its most particular row to its most general.
///
/// Facts: each service's "Common errors" and its operations' errors in the API references, and what LocalStack 4.8.1 and
/// MiniStack 1.5.33 answer in their place.
enum ErrorKinds {
  static func kind(of answer: ErrorAnswer, status: Int, to request: AWSRequest) -> ProviderError.Kind {
    // Emulators spell "not implemented" with all sorts of codes, but always with this status.
    if status == 501 { return .unsupported }
    let service = request.service.signingName
    if let row = byMessage.first(where: { $0.matches(answer, service: service) }) { return row.kind }
    if let kind = byService[service]?[answer.code] ?? byCode[answer.code] { return kind }
    if let kind = bySpelling(answer.code) { return kind }
    return byStatus(status, answer: answer, request)
  }

  /// A code that means different things; its message tells which.
  private struct MessageRow {
    var service: String?
    var code: String?
    var contains: String
    var kind: ProviderError.Kind

    init(
      _ service: String?, _ code: String?, _ contains: String, _ kind: ProviderError.Kind
    ) {
      self.service = service
      self.code = code
      self.contains = contains
      self.kind = kind
    }

    func matches(_ answer: ErrorAnswer, service: String) -> Bool {
      (self.service == nil || self.service == service) && (code == nil || code == answer.code)
        && answer.message.lowercased().contains(contains)
    }
  }

  private static let byMessage: [MessageRow] = [
    // CreateFunction of a function that is there, AddPermission of a Sid that is there, a second equal event source mapping.
    MessageRow("lambda", "ResourceConflictException", "already exist", .alreadyExists),
    MessageRow("apigateway", "ConflictException", "concurrent modification", .conflict),
    MessageRow("apigateway", "ConflictException", "try again later", .conflict),
    MessageRow("apigateway", "ConflictException", "already", .alreadyExists),
    MessageRow("dynamodb", "ResourceInUseException", "already exists", .alreadyExists),
    MessageRow("sns", "InvalidParameter", "already exists with different", .alreadyExists),
    MessageRow("sns", "InvalidParameterException", "already exists with different", .alreadyExists),
    MessageRow(nil, "ConflictException", "already exists", .alreadyExists),
    MessageRow("logs", "InvalidOperationException", "unknown action", .unsupported),
    MessageRow(nil, nil, "rate exceeded", .throttled),
  ]

  private static let byService: [String: [String: ProviderError.Kind]] = [
    "sqs": [
      "InvalidAddress": .notFound, "QueueNameExists": .alreadyExists, "UnsupportedOperation": .invalid,
      "AWS.SimpleQueueService.UnsupportedOperation": .invalid, "OverLimit": .invalid,
    ],
    "dynamodb": [
      // Too many tables are being made or changed at a time, or one table changed twice.
      "LimitExceededException": .throttled, "ConditionalCheckFailedException": .preconditionFailed,
      "TableNotFoundException": .notFound, "TableAlreadyExistsException": .alreadyExists,
      "TableInUseException": .conflict, "ContinuousBackupsUnavailableException": .conflict,
      "PolicyNotFoundException": .notFound,
    ],
    "lambda": ["ResourceNotReadyException": .conflict, "EC2ThrottledException": .throttled],
    "s3": [
      "NotModified": .preconditionFailed, "BucketNotEmpty": .invalid, "InvalidBucketState": .invalid,
      "MethodNotAllowed": .unsupported, "AllAccessDisabled": .denied, "AccountProblem": .denied,
    ],
    "iam": [
      "DeleteConflict": .invalid, "EntityTemporarilyUnmodifiable": .conflict, "UnmodifiableEntity": .invalid,
    ],
    "sns": ["AuthorizationError": .denied, "NotFound": .notFound],
    "monitoring": ["ResourceNotFound": .notFound],
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

  /// Codes that no table lists but whose spelling says what they mean, as S3's `NoSuchTagSet` and its many siblings.
  private static func bySpelling(_ code: String) -> ProviderError.Kind? {
    if code.hasPrefix("NoSuch") { return .notFound }
    if code.hasPrefix("Throttl") { return .throttled }
    for ending in ["NotFound", "NotFoundException", "NotFoundError", "NotFoundFault"]
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
    case 404: request.path.isEmpty && answer.code.isEmpty && request.service != .s3 ? .unsupported : .notFound
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
