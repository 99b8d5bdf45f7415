import Planner

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The key of a run: fetched when it is first needed, and again shortly before it expires. Many callers at once fetch
/// it once. Once the account of the run is known, no key of another one is used.
actor KeyChain {
  private var source: KeySource
  private let settings: ClientSettings
  private let transport: any HTTPTransport
  private let runner: ProgramRunner
  private let now: @Sendable () -> Date
  private let reload: @Sendable () -> KeySource?
  private var current: TemporaryKey?
  private var fetching: Task<Result<TemporaryKey, ProviderError>, Never>?
  /// The account that the run is about; nil until STS has told whose the first key is.
  private var account: String?
  /// The last key that was given up in vain, why, and when.
  private var lost: (key: Credentials, note: String?, at: Date)?
  private var replacing: Task<Replacement, Never>?

  /// How many seconds before its end a key is no longer used: botocore's time for a mandatory refresh.
  private static let margin: Double = 600
  /// For how many seconds a look in vain counts: many requests may wait with the same key. Later there may be another one.
  private static let memory: Double = 5

  /// `reload` looks once more where the source was found: a file may have another key by now. Of `settings` the region and
  /// the endpoints count; their key is not used.
  init(
    _ source: KeySource, settings: ClientSettings, transport: any HTTPTransport,
    now: @escaping @Sendable () -> Date = { Date() }, runner: @escaping ProgramRunner,
    reload: @escaping @Sendable () -> KeySource? = { nil }
  ) {
    self.reload = reload
    self.source = source
    self.settings = settings
    self.transport = transport
    self.runner = runner
    self.now = now
  }

  /// A key that is good for some minutes.
  /// - Throws: what STS or the program said instead.
  func key() async throws(ProviderError) -> Credentials {
    if let replacing { _ = await replacing.value }
    if case .key(let credentials) = source { return credentials }
    if let current, !isNearItsEnd(current) { return current.credentials }
    let source = source
    let task = fetching ?? Task { await refreshed(source) }
    fetching = task
    return try await task.value.get().credentials
  }

  /// What came of giving up a key.
  enum Replacement: Sendable, Hashable {
    case found
    /// `note` says what speaks against the key that was found, if one was.
    case none(note: String?)
  }

  /// From now on only keys of this account are taken.
  func keep(to account: String) { self.account = account }

  /// Gives up a key that a service called expired. The next one is fetched anew, out of files that may have changed
  /// meanwhile.
  func giveUp(_ expired: Credentials) async -> Replacement {
    if let current, current.credentials != expired { return .found }
    if case .key(let key) = source, key != expired { return .found }
    if let lost, lost.key == expired, now().timeIntervalSince(lost.at) < Self.memory {
      return .none(note: lost.note)
    }
    let task = replacing ?? Task { await replaced(expired) }
    replacing = task
    return await task.value
  }

  /// The run goes on with the former key until nothing speaks against the new one.
  private func replaced(_ expired: Credentials) async -> Replacement {
    defer { replacing = nil }
    if case .success(let fresh) = await fetching?.value, fresh.credentials != expired { return .found }
    let origin = reload() ?? source
    var note: String?
    switch await fetched(origin) {
    case .success(let fresh) where fresh.credentials == expired: break
    case .success(let fresh):
      do throws(ProviderError) { note = try await objection(to: fresh, from: origin) } catch {
        note = "whose the key is that is there now was not told: \(error.message)"
      }
      guard note != nil else {
        source = origin
        current = fresh
        return .found
      }
    case .failure(let error): note = "no other key could be had: \(error.message)"
    }
    lost = (expired, note, now())
    return .none(note: note)
  }

  /// What speaks against a key that was found in mid-run; nil where it is of the account that the run is about, or where
  /// that is not known yet. A role's ARN names its account.
  ///
  /// - Throws: why STS did not tell.
  private func objection(
    to key: TemporaryKey, from source: KeySource
  ) async throws(ProviderError) -> String? {
    guard let account, key.credentials != current?.credentials else { return nil }
    if case .role(let role, _) = source, let found = ARN(role.arn)?.account {
      return found == account ? nil : Self.foreign(found, account)
    }
    var settings = settings
    settings.keySource = .key(key.credentials)
    let found = try await AWSClient(settings: settings, transport: transport).callerIdentity().account
    return found == account ? nil : Self.foreign(found, account)
  }

  private static func foreign(_ found: String, _ account: String) -> String {
    "the key that is there now is of account \(found), and this run is about account \(account)"
  }

  /// Fetched because the one before is near its end, if there was one; kept where nothing speaks against it.
  private func refreshed(_ source: KeySource) async -> Result<TemporaryKey, ProviderError> {
    defer { fetching = nil }
    let result = await fetched(source)
    guard case .success(let fresh) = result else { return result }
    do throws(ProviderError) {
      if let note = try await objection(to: fresh, from: source) {
        throw ProviderError(.unauthenticated, message: note, operation: "credentials", neverSent: true)
      }
    } catch { return .failure(error) }
    current = fresh
    return result
  }

  private func isNearItsEnd(_ key: TemporaryKey) -> Bool {
    key.expires.map { $0.timeIntervalSince(now()) < Self.margin } ?? false
  }

  private func fetched(_ source: KeySource) async -> Result<TemporaryKey, ProviderError> {
    do throws(ProviderError) {
      switch source {
      case .key(let credentials): return .success(TemporaryKey(credentials: credentials, expires: nil))
      case .process(let command): return .success(try await printed(by: command))
      case .role(let role, let origin):
        return .success(try await assumed(role, by: try await fetched(origin).get().credentials))
      }
    } catch { return .failure(error) }
  }

  private func assumed(
    _ role: AssumedRole, by caller: Credentials
  ) async throws(ProviderError) -> TemporaryKey {
    var settings = settings
    settings.keySource = .key(caller)
    var input: [String: Value] = [
      "RoleArn": .string(role.arn), "RoleSessionName": .string(role.sessionName),
    ]
    input["ExternalId"] = role.externalID.map(Value.string)
    input["DurationSeconds"] = role.duration.map(Value.integer)
    let client = try AWSClient(settings: settings, transport: transport)
    let answer = try await client.send(Request(STS.assumeRole, input).wire).value
    return try TemporaryKey(
      answer["Credentials"] ?? .null, names: .sts, from: "sts:AssumeRole of \(role.arn)")
  }

  private func printed(by command: String) async throws(ProviderError) -> TemporaryKey {
    let words = CommandWords.split(command)
    let text: String
    do throws(ProgramFailure) {
      text = try await runner(words)
    } catch {
      // Its arguments may hold secrets, so errors show only its name.
      throw ProviderError(
        .unauthenticated, message: "credential_process `\(words.first ?? "")` \(error.reason)",
        operation: "credentials", neverSent: true)
    }
    let answer = JSONReader.read(Data(text.utf8)) ?? .null
    let key = try TemporaryKey(answer, names: .process, from: "credential_process `\(words.first ?? "")`")
    if let expires = key.expires, expires < now() {
      throw ProviderError(
        .unauthenticated,
        message:
          "credential_process `\(words.first ?? "")` gave a key that ended at "
          + "\(expires.formatted(.iso8601)), or this machine's clock is wrong",
        operation: "credentials", neverSent: true)
    }
    return key
  }
}

/// A key and when it ends.
struct TemporaryKey: Sendable, Hashable {
  let credentials: Credentials
  let expires: Date?

  /// How the members are spelt.
  enum Names { case sts, process }

  init(credentials: Credentials, expires: Date?) {
    self.credentials = credentials
    self.expires = expires
  }

  /// Out of what STS or a program answered.
  init(_ answer: Value, names: Names, from origin: String) throws(ProviderError) {
    guard let identifier = answer["AccessKeyId"]?.string, let secret = answer["SecretAccessKey"]?.string
    else {
      throw ProviderError(
        .unauthenticated, message: "\(origin) gave no AccessKeyId and SecretAccessKey",
        operation: "credentials", neverSent: true)
    }
    if names == .process, answer["Version"]?.integer != 1 {
      throw ProviderError(
        .unauthenticated, message: "\(origin) gave another version of the answer than 1",
        operation: "credentials", neverSent: true)
    }
    credentials = Credentials(
      accessKeyID: identifier, secretAccessKey: secret, sessionToken: answer["SessionToken"]?.string)
    expires = answer["Expiration"]?.string.flatMap { try? Date($0, strategy: .iso8601) }
  }
}

/// A command line as its words, as a shell would split it, with nothing else of a shell's.
enum CommandWords {
  /// Splits at blanks. Single quotes, double quotes and backslashes work as in a shell.
  static func split(_ command: String) -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    var isEscaped = false
    for character in command {
      if isEscaped {
        word = (word ?? "") + String(character)
        isEscaped = false
      } else if character == "\\", quote != "'" {
        isEscaped = true
      } else if let open = quote {
        if character == open { quote = nil } else { word = (word ?? "") + String(character) }
      } else if character == "'" || character == "\"" {
        quote = character
        word = word ?? ""
      } else if character.isWhitespace {
        if let done = word { words.append(done) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    if let done = word { words.append(done) }
    return words
  }
}
