import Foundation
import Testing

@testable import Providers

/// Expected signatures: AWS's published test suite and S3's documented examples where the case names one of
/// them, botocore 1.43.11 for the others (each published one that botocore can spell was checked against it,
/// too).
struct SigV4Tests {
  struct Case: CustomTestStringConvertible {
    var name: String
    var signature: String
    var service = "service"
    var region = "us-east-1"
    var method = "GET"
    var host = "example.amazonaws.com"
    var path = "/"
    var query: [(name: String, value: String?)] = []
    var headers: [(name: String, value: String)] = []
    var body = ""
    var token: String?
    var testDescription: String { name }
  }

  @Test(arguments: suite + services)
  func `a signature is the one that AWS's own code makes`(_ row: Case) {
    let signer = SigV4(
      credentials: Credentials(
        accessKeyID: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
        sessionToken: row.token), region: row.region, service: row.service)
    #expect(signature(of: row, by: signer, at: SigningTime(seconds: 1_440_938_160)) == row.signature)
  }

  @Test(arguments: documentedS3)
  func `S3's documented examples come out`(_ row: Case) {
    let signer = SigV4(
      credentials: Credentials(
        accessKeyID: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
      region: "us-east-1", service: "s3")
    #expect(signature(of: row, by: signer, at: SigningTime(seconds: 1_369_353_600)) == row.signature)
  }

  @Test func `the authorization names the key, the scope and the signed headers`() throws {
    let signer = SigV4(
      credentials: Credentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "secret", sessionToken: "token"),
      region: "eu-west-1", service: "sqs")
    let content = SigV4.Content(
      method: "POST", path: "/", query: [],
      headers: [("X-Amz-Target", "AmazonSQS.CreateQueue"), ("host", "localhost:4566")], body: Data())
    let headers = signer.headers(for: content, at: SigningTime(seconds: 0))
    #expect(headers.map(\.name) == ["x-amz-date", "x-amz-security-token", "authorization"])
    #expect(headers[0].value == "19700101T000000Z")
    #expect(
      headers[2].value.hasPrefix(
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/19700101/eu-west-1/sqs/aws4_request, "
          + "SignedHeaders=host;x-amz-date;x-amz-security-token;x-amz-target, Signature="))
  }

  private func signature(of row: Case, by signer: SigV4, at time: SigningTime) -> String? {
    let content = SigV4.Content(
      method: row.method, path: row.path, query: row.query, headers: row.headers + [("host", row.host)],
      body: Data(row.body.utf8))
    let authorization = signer.headers(for: content, at: time).last?.value
    return authorization?.components(separatedBy: "Signature=").last
  }

  /// AWS's test suite: get-vanilla and its siblings.
  static let suite = [
    Case(name: "get-vanilla", signature: "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
    Case(
      name: "get-vanilla-query-order-key-case",
      signature: "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
      query: [("Param2", "value2"), ("Param1", "value1")]),
    Case(
      name: "get-unreserved", signature: "07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f",
      path: "/-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"),
    Case(
      name: "get-utf8", signature: "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85",
      path: "/\u{1234}"),
    Case(
      name: "get-slashes and get-relative are get-vanilla",
      signature: "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31", path: "//example/.././"),
    Case(
      name: "post-x-www-form-urlencoded",
      signature: "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a", method: "POST",
      headers: [("Content-Type", "application/x-www-form-urlencoded")], body: "Param1=value1"),
  ]

  static let services = [
    Case(
      name: "a lambda by its ARN, escaped twice, with a session token",
      signature: "fda322fe2d456535207b4288d84015a7e6bdd68c6944244ea40d75e9850b216f", service: "lambda",
      region: "eu-west-1", host: "lambda.eu-west-1.amazonaws.com",
      path: "/2015-03-31/functions/arn%3Aaws%3Alambda%3Aeu-west-1%3A1%3Afunction%3Af/policy",
      query: [("Qualifier", "live")], token: "AQoDYXdzEPT//////////wEXAMPLE"),
    Case(
      name: "an ARN with slashes in one path segment",
      signature: "c9c8f21b788149dd9fe6bd0001adada40544f69f862165cbec769429e6822a84", service: "apigateway",
      region: "eu-west-1", method: "PUT", host: "apigateway.eu-west-1.amazonaws.com",
      path: "/tags/arn%3Aaws%3Aapigateway%3Aeu-west-1%3A%3A%2Frestapis%2Fab12",
      headers: [("content-type", "application/json"), ("accept", "application/json")],
      body: #"{"tags":{"a":"b"}}"#),
    Case(
      name: "JSON with its target",
      signature: "a0daaf8527e06b3572f8379ad62b9940f1d94b162910b3d9c9336706b69ba959",
      service: "sqs", region: "eu-west-1", method: "POST", host: "sqs.eu-west-1.amazonaws.com",
      headers: [("x-amz-target", "AmazonSQS.CreateQueue"), ("content-type", "application/x-amz-json-1.0")],
      body: #"{"QueueName":"q"}"#),
    Case(
      name: "a query's form", signature: "0e6aa0e0720f21dc986e89ffebbd76aed32e2b99402870e637fa9fa3a6329e63",
      service: "iam", method: "POST", host: "iam.amazonaws.com",
      headers: [("content-type", "application/x-www-form-urlencoded; charset=utf-8")],
      body: "Action=ListRoles&Version=2010-05-08"),
    Case(
      name: "S3: a parameter without a value",
      signature: "8b31974a746e5a1bb93992e58ee004341f8f7d79a69cc408b17722ba9a824660", service: "s3",
      region: "eu-west-1", method: "PUT", host: "my-bucket.s3.eu-west-1.amazonaws.com",
      query: [("versioning", nil)], headers: [("content-type", "application/xml")],
      body: "<VersioningConfiguration/>"),
    Case(
      name: "S3: a key that is never normalised",
      signature: "136def0d60ea4d52e0e08285e1f567640cebd083c1c586cf5341e4eab0cdc231", service: "s3",
      host: "localhost:4566", path: "/my-bucket/a%20b/../c%2Bd%20%C3%A9//e", token: "TOKEN/WITH+SIGNS=="),
    Case(
      name: "S3: parameters out of order",
      signature: "15776edd6fbf854932243bc78ab96066fdbd65312019a1a8716ebd1c320b45b8", service: "s3",
      host: "my-bucket.s3.us-east-1.amazonaws.com",
      query: [("prefix", "a/b c"), ("list-type", "2"), ("continuation-token", "1/x==")]),
  ]

  /// "Authenticating Requests: Using the Authorization Header", S3's API reference.
  static let documentedS3 = [
    Case(
      name: "GET object", signature: "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
      host: "examplebucket.s3.amazonaws.com", path: "/test.txt", headers: [("Range", "bytes=0-9")]),
    Case(
      name: "PUT object", signature: "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
      method: "PUT", host: "examplebucket.s3.amazonaws.com", path: "/test%24file.text",
      headers: [("Date", "Fri, 24 May 2013 00:00:00 GMT"), ("x-amz-storage-class", "REDUCED_REDUNDANCY")],
      body: "Welcome to Amazon S3."),
    Case(
      name: "GET bucket lifecycle",
      signature: "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
      host: "examplebucket.s3.amazonaws.com", query: [("lifecycle", nil)]),
    Case(
      name: "List objects", signature: "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
      host: "examplebucket.s3.amazonaws.com", query: [("max-keys", "2"), ("prefix", "J")]),
  ]
}
