import Planner
import Testing

@testable import Providers

struct `A lambda's derived role` {
  private let kind = LambdaKind()
  private let target = Target(account: "111111111111", region: "eu-west-1")
  private let address = Address("lambdas", "worker")

  private func stack(_ properties: [String: Value], others: [Resource] = []) -> Stack {
    let lambda = Resource(address, name: "worker", properties: properties)
    return Stack(name: "shop", target: target, resources: [lambda] + others)
  }

  private func derived(_ properties: [String: Value], others: [Resource] = []) throws -> [Derived] {
    let stack = stack(properties, others: others)
    return kind.derived(from: try #require(stack[address]), in: stack)
  }

  private func role(_ derived: [Derived]) -> Resource? {
    derived.lazy.compactMap { if case .resource(let role) = $0 { role } else { nil } }.first
  }

  private func statements(_ properties: [String: Value], others: [Resource] = []) throws -> [Value] {
    role(try derived(properties, others: others))?["policy"]?.items("Statement") ?? []
  }

  private let group: Value = "arn:aws:logs:eu-west-1:111111111111:log-group:/aws/lambda/worker:*"

  @Test func `writes to its own log group only, and makes that when nothing else does`() throws {
    let statements = try statements([:])
    #expect(statements.count == 2)
    #expect(statements[0]["Action"] == ["logs:CreateLogStream", "logs:PutLogEvents"])
    #expect(statements[0]["Resource"] == group)
    #expect(statements[1]["Action"] == ["logs:CreateLogGroup"])
    let logs = Resource(Address("logGroups", "anything"), name: "/aws/lambda/worker")
    #expect(try self.statements([:], others: [logs]).count == 1)
  }

  @Test func `comes after the log group, which the function would make without settings`() throws {
    let logs = Resource(Address("logGroups", "worker"), name: "/aws/lambda/worker")
    let isAfter = try derived([:], others: [logs]).contains { derived in
      if case .dependency(let of, let on, _) = derived { of == address && on == logs.address } else { false }
    }
    #expect(isAfter)
  }

  @Test func `has what is granted, and what settings need`() throws {
    let statements = try statements([
      "tracing": "Active", "deadLetterTargetArn": "arn:aws:sqs:eu-west-1:111111111111:dead",
      "kmsKeyArn": "arn:aws:kms:eu-west-1:111111111111:key/k",
      "grants": [
        ["allow": ["s3:PutObject"], "on": "arn:aws:s3:::b/*"],
        ["allow": ["s3:ListBucket"], "on": ["arn:aws:s3:::b"], "condition": ["Bool": ["a": "true"]]],
      ],
    ])
    #expect(
      statements.dropFirst(2).map { $0["Action"] } == [
        ["xray:PutTraceSegments", "xray:PutTelemetryRecords"], ["sqs:SendMessage"], ["kms:Decrypt"],
        ["s3:PutObject"], ["s3:ListBucket"],
      ])
    #expect(statements.last?["Condition"] == ["Bool": ["a": "true"]])
    #expect(statements.last?["Resource"] == ["arn:aws:s3:::b"])
  }

  @Test func `is called after stack, lambda and region, in 64 characters`() throws {
    #expect(role(try derived([:]))?.name == "shop-worker-eu-west-1")
    let long = Address("lambdas", String(repeating: "long", count: 20))
    let stack = Stack(name: "shop", target: target, resources: [Resource(long, name: "x")])
    let name = role(kind.derived(from: Resource(long, name: "x"), in: stack))?.name
    #expect(name?.count == 64 && name?.hasPrefix("shop-longlong") == true)
  }

  @Test func `is left out when the lambda names its own`() throws {
    #expect(role(try derived(["role": "arn:aws:iam::111111111111:role/own"])) == nil)
  }

  @Test func `may read what its event mappings feed it with`() throws {
    let source = Reference(Address("tables", "t"), attribute: "streamArn", property: "source", path: "source")
    let lambda = Reference(address, attribute: "arn", property: "lambda", path: "lambda")
    let arn = Value.pending(try Template(parsing: "${tables.t.streamArn}"))
    let mapping = Resource(
      Address("eventMappings", "m"),
      properties: ["source": arn, "destinationOnFailure": "arn:aws:sns:r:1:t"],
      references: [source, lambda])
    let stack = stack([:], others: [Resource(Address("tables", "t"), name: "real-t"), mapping])
    let derived = EventMappingKind().derived(from: mapping, in: stack)
    let statements = derived.compactMap { derived in
      if case .statement(_, _, let statement, _) = derived { statement } else { nil }
    }
    #expect(
      statements.map { $0["Resource"] } == [
        arn, "arn:aws:dynamodb:eu-west-1:111111111111:table/real-t/stream/*", "arn:aws:sns:r:1:t",
      ])
    let isAfter = derived.contains { derived in
      guard case .dependency(let of, let on, _) = derived else { return false }
      return of == mapping.address && on == Address("lambdas", "worker", part: "role")
    }
    #expect(isAfter)
  }
}
