package import Planner

/// What carries a request to the endpoint: signs, sends, retries what is safe to retry, and turns failures
/// into ``ProviderError``.
package protocol RequestSender: Sendable {
  /// Sends a request until it succeeds, or until no further try helps.
  ///
  /// - Throws: the last failure, with the number of tries and their time.
  func send(_ request: AWSRequest) async throws(ProviderError) -> AWSResponse
}

/// The client that a plan is built with. It takes operations that read, and nothing else: a plan that writes does not
/// compile.
package struct ReadingClient: Sendable {
  package let target: Target
  private let sender: any RequestSender

  package init(target: Target, sender: any RequestSender) {
    self.target = target
    self.sender = sender
  }

  /// Sends a request that changes nothing.
  package func read(_ request: Request<Reads>) async throws(ProviderError) -> AWSResponse {
    try await sender.send(request.wire)
  }

  /// The answer to a read, as a tree.
  package func read(
    _ operation: Operation<Reads>, _ input: [String: Value] = [:]
  ) async throws(ProviderError) -> Value {
    try await read(Request(operation, input)).value
  }

  /// The answer to a read; nil for what is not there.
  package func readIfPresent(_ request: Request<Reads>) async throws(ProviderError) -> AWSResponse? {
    do throws(ProviderError) {
      return try await read(request)
    } catch {
      if error.kind == .notFound { return nil }
      throw error
    }
  }

  /// The answer to a read, as a tree; nil for what is not there.
  package func readIfPresent(
    _ operation: Operation<Reads>, _ input: [String: Value] = [:]
  ) async throws(ProviderError) -> Value? {
    try await readIfPresent(Request(operation, input))?.value
  }
}

/// The client that an apply is carried out with: everything the reading client has, and writes.
package struct WritingClient: Sendable {
  package let reading: ReadingClient
  let reattachedRoles = ReattachedRoles()
  /// By function: a policy is changed by one permission at a time.
  let policyTurns = Turns()
  /// The names of all tables, for deletions that wait until theirs is gone; nil when there are too many
  /// pages.
  let tableNames = CoalescedRead<Set<String>?>()
  private let sender: any RequestSender
  /// Notes what was written; nil where nobody asks.
  private var log: WriteLog?

  package init(target: Target, sender: any RequestSender) {
    reading = ReadingClient(target: target, sender: sender)
    self.sender = sender
  }

  package var target: Target { reading.target }

  /// The same client, which notes in the log whether it has written.
  func noting(in log: WriteLog) -> WritingClient {
    var client = self
    client.log = log
    return client
  }

  /// Sends a request that may change something. Throws a `malformed` error, which leaves open what was done,
  /// unless the answer is the documented one.
  @discardableResult
  package func write(_ request: Request<Writes>) async throws(ProviderError) -> AWSResponse {
    do throws(ProviderError) {
      let answer = try await sender.send(request.wire)
      log?.note()
      return answer
    } catch {
      if error.mayHaveBeenApplied || error.isAmbiguous { log?.note() }
      throw error
    }
  }

  /// The answer to a write, as a tree.
  @discardableResult
  package func write(
    _ operation: Operation<Writes>, _ input: [String: Value] = [:]
  ) async throws(ProviderError) -> Value {
    try await write(Request(operation, input)).value
  }

  /// A deletion, for which "not there" is success.
  package func delete(_ request: Request<Writes>) async throws(ProviderError) {
    do throws(ProviderError) {
      try await write(request)
    } catch {
      if error.kind != .notFound { throw error }
    }
  }

  /// A deletion, for which "not there" is success.
  package func delete(
    _ operation: Operation<Writes>, _ input: [String: Value] = [:]
  ) async throws(ProviderError) {
    try await delete(Request(operation, input))
  }
}
