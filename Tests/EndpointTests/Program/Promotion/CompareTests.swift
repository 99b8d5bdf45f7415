import Foundation
import Planner
import Providers
import Testing

/// `stackform compare`: two accounts of one emulator, and two emulators.
@Suite(.enabled(if: !TestEndpoint.available.isEmpty && TestEndpoint.python != nil)) struct CompareTests {
  private static let stack = """
    stack: shop
    variables: { timeout: 30 }
    queues:
      dead: {}
      jobs:
        visibilityTimeout: ${var.timeout}
        redrivePolicy: { deadLetterTargetArn: "${queues.dead.arn}", maxReceiveCount: 3 }
    topics:
      news: { displayName: The news }
    buckets:
      uploads: { name: "uploads-${profile.account}" }
    lambdas:
      worker:
        code: code
        runtime: python3.12
        handler: app.handler
        environment: { QUEUE: "${queues.jobs.url}" }
        grants: [{ allow: ["sqs:SendMessage"], on: "${queues.jobs.arn}" }]

    """

  /// Two profiles with accounts of their own; the second in another region, with another prefix and another value.
  private func with(
    _ first: String, _ second: String, on endpoint: TestEndpoint,
    _ body: (Workplace, _ here: TestAccount, _ there: TestAccount) async throws -> Void
  ) async throws {
    let place = try Workplace(endpoint)
    defer { place.remove() }
    let (here, there) = (try TestAccount(endpoint, url: first), try TestAccount(endpoint, url: second))
    defer {
      here.remove()
      there.remove()
    }
    try place.write(Self.stack)
    try place.account.write(
      """
      project: shop
      profiles:
        local: { endpoint: "\(first)", region: us-east-1, account: "\(here.id)", disposable: true }
        dev: { endpoint: "\(second)", region: eu-west-1, account: "\(there.id)", disposable: true, namePrefix: dev-,
          variables: { timeout: 45 } }
      """, to: "stackform.yaml")
    for profile in ["local", "dev"] {
      let applied = try await place.compared("apply", "--auto-approve", "--profile", profile)
      try #require(applied.code == 0, "\(applied)")
    }
    try await body(place, here, there)
    for profile in ["local", "dev"] {
      _ = try await place.compared("destroy", "--auto-approve", "--allow-data-loss", "--profile", profile)
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `Two accounts of one emulator are the same but for what their profiles want`(endpoint: TestEndpoint)
    async throws
  {
    let url = try #require(endpoint.url)
    try await with(url, url, on: endpoint) { place, here, there in
      let same = try await place.compared("compare", "local", "dev")
      #expect(same.code == 0 && same.output.contains("No undeclared differences."), "\(same)")
      #expect(same.output.contains("1 difference is by design"), "\(same)")
      let verbose = try await place.compared("compare", "local", "dev", "--verbose")
      #expect(
        verbose.lines.contains("queues.jobs.visibilityTimeout 30 45 the profiles' values"), "\(verbose)")
      // Somebody changes two things in the one, one of them undeclared, and takes one out of the other.
      try await here.python(
        """
        url = client('sqs').get_queue_url(QueueName='jobs')['QueueUrl']
        client('sqs').set_queue_attributes(QueueUrl=url, Attributes={'DelaySeconds': '9', 'VisibilityTimeout': '31'})
        """)
      try await there.python(
        """
        sns = boto3.session.Session(account, "secret", region_name="eu-west-1").client("sns", endpoint_url=endpoint)
        sns.delete_topic(TopicArn=f"arn:aws:sns:eu-west-1:{account}:dev-news")
        """)
      let different = try await place.compared("compare", "local", "dev")
      #expect(different.code == 2, "\(different)")
      #expect(different.lines.contains("queues.jobs.delaySeconds 9 0 nothing asks for it"), "\(different)")
      #expect(
        different.lines.contains("queues.jobs.visibilityTimeout 31 45 nothing asks for it"), "\(different)")
      #expect(different.lines.contains("topics.news \"news\" - only in local"), "\(different)")
      let json = try await place.compared("compare", "local", "dev", "--json")
      let value = try #require(Value(json: json.output), "\(json)")
      #expect(value["same"] == false && value["undeclared"]?.list?.count == 3, "\(json)")
      #expect(value["places"]?[1]?["account"] == .string(there.id))
      let markdown = try await place.compared("compare", "local", "dev", "--format", "markdown")
      #expect(markdown.code == 2 && markdown.output.contains("**3 undeclared differences"), "\(markdown)")
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `Places that run different releases are different, and say so`(endpoint: TestEndpoint) async throws {
    let url = try #require(endpoint.url)
    try await with(url, url, on: endpoint) { place, _, _ in
      try place.write(Self.stack.replacingOccurrences(of: "The news", with: "Good news"))
      // The working tree is nobody's yet.
      #expect(try await place.compared("compare", "local", "dev").code == 0)
      _ = try await place.compared("apply", "--auto-approve", "--profile", "local")
      let different = try await place.compared("compare", "local", "dev")
      #expect(different.code == 2 && different.output.contains("The releases differ:"), "\(different)")
      #expect(
        different.lines.contains("topics.news.displayName \"Good news\" \"The news\" the releases differ"),
        "\(different)")
    }
  }

  @Test(.enabled(if: TestEndpoint.ministack.url != nil && TestEndpoint.localstack.url != nil))
  func `Two emulators of two makes are the same but for what the makes begin with`() async throws {
    let first = try #require(TestEndpoint.ministack.url)
    let second = try #require(TestEndpoint.localstack.url)
    try await with(first, second, on: .ministack) { place, here, _ in
      let same = try await place.compared("compare", "local", "dev")
      #expect(same.code == 0, "\(same)")
      try await here.python(
        """
        url = client('sqs').get_queue_url(QueueName='jobs')['QueueUrl']
        client('sqs').set_queue_attributes(QueueUrl=url, Attributes={'DelaySeconds': '9'})
        """)
      let different = try await place.compared("compare", "local", "dev")
      #expect(different.code == 2, "\(different)")
      #expect(different.lines.contains("queues.jobs.delaySeconds 9 0 nothing asks for it"), "\(different)")
    }
  }

  @Test(.enabled(if: TestEndpoint.localstack.urls.count > 1))
  func `Two processes of one emulator are the same`() async throws {
    let urls = TestEndpoint.localstack.urls
    try await with(urls[0], urls[1], on: .localstack) { place, _, _ in
      let same = try await place.compared("compare", "local", "dev")
      #expect(same.code == 0 && same.output.contains("No undeclared differences."), "\(same)")
    }
  }

  @Test func `A plan for AWS warns of what an emulator let pass, without asking anybody`() async throws {
    let endpoint = try #require(TestEndpoint.available.first)
    let place = try Workplace(endpoint)
    defer { place.remove() }
    try place.write(Self.stack)
    try place.account.write(
      """
      profiles:
        local: { endpoint: "\(place.account.endpoint)", account: "\(place.account.id)" }
        dev: { region: eu-west-1, account: "111111111111", promoteFrom: local }
      """, to: "stackform.yaml")
    let key = ["AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret"]
    let plan = try await place.compared("plan", "--offline", "--parity", "--profile", "dev", variables: key)
    #expect(plan.code == 0 && plan.errors.contains("Rights are unproven"), "\(plan)")
    let quiet = try await place.compared("plan", "--offline", "--parity", "--profile", "local")
    #expect(quiet.code == 0 && !quiet.errors.contains("warning"), "\(quiet)")
    #expect(place.proxy.requests.isEmpty)
  }

  @Test func `One profile twice, and a profile that there is not, are refused`() async throws {
    let endpoint = try #require(TestEndpoint.available.first)
    try await Workplace.with(endpoint, Self.stack) { place in
      try place.account.write(
        "profiles: { local: { endpoint: \"\(place.account.endpoint)\", account: \"\(place.account.id)\" } }",
        to: "stackform.yaml")
      #expect(try await place.compared("compare", "local", "local").code == 1)
      let unknown = try await place.compared("compare", "local", "nowhere")
      #expect(unknown.code == 1 && unknown.errors.contains("Unknown profile"), "\(unknown)")
    }
  }
}

extension Workplace {
  /// Runs the program with no endpoint and no key around: the profiles say all.
  func compared(
    _ arguments: String..., variables: [String: String] = [:]
  ) async throws -> Program.Result {
    let kept = ["PATH", "HOME", "AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE", "USER"]
    let environment = environment.filter { kept.contains($0.key) }.merging(variables) { $1 }
    return try await Program.slots.with {
      try await ProgramRun(arguments, in: folder, environment: environment).result()
    }
  }
}
