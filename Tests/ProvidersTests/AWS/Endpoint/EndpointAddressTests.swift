import Planner
import Testing

@testable import Providers

struct EndpointAddressTests {
  private func url(
    _ service: AWSService, _ path: [String] = [], region: String = "eu-west-1", endpoint: String? = nil,
    services: [String: String] = [:]
  ) throws -> String {
    let resolver = try Endpoint(region: region, endpoint: endpoint, serviceEndpoints: services)
    let address = resolver.address(
      of: .reading(service, "Get", .get, "/{Path+}", ["Path": .list(path.map(Value.string))]))
    return "\(address.url("")) \(address.signingRegion)"
  }

  @Test func `on AWS every service has its host`() throws {
    #expect(try url(SQS.service) == "https://sqs.eu-west-1.amazonaws.com/ eu-west-1")
    #expect(try url(STS.service) == "https://sts.eu-west-1.amazonaws.com/ eu-west-1")
    #expect(try url(CloudWatch.service) == "https://monitoring.eu-west-1.amazonaws.com/ eu-west-1")
    #expect(try url(IAM.service) == "https://iam.amazonaws.com/ us-east-1")
  }

  @Test(arguments: [
    (
      "cn-north-1", "https://iam.cn-north-1.amazonaws.com.cn/ cn-north-1",
      "https://sqs.cn-north-1.amazonaws.com.cn/ cn-north-1"
    ),
    (
      "us-gov-east-1", "https://iam.us-gov.amazonaws.com/ us-gov-west-1",
      "https://sqs.us-gov-east-1.amazonaws.com/ us-gov-east-1"
    ),
    (
      "us-iso-west-1", "https://iam.us-iso-east-1.c2s.ic.gov/ us-iso-east-1",
      "https://sqs.us-iso-west-1.c2s.ic.gov/ us-iso-west-1"
    ),
  ])
  func `a region tells its partition`(_ region: String, _ iam: String, _ sqs: String) throws {
    #expect(try url(IAM.service, region: region) == iam)
    #expect(try url(SQS.service, region: region) == sqs)
  }

  @Test func `CloudFront has one host for a partition, and is signed for where that is`() throws {
    #expect(try url(CloudFront.service) == "https://cloudfront.amazonaws.com/ us-east-1")
    #expect(
      try url(CloudFront.service, region: "cn-north-1")
        == "https://cloudfront.cn-northwest-1.amazonaws.com.cn/ cn-northwest-1")
    #expect(
      try url(CloudFront.service, endpoint: "http://localhost:4566") == "http://localhost:4566/ us-east-1")
  }

  @Test func `a bucket moves into AWS's host, unless a certificate or the host's rules forbid`() throws {
    #expect(
      try url(S3.service, ["my-bucket", "a b/ü"])
        == "https://my-bucket.s3.eu-west-1.amazonaws.com/a%20b/%C3%BC eu-west-1")
    #expect(try url(S3.service, ["my-bucket"]) == "https://my-bucket.s3.eu-west-1.amazonaws.com/ eu-west-1")
    #expect(
      try url(S3.service, ["my.bucket", "k"]) == "https://s3.eu-west-1.amazonaws.com/my.bucket/k eu-west-1")
    #expect(try url(S3.service) == "https://s3.eu-west-1.amazonaws.com/ eu-west-1")
    #expect(try url(S3.service, ["b/../x", "k"]) == "https://s3.eu-west-1.amazonaws.com/b/../x/k eu-west-1")
  }

  @Test func `a configured endpoint takes every service, buckets in the path`() throws {
    let local = "http://localhost:4566/"
    #expect(
      try url(S3.service, ["my-bucket", "k"], endpoint: local)
        == "http://localhost:4566/my-bucket/k eu-west-1")
    #expect(try url(IAM.service, endpoint: local) == "http://localhost:4566/ us-east-1")
    #expect(
      try url(Lambda.service, ["functions", "arn:aws:lambda"], endpoint: "http://127.0.0.1:80/aws")
        == "http://127.0.0.1/aws/functions/arn%3Aaws%3Alambda eu-west-1")
    #expect(
      try url(SQS.service, endpoint: local, services: ["SQS": "https://q.example:443"])
        == "https://q.example/ eu-west-1")
  }

  @Test(arguments: [
    "localhost:4566", "ftp://localhost", "http://", "http://user:secret@localhost", "http://localhost/?a=b",
    "http://a b",
  ])
  func `what is no endpoint's URL is refused`(_ text: String) {
    let error = #expect(throws: ProviderError.self) { try EndpointURL(text) }
    #expect(error?.kind == .invalid)
    #expect(error?.message.contains("secret") == false)
  }

  @Test(arguments: ["", "EU-WEST-1", "eu west", "x.evil.example/"])
  func `what is no region's name is refused`(_ region: String) {
    #expect(throws: ProviderError.self) { try Endpoint(region: region, endpoint: nil) }
  }

  @Test(arguments: [
    ("http://localhost:4566", true), ("http://LOCALHOST", true), ("http://127.0.0.1:1", true),
    ("http://[::1]:4566", true),
    ("http://s3.localhost.localstack.cloud:4566", true), ("http://a.localhost", true),
    ("http://localhost.example", false),
    ("http://127.evil.example", false), ("https://sqs.eu-west-1.amazonaws.com", false),
    ("http://10.0.0.1", false),
    ("http://[2001:db8::1]", false),
  ])
  func `loopback is told from the rest`(_ url: String, _ isLoopback: Bool) {
    #expect(EndpointURL.isLoopback(url: url) == isLoopback)
  }
}
