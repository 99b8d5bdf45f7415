@testable import Planner
@testable import Stackform

extension Target {
  static let local = Target(
    account: "000000000000", region: "us-east-1", endpoint: "http://localhost:4566", isDisposable: true)
  static let staging = Target(profile: "staging", account: "222222222222", region: "eu-west-1")
}

extension TerminalStyle {
  static let unicode = TerminalStyle(hasColour: false, symbols: .unicode)
  static let colour = TerminalStyle(hasColour: true, symbols: .unicode)
}

extension Value {
  /// A text with references, as the file has it.
  static func template(_ source: String) -> Value {
    (try? Template(parsing: source)).map { .pending($0) } ?? .null
  }
}

extension Step {
  init(
    _ id: Int, _ address: Address, creating: Bool = true, deleting: Bool = false, needs: [Int] = []
  ) {
    let live = LiveResource(id: address.name, properties: [:], attributes: [:], owner: nil)
    let resource = Resource(address)
    self.init(
      id: id, address: address, section: address.section,
      operation: deleting
        ? .delete(live) : creating ? .create(resource) : .update(live, resource, changed: []),
      needs: needs)
  }
}

/// Plans that show every shape there is.
enum SamplePlans {
  static func plan(
    _ changes: [ResourceChange], target: Target = .local, steps: [Step] = [], outputs: [OutputChange] = [],
    isDestroy: Bool = false
  ) -> Plan {
    Plan(
      stack: "code-deploy", target: target, changes: changes, steps: steps, outputs: outputs,
      isDestroy: isDestroy)
  }

  static let kept = ResourceChange(
    address: Address("buckets", "global-builds"), section: "buckets", id: "global-builds", action: .keep,
    unchangedCount: 4)

  static let creation = ResourceChange(
    address: Address("queues", "build-jobs"), section: "queues", id: nil, action: .create,
    properties: [
      PropertyChange(path: ["name"], before: nil, after: "build-jobs"),
      PropertyChange(
        path: ["redrivePolicy"], before: nil,
        after: [
          "deadLetterTargetArn": "arn:aws:sqs:us-east-1:000000000000:build-jobs-dead", "maxReceiveCount": 3,
        ]),
      PropertyChange(path: ["tags"], before: nil, after: ["team": "builds", "cost centre": "42"]),
      PropertyChange(path: ["visibilityTimeout"], before: nil, after: 60),
    ])

  static let role = ResourceChange(
    address: Address("lambdas", "build-worker", part: "role"), section: "roles", id: nil, action: .create,
    properties: [
      PropertyChange(
        path: ["assumeRolePolicyDocument"], before: nil,
        after: [
          "Version": "2012-10-17",
          "Statement": [
            ["Effect": "Allow", "Action": "sts:AssumeRole", "Principal": ["Service": "lambda.amazonaws.com"]]
          ],
        ], derivedBecause: "grants of lambdas.build-worker"),
      PropertyChange(path: ["managedPolicyArns"], before: nil, after: []),
    ], derivedBecause: "grants of lambdas.build-worker")

  static let lambda = ResourceChange(
    address: Address("lambdas", "build-worker"), section: "lambdas", id: "build-worker", action: .update,
    properties: [
      PropertyChange(
        path: ["environment", "API_URL"], before: "http://old", after: .template("${apis.builds.url}/builds"),
        cause: .file),
      PropertyChange(
        path: ["environment", "PASSWORD"], before: "hunter2", after: "hunter3", isSecret: true, cause: .file),
      PropertyChange(path: ["memorySize"], before: 512, after: 256, cause: .cloud),
      PropertyChange(path: ["reservedConcurrentExecutions"], before: 5, after: nil, cause: .reset),
      PropertyChange(path: ["timeout"], before: 3, after: 30, cause: .both),
    ], unchangedCount: 13)

  static let table = ResourceChange(
    address: Address("tables", "replication-status"), section: "tables", id: "replication-status",
    action: .replace(createFirst: false),
    properties: [
      PropertyChange(
        path: ["partitionKey"], before: ["build_id": "S"], after: ["build_id": "N"], forcesReplacement: true,
        cause: .file)
    ], unchangedCount: 1, losesData: true)

  static let api = ResourceChange(
    address: Address("apis", "builds"), section: "apis", id: "a1b2c3", action: .replace(createFirst: true),
    properties: [
      PropertyChange(path: ["protocol"], before: "rest", after: "http", forcesReplacement: true),
      PropertyChange(
        path: ["routes"],
        before: [
          "GET /builds/{id}": ["lambda": "old"], "POST /builds": ["queue": "q"], "GET /": ["mock": 1],
        ],
        after: ["GET /builds/{id}": ["lambda": "new"], "POST /builds": ["queue": "q"], "PUT /x": .null]),
    ])

  static let revision = ResourceChange(
    address: Address("taskDefinitions", "web"), section: "taskDefinitions", id: "web:1",
    action: .replace(createFirst: true),
    properties: [
      PropertyChange(path: ["cpu"], before: "256", after: "512", forcesReplacement: true, cause: .file)
    ], isRevision: true)

  /// What an interrupted rename left.
  static let cleanUp = ResourceChange(
    address: Address("tables", "orders"), section: "tables", id: "two", action: .cleanUp, unchangedCount: 4,
    leftovers: ["one"], losesData: true)

  static let policy = ResourceChange(
    address: Address("topics", "alerts"), section: "topics", id: "arn:aws:sns:us-east-1:000000000000:alerts",
    action: .update,
    properties: [
      PropertyChange(
        path: ["policy"],
        before:
          "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"a\",\"Effect\":\"Allow\"},{\"Sid\":\"b\"}]}",
        after:
          "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"a\",\"Effect\":\"Deny\"},{\"Sid\":\"b\"}]}",
        cause: .file),
      PropertyChange(
        path: ["script"], before: "one\ntwo\nthree\nfour\nfive\nsix\nseven\n",
        after: "one\ntwo\nthree\nfour\nfive\nSIX\nseven\n", cause: .file),
      PropertyChange(
        path: ["subscriptions"], before: [["protocol": "sqs", "endpoint": "a"], "b", "c"],
        after: [["protocol": "sqs", "endpoint": "z"], "b", "c", "d"], cause: .file),
    ])

  static let deletion = ResourceChange(
    address: Address("queues", "old"), section: "queues", id: "old", action: .delete,
    reason: .notInStack(Address("queues", "old")), losesData: true)

  static let adoption = ResourceChange(
    address: Address("logGroups", "build-worker"), section: "logGroups", id: "/aws/lambda/build-worker",
    action: .adopt, reason: .unowned,
    properties: [PropertyChange(path: ["retentionInDays"], before: nil, after: 7)], unchangedCount: 1)

  static let forgotten = ResourceChange(
    address: Address("alarms", "gone"), section: "alarms", id: "gone", action: .forget,
    reason: .deletedOutside)

  static let outputs = [
    OutputChange(name: "apiUrl", before: nil, after: .template("${apis.builds.url}"), isSecret: false),
    OutputChange(name: "count", before: 1, after: 2, isSecret: false),
    OutputChange(name: "old", before: "x", after: nil, isSecret: false),
    OutputChange(name: "same", before: "x", after: "x", isSecret: false),
    OutputChange(name: "token", before: nil, after: "s3cr3t", isSecret: true),
  ]

  static let everything = plan(
    [kept, creation, role, lambda, table, api, policy, adoption, deletion, forgotten], target: .staging,
    steps: [Step(0, creation.address)], outputs: outputs)
}
