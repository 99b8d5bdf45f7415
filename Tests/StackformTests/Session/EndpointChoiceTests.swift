import Planner
import Providers
import Testing

@testable import Stackform

/// Which endpoint a profile's run talks to, and which it refuses to.
struct EndpointChoiceTests {
  private static let project = """
    profiles:
      emulated: { endpoint: "http://localhost:4566", account: "111111111111" }
      remote: { endpoint: "http://localstack:4566" }
      real: { region: eu-west-1 }
      named: { region: eu-west-1, awsProfile: work }
    """
  private static let config = """
    [profile work]
    endpoint_url = http://localhost:4577
    services = here
    [services here]
    s3 =
      endpoint_url = http://localhost:9000
    """

  private func choice(
    _ name: String, option: String? = nil, _ environment: [String: String] = [:]
  ) throws -> EndpointChoice {
    let bytes = Array(Self.project.utf8)
    let files = FileReader(files: ["stackform.yaml": bytes])
    let profile = try Project.load("stackform.yaml", files: files).profile(named: name)
    let shared = try SharedSettings(environment: environment, profileName: profile.awsProfile) { path in
      path.hasSuffix("config") ? Self.config : nil
    }
    return try EndpointChoice(profile: profile, option: option, shared: shared)
  }

  @Test(
    arguments: [
      ("local", nil, [:], "http://localhost:4566"),
      ("local", nil, ["AWS_ENDPOINT_URL": "http://127.0.0.1:9999"], "http://127.0.0.1:9999"),
      ("local", "http://localhost:7777", ["AWS_ENDPOINT_URL": "http://elsewhere"], "http://localhost:7777"),
      ("local", nil, ["AWS_ENDPOINT_URL": "http://localstack:4566"], "http://localstack:4566"),
      ("local", "http://host.docker.internal:4566", [:], "http://host.docker.internal:4566"),
      ("remote", nil, ["AWS_ENDPOINT_URL": "http://localstack:4566"], "http://localstack:4566"),
      ("remote", "http://other:4566", [:], "http://other:4566"),
      ("real", nil, [:], nil),
      (
        "real", nil,
        ["AWS_ENDPOINT_URL": "http://localhost:1", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true"], nil
      ),
      ("real", "http://localhost:4566", [:], "http://localhost:4566"),
      ("named", nil, [:], "http://localhost:4577"),
    ] as [(String, String?, [String: String], String?)])
  func `an endpoint that is said, or meant, is taken`(
    name: String, option: String?, environment: [String: String], expected: String?
  ) throws {
    #expect(try choice(name, option: option, environment).endpoint == expected)
  }

  @Test func `single services have their own endpoints`() throws {
    let local = try choice("emulated", ["AWS_ENDPOINT_URL_S3": "http://localhost:9001"])
    #expect(local.endpoint == "http://localhost:4566" && local.services == ["S3": "http://localhost:9001"])
    #expect(
      local.notes == [
        "S3 is asked at http://localhost:9001, by AWS_ENDPOINT_URL_S3, instead of the profile's http://localhost:4566."
      ])
    #expect(try choice("named").services == ["S3": "http://localhost:9000"])
    let inside = "https://bucket.vpce-1a2b.s3.eu-west-1.vpce.amazonaws.com"
    #expect(try choice("real", ["AWS_ENDPOINT_URL_S3": inside]).services == ["S3": inside])
    #expect(
      try choice("emulated", option: "http://localhost:1", ["AWS_ENDPOINT_URL_S3": "http://x"]).services
        == [:])
  }

  @Test(
    arguments: [
      (
        "real", nil, ["AWS_ENDPOINT_URL": "http://localhost:4566"],
        "AWS_ENDPOINT_URL names http://localhost:4566"
      ),
      ("real", nil, ["AWS_ENDPOINT_URL_SQS": "http://localhost:4566"], "AWS_ENDPOINT_URL_SQS names"),
      (
        "real", nil, ["AWS_ENDPOINT_URL_SQS": "https://amazonaws.com.evil.example"],
        "AWS_ENDPOINT_URL_SQS names"
      ),
      ("real", nil, ["AWS_PROFILE": "work"], "endpoint_url of [profile work]"),
      ("remote", nil, ["AWS_ENDPOINT_URL": "http://localhost:4566"], "means http://localstack:4566"),
      ("local", nil, ["AWS_ENDPOINT_URL": "http://10.0.0.7:4566"], "means an emulator here"),
      ("local", nil, ["AWS_ENDPOINT_URL_S3": "https://s3.amazonaws.com"], "AWS_ENDPOINT_URL_S3 names"),
      ("local", "https://sqs.eu-west-1.amazonaws.com", [:], "--endpoint-url names"),
      ("emulated", "http://localhost.example.com", [:], "--endpoint-url names"),
    ] as [(String, String?, [String: String], String)])
  func `an endpoint that would make another place of the profile is refused`(
    name: String, option: String?, environment: [String: String], reason: String
  ) {
    let error = #expect(throws: Diagnostic.self) { try choice(name, option: option, environment) }
    #expect(error?.detail.contains(reason) == true, "\(String(describing: error))")
    #expect(error?.fix?.isEmpty == false)
  }
}
