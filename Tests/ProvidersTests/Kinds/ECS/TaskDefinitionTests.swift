import Testing

@testable import Planner
@testable import Providers

struct `A task definition` {
  private let kind = TaskDefinitionKind()
  private let owner = Owner(stack: "shop", address: Address("taskDefinitions", "web"))
  private static let family = "arn:aws:ecs:eu-west-1:111111111111:task-definition/web"

  private func definition(_ container: [String: Value] = [:], _ others: [String: Value] = [:]) -> Resource {
    let web: Value = .map(["name": "web", "image": "nginx", "memory": 64].merging(container) { $1 })
    return kind.completed(
      Resource(
        Address("taskDefinitions", "web"), name: "web",
        properties: ["containerDefinitions": [web]].merging(others) { $1 }))
  }

  /// What DescribeTaskDefinition answers of a revision.
  private func answer(
    _ revision: Int, _ text: String = "ACTIVE", owner: Owner?, _ container: [String: Value] = [:]
  ) -> Value {
    let tags = (owner?.tags ?? [:]).sorted { $0.key < $1.key }.map { key, value in
      ["key": .string(key), "value": .string(value)] as Value
    }
    return [
      "taskDefinition": [
        "taskDefinitionArn": .string("\(Self.family):\(revision)"), "family": "web",
        "revision": .integer(revision), "status": .string(text),
        "containerDefinitions": [
          .map(["name": "web", "image": "nginx", "memory": 64].merging(container) { $1 })
        ],
      ], "tags": .list(tags + [["key": "team", "value": "blue"]]),
    ]
  }

  @Test func `is registered in the API's spelling, and known by its ARN`() async throws {
    let sender = AnsweringSender(["RegisterTaskDefinition": answer(3, owner: owner)])
    let wanted = definition(
      ["environment": [["name": "A", "value": "1"]]],
      [
        "cpu": "256", "tags": ["team": "blue"],
        "volumes": [["name": "data", "efsVolumeConfiguration": ["filesystemId": "fs-1"]]],
        "proxyConfiguration": [
          "containerName": "web", "proxyConfigurationProperties": [["name": "AppPorts", "value": "80"]],
        ],
      ])
    let created = try await kind.create(Creation(resource: wanted, owner: owner), sender.writing)
    #expect(created.id == "\(Self.family):3")
    #expect(
      created.attributes == ["arn": .string("\(Self.family):3"), "name": "web", "revision": 3])
    #expect(
      await sender.input("RegisterTaskDefinition") == [
        "family": "web", "cpu": "256",
        "containerDefinitions": [
          [
            "name": "web", "image": "nginx", "memory": 64, "environment": [["name": "A", "value": "1"]],
          ]
        ],
        "volumes": [["name": "data", "efsVolumeConfiguration": ["fileSystemId": "fs-1"]]],
        "proxyConfiguration": [
          "containerName": "web", "properties": [["name": "AppPorts", "value": "80"]],
        ],
        "tags": [
          ["key": "stackform:address", "value": "taskDefinitions.web"],
          ["key": "stackform:stack", "value": "shop"], ["key": "team", "value": "blue"],
        ],
      ])
  }

  @Test func `is read with its tags, which stand beside it`() async throws {
    let sender = AnsweringSender(["DescribeTaskDefinition": answer(3, owner: owner)])
    let live = try #require(
      try await kind.read(LiveQuery(definition(), id: "\(Self.family):3", owner: owner), sender.reading))
    #expect(live.owner == owner && live.properties["tags"] == ["team": "blue"])
    #expect(live.attributes["revision"] == 3)
    #expect(await sender.operations == ["DescribeTaskDefinition"])
  }

  @Test func `is compared by what was applied last where the endpoint drops settings`() async throws {
    let query = LiveQuery(definition(), id: "\(Self.family):3", owner: owner)
    let sender = AnsweringSender(["DescribeTaskDefinition": answer(3, owner: owner)])
    let dropping = try await kind.read(query, sender.writing(as: .miniStack).reading)
    #expect(dropping?.untold == ["enableFaultInjection", "inferenceAccelerators"])
    #expect(try await kind.read(query, sender.reading)?.untold == [])
  }

  @Test(arguments: ["INACTIVE", "DELETE_IN_PROGRESS"])
  func `is absent once it is deregistered`(status: String) async throws {
    let sender = AnsweringSender([
      "DescribeTaskDefinition": answer(3, status, owner: owner),
      "ListTaskDefinitions": ["taskDefinitionArns": []],
    ])
    let query = LiveQuery(definition(), id: "\(Self.family):3", owner: owner)
    #expect(try await kind.read(query, sender.reading) == nil)
    #expect(await sender.input("ListTaskDefinitions")?["familyPrefix"] == "web")
  }

  @Test func `is found by its family and tags, and not in the place of the one that it replaces`()
    async throws
  {
    let other = Owner(stack: "other", address: owner.address)
    let sender = AnsweringSender([
      "ListTaskDefinitions": [
        .success([
          "taskDefinitionArns": .list((1...4).reversed().map { .string("\(Self.family):\($0)") })
        ])
      ],
      "DescribeTaskDefinition": [.success(answer(4, owner: other)), .success(answer(2, owner: owner))],
    ])
    var query = LiveQuery(definition(), owner: owner)
    query.otherIDs = ["\(Self.family):3"]
    let live = try #require(try await kind.read(query, sender.reading))
    #expect(live.id == "\(Self.family):2")
    #expect(
      await sender.input("ListTaskDefinitions") == [
        "familyPrefix": "web", "status": "ACTIVE", "sort": "DESC",
      ])
  }

  @Test func `differs in nothing from what ECS makes of it`() throws {
    let told: Value = [
      [
        "name": "web", "image": "nginx", "memory": 64, "cpu": 0, "essential": true, "mountPoints": [],
        "volumesFrom": [], "environment": [["name": "B", "value": "2"], ["name": "A", "value": "1"]],
        "portMappings": [["containerPort": 80, "hostPort": 80, "protocol": "tcp"]], "systemControls": [],
        "healthCheck": ["command": ["CMD", "true"], "interval": 30, "timeout": 5, "retries": 3],
      ]
    ]
    let wanted = definition([
      "environment": [["name": "A", "value": "1"], ["name": "B", "value": "2"]],
      "portMappings": [["containerPort": 80]], "healthCheck": ["command": ["CMD", "true"]],
    ])
    let property = try #require(kind.schema.property("containerDefinitions"))
    #expect(property.differences(live: told, wanted: wanted["containerDefinitions"] ?? .null) == [])
  }

  @Test func `differs where a member was taken out of the file`() throws {
    let told: Value = [
      [
        "name": "web", "image": "nginx", "memory": 64, "user": "root", "essential": false,
        "linuxParameters": ["initProcessEnabled": true, "maxSwap": 5],
      ]
    ]
    let wanted = definition(["linuxParameters": ["maxSwap": 5]])
    let property = try #require(kind.schema.property("containerDefinitions"))
    let found = property.differences(live: told, wanted: wanted["containerDefinitions"] ?? .null)
    #expect(
      Set(found.map { $0.path.joined(separator: ".") }) == [
        "0.user", "0.essential", "0.linuxParameters.initProcessEnabled",
      ])
  }

  @Test func `is deregistered, and one that is not there is no error`() async throws {
    let live = LiveResource(id: "\(Self.family):3", properties: [:], attributes: [:], owner: owner)
    let deletion = Deletion(address: owner.address, section: "taskDefinitions", live: live)
    let sender = AnsweringSender(["DeregisterTaskDefinition": answer(3, "INACTIVE", owner: owner)])
    try await kind.delete(deletion, sender.writing)
    #expect(
      await sender.input("DeregisterTaskDefinition") == ["taskDefinition": .string("\(Self.family):3")])
    try await kind.delete(deletion, AnsweringSender([String: Value]()).writing)
  }

  static let problems: [(String, [String: Value], [String: Value], [[String]])] = [
    ("none", [:], [:], []),
    ("no essential container", ["essential": false], [:], [["containerDefinitions"]]),
    (
      "an unknown volume", ["mountPoints": [["sourceVolume": "data", "containerPath": "/d"]]], [:],
      [["containerDefinitions", "0", "mountPoints", "0", "sourceVolume"]]
    ),
    (
      "an unknown container", ["dependsOn": [["containerName": "db", "condition": "START"]]], [:],
      [["containerDefinitions", "0", "dependsOn", "0", "containerName"]]
    ),
    (
      "a proxy that is not there", [:],
      ["networkMode": "awsvpc", "proxyConfiguration": ["containerName": "envoy"]],
      [["proxyConfiguration", "containerName"]]
    ),
    (
      "Fargate without its size", [:], ["requiresCompatibilities": ["FARGATE"]],
      [["requiresCompatibilities", "0"]]
    ),
    ("no memory at all", ["memory": .null], [:], [["containerDefinitions", "0"]]),
  ]

  @Test(arguments: problems)
  func `has its problems told by their path`(
    _ case: String, _ container: [String: Value], _ others: [String: Value], _ paths: [[String]]
  ) {
    #expect(kind.allProblems(of: definition(container, others)).map(\.path) == paths)
  }
}
