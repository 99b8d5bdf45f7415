import Planner
import Testing

@testable import Providers

struct `A lambda's releases` {
  private func configuration(_ version: String, sha: String) -> Value {
    ["Version": .string(version), "CodeSha256": .string(sha), "Timeout": 3, "Description": .string(version)]
  }

  @Test func `are published when the newest version is not what the function is`() {
    let same = LambdaVersions([
      configuration("$LATEST", sha: "b"), configuration("9", sha: "a"), configuration("10", sha: "b"),
    ])
    #expect(same.newest == "10")
    #expect(same.isPublished)
    let behind = LambdaVersions([configuration("$LATEST", sha: "b"), configuration("1", sha: "a")])
    #expect(behind.newest == "1")
    #expect(!behind.isPublished)
    #expect(!LambdaVersions([configuration("$LATEST", sha: "b")]).isPublished)
  }

  @Test func `are named by an alias with a share of the calls`() {
    let fields = LambdaAliases.fields(
      of: ["version": "3", "weights": ["newest": .number(0.1)], "description": .null], newest: "4")
    #expect(
      Value.map(fields) == [
        "FunctionVersion": "3", "Description": "",
        "RoutingConfig": ["AdditionalVersionWeights": ["4": .number(0.1)]],
      ])
  }

  @Test(arguments: [
    (#"{"live": {"weights": {"1": 0.1, "2": 0.1}}}"#, "Too many weights"),
    (#"{"live": {"weights": {"1": 1.5}}}"#, "Share of calls"),
    (#"{"live": {"version": "1", "weights": {"1": 0.5}}}"#, "Versions of an alias"),
    (#"{"12": {}}"#, "Alias name"),
    (
      #"{"live": {"version": "$LATEST", "provisionedConcurrentExecutions": 1}}"#,
      "Options that don't go together"
    ),
  ])
  func `are refused before any request where Lambda would refuse them`(aliases: String, summary: String) {
    let resource = Resource(
      Address("lambdas", "worker"), name: "worker",
      properties: [
        "code": "function", "runtime": "python3.12", "handler": "app.handler",
        "aliases": Value(json: aliases) ?? .null,
      ])
    #expect(LambdaKind().allProblems(of: resource).map(\.summary) == [summary])
  }

  @Test(arguments: [
    (#"{"code": {"imageUri": "r:1"}, "runtime": "python3.12"}"#, "Options that don't go together"),
    (#"{"code": {"zipFile": "x", "imageUri": "r:1"}}"#, "Options that don't go together"),
    (
      #"{"code": {"s3Bucket": "code"}, "runtime": "python3.12", "handler": "app.handler"}"#,
      "Missing property"
    ),
    (#"{"code": {"imageUri": "r:1"}, "vpcConfig": {"subnetIds": ["subnet-1"]}}"#, "Missing property"),
    (
      #"{"code": {"imageUri": "r:1"}, "runtimeManagementConfig": {"updateRuntimeOn": "Manual"}}"#,
      "Missing property"
    ),
    (
      #"{"code": {"imageUri": "r:1"}, "functionUrl": {"authType": "NONE", "qualifier": "live"}}"#,
      "Unknown name"
    ),
    (
      #"{"code": {"imageUri": "r:1"}, "eventInvokeConfig": {"onSuccess": "arn:aws:s3:::reports"}}"#,
      "Destination"
    ),
  ])
  func `and other pairs that exclude each other are told`(properties: String, summary: String) {
    let resource = Resource(
      Address("lambdas", "worker"), name: "worker", properties: Value(json: properties)?.map ?? [:])
    #expect(LambdaKind().allProblems(of: resource).map(\.summary) == [summary])
  }

  @Test func `go on with a runtime that is kept as it is`() async throws {
    let sender = AnsweringSender(["PutRuntimeManagementConfig": [:]])
    let extra = try #require(LambdaSubresource.all.first { $0.property == "runtimeManagementConfig" })
    try await extra.write(
      ["updateRuntimeOn": "Manual", "runtimeVersionArn": "arn:r"], ["FunctionName": "worker"], sender.writing)
    #expect(
      await sender.requests.map(\.path) == [
        ["2021-07-20", "functions", "worker", "runtime-management-config"]
      ])
    #expect(
      await sender.input("PutRuntimeManagementConfig")
        == ["UpdateRuntimeOn": "Manual", "RuntimeVersionArn": "arn:r"])
  }

  @Test func `reset a setting by its own deletion, or by its default`() async throws {
    let sender = AnsweringSender(["DeleteFunctionEventInvokeConfig": [:], "PutFunctionRecursionConfig": [:]])
    for property in ["eventInvokeConfig", "recursiveLoop"] {
      let extra = try #require(LambdaSubresource.all.first { $0.property == property })
      try await extra.write(.null, ["FunctionName": "worker"], sender.writing)
    }
    #expect(
      await sender.operations == ["DeleteFunctionEventInvokeConfig", "PutFunctionRecursionConfig"])
    #expect(await sender.input("PutFunctionRecursionConfig") == ["RecursiveLoop": "Terminate"])
  }

  /// The file's digest is not the function's where `ignoreChanges` names it.
  @Test(arguments: [(Set(["environment"]), "live"), (Set(["codeSha256", "environment"]), "file")])
  func `are published with the digest of the code that is there, and without a listing`(
    _ changed: Set<String>, _ digest: String
  ) async throws {
    let answer: Value = ["FunctionArn": "arn:f", "CodeSha256": "live", "Version": "2"]
    let sender = AnsweringSender([
      "UpdateFunctionConfiguration": answer, "UpdateFunctionCode": answer, "PublishVersion": answer,
    ])
    let owner = Owner(stack: "shop", address: Address("lambdas", "worker"))
    let wanted = Resource(
      owner.address, name: "worker",
      properties: [
        "environment": ["LEVEL": "debug"], "published": true, "codeSha256": "file", "packageType": "Zip",
        "codeObject": ["s3Bucket": "b", "s3Key": "k"],
      ])
    let update = Update(
      live: LiveResource(id: "worker", properties: [:], attributes: [:], owner: owner), resource: wanted,
      owner: owner, changed: changed)
    let attributes = try await LambdaKind().update(update, sender.writing)
    #expect(attributes["version"] == "2")
    #expect(await sender.input("PublishVersion")?["CodeSha256"] == .string(digest))
    #expect(await !sender.operations.contains("ListVersionsByFunction"))
  }

  @Test func `have an alias whose own settings the endpoint does not offer`() async throws {
    let sender = AnsweringSender([
      "ListAliases": [.success(["Aliases": [["Name": "live", "FunctionVersion": "1"]]])],
      "GetFunctionEventInvokeConfig": [.failure(ProviderError(.unsupported, message: "no"))],
    ])
    let aliases = try await LambdaAliases.read(
      "worker", wanted: nil, versions: LambdaVersions([]), sender.reading)
    #expect(aliases == ["live": ["version": "1"]])
  }

  @Test(arguments: [(EndpointSoftware?.none, Value?.none), (.miniStack, "live")])
  func `look for the alias of a URL only where the listing leaves it out`(
    _ software: EndpointSoftware?, _ qualifier: Value?
  ) async throws {
    let url: Value = [
      "FunctionUrl": "https://u/", "AuthType": "NONE",
      "FunctionArn": "arn:aws:lambda:eu-west-1:111111111111:function:worker",
    ]
    let sender = AnsweringSender([
      "ListFunctionUrlConfigs": ["FunctionUrlConfigs": [url]], "GetFunctionUrlConfig": url,
      "ListAliases": ["Aliases": [["Name": "live"]]],
    ])
    var target = sender.target
    target.software = software?.rawValue
    let read = try await LambdaURL.read(
      "worker", wanted: nil, ReadingClient(target: target, sender: sender))
    #expect(read?.property["qualifier"] == qualifier)
  }
}

struct `A stream's shards` {
  @Test(arguments: [(1, 8, [2, 4, 8]), (8, 1, [4, 2, 1]), (5, 2, [3, 2]), (3, 3, [])])
  func `are doubled or halved at most at a time`(from now: Int, to wanted: Int, steps: [Int]) {
    let resource = Resource(
      Address("streams", "clicks"), name: "clicks", properties: ["shardCount": .integer(wanted)])
    var count = now
    var taken: [Int] = []
    while let call = StreamKind.resharding(resource, live: ["OpenShardCount": .integer(count)]) {
      count = call.input["TargetShardCount"]?.integer ?? 0
      taken.append(count)
    }
    #expect(taken == steps)
  }
}

struct `Files that are packed` {
  @Test func `may be held in memory, as those of a saved release are`() throws {
    let folder = try TemporaryFolder(["worker/app.py": "1", "worker/lib/b.py": "2", "worker/run.sh*": "3"])
    let memory = FileReader(
      files: ["s/worker/app.py": [0x31], "s/worker/lib/b.py": [0x32], "s/worker/run.sh": [0x33]],
      executables: ["s/worker/run.sh"])
    let onDisk = try SourceFolder("\(folder.path)/worker", files: .disk).contents().entries
    let inMemory = try SourceFolder("s/worker", files: memory).contents().entries
    #expect(ZipArchive.bytes(of: onDisk) == ZipArchive.bytes(of: inMemory))
  }

  @Test(arguments: ["code: ../function", "code: /tmp", "code: out", "code: out/inner"])
  func `can't be outside of the stack's folder`(code: String) throws {
    let folder = try TemporaryFolder([
      "function/app.py": "1", "inner/app.py": "1", "stack/out": "-> ..",
      "stack/stack.yaml":
        "stack: shop\nlambdas:\n  worker: { \(code), runtime: python3.12, handler: app.handler }\n",
    ])
    let path = folder.path
    let problems = #expect(throws: Diagnostics.self) {
      _ = try StackDeclaration.load("\(path)/stack/stack.yaml", files: .disk).resolved(
        registry: AWSKinds.registry, target: Target(account: nil, region: "eu-west-1"), variables: [:],
        environment: [:], files: .disk)
    }
    #expect(problems?.items.allSatisfy { $0.summary.hasSuffix("leaves the stack") } == true)
  }
}
