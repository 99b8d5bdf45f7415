import Foundation
import Testing

@testable import Planner
@testable import Providers

struct `The kind lambdas` {
  private let kind = LambdaKind()
  private let owner = Owner(stack: "shop", address: Address("lambdas", "worker"))
  private static let active: Value = [
    "FunctionName": "worker", "FunctionArn": "arn:aws:lambda:eu-west-1:111111111111:function:worker",
    "Role": "arn:aws:iam::111111111111:role/r", "State": "Active", "LastUpdateStatus": "Successful",
    "CodeSha256": "abc=", "Runtime": "python3.12", "Handler": "app.handler", "MemorySize": 128, "Timeout": 3,
    "Environment": ["Variables": [:]], "KMSKeyArn": "", "Layers": [["Arn": "arn:l:1", "CodeSize": 5]],
    "Architectures": ["arm64"], "EphemeralStorage": ["Size": 512], "TracingConfig": ["Mode": "PassThrough"],
    "LoggingConfig": ["LogFormat": "Text", "LogGroup": "/aws/lambda/worker"],
  ]

  private func lambda(_ properties: [String: Value] = [:]) -> Resource {
    let standard: [String: Value] = ["runtime": "python3.12", "handler": "app.handler"]
    return Resource(
      Address("lambdas", "worker"), name: "worker", properties: standard.merging(properties) { $1 })
  }

  /// With the code packed, as the engine has it.
  private func packed(_ properties: [String: Value] = [:]) throws -> (Resource, [String: Artifact]) {
    let source: Value = ["zipFile": "def handler(event, context): pass\n"]
    let wanted = lambda(["code": source, "handler": "index.handler"].merging(properties) { $1 })
    let packed = try kind.packed(kind.completed(wanted), directory: ".", files: .disk)
    return (packed.resource, Dictionary(packed.artifacts.map { ($0.digest, $0) }) { $1 })
  }

  @Test func `are read by one call`() async throws {
    let sender = AnsweringSender([
      "GetFunction": [
        "Configuration": Self.active, "Concurrency": ["ReservedConcurrentExecutions": 4],
        "Tags": ["stackform:stack": "shop", "stackform:address": "lambdas.worker", "team": "blue"],
      ]
    ])
    var query = LiveQuery(lambda(), owner: owner)
    query.depth = .declared(["runtime", "handler", "timeout", "tags"])
    let live = try #require(try await kind.read(query, sender.reading))
    #expect(await sender.requests.map(\.path) == [["2015-03-31", "functions", "worker"]])
    #expect(live.owner == owner)
    #expect(
      live.properties == [
        "runtime": "python3.12", "handler": "app.handler", "memorySize": 128, "timeout": 3,
        "packageType": "Zip", "layers": ["arn:l:1"], "architecture": "arm64", "ephemeralStorage": 512,
        "tracing": "PassThrough",
        "loggingConfig": ["logFormat": "Text", "logGroup": "/aws/lambda/worker"], "codeSha256": "abc=",
        "role": "arn:aws:iam::111111111111:role/r", "reservedConcurrentExecutions": 4,
        "tags": ["team": "blue"],
      ])
    #expect(Set(live.attributes.keys) == Set(kind.schema.attributes.map(\.name)))
    #expect(try await kind.read(LiveQuery(lambda(), owner: owner), AnsweringSender().reading) == nil)
  }

  @Test func `are made with their tags, and waited for`() async throws {
    var pending = Self.active.map ?? [:]
    pending["State"] = "Pending"
    let sender = AnsweringSender([
      "CreateFunction": [.success(.map(pending))],
      "GetFunctionConfiguration": [.success(.map(pending)), .success(Self.active)],
      "PutFunctionConcurrency": [.success([:])],
    ])
    let (resource, artifacts) = try packed([
      "environment": ["A": "1"], "reservedConcurrentExecutions": 2, "description": "", "kmsKeyArn": .null,
    ])
    let creation = Creation(resource: resource, owner: owner, artifacts: artifacts)
    let created = try await kind.create(creation, sender.writing)
    #expect(created.id == "worker")
    #expect(
      await sender.operations == [
        "CreateFunction", "GetFunctionConfiguration", "GetFunctionConfiguration", "PutFunctionConcurrency",
      ])
    let input = try #require(await sender.input("CreateFunction")?.map)
    #expect(
      Set(input.keys) == ["FunctionName", "Code", "Tags", "Runtime", "Handler", "Environment"])
    #expect(input["Tags"]?["stackform:address"] == "lambdas.worker")
    #expect(input["Environment"] == ["Variables": ["A": "1"]])
  }

  @Test func `wait for a role that IAM does not know everywhere yet`() async throws {
    let sender = AnsweringSender(["CreateFunction": Self.active])
    let (resource, artifacts) = try packed()
    _ = try await kind.create(
      Creation(resource: resource, owner: owner, artifacts: artifacts), sender.writing)
    let retried = try #require(await sender.requests.first?.retriedErrors)
    let message = "The role defined for the function cannot be assumed by Lambda."
    #expect(
      retried.contains { $0.code == "InvalidParameterValueException" && message.contains($0.messageContains) }
    )
  }

  @Test func `that failed to start say why`() async throws {
    var failed = Self.active.map ?? [:]
    failed["State"] = "Failed"
    failed["StateReason"] = "no such image"
    let sender = AnsweringSender(["CreateFunction": .map(failed)])
    let (resource, artifacts) = try packed()
    let creation = Creation(resource: resource, owner: owner, artifacts: artifacts)
    let error = await #expect(throws: ProviderError.self) { try await kind.create(creation, sender.writing) }
    #expect(error?.message == "the function worker failed: no such image")
  }

  @Test func `send settings before code, and only what changed`() async throws {
    let sender = AnsweringSender([
      "UpdateFunctionConfiguration": Self.active, "UpdateFunctionCode": Self.active, "TagResource": [:],
      "UntagResource": [:], "DeleteFunctionConcurrency": [:],
    ])
    let (resource, artifacts) = try packed([
      "timeout": 9, "environment": .null, "reservedConcurrentExecutions": .null, "tags": ["team": "red"],
      "memorySize": 512,
    ])
    let live = LiveResource(
      id: "worker", properties: ["tags": ["old": "1"]],
      attributes: ["arn": "arn:aws:lambda:eu-west-1:111111111111:function:worker"], owner: owner)
    let changed: Set = ["timeout", "environment", "codeSha256", "reservedConcurrentExecutions", "tags"]
    _ = try await kind.update(
      Update(live: live, resource: resource, owner: owner, changed: changed, artifacts: artifacts),
      sender.writing)
    #expect(
      await sender.operations == [
        "UpdateFunctionConfiguration", "UpdateFunctionCode", "DeleteFunctionConcurrency", "UntagResource",
        "TagResource",
      ])
    #expect(
      await sender.input("UpdateFunctionConfiguration")
        == ["Timeout": 9, "Environment": ["Variables": [:]]])
    #expect(await sender.input("UpdateFunctionCode")?.map?.keys.sorted() == ["ZipFile"])
    #expect(await sender.requests[3].query.map(\.value) == ["old"])
  }

  @Test func `send their code again with another architecture`() async throws {
    let sender = AnsweringSender(["UpdateFunctionCode": Self.active])
    let (resource, artifacts) = try packed(["architecture": "arm64"])
    let live = LiveResource(id: "worker", properties: [:], attributes: [:], owner: owner)
    _ = try await kind.update(
      Update(live: live, resource: resource, owner: owner, changed: ["architecture"], artifacts: artifacts),
      sender.writing)
    let input = await sender.input("UpdateFunctionCode")
    #expect(input?["Architectures"] == ["arm64"] && input?["ZipFile"] != nil)
  }

  @Test(arguments: [
    (EndpointSoftware?.none, ["DeleteFunction"]), (.miniStack, ["DeleteFunction"]),
    (.localStack, ["UntagResource", "DeleteFunction"]),
  ])
  func `lose their tags before they go only where tags would stay behind`(
    _ software: EndpointSoftware?, _ operations: [String]
  ) async throws {
    let sender = AnsweringSender(["UntagResource": [:], "DeleteFunction": [:]])
    let live = LiveResource(
      id: "worker", properties: ["tags": ["team": "blue"]],
      attributes: ["arn": "arn:aws:lambda:eu-west-1:111111111111:function:worker"], owner: owner)
    var target = sender.target
    target.software = software?.rawValue
    try await kind.delete(
      Deletion(address: owner.address, section: "lambdas", live: live),
      WritingClient(target: target, sender: sender))
    #expect(await sender.operations == operations)
    let untagged = await sender.requests.first { $0.operation == "UntagResource" }?.query.map(\.value)
    #expect(untagged == (software == .localStack ? ["stackform:stack", "stackform:address", "team"] : nil))
  }

  @Test(arguments: [(EndpointSoftware?.none, Value?.none), (.localStack, 0)])
  func `are asked for a reservation of 0 only where GetFunction leaves it out`(
    _ software: EndpointSoftware?, _ reserved: Value?
  ) async throws {
    let sender = AnsweringSender([
      "GetFunction": ["Configuration": Self.active],
      "GetFunctionConcurrency": ["ReservedConcurrentExecutions": 0],
    ])
    var target = sender.target
    target.software = software?.rawValue
    var query = LiveQuery(lambda(["reservedConcurrentExecutions": 0]), owner: owner)
    query.depth = .declared(["reservedConcurrentExecutions"])
    let live = try await kind.read(query, ReadingClient(target: target, sender: sender))
    #expect(live?.properties["reservedConcurrentExecutions"] == reserved)
  }

  @Test func `without an ARN in an answer are no success`() async throws {
    var nameless = Self.active.map ?? [:]
    nameless["FunctionArn"] = ""
    let sender = AnsweringSender(["CreateFunction": .map(nameless)])
    let (resource, artifacts) = try packed()
    let creation = Creation(resource: resource, owner: owner, artifacts: artifacts)
    let error = await #expect(throws: ProviderError.self) { try await kind.create(creation, sender.writing) }
    #expect(error?.kind == .malformed && error?.mayHaveBeenApplied == true)
  }

  @Test(
    arguments: [
      (["environment": ["AWS_REGION": "x"]], ["environment", "AWS_REGION"]),
      (["environment": ["1A": "x"]], ["environment", "1A"]),
      (["environment": ["BIG": .string(String(repeating: "x", count: 4100))]], ["environment"]),
      (["role": "arn:aws:iam::1:role/r", "grants": [["allow": ["a:B"], "on": "*"]]], ["grants"]),
      (["loggingConfig": ["systemLogLevel": "WARN"]], ["loggingConfig", "systemLogLevel"]),
      (["deadLetterTargetArn": "arn:aws:s3:::b"], ["deadLetterTargetArn"]),
      (["deadLetterTargetArn": "arn:aws:sqs:eu-west-1:1:q.fifo"], ["deadLetterTargetArn"]),
      (["layers": ["1", "2", "3", "4", "5", "6"]], ["layers"]),
    ] as [([String: Value], [String])])
  func `know what Lambda would refuse`(_ properties: [String: Value], _ path: [String]) {
    #expect(kind.allProblems(of: lambda(properties)).map(\.path) == [path])
  }
}
