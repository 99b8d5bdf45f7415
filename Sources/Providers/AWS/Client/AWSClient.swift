package import Planner

#if canImport(FoundationEssentials)
package import FoundationEssentials
#else
package import Foundation
#endif

/// Sends requests to AWS, or to what speaks like it: escapes, signs, sends, classifies, and retries what is safe to retry.
package final class AWSClient: RequestSender {
  private let settings: ClientSettings
  private let endpoint: Endpoint
  private let transport: any HTTPTransport
  private let clock: ClientClock
  private let keyChain: KeyChain
  /// Every key that a request was signed with: none may be shown.
  private let keys: Locked<Set<Credentials>>
  private let trace: (@Sendable (RequestTrace) -> Void)?
  private let redact: @Sendable (String) -> String
  private let learned = Locked(Learned())

  /// What the endpoint has taught this client in this run.
  private struct Learned {
    /// Services that understood no JSON.
    var querySpeakers: Set<AWSService> = []
    /// Seconds that the endpoint's clock is ahead of ours.
    var clockSkew: Double = 0
    /// The time of the endpoint's last answer, in seconds since 1970, and when it came.
    var endpointTime: (seconds: Int, heard: Duration)?
    /// By access key and credential scope.
    var signingKeys: [String: Data] = [:]
    /// When each origin answered last.
    var answered: [String: Duration] = [:]
    /// When an origin last let a request time out while it answered no other. Requests that were queued
    /// before that moment fail at once; later ones are sent.
    var silent: [String: Duration] = [:]
  }

  /// A client for the endpoint that `settings` name. `redact` takes secrets out of what an endpoint says,
  /// before it is shortened or laid out. `reload` looks for the key once more, after a service has called one expired.
  package init(
    settings: ClientSettings, transport: any HTTPTransport, clock: ClientClock = .system,
    trace: (@Sendable (RequestTrace) -> Void)? = nil,
    redact: @escaping @Sendable (String) -> String = { $0 },
    runner: @escaping ProgramRunner = AWSClient.noPrograms,
    reload: @escaping @Sendable () -> KeySource? = { nil }
  ) throws(ProviderError) {
    self.settings = settings
    endpoint = try Endpoint(
      region: settings.region, endpoint: settings.endpoint, serviceEndpoints: settings.serviceEndpoints)
    self.transport = transport
    self.clock = clock
    self.trace = trace
    let keys = Locked<Set<Credentials>>([])
    self.keys = keys
    self.redact = { text in redact(keys.withLock { $0 }.reduce(text) { $1.redacted($0) }) }
    keyChain = KeyChain(
      settings.keySource, settings: settings, transport: transport, now: clock.now, runner: runner,
      reload: reload)
  }

  /// For clients that start no programs.
  package static let noPrograms: ProgramRunner = { _ throws(ProgramFailure) in
    throw ProgramFailure(reason: "can't be run here")
  }

  package func send(_ request: AWSRequest) async throws(ProviderError) -> AWSResponse {
    let policy = RetryPolicy(isLoopback: endpoint.isLoopback(request.service), bounds: settings.bounds)
    var past = Attempts()
    while true {
      past.count += 1
      let wire = wireProtocol(of: request.service)
      let outcome = await tryOnce(request, by: wire, attempt: past.count, spent: past.spent)
      guard var error = outcome.error else { return outcome.response }
      past.spent += outcome.lasted
      if outcome.isRefused { throw past.ended(by: error) }
      if await isMended(&error, outcome, by: wire, service: request.service, &past) { continue }
      past.failures += 1
      past.isAmbiguous = past.isAmbiguous || error.mayHaveBeenApplied
      let delay = policy.delay(
        after: error, to: request, history: past.history, retryAfter: outcome.retryAfter,
        random: clock.random())
      guard let delay, past.spent + delay < settings.bounds.operation, (try? await clock.sleep(delay)) != nil
      else { throw past.ended(by: error) }
      past.spent += delay
    }
  }

  /// The attempts at one request so far.
  private struct Attempts {
    var count = 0
    var failures = 0
    /// Without the time that attempts waited for their turn.
    var spent = Duration.zero
    var isAmbiguous = false
    var hasCorrectedClock = false
    var hasNewKey = false

    var history: RetryPolicy.History { RetryPolicy.History(failures: failures, elapsed: spent) }

    func ended(by error: ProviderError) -> ProviderError {
      error.after(attempts: failures, in: spent, isAmbiguous: isAmbiguous)
    }
  }

  /// Whether the cause of an error lay here and is gone, so that the request is sent again at once.
  private func isMended(
    _ error: inout ProviderError, _ outcome: Outcome, by wire: AWSService.WireProtocol, service: AWSService,
    _ past: inout Attempts
  ) async -> Bool {
    if case .jsonOrQuery = wire, Self.speaksNoJSON(error, outcome.response) {
      _ = learned.withLock { $0.querySpeakers.insert(service) }
      return true
    }
    if !past.hasCorrectedClock, correctClock(error, outcome) {
      past.hasCorrectedClock = true
      return true
    }
    guard !past.hasNewKey, error.isOfExpiredKey, let key = outcome.key else { return false }
    switch await keyChain.giveUp(key) {
    case .found:
      past.hasNewKey = true
      return true
    case .none(let note):
      if let note { error.message += "; " + redact(note) }
      return false
    }
  }

  /// From now on every key that is fetched must be of this account.
  package func keep(to account: String) async { await keyChain.keep(to: account) }

  /// The time by the endpoint's clock, as far as it has told it: what is recorded for others is dated by one clock for
  /// all, whatever this machine's says.
  package var time: Date {
    guard let known = learned.withLock({ $0.endpointTime }) else { return clock.now() }
    let since = (clock.elapsed() - known.heard) / .seconds(1)
    return Date(timeIntervalSince1970: Double(known.seconds) + since)
  }

  /// One attempt's answer; and its error, if it is one or if there is no answer.
  private struct Outcome {
    var response = AWSResponse(status: 0)
    var error: ProviderError?
    /// The time from its turn on, without the wait for it.
    var lasted = Duration.zero
    /// The correction of the clock that it was signed with.
    var skew = 0.0
    var origin = ""
    /// What it was signed with; nil where none could be had.
    var key: Credentials?
    /// It was not begun, because its origin stopped answering.
    var isRefused = false

    var retryAfter: Duration? { response.headers["retry-after"].flatMap(Int.init).map { .seconds($0) } }

    mutating func take(
      _ answer: HTTPResponse, to request: AWSRequest, by wire: AWSService.WireProtocol,
      redact: (String) -> String
    ) throws(ProviderError) {
      response = AWSResponse(status: answer.status, headers: answer.headers, body: answer.body)
      error = AWSClient.error(in: answer, to: request, redact: redact)
      if error == nil { response.value = try Answer.value(answer, to: request, by: wire, redact: redact) }
    }

    /// If a key could not be had, the error keeps its own operation: a role could not be assumed.
    mutating func nameOperation(_ label: String, redact: (String) -> String) {
      guard var told = error else { return }
      if key != nil || told.operation.isEmpty { told.operation = label }
      told.message = redact(told.message)
      error = told
    }
  }

  private func tryOnce(
    _ request: AWSRequest, by wire: AWSService.WireProtocol, attempt: Int, spent: Duration
  ) async -> Outcome {
    var outcome = Outcome()
    let address = endpoint.address(of: request)
    outcome.origin = "\(address.scheme)://\(address.host)"
    outcome.skew = learned.withLock { $0.clockSkew }
    var turn = AttemptStart(at: clock.elapsed())
    do throws(ProviderError) {
      let encoded = try RequestEncoder.encode(request, by: wire)
      let key = try await keyChain.key()
      outcome.key = key
      keys.withLock { _ = $0.insert(key) }
      turn = AttemptStart(at: clock.elapsed())
      var whole = signed(request, encoded, to: address, by: key, skew: outcome.skew)
      whole.timeLimit =
        settings.bounds.operation + RequestBounds.uploadAllowance(encoded.body?.count ?? 0) - spent
      whole.willBegin = { [origin = outcome.origin, skew = outcome.skew, turn] headers in
        if let refusal = self.begin(turn, at: origin) { return refusal }
        if turn.waited > Self.signatureKeeps {
          headers = self.signed(request, encoded, to: address, by: key, skew: skew).headers
        }
        return nil
      }
      let answer = try await transport.send(whole)
      note(answer, from: outcome.origin)
      try outcome.take(answer, to: request, by: wire, redact: redact)
    } catch {
      outcome.error = error
    }
    outcome.lasted = clock.elapsed() - turn.start
    outcome.isRefused = turn.isRefused
    if outcome.error?.timedOut == true, !turn.isRefused { noteSilence(of: outcome.origin, since: turn.start) }
    outcome.nameOperation(request.label, redact: redact)
    trace?(
      RequestTrace(
        operation: request.label, method: request.method.rawValue, path: address.path,
        status: outcome.response.status, duration: outcome.lasted, attempt: attempt,
        failure: outcome.error?.kind))
    return outcome
  }

  private func note(_ answer: HTTPResponse, from origin: String) {
    let time = answer.headers["date"].flatMap(SigningTime.init(httpDate:))
    learned.withLock { learned in
      learned.answered[origin] = clock.elapsed()
      learned.silent[origin] = nil
      if let time { learned.endpointTime = (time.seconds, clock.elapsed()) }
    }
  }

  /// A request that waited longer for its turn is signed again: AWS takes a signature for five minutes.
  private static let signatureKeeps = Duration.seconds(60)

  private func noteSilence(of origin: String, since start: Duration) {
    learned.withLock { learned in
      if let last = learned.answered[origin], last >= start { return }
      learned.silent[origin] = clock.elapsed()
    }
  }

  /// Records that a request's turn has come, or refuses it.
  private func begin(_ turn: AttemptStart, at origin: String) -> ProviderError? {
    let silence = learned.withLock { $0.silent[origin] }
    turn.begin(at: clock.elapsed(), isRefused: silence.map { turn.submitted <= $0 } ?? false)
    guard turn.isRefused else { return nil }
    return ProviderError(
      .unreachable, message: "\(origin) has fallen silent: it was not asked again", neverSent: true,
      timedOut: true)
  }

  private func signed(
    _ request: AWSRequest, _ encoded: RequestEncoder.Encoded, to address: RequestAddress,
    by credentials: Credentials, skew: Double
  ) -> HTTPRequest {
    let signer = SigV4(
      credentials: credentials, region: address.signingRegion, service: request.service.signingName)
    let content = SigV4.Content(
      method: request.method.rawValue, path: address.path, query: request.query,
      headers: encoded.headers + [("host", address.host)], body: encoded.body ?? Data())
    let time = SigningTime(clock.now().addingTimeInterval(skew))
    let signature = signer.headers(for: content, at: time, key: signingKey(signer, time))
    return HTTPRequest(
      method: request.method.rawValue, url: address.url(URLEscaping.query(request.query)),
      headers: encoded.headers + signature + [("user-agent", settings.userAgent)], body: encoded.body,
      isRepeatable: request.isRepeatable)
  }

  private func signingKey(_ signer: SigV4, _ time: SigningTime) -> Data {
    let scope = "\(signer.credentials.accessKeyID)/\(signer.scope(time))"
    return learned.withLock { learned in
      if let key = learned.signingKeys[scope] { return key }
      let key = signer.signingKey(time)
      learned.signingKeys[scope] = key
      return key
    }
  }

  private func wireProtocol(of service: AWSService) -> AWSService.WireProtocol {
    guard case .jsonOrQuery(_, let version) = service.wireProtocol,
      learned.withLock({ $0.querySpeakers.contains(service) })
    else { return service.wireProtocol }
    return .query(apiVersion: version)
  }

  /// Uses the endpoint's clock after it refused ours, so that the request can be signed again. AWS allows 5
  /// minutes (S3 15).
  private func correctClock(_ error: ProviderError, _ outcome: Outcome) -> Bool {
    guard error.kind == .unauthenticated || error.kind == .denied,
      let theirs = outcome.response.headers["date"].flatMap(SigningTime.init(httpDate:))
    else { return false }
    return learned.withLock { learned in
      let ours = clock.now().timeIntervalSince1970
      let skew = Double(theirs.seconds) - ours
      // Another request may have corrected it meanwhile: compare with the clock that this one was signed by.
      guard abs(skew - outcome.skew) > 240 else { return false }
      learned.clockSkew = skew
      return true
    }
  }
}
