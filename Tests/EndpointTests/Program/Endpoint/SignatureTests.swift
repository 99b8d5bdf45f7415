import Foundation
import Planner
import Providers
import Testing

/// Against an endpoint that checks signatures: MiniStack with AUTH, for the keys of IAM users.
@Suite(.enabled(if: TestEndpoint.checkingSignatures != nil && TestEndpoint.python != nil))
struct SignatureTests {
  @Test func `What we sign is taken, and what somebody else signed is not`() async throws {
    try await Workplace.with(.ministack, Stacks.shop()) { place in
      let endpoint = try #require(TestEndpoint.checkingSignatures)
      let key = try JSONDecoder().decode(
        [String: String].self,
        from: Data(try await place.account.python(Self.newUser, ["checked": endpoint]).utf8))
      let right = [
        "AWS_ENDPOINT_URL": endpoint, "AWS_ACCESS_KEY_ID": key["id"] ?? "",
        "AWS_SECRET_ACCESS_KEY": key["secret"] ?? "",
      ]
      let wrong = right.merging(["AWS_SECRET_ACCESS_KEY": "x" + (key["secret"] ?? "")]) { $1 }
      let refused = try await place.expect(1, "plan", variables: wrong)
      #expect(refused.errors.contains("SignatureDoesNotMatch"), "\(refused)")
      try await place.expect(0, "apply", "--auto-approve", variables: right)
      try await place.expect(0, "plan", "--detailed-exitcode", variables: right)
      // An object that is read in parts.
      let file = try await place.expect(0, "show", "--release", "1", "--file", "stack.yaml", variables: right)
      #expect(file.output == Stacks.shop())
      try await place.expect(0, "destroy", "--auto-approve", variables: right)
    }
  }

  private static let newUser = """
    iam = boto3.client("iam", endpoint_url=checked, region_name="us-east-1", aws_access_key_id=account, aws_secret_access_key="x")
    iam.create_user(UserName="tester")
    iam.put_user_policy(UserName="tester", PolicyName="all", PolicyDocument=json.dumps(
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}))
    key = iam.create_access_key(UserName="tester")["AccessKey"]
    print(json.dumps({"id": key["AccessKeyId"], "secret": key["SecretAccessKey"]}))
    """
}
