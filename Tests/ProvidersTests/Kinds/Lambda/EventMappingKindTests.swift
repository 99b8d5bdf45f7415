import Testing

@testable import Planner
@testable import Providers

struct `The kind eventMappings` {
  private let kind = EventMappingKind()
  private let owner = Owner(stack: "shop", address: Address("eventMappings", "jobs"))
  private static let queue: Value = "arn:aws:sqs:eu-west-1:111111111111:jobs"
  private static let function = "arn:aws:lambda:eu-west-1:111111111111:function:worker"
  private let ours: Value = [
    "Tags": ["stackform:stack": "shop", "stackform:address": "eventMappings.jobs"]
  ]

  private func mapping(_ id: String, _ more: [String: Value] = [:]) -> Value {
    let standard: [String: Value] = [
      "UUID": .string(id), "EventSourceArn": Self.queue, "FunctionArn": .string(Self.function),
      "State": "Enabled", "BatchSize": 10, "MaximumBatchingWindowInSeconds": 0, "FunctionResponseTypes": [],
      "EventSourceMappingArn": .string("arn:mapping:\(id)"),
    ]
    return .map(standard.merging(more) { $1 })
  }

  private func wanted(_ properties: [String: Value] = [:], name: String = "jobs") -> Resource {
    let standard: [String: Value] = ["source": Self.queue, "lambda": "worker"]
    return Resource(
      Address("eventMappings", name), properties: standard.merging(properties) { $1 })
  }

  @Test func `are found by function and source, ours before others`() async throws {
    let sender = AnsweringSender([
      "ListEventSourceMappings": [
        .success(["EventSourceMappings": [mapping("theirs")], "NextMarker": "more"]),
        .success(["EventSourceMappings": [mapping("ours")]]),
      ],
      "ListTags": [.success(["Tags": [:]]), .success(ours)],
    ])
    let live = try await kind.read(LiveQuery(wanted(), owner: owner), sender.reading)
    #expect(live?.id == "ours" && live?.owner == owner)
    let lambda = try #require(kind.schema.property("lambda"))
    #expect(lambda.differences(live: live?.properties["lambda"], wanted: "worker") == [])
    #expect(lambda.differences(live: live?.properties["lambda"], wanted: "worker:live") != [])
    #expect(await sender.requests[1].query.last?.value == "more")
  }

  @Test func `that are known by their id are read by it`() async throws {
    let sender = AnsweringSender(["GetEventSourceMapping": mapping("known"), "ListTags": ours])
    let live = try await kind.read(LiveQuery(wanted(), id: "known", owner: owner), sender.reading)
    #expect(live?.id == "known")
    #expect(await sender.operations == ["GetEventSourceMapping", "ListTags"])
  }

  @Test(arguments: [true, false])
  func `of which an endpoint made two are twins, in the file or not`(isWanted: Bool) async throws {
    let sender = AnsweringSender([
      "GetEventSourceMapping": [.success(mapping("known"))],
      "ListEventSourceMappings": [
        .success(["EventSourceMappings": [mapping("known"), mapping("twin"), mapping("theirs")]])
      ],
      "ListTags": [.success(ours), .success(ours), .success(["Tags": [:]])],
    ])
    var target = sender.target
    target.software = EndpointSoftware.miniStack.rawValue
    var query = LiveQuery(wanted(), id: "known", owner: owner)
    if !isWanted { query.wanted = nil }
    let live = try await kind.read(query, ReadingClient(target: target, sender: sender))
    #expect(live?.id == "known" && live?.twins.map(\.id) == ["twin"])
  }

  @Test func `are listed once when there are many`() async throws {
    let sender = AnsweringSender([
      "ListEventSourceMappings": ["EventSourceMappings": [mapping("one")]], "ListTags": ours,
    ])
    let queries = ["jobs", "b", "c"].map { name in
      LiveQuery(
        wanted(["lambda": .string(name == "jobs" ? "worker" : name)], name: name),
        owner: Owner(stack: "shop", address: Address("eventMappings", name)))
    }
    let answers = await kind.read(queries, sender.reading)
    #expect(await sender.operations == ["ListEventSourceMappings", "ListTags"])
    #expect(try answers[owner.address]?.get()?.id == "one")
    #expect(try answers[Address("eventMappings", "b")]?.get() == nil)
  }

  @Test func `are known by their tags while their source is not`() async throws {
    let sender = AnsweringSender([
      "ListEventSourceMappings": ["EventSourceMappings": [mapping("one")]], "ListTags": ours,
    ])
    let pending = wanted(["source": .pending(try Template(parsing: "${tables.t.streamArn}"))])
    #expect(try await kind.read(LiveQuery(pending, owner: owner), sender.reading)?.id == "one")
    let stranger = Owner(stack: "shop", address: Address("eventMappings", "other"))
    #expect(try await kind.read(LiveQuery(pending, owner: stranger), sender.reading) == nil)
  }

  @Test func `tell the usual batch only to who asks for it`() async throws {
    let sender = AnsweringSender(["GetEventSourceMapping": mapping("one"), "ListTags": ours])
    let silent = try await kind.read(LiveQuery(wanted(), id: "one", owner: owner), sender.reading)
    #expect(silent?.properties["batchSize"] == nil)
    let asking = wanted(["batchSize": 10])
    let told = try await kind.read(LiveQuery(asking, id: "one", owner: owner), sender.reading)
    #expect(told?.properties["batchSize"] == 10)
  }

  @Test func `are made in one call, with filters as texts, and waited for`() async throws {
    let sender = AnsweringSender([
      "CreateEventSourceMapping": [.success(mapping("new", ["State": "Creating"]))],
      "GetEventSourceMapping": [
        .success(mapping("new", ["State": "Creating"])), .success(mapping("new")),
      ],
    ])
    let resource = wanted([
      "filterCriteria": [["body": ["kind": ["a"]]]], "maximumConcurrency": 3, "enabled": true,
      "destinationOnFailure": .null,
    ])
    let created = try await kind.create(Creation(resource: resource, owner: owner), sender.writing)
    #expect(created.id == "new")
    let input = try #require(await sender.input("CreateEventSourceMapping"))
    #expect(input["FilterCriteria"] == ["Filters": [["Pattern": "{\"body\":{\"kind\":[\"a\"]}}"]]])
    #expect(input["ScalingConfig"] == ["MaximumConcurrency": 3])
    #expect(input["Tags"]?["stackform:stack"] == "shop")
    #expect(input["DestinationConfig"] == nil && input["BatchSize"] == nil)
  }

  @Test func `put settings back that are declared no longer`() async throws {
    let sender = AnsweringSender(["UpdateEventSourceMapping": mapping("one")])
    let live = LiveResource(id: "one", properties: ["source": Self.queue], attributes: [:], owner: owner)
    let resource = wanted([
      "batchSize": .null, "maximumConcurrency": .null, "filterCriteria": .null, "enabled": true,
      "functionResponseTypes": .null,
    ])
    let changed: Set = [
      "batchSize", "maximumConcurrency", "filterCriteria", "enabled", "functionResponseTypes",
    ]
    _ = try await kind.update(
      Update(live: live, resource: resource, owner: owner, changed: changed), sender.writing)
    #expect(
      await sender.input("UpdateEventSourceMapping") == [
        "BatchSize": 10, "ScalingConfig": [:], "FilterCriteria": ["Filters": []], "Enabled": true,
        "FunctionResponseTypes": [],
      ])
  }

  @Test func `are gone only when the service says so`() async throws {
    let sender = AnsweringSender([
      "DeleteEventSourceMapping": [.success(mapping("one", ["State": "Deleting"]))],
      "ListEventSourceMappings": [
        .success(["EventSourceMappings": [mapping("one", ["State": "Deleting"])]]),
        .success(["EventSourceMappings": [mapping("two")]]),
      ],
    ])
    let live = LiveResource(id: "one", properties: [:], attributes: [:], owner: owner)
    try await kind.delete(
      Deletion(address: owner.address, section: "eventMappings", live: live), sender.writing)
    #expect(
      await sender.operations == [
        "DeleteEventSourceMapping", "ListEventSourceMappings", "ListEventSourceMappings",
      ])
  }

  @Test(arguments: [
    (EndpointSoftware?.none, true), (.miniStack, true), (.localStack, false),
  ])
  func `are enabled before their deletion only where a disabled one would stay`(
    _ software: EndpointSoftware?, isDeletedAtOnce: Bool
  ) async throws {
    let sender = AnsweringSender([
      "UpdateEventSourceMapping": mapping("one"), "DeleteEventSourceMapping": mapping("one"),
      "ListEventSourceMappings": ["EventSourceMappings": []],
    ])
    let live = LiveResource(id: "one", properties: ["enabled": false], attributes: [:], owner: owner)
    var target = sender.target
    target.software = software?.rawValue
    try await kind.delete(
      Deletion(address: owner.address, section: "eventMappings", live: live),
      WritingClient(target: target, sender: sender))
    let deletion = ["DeleteEventSourceMapping", "ListEventSourceMappings"]
    #expect(
      await sender.operations == (isDeletedAtOnce ? deletion : ["UpdateEventSourceMapping"] + deletion))
  }

  @Test func `without an id in the answer to their creation are no success`() async throws {
    let sender = AnsweringSender(["CreateEventSourceMapping": ["State": "Enabled"]])
    let error = await #expect(throws: ProviderError.self) {
      try await kind.create(Creation(resource: wanted(), owner: owner), sender.writing)
    }
    #expect(error?.kind == .malformed && error?.mayHaveBeenApplied == true)
  }

  @Test func `lose tags before they get others`() async throws {
    let sender = AnsweringSender(["TagResource": [:], "UntagResource": [:]])
    let live = LiveResource(
      id: "one", properties: ["tags": ["old": "1"]], attributes: ["arn": "arn:mapping:one"], owner: owner)
    _ = try await kind.update(
      Update(live: live, resource: wanted(["tags": ["new": "1"]]), owner: owner, changed: ["tags"]),
      sender.writing)
    #expect(await sender.operations == ["UntagResource", "TagResource"])
    #expect(await sender.requests.map(\.path.last) == ["arn:mapping:one", "arn:mapping:one"])
  }

  @Test func `on their way out do not hide what took their place`() async throws {
    let sender = AnsweringSender([
      "ListEventSourceMappings": [
        "EventSourceMappings": [mapping("old", ["State": "Deleting"]), mapping("new")]
      ],
      "ListTags": ours,
    ])
    #expect(try await kind.read(LiveQuery(wanted(), owner: owner), sender.reading)?.id == "new")
  }

  @Test(
    arguments: [
      (["startingPosition": "LATEST"], ["startingPosition"]),
      (["parallelizationFactor": 2], ["parallelizationFactor"]),
      (["source": "arn:aws:kinesis:eu-west-1:1:stream/s"], ["source"]),
      (
        [
          "source": "arn:aws:kinesis:eu-west-1:1:stream/s", "startingPosition": "LATEST",
          "maximumConcurrency": 2,
        ],
        ["maximumConcurrency"]
      ),
      (
        ["source": "arn:aws:kinesis:eu-west-1:1:stream/s", "startingPosition": "AT_TIMESTAMP"],
        ["startingPosition"]
      ),
      (["batchSize": 11], ["batchSize"]),
      (
        ["source": "arn:aws:sqs:eu-west-1:1:q.fifo", "batchSize": 11],
        ["batchSize"]
      ),
      (
        ["source": "arn:aws:sqs:eu-west-1:1:q.fifo", "maximumBatchingWindowInSeconds": 1],
        ["maximumBatchingWindowInSeconds"]
      ),
    ] as [([String: Value], [String])])
  func `know what Lambda would refuse`(_ properties: [String: Value], _ path: [String]) {
    #expect(kind.allProblems(of: wanted(properties)).map(\.path) == [path])
  }

  @Test func `spell pollers, metrics and a key as Lambda does, and reset them`() {
    let names: Set = ["provisionedPollerConfig", "metricsConfig", "kmsKeyArn"]
    let set = wanted([
      "provisionedPollerConfig": ["minimumPollers": 3, "maximumPollers": .null],
      "metricsConfig": ["EventCount"],
      "kmsKeyArn": "arn:key",
    ])
    #expect(
      EventMappingSettings.fields(of: set, source: .queue, names.contains) == [
        "ProvisionedPollerConfig": ["MinimumPollers": 3], "MetricsConfig": ["Metrics": ["EventCount"]],
        "KMSKeyArn": "arn:key",
      ])
    #expect(
      EventMappingSettings.fields(of: wanted(), source: .queue, names.contains) == [
        "ProvisionedPollerConfig": [:], "MetricsConfig": ["Metrics": []], "KMSKeyArn": "",
      ])
  }

  static let pollers: [([String: Value], [[String]])] = [
    (["provisionedPollerConfig": ["minimumPollers": 3]], []),
    (
      ["provisionedPollerConfig": ["minimumPollers": 3], "maximumConcurrency": 2],
      [["provisionedPollerConfig"]]
    ),
    (
      ["provisionedPollerConfig": ["minimumPollers": 9, "maximumPollers": 5]],
      [["provisionedPollerConfig", "maximumPollers"]]
    ),
    (
      [
        "source": "arn:aws:kinesis:eu-west-1:1:stream/s", "startingPosition": "LATEST",
        "provisionedPollerConfig": ["minimumPollers": 3],
      ], [["provisionedPollerConfig"]]
    ),
  ]

  @Test(arguments: pollers)
  func `have pollers for queues, in place of a bound`(_ properties: [String: Value], _ paths: [[String]]) {
    #expect(kind.allProblems(of: wanted(properties)).map(\.path) == paths)
  }

  @Test func `whose filter can't be decrypted keep it to themselves`() async throws {
    let error: Value = ["FilterCriteriaError": ["ErrorCode": "KMSAccessDenied"]]
    let sender = AnsweringSender([
      "GetEventSourceMapping": mapping("known", error.map ?? [:]), "ListTags": ours,
    ])
    let live = try await kind.read(LiveQuery(wanted(), id: "known", owner: owner), sender.reading)
    #expect(live?.untold.contains("filterCriteria") == true)
  }
}
