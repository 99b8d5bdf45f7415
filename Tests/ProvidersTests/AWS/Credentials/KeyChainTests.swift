import Foundation
import Planner
import Testing

@testable import Providers

struct KeyChainTests {
  private let base = KeySource.key(Credentials(accessKeyID: "AKIDBASE", secretAccessKey: "s"))
  private let role = AssumedRole(arn: "arn:aws:iam::222222222222:role/deploy", externalID: "abc")

  private func chain(
    _ source: KeySource, _ transport: FakeTransport, now: @escaping @Sendable () -> Date = { Date() },
    runner: @escaping ProgramRunner = AWSClient.noPrograms
  ) -> KeyChain {
    KeyChain(
      source, settings: ClientSettings(keySource: source, region: "eu-west-1"), transport: transport,
      now: now,
      runner: runner)
  }

  private func answer(_ key: String, expires: String) -> FakeTransport.Answer {
    .answer(
      200,
      """
      <AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>\(key)</AccessKeyId>
      <SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken>
      <Expiration>\(expires)</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>
      """)
  }

  @Test func `a role is assumed once for all that ask at the same time, and anew before its end`()
    async throws
  {
    let transport = FakeTransport([
      answer("FIRST", expires: "2026-01-01T01:00:00Z"), answer("SECOND", expires: "2026-01-01T02:00:00Z"),
    ])
    let clock = Locked(try Date("2026-01-01T00:00:00Z", strategy: .iso8601))
    let chain = chain(.role(role, by: base), transport, now: { clock.withLock { $0 } })
    let keys = try await withThrowingTaskGroup { group in
      for _ in 0..<8 { group.addTask { try await chain.key().accessKeyID } }
      return try await group.reduce(into: Set<String>()) { $0.insert($1) }
    }
    #expect(keys == ["FIRST"] && transport.requests.count == 1)
    let body = String(decoding: transport.requests[0].body ?? Data(), as: UTF8.self)
    #expect(body.contains("ExternalId=abc") && body.contains("RoleSessionName=stackform"))
    clock.withLock { $0 += 51 * 60 }
    #expect(try await chain.key().accessKeyID == "SECOND")
  }

  @Test func `a request is signed with the assumed key`() async throws {
    let transport = FakeTransport([
      answer("ASSUMED", expires: "2999-01-01T00:00:00Z"), .answer(200, #"{"QueueUrl":"u"}"#),
    ])
    let client = try AWSClient(
      settings: ClientSettings(keySource: .role(role, by: base), region: "eu-west-1"), transport: transport)
    _ = try await client.send(.reading(SQS.service, "GetQueueUrl", ["QueueName": "q"]))
    let keys = transport.requests.map { request in
      request.headers.first { $0.name == "authorization" }?.value.contains("Credential=AKIDBASE/") == true
    }
    #expect(keys == [true, false])
    #expect(
      transport.requests[1].headers.contains { $0.name == "x-amz-security-token" && $0.value == "token" })
  }

  @Test func `a key that a service calls expired is taken anew from where it was found, once`() async throws {
    let sources = [base, .key(Credentials(accessKeyID: "OTHER", secretAccessKey: "s"))]
    for (found, operations) in [(sources[0], 1), (sources[1], 2)] {
      let expired = FakeTransport.Answer.answer(
        400, #"{"__type":"ExpiredTokenException","message":"The security token is expired"}"#)
      let transport = FakeTransport([expired, .answer(200, #"{"QueueUrl":"u"}"#)])
      let client = try AWSClient(
        settings: ClientSettings(keySource: base, region: "eu-west-1"), transport: transport,
        reload: { found })
      let answer = try? await client.send(.reading(SQS.service, "GetQueueUrl", ["QueueName": "q"]))
      #expect((answer != nil) == (operations == 2) && transport.requests.count == operations)
    }
  }

  private static let expired = FakeTransport.Answer.answer(
    400, #"{"__type":"ExpiredTokenException","message":"The security token is expired"}"#)

  private func identity(_ account: String) -> FakeTransport.Answer {
    .answer(
      200,
      """
      <GetCallerIdentityResponse><GetCallerIdentityResult><Account>\(account)</Account>
      <Arn>arn:aws:iam::\(account):user/deploy</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>
      """)
  }

  private let queueURL = AWSRequest.reading(SQS.service, "GetQueueUrl", ["QueueName": "q"])

  @Test func `a key found in mid-run is used only if it is of the run's account, and is asked about once`()
    async throws
  {
    let reloads = Locked(0)
    func client(_ script: [FakeTransport.Answer]) async throws -> (AWSClient, FakeTransport) {
      let transport = FakeTransport(script)
      let client = try AWSClient(
        settings: ClientSettings(keySource: base, region: "eu-west-1"), transport: transport,
        reload: {
          reloads.withLock { $0 += 1 }
          return .key(Credentials(accessKeyID: "OTHER", secretAccessKey: "s"))
        })
      await client.keep(to: "111111111111")
      return (client, transport)
    }
    let (same, _) = try await client([
      Self.expired, identity("111111111111"), .answer(200, #"{"QueueUrl":"u"}"#),
    ])
    #expect(try await same.send(queueURL).value == ["QueueUrl": "u"])
    reloads.withLock { $0 = 0 }
    let (other, transport) = try await client([Self.expired, identity("222222222222"), Self.expired])
    for _ in 0..<2 {
      let error = await #expect(throws: ProviderError.self) { try await other.send(queueURL) }
      #expect(
        error?.message
          == "The security token is expired; the key that is there now is of account 222222222222, "
          + "and this run is about account 111111111111"
      )
    }
    #expect(reloads.withLock { $0 } == 1)
    let keys = transport.requests.compactMap { request in
      request.headers.first { $0.name == "authorization" }?.value.split(separator: "/").first?.split(
        separator: "="
      ).last.map(String.init)
    }
    #expect(keys == ["AKIDBASE", "OTHER", "AKIDBASE"])
  }

  @Test
  func
    `a role that was found in mid-run must be of the run's account, and a look in vain counts for seconds`()
    async throws
  {
    let key = Credentials(accessKeyID: "AKIDBASE", secretAccessKey: "s")
    let clock = Locked(try Date("2026-01-01T00:00:00Z", strategy: .iso8601))
    let assumed = answer("FIRST", expires: "2026-01-01T01:00:00Z")
    let transport = FakeTransport([
      assumed,
      .answer(
        403,
        "<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>"),
      assumed,
    ])
    let chain = KeyChain(
      base, settings: ClientSettings(keySource: base, region: "eu-west-1"), transport: transport,
      now: { clock.withLock { $0 } }, runner: AWSClient.noPrograms,
      reload: { [role, base] in .role(role, by: base) })
    await chain.keep(to: "111111111111")
    let foreign = KeyChain.Replacement.none(
      note: "the key that is there now is of account 222222222222, and this run is about account 111111111111"
    )
    #expect(await chain.giveUp(key) == foreign)
    #expect(await chain.giveUp(key) == foreign)
    #expect(transport.requests.count == 1)
    clock.withLock { $0 += 6 }
    guard case .none(let note) = await chain.giveUp(key) else {
      Issue.record("a key was taken")
      return
    }
    #expect(note?.hasPrefix("no other key could be had: ") == true)
    await chain.keep(to: "222222222222")
    clock.withLock { $0 += 6 }
    #expect(await chain.giveUp(key) == .found)
  }

  @Test func `a program's next key must be of the run's account, too`() async throws {
    let runs = Locked(0)
    let start = try Date("2026-01-01T00:00:00Z", strategy: .iso8601)
    let chain = chain(
      .process(command: "tool"), FakeTransport([identity("222222222222")]), now: { start },
      runner: { _ throws(ProgramFailure) in
        let run = runs.withLock { runs in
          runs += 1
          return runs
        }
        return
          #"{"Version":1,"AccessKeyId":"A\#(run)","SecretAccessKey":"B","Expiration":"2026-01-01T00:05:00Z"}"#
      })
    #expect(try await chain.key().accessKeyID == "A1")
    await chain.keep(to: "111111111111")
    let error = await #expect(throws: ProviderError.self) { try await chain.key() }
    #expect(error?.kind == .unauthenticated && error?.message.contains("222222222222") == true)
  }

  @Test func `a program is run again for a key that expired before its time`() async throws {
    let runs = Locked(0)
    let chain = chain(
      .process(command: "tool"), FakeTransport([.answer(500)]),
      runner: { _ throws(ProgramFailure) in
        let run = runs.withLock { runs in
          runs += 1
          return min(runs, 2)
        }
        return #"{"Version":1,"AccessKeyId":"A\#(run)","SecretAccessKey":"B"}"#
      })
    let first = try await chain.key()
    // Many requests find it expired: the first that says so gets another one for all.
    #expect(await chain.giveUp(first) == .found)
    #expect(await chain.giveUp(first) == .found)
    let second = try await chain.key()
    #expect(second.accessKeyID == "A2" && runs.withLock { $0 } == 2)
    // There is none after that one: it is looked for once.
    for _ in 0..<2 { #expect(await chain.giveUp(second) == .none(note: nil)) }
    #expect(runs.withLock { $0 } == 3)
  }

  @Test func `what a program prints is a key, and how it fails is told without its arguments`() async throws {
    let transport = FakeTransport([.answer(500)])
    let good = chain(
      .process(command: "tool --secret 'a b'"), transport,
      runner: { words throws(ProgramFailure) in
        #expect(words == ["tool", "--secret", "a b"])
        return #"{"Version":1,"AccessKeyId":"A","SecretAccessKey":"B"}"#
      })
    #expect(try await good.key() == Credentials(accessKeyID: "A", secretAccessKey: "B"))
    let bad = chain(
      .process(command: "tool --secret hidden"), transport,
      runner: { _ throws(ProgramFailure) in
        throw ProgramFailure(reason: "ended with status 3")
      })
    let error = await #expect(throws: ProviderError.self) { try await bad.key() }
    #expect(error?.message == "credential_process `tool` ended with status 3")
  }
}
