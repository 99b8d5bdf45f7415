import Testing

@testable import Planner
@testable import Providers

struct `A schedule` {
  private let kind = ScheduleKind()
  private let owner = Owner(stack: "shop", address: Address("schedules", "nightly"))

  @Test(arguments: [
    "rate(1 minute)", "rate(5 minutes)", "rate(1 hours)", "rate(7 days)", "cron(0 2 * * ? *)",
    "cron(0/15 8-18 ? * MON-FRI 2027)", "at(2027-01-31T12:00:00)",
  ])
  func `runs when AWS's own examples do`(_ expression: String) {
    #expect(ScheduleExpression.flaw(of: expression) == nil)
  }

  @Test func `is changed as a whole, its dates as seconds`() async throws {
    let sender = AnsweringSender(["UpdateSchedule": ["ScheduleArn": "arn"]])
    let live = LiveResource(id: "night|nightly", properties: [:], attributes: [:], owner: nil)
    let resource = Resource(
      owner.address, name: "nightly",
      properties: [
        "groupName": "night", "scheduleExpression": "rate(1 hour)", "startDate": "2027-01-01T00:00:00Z",
        "description": .null,
      ])
    _ = try await kind.update(
      Update(live: live, resource: resource, owner: owner, changed: ["description"]), sender.writing)
    let request = try #require(await sender.requests.last)
    #expect(request.path == ["schedules", "nightly"])
    var input = try #require(await sender.input("UpdateSchedule")?.map)
    input["ClientToken"] = nil
    #expect(
      input == ["GroupName": "night", "ScheduleExpression": "rate(1 hour)", "StartDate": 1_798_761_600])
  }

  @Test func `comes after a group that it names without a reference, and goes before it`() throws {
    let files = FileReader(
      files: [
        "stack.yaml": Array(
          """
          stack: shop
          scheduleGroups: { night: {} }
          schedules:
            nightly:
              groupName: night
              scheduleExpression: rate(1 hour)
              flexibleTimeWindow: { mode: "OFF" }
              target: { arn: "arn:aws:sqs:eu-west-1:111111111111:q", roleArn: "arn:aws:iam::111111111111:role/r" }
          """.utf8)
      ])
    let target = Target(account: "111111111111", region: "eu-west-1")
    let stack = try StackDeclaration.load("stack.yaml", files: files)
      .resolved(registry: AWSKinds.registry, target: target, variables: [:], environment: [:], files: files)
    #expect(try ResourceGraph(stack).needs(of: owner.address) == [Address("scheduleGroups", "night")])
    #expect(kind.schema.identity(of: try #require(stack[owner.address])) == "night|nightly")
  }
}

struct `A schedule group` {
  private let kind = ScheduleGroupKind()
  private let owner = Owner(stack: "shop", address: Address("scheduleGroups", "night"))

  @Test func `waits until one of its name that is on its way out is gone`() async throws {
    let sender = AnsweringSender([
      "CreateScheduleGroup": [
        .failure(ProviderError(.conflict, code: "ConflictException", message: "the group is being deleted")),
        .success(["ScheduleGroupArn": "arn"]),
      ],
      "GetScheduleGroup": [
        .success(["Name": "night", "State": "DELETING"]),
        .failure(ProviderError(.notFound, message: "there is no group night")),
      ],
      "ListTagsForResource": [.success(["Tags": []])],
    ])
    let created = try await kind.create(
      Creation(resource: Resource(owner.address, name: "night"), owner: owner), sender.writing)
    #expect(created.id == "night")
    #expect(await sender.operations.filter { $0 == "CreateScheduleGroup" }.count == 2)
  }
}
