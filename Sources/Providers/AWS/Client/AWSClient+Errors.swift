import Planner

extension AWSClient {
  /// The error that an answer is; nil for success. S3 reports some failures in the body of a 200.
  static func error(
    in answer: HTTPResponse, to request: AWSRequest, redact: (String) -> String = { $0 }
  ) -> ProviderError? {
    var status = answer.status
    if (200..<300).contains(status) {
      guard request.service.holdsObjects, request.method != .get, Answer.looksLike(answer.body, "<"),
        let root = try? XMLReader.read(answer.body), root.name == "Error"
      else { return nil }
      status = 500
    }
    let said = ErrorAnswer(answer, redact: redact)
    var message = said.message
    if message.isEmpty { message = "the endpoint answered with HTTP status \(answer.status)" }
    if let region = answer.headers["x-amz-bucket-region"], (300..<400).contains(status) {
      message += " (the bucket is in \(region))"
    }
    return ProviderError(
      ErrorKinds.kind(of: said, status: status, to: request), code: said.code, message: message,
      operation: request.label, status: answer.status)
  }

  /// LocalStack's answer to CloudWatch in JSON: see ``AWSService/cloudWatch``.
  static func speaksNoJSON(_ error: ProviderError, _ response: AWSResponse) -> Bool {
    if error.kind == .unsupported { return true }
    if error.kind == .malformed { return response.status == 200 && response.body.isEmpty }
    guard response.status == 500 || response.status == 400 else { return false }
    let text = Answer.text(response.body)
    return text.contains("Operation detection failed") || text.contains("Missing Action")
      || text.contains("MissingAction")
  }
}
