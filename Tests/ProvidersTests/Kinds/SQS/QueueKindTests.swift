import Testing

@testable import Planner
@testable import Providers

struct `A queue's problems` {
  static let dead = "arn:aws:sqs:eu-west-1:111111111111:dead"
  static let cases: [(String, String, [String: Value], [[String]])] = [
    ("none", "jobs", ["delaySeconds": 5], []),
    ("a FIFO queue without the suffix", "jobs", ["fifoQueue": true], [["name"]]),
    ("a standard queue with the suffix", "jobs.fifo", [:], [["name"]]),
    (
      "deduplication without order", "jobs", ["contentBasedDeduplication": true],
      [["contentBasedDeduplication"]]
    ),
    ("no deduplication without order", "jobs", ["contentBasedDeduplication": false], []),
    (
      "a limit of groups with the scope of the queue", "jobs.fifo",
      ["fifoQueue": true, "fifoThroughputLimit": "perMessageGroupId"], [["fifoThroughputLimit"]]
    ),
    (
      "a standard dead letter queue of a FIFO queue", "jobs.fifo",
      ["fifoQueue": true, "redrivePolicy": ["deadLetterTargetArn": .string(dead), "maxReceiveCount": 3]],
      [["redrivePolicy", "deadLetterTargetArn"]]
    ),
    (
      "no source queues", "jobs", ["redriveAllowPolicy": ["redrivePermission": "byQueue"]],
      [["redriveAllowPolicy", "redrivePermission"]]
    ),
    (
      "source queues for nothing", "jobs",
      ["redriveAllowPolicy": ["redrivePermission": "denyAll", "sourceQueueArns": [.string(dead)]]],
      [["redriveAllowPolicy", "sourceQueueArns"]]
    ),
    (
      "two ways to encrypt", "jobs", ["kmsMasterKeyId": "alias/mine", "sqsManagedSseEnabled": true],
      [["sqsManagedSseEnabled"]]
    ),
  ]

  @Test(arguments: cases)
  func `are told by their path`(
    _ case: String, _ name: String, _ properties: [String: Value], _ paths: [[String]]
  ) {
    let queue = Resource(Address("queues", "jobs"), name: name, properties: properties)
    #expect(QueueKind().allProblems(of: queue).map(\.path) == paths)
  }
}

struct `A queue's verbs` {
  private let kind = QueueKind()
  private let owner = Owner(stack: "shop", address: Address("queues", "jobs"))
  private let url: Value = "http://localhost:4566/111111111111/jobs"

  private func queue(_ properties: [String: Value] = [:]) -> Resource {
    Resource(Address("queues", "jobs"), name: "jobs", properties: properties)
  }

  @Test func `know its URL before it is there`() {
    let aws = Target(account: "111111111111", region: "cn-north-1", partition: "aws-cn")
    let early = kind.earlyAttributes(of: queue(), in: aws)
    #expect(early["url"] == "https://sqs.cn-north-1.amazonaws.com.cn/111111111111/jobs")
    #expect(early["arn"] == "arn:aws-cn:sqs:cn-north-1:111111111111:jobs")
    let offline = kind.earlyAttributes(of: queue(), in: Target(account: nil, region: "eu-west-1"))
    #expect(offline == ["name": "jobs"])
  }

  @Test func `create it in one call, without what a standard queue refuses`() async throws {
    let sender = AnsweringSender(["CreateQueue": ["QueueUrl": "http://elsewhere/jobs"]])
    let wanted = queue([
      "delaySeconds": 5, "fifoQueue": false, "contentBasedDeduplication": false, "tags": ["team": "blue"],
      "redrivePolicy": ["deadLetterTargetArn": "arn:dead", "maxReceiveCount": 3],
    ])
    let created = try await kind.create(
      Creation(resource: wanted, owner: owner), sender.writing(as: .miniStack))
    #expect(created.attributes["url"] == url)
    #expect(await sender.operations == ["CreateQueue"])
    #expect(
      await sender.input("CreateQueue") == [
        "QueueName": "jobs",
        "Attributes": [
          "DelaySeconds": "5",
          "RedrivePolicy": #"{"deadLetterTargetArn":"arn:dead","maxReceiveCount":3}"#,
        ],
        "tags": [
          "team": "blue", "stackform:stack": "shop", "stackform:address": "queues.jobs",
        ],
      ])
  }

  @Test func `read it in the schema's shapes, with its owner`() async throws {
    let sender = AnsweringSender([
      "GetQueueAttributes": [
        "Attributes": [
          "VisibilityTimeout": "60", "SqsManagedSseEnabled": "true", "KmsMasterKeyId": "",
          "RedrivePolicy": #"{"deadLetterTargetArn":"arn:dead","maxReceiveCount":3}"#,
        ]
      ],
      "ListQueueTags": [
        "Tags": [
          "team": "blue", "aws:cloudformation:x": "y", "stackform:stack": "shop",
          "stackform:address": "queues.jobs",
        ]
      ],
    ])
    let live = try #require(try await kind.read(LiveQuery(queue(), owner: owner), sender.reading))
    #expect(live.owner == owner)
    #expect(
      live.properties == [
        "visibilityTimeout": 60, "sqsManagedSseEnabled": true, "tags": ["team": "blue"],
        "redrivePolicy": ["deadLetterTargetArn": "arn:dead", "maxReceiveCount": 3],
      ])
  }

  @Test func `ask a listing first when there are many, and read only what it shows`() async throws {
    let sender = AnsweringSender([
      "ListQueues": [
        .success(["QueueUrls": ["http://x/1/jobs-1"], "NextToken": "more"]),
        .success(["QueueUrls": ["http://x/1/jobs-3"]]),
      ],
      "GetQueueAttributes": [.success(["Attributes": [:]])], "ListQueueTags": [.success([:])],
    ])
    let queries = (1...4).map { number in
      LiveQuery(Resource(Address("queues", "jobs-\(number)"), name: "jobs-\(number)"), owner: owner)
    }
    let answers = await kind.read(queries, sender.reading)
    #expect(
      try answers.mapValues { try $0.get() != nil } == [
        Address("queues", "jobs-1"): true, Address("queues", "jobs-2"): false,
        Address("queues", "jobs-3"): true, Address("queues", "jobs-4"): false,
      ])
    #expect(await sender.operations.count == 6)
    #expect(await sender.input("ListQueues")?["QueueNamePrefix"] == "jobs-")
  }

  @Test func `read one by one when the credentials may not list`() async throws {
    let sender = AnsweringSender([
      "ListQueues": [.failure(ProviderError(.denied, message: "no"))],
      "GetQueueAttributes": [.success(["Attributes": [:]])], "ListQueueTags": [.success([:])],
    ])
    let queries = (1...3).map {
      LiveQuery(Resource(Address("queues", "q\($0)"), name: "q\($0)"), owner: owner)
    }
    let answers = await kind.read(queries, sender.reading)
    #expect(try answers.values.allSatisfy { try $0.get() != nil })
  }

  @Test func `change only what differs, and take out what is reset`() async throws {
    let sender = AnsweringSender(["SetQueueAttributes": [:], "TagQueue": [:], "UntagQueue": [:]])
    let live = LiveResource(
      id: "jobs", properties: ["policy": ["Statement": []], "tags": ["old": "1"]], attributes: [:],
      owner: owner)
    let wanted = queue(["policy": .null, "visibilityTimeout": 60, "delaySeconds": 9, "tags": ["new": "2"]])
    let update = Update(
      live: live, resource: wanted, owner: owner, changed: ["policy", "visibilityTimeout", "tags"])
    _ = try await kind.update(update, sender.writing)
    #expect(
      await sender.input("SetQueueAttributes") == [
        "QueueUrl": url, "Attributes": ["Policy": "", "VisibilityTimeout": "60"],
      ])
    #expect(await sender.input("UntagQueue") == ["QueueUrl": url, "TagKeys": ["old"]])
    #expect(await sender.input("TagQueue")?["Tags"]?["new"] == "2")
  }

  @Test func `go back to no default that contradicts what is declared`() {
    let live = LiveResource(
      id: "jobs", properties: ["sqsManagedSseEnabled": false], attributes: [:], owner: owner)
    var record = Ledger.Record(section: "queues", identities: [])
    record.declared = ["sqsManagedSseEnabled"]
    func changed(_ properties: [String: Value]) -> Set<String> {
      ResourceDifference(
        live: live, wanted: queue(properties), schema: kind.schema, record: record,
        fingerprint: Fingerprinter(salt: "") { $0 }
      ).changed
    }
    #expect(changed(["kmsMasterKeyId": "alias/aws/sqs"]) == ["kmsMasterKeyId"])
    #expect(changed([:]) == ["sqsManagedSseEnabled"])
  }
}
