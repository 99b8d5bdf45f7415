import Foundation
import Planner
import Testing

@testable import Providers

struct AWSClientTests {
  private func client(
    _ transport: FakeTransport, _ time: FakeTime = FakeTime(), endpoint: String? = "http://localhost:4566",
    trace: (@Sendable (RequestTrace) -> Void)? = nil
  ) throws -> AWSClient {
    let key = Credentials(accessKeyID: "AKID", secretAccessKey: "secretsecret", sessionToken: "tokentoken")
    return try AWSClient(
      settings: ClientSettings(credentials: key, region: "eu-west-1", endpoint: endpoint),
      transport: transport,
      clock: time.clock, trace: trace)
  }

  private let throttled = FakeTransport.Answer.answer(
    400, #"{"__type":"ThrottlingException","message":"slow"}"#)
  private let failed = FakeTransport.Answer.answer(500, #"{"__type":"InternalError","message":"x"}"#)

  @Test func `JSON goes to the root with its target, signed`() async throws {
    let transport = FakeTransport([.answer(200, #"{"QueueUrl":"u"}"#)])
    let response = try await client(transport).send(Request(SQS.createQueue, ["QueueName": "q"]).wire)
    #expect(response.value == ["QueueUrl": "u"])
    let sent = transport.requests[0]
    #expect(sent.method == "POST" && sent.url == "http://localhost:4566/")
    let headers = Dictionary(uniqueKeysWithValues: sent.headers.map { ($0.name, $0.value) })
    #expect(headers["x-amz-target"] == "AmazonSQS.CreateQueue")
    #expect(headers["content-type"] == "application/x-amz-json-1.0")
    #expect(headers["x-amz-date"] == "20150830T123600Z")
    #expect(headers["authorization"]?.contains("AKID/20150830/eu-west-1/sqs/aws4_request") == true)
    #expect(sent.body == Data(#"{"QueueName":"q"}"#.utf8))
  }

  @Test func `REST escapes its path and asks for plain JSON`() async throws {
    let transport = FakeTransport([.answer(200, #"{"a":1}"#)])
    _ = try await client(transport).send(
      .reading(
        Lambda.service, "GetPolicy", .get, "/2015-03-31/functions/{Name}/policy?Qualifier={Qualifier}",
        ["Name": "a:b", "Qualifier": "1/x"]))
    let sent = transport.requests[0]
    #expect(sent.url == "http://localhost:4566/2015-03-31/functions/a%3Ab/policy?Qualifier=1%2Fx")
    #expect(sent.headers.contains { $0 == ("accept", "application/json") })
    #expect(sent.body == nil)
  }

  @Test func `what S3 stores comes with its checksum`() async throws {
    let transport = FakeTransport([.answer(200, headers: ["etag": "e"])])
    _ = try await client(transport).send(
      Request(S3.putObject, ["Bucket": "b", "Key": ["k"]])
        .with(Data("123456789".utf8), contentType: "text/plain").wire)
    let headers = Dictionary(uniqueKeysWithValues: transport.requests[0].headers.map { ($0.name, $0.value) })
    #expect(headers["x-amz-checksum-crc32"] == "y/Q5Jg==")
    #expect(
      headers["x-amz-content-sha256"] == "15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225")
  }

  @Test func `a PUT without a body says so, a DELETE is silent`() async throws {
    let transport = FakeTransport([.answer(200)])
    _ = try await client(transport).send(.writing(S3.service, "CreateBucket", .put, "/b"))
    _ = try await client(transport).send(Request(S3.deleteBucket, ["Bucket": "b"]).wire)
    #expect(transport.requests.map(\.body) == [Data(), nil])
  }

  @Test func `throttling is waited out with growing delays, even for a creation`() async throws {
    let transport = FakeTransport([throttled, throttled, throttled, .answer(200, "{}")])
    let time = FakeTime()
    _ = try await client(transport, time).send(.writing(SQS.service, "CreateQueue"))
    #expect(time.delays == [.milliseconds(25), .milliseconds(50), .milliseconds(100)])
    let remote = FakeTime()
    _ = try await client(FakeTransport([throttled, throttled, .answer(200, "{}")]), remote, endpoint: nil)
      .send(.writing(SQS.service, "CreateQueue"))
    #expect(remote.delays == [.milliseconds(100), .milliseconds(200)])
  }

  @Test func `a read that failed is sent again, a creation is not`() async throws {
    let reading = FakeTransport([
      failed, .failure(ProviderError(.unreachable, message: "reset")), .answer(200, "{}"),
    ])
    _ = try await client(reading).send(.reading(SQS.service, "GetQueueAttributes"))
    #expect(reading.requests.count == 3)
    for answer in [failed, .failure(ProviderError(.unreachable, message: "reset"))] {
      let creating = FakeTransport([answer])
      let sender = try client(creating)
      await #expect(throws: ProviderError.self) {
        try await sender.send(.writing(SQS.service, "CreateQueue"))
      }
      #expect(creating.requests.count == 1)
    }
  }

  @Test func `a creation that was never sent is sent again, and given up soon`() async throws {
    let transport = FakeTransport([.failure(ProviderError(.unreachable, message: "refused", neverSent: true))]
    )
    let time = FakeTime()
    let sender = try client(transport, time)
    let error = await #expect(throws: ProviderError.self) {
      try await sender.send(.writing(SQS.service, "CreateQueue"))
    }
    #expect(error?.operation == "sqs:CreateQueue")
    #expect(transport.requests.count == 4)
    #expect(time.elapsed < .seconds(1))
  }

  @Test func `a failure has the number of attempts and the time that they took`() async throws {
    let time = FakeTime()
    let sender = try client(FakeTransport([throttled]), time)
    let error = await #expect(throws: ProviderError.self) {
      try await sender.send(.writing(SQS.service, "CreateQueue"))
    }
    #expect(error?.attempts == 12)
    #expect(error?.lasted == time.elapsed && time.elapsed > .seconds(1))
  }

  @Test
  func `a write whose first answer was lost may have been carried out, though the last attempt was not sent`()
    async throws
  {
    let lost = ProviderError(.unreachable, message: "reset")
    let refused = ProviderError(.unreachable, message: "refused", neverSent: true)
    let sender = try client(FakeTransport([.failure(lost), .failure(refused)]))
    let error = await #expect(throws: ProviderError.self) {
      try await sender.send(Request(SQS.setQueueAttributes).wire)
    }
    #expect(error?.message == "refused" && error?.mayHaveBeenApplied == true)
    let unsent = try client(FakeTransport([throttled, .failure(refused)]))
    let other = await #expect(throws: ProviderError.self) {
      try await unsent.send(Request(SQS.setQueueAttributes).wire)
    }
    #expect(other?.mayHaveBeenApplied == false)
  }

  @Test func `a name that is not free yet is waited for longer than SQS's 60 seconds`() async throws {
    let transport = FakeTransport([.answer(400, #"{"__type":"QueueDeletedRecently","message":"60 seconds"}"#)]
    )
    let time = FakeTime()
    let sender = try client(transport, time, endpoint: nil)
    let error = await #expect(throws: ProviderError.self) {
      try await sender.send(.writing(SQS.service, "CreateQueue"))
    }
    #expect(error?.kind == .conflict)
    #expect(time.elapsed > .seconds(60) && time.elapsed < .seconds(100))
  }

  @Test func `a refusal is final, unless the request names it`() async throws {
    let refusal = FakeTransport.Answer.answer(
      400, #"{"Message":"The role defined for the function cannot be assumed by Lambda."}"#,
      headers: ["x-amzn-errortype": "InvalidParameterValueException"])
    var request = AWSRequest.writing(
      Lambda.service, "CreateFunction", .post, "/2015-03-31/functions", ["a": 1])
    let plain = FakeTransport([refusal])
    let sender = try client(plain)
    await #expect(throws: ProviderError.self) { try await sender.send(request) }
    #expect(plain.requests.count == 1)
    request.retriedErrors = [RetriedError("InvalidParameterValueException", "cannot be assumed")]
    let patient = FakeTransport([refusal, refusal, .answer(201, "{}")])
    #expect(try await client(patient).send(request).status == 201)
  }

  @Test func `Retry-After is honoured`() async throws {
    let transport = FakeTransport([.answer(429, "{}", headers: ["retry-after": "7"]), .answer(200, "{}")])
    let time = FakeTime()
    _ = try await client(transport, time).send(Request(SQS.listQueues).wire)
    #expect(time.delays == [.seconds(7)])
  }

  @Test func `CloudWatch falls back to query for the rest of the run`() async throws {
    let query =
      "<DescribeAlarmsResponse><DescribeAlarmsResult><MetricAlarms/></DescribeAlarmsResult></DescribeAlarmsResponse>"
    let transport = FakeTransport([
      .answer(
        500, "<html>Operation detection failed. Missing Action in request for query-protocol service</html>"),
      .answer(200, query),
    ])
    let sender = try client(transport)
    for _ in 0..<2 {
      #expect(
        try await sender.send(.reading(CloudWatch.service, "DescribeAlarms")).value == ["MetricAlarms": ""])
    }
    let types = transport.requests.map { request in
      request.headers.first { $0.name == "content-type" }?.value ?? ""
    }
    #expect(types.map { $0.contains("json") } == [true, false, false])
  }

  @Test func `a clock that is off is corrected once`() async throws {
    let refusal = FakeTransport.Answer.answer(
      403, "<Error><Code>RequestTimeTooSkewed</Code></Error>",
      headers: ["date": "Sun, 30 Aug 2015 13:36:00 GMT"])
    let transport = FakeTransport([refusal, .answer(204)])
    let sender = try client(transport)
    _ = try await sender.send(Request(S3.deleteBucket, ["Bucket": "b"]).wire)
    _ = try await sender.send(Request(S3.deleteBucket, ["Bucket": "b"]).wire)
    let dates = transport.requests.map { request in request.headers.first { $0.name == "x-amz-date" }?.value }
    #expect(dates == ["20150830T123600Z", "20150830T133600Z", "20150830T133600Z"])
    let stubborn = FakeTransport([refusal])
    let other = try client(stubborn)
    await #expect(throws: ProviderError.self) {
      try await other.send(Request(S3.deleteBucket, ["Bucket": "b"]).wire)
    }
    #expect(stubborn.requests.count == 2)
  }

  @Test func `a read that is answered with nothing, or with what is no JSON, is malformed`() async throws {
    for (body, words) in [
      ("", "an empty body"), ("<html><b>Welcome</b></html>", "Welcome"), ("{\"a\":\"s3cr", "not JSON"),
    ] {
      let sender = try client(FakeTransport([.answer(200, body)]))
      let error = await #expect(throws: ProviderError.self) {
        try await sender.send(Request(SQS.listQueues).wire)
      }
      #expect(error?.kind == .malformed)
      #expect(error?.message.contains(words) == true)
      #expect(error?.message.contains("s3cr") == false)
    }
    let writer = try client(FakeTransport([.answer(200)]))
    #expect(try await writer.send(Request(SQS.deleteQueue).wire).value == .null)
  }

  @Test func `an object is never taken apart, a policy is`() async throws {
    let sender = try client(FakeTransport([.answer(200, "<a>not closed")]))
    #expect(try await sender.send(.reading(S3.service, "GetObject", .get, "/b/k")).value == .null)
    let policy = try client(FakeTransport([.answer(200, #"{"Version":"2012-10-17"}"#)]))
    #expect(
      try await policy.send(.reading(S3.service, "GetBucketPolicy", .get, "/b?policy")).value == [
        "Version": "2012-10-17"
      ])
  }

  @Test func `the trace tells each attempt and no secret, nor does an error`() async throws {
    let traces = Locked<[RequestTrace]>([])
    let transport = FakeTransport([
      throttled, .answer(403, "<Error><Code>AccessDenied</Code><Message>token tokentoken</Message></Error>"),
    ])
    let sender = try client(transport) { trace in traces.withLock { $0.append(trace) } }
    let error = await #expect(throws: ProviderError.self) {
      try await sender.send(Request(S3.getBucketTagging, ["Bucket": "b"]).wire)
    }
    #expect(error?.message == "token ***")
    #expect(
      traces.withLock { $0 } == [
        RequestTrace(
          operation: "s3:GetBucketTagging", method: "GET", path: "/b", status: 400, duration: .zero,
          attempt: 1,
          failure: .throttled),
        RequestTrace(
          operation: "s3:GetBucketTagging", method: "GET", path: "/b", status: 403, duration: .zero,
          attempt: 2, failure: .denied),
      ])
  }

  @Test func `a header cannot smuggle in another`() async throws {
    let transport = FakeTransport([.answer(200)])
    let sender = try client(transport)
    await #expect(throws: ProviderError.self) {
      try await sender.send(
        Request(S3.putObject, ["Bucket": "b", "Key": ["k"]]).with(headers: ["x-amz-meta-a": "b\r\nx: y"]).wire
      )
    }
    #expect(transport.requests.isEmpty)
  }

  @Test(arguments: [
    Request(S3.deleteObject, ["Bucket": "bucket", "Key": [""]]).wire,
    Request(S3.deleteObject, ["Bucket": "", "Key": ["key"]]).wire,
    Request(Lambda.deleteFunction, ["FunctionName": ".."]).wire,
  ])
  func `an empty name does not turn one call into another`(_ request: AWSRequest) async throws {
    let transport = FakeTransport([.answer(200)])
    let sender = try client(transport)
    let error = await #expect(throws: ProviderError.self) { try await sender.send(request) }
    #expect(error?.kind == .invalid)
    #expect(transport.requests.isEmpty)
  }

  @Test func `the caller's account and ARN are told`() async throws {
    let answer = """
      <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
      <Arn>arn:aws:iam::123456789012:user/u</Arn><UserId>U</UserId><Account>123456789012</Account>
      </GetCallerIdentityResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></GetCallerIdentityResponse>
      """
    let identity = try await client(FakeTransport([.answer(200, answer)])).callerIdentity()
    #expect(identity == CallerIdentity(account: "123456789012", arn: "arn:aws:iam::123456789012:user/u"))
    for account in ["abc", "", "12345678901", "1234567890123", "१२३४५६७८९०१२"] {
      let answer = AWSResponse(
        status: 200, value: ["Account": .string(account), "Arn": "arn:aws:iam::1:user/u"])
      do throws(ProviderError) {
        _ = try CallerIdentity(answer)
        Issue.record("\(account) is believed")
      } catch { #expect(error.kind == .malformed) }
    }
  }
}
