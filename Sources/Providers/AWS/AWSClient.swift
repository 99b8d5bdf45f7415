package import Planner

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Sends requests to AWS, or to what speaks like it: escapes, signs, sends, classifies, and retries what is safe to retry.
package final class AWSClient: RequestSender {
  private let settings: ClientSettings
  private let endpoint: Endpoint
  private let transport: any HTTPTransport
  private let pacing: Pacing
  private let trace: (@Sendable (RequestTrace) -> Void)?
  private let learned = Locked(Learned())

  /// What the endpoint has taught this client in this run.
  private struct Learned {
    /// Services that understood no JSON.
    var querySpeakers: Set<AWSService> = []
    /// Seconds that the endpoint's clock is ahead of ours.
    var clockSkew: Double = 0
    /// By the credential scope that each is for.
    var signingKeys: [String: Data] = [:]
  }

  package init(
    settings: ClientSettings, transport: any HTTPTransport, pacing: Pacing = .system,
    trace: (@Sendable (RequestTrace) -> Void)? = nil
  ) throws(ProviderError) {
    self.settings = settings
    endpoint = try Endpoint(
      region: settings.region, endpoint: settings.endpoint, serviceEndpoints: settings.serviceEndpoints)
    self.transport = transport
    self.pacing = pacing
    self.trace = trace
  }

  package func send(_ request: AWSRequest) async throws(ProviderError) -> AWSResponse {
    let policy = RetryPolicy(isLoopback: endpoint.isLoopback(request.service))
    let start = pacing.elapsed()
    var failures = 0
    var attempt = 0
    var hasCorrectedClock = false
    while true {
      attempt += 1
      let wire = wireProtocol(of: request.service)
      let outcome = await tryOnce(request, by: wire, attempt: attempt)
      guard let error = outcome.error else { return outcome.response }
      if case .jsonOrQuery = wire, speaksNoJSON(error, outcome.response) {
        _ = learned.withLock { $0.querySpeakers.insert(request.service) }
        continue
      }
      if !hasCorrectedClock, correctClock(error, outcome.response) {
        hasCorrectedClock = true
        continue
      }
      failures += 1
      let history = RetryPolicy.History(failures: failures, elapsed: pacing.elapsed() - start)
      let delay = policy.delay(
        after: error, to: request, history: history, retryAfter: outcome.retryAfter, random: pacing.random())
      guard let delay, (try? await pacing.sleep(delay)) != nil else { throw error }
    }
  }

  /// One attempt's answer, and the error that it is or that came in its place.
  private struct Outcome {
    var response = AWSResponse(status: 0)
    var error: ProviderError?

    var retryAfter: Duration? { response.headers["retry-after"].flatMap(Int.init).map { .seconds($0) } }
  }

  private func tryOnce(
    _ request: AWSRequest, by wire: AWSService.WireProtocol, attempt: Int
  ) async -> Outcome {
    let start = pacing.elapsed()
    var outcome = Outcome()
    let address = endpoint.address(of: request)
    do throws(ProviderError) {
      let encoded = try RequestEncoder.encode(request, by: wire)
      let answer = try await transport.send(signed(request, encoded, to: address))
      outcome.response = AWSResponse(status: answer.status, headers: answer.headers, body: answer.body)
      if let error = Self.error(in: answer, to: request) {
        outcome.error = error
      } else {
        outcome.response.value = try Answer.value(answer, to: request, by: wire)
      }
    } catch {
      outcome.error = error
    }
    if var error = outcome.error {
      error.operation = request.label
      error.message = settings.credentials.redacted(error.message)
      outcome.error = error
    }
    trace?(
      RequestTrace(
        operation: request.label, method: request.method.rawValue, path: address.path,
        status: outcome.response.status, duration: pacing.elapsed() - start, attempt: attempt,
        failure: outcome.error?.kind))
    return outcome
  }

  private func signed(
    _ request: AWSRequest, _ encoded: RequestEncoder.Encoded, to address: RequestAddress
  ) -> HTTPRequest {
    let skew = learned.withLock { $0.clockSkew }
    let signer = SigV4(
      credentials: settings.credentials, region: address.signingRegion, service: request.service.signingName)
    let content = SigV4.Content(
      method: request.method.rawValue, path: address.path, query: request.query,
      headers: encoded.headers + [("host", address.host)], body: encoded.body ?? Data())
    let time = SigningTime(pacing.now().addingTimeInterval(skew))
    let signature = signer.headers(for: content, at: time, key: signingKey(signer, time))
    return HTTPRequest(
      method: request.method.rawValue, url: address.url(URLEscaping.query(request.query)),
      headers: encoded.headers + signature + [("user-agent", settings.userAgent)], body: encoded.body,
      isRepeatable: request.isRepeatable)
  }

  private func signingKey(_ signer: SigV4, _ time: SigningTime) -> Data {
    let scope = signer.scope(time)
    return learned.withLock { learned in
      if let key = learned.signingKeys[scope] { return key }
      let key = signer.signingKey(time)
      learned.signingKeys[scope] = key
      return key
    }
  }

  /// The error that an answer is; nil for success. S3 reports some failures in the body of a 200.
  static func error(in answer: HTTPResponse, to request: AWSRequest) -> ProviderError? {
    var status = answer.status
    if (200..<300).contains(status) {
      guard request.service == .s3, request.method != .get, Answer.looksLike(answer.body, "<"),
        let root = try? XMLReader.read(answer.body), root.name == "Error"
      else { return nil }
      status = 500
    }
    let said = ErrorAnswer(answer)
    var message = said.message
    if message.isEmpty { message = "the endpoint answered with HTTP status \(answer.status)" }
    if let region = answer.headers["x-amz-bucket-region"], (300..<400).contains(status) {
      message += " (the bucket is in \(region))"
    }
    return ProviderError(
      ErrorKinds.kind(of: said, status: status, to: request), code: said.code, message: message,
      operation: request.label, status: answer.status)
  }

  private func wireProtocol(of service: AWSService) -> AWSService.WireProtocol {
    guard case .jsonOrQuery(_, let version) = service.wireProtocol,
      learned.withLock({ $0.querySpeakers.contains(service) })
    else { return service.wireProtocol }
    return .query(apiVersion: version)
  }

  /// LocalStack's answer to CloudWatch in JSON: see ``AWSService/cloudWatch``.
  private func speaksNoJSON(_ error: ProviderError, _ response: AWSResponse) -> Bool {
    if error.kind == .unsupported { return true }
    if error.kind == .malformed { return response.status == 200 && response.body.isEmpty }
    guard response.status == 500 || response.status == 400 else { return false }
    let text = Answer.text(response.body)
    return text.contains("Operation detection failed") || text.contains("Missing Action")
      || text.contains("MissingAction")
  }

  /// Takes over the endpoint's clock when it refused ours, so that the request can be signed anew. AWS allows 5 minutes (S3 15).
  private func correctClock(_ error: ProviderError, _ response: AWSResponse) -> Bool {
    guard error.kind == .unauthenticated || error.kind == .denied,
      let theirs = response.headers["date"].flatMap(SigningTime.init(httpDate:))
    else { return false }
    return learned.withLock { learned in
      let ours = pacing.now().timeIntervalSince1970
      let skew = Double(theirs.seconds) - ours
      guard abs(skew - learned.clockSkew) > 240 else { return false }
      learned.clockSkew = skew
      return true
    }
  }
}
