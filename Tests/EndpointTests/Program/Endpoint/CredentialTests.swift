import Foundation
import Testing

/// Ways to a key, from the files and the environment to the requests that are signed with it.
///
/// Every secret here begins with `canary-`, and none may be seen anywhere.
@Suite(.enabled(if: !TestEndpoint.available.isEmpty && TestEndpoint.python != nil)) struct CredentialTests {
  private static let queue = Stacks.queues(["one"])

  /// The program's environment without any key of its own.
  private func files(_ place: Workplace, config: String = "", credentials: String = "") throws -> [String:
    String]
  {
    try place.account.write(config, to: "aws-config")
    try place.account.write(credentials, to: "aws-credentials")
    return [
      "AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": "", "AWS_ENDPOINT_URL": "", "AWS_REGION": "",
      "AWS_CONFIG_FILE": place.path("aws-config"),
      "AWS_SHARED_CREDENTIALS_FILE": place.path("aws-credentials"),
    ]
  }

  private func project(_ place: Workplace, _ more: String = "", endpoint: Bool = true) throws {
    let url = endpoint ? "endpoint: \"\(place.proxy.url)\", " : ""
    try place.account.write(
      "profiles:\n  dev: { \(url)region: us-east-1, awsProfile: work\(more) }\n", to: "stackform.yaml")
  }

  /// Applies as the profile, and demands that the stack is in the account, all requests bore the key, and no secret was shown.
  private func expectDeployed(
    _ place: Workplace, _ environment: [String: String], key: String?
  ) async throws {
    place.proxy.passEverything()
    let applied = try await place.expect(
      0, "apply", "-p", "dev", "--auto-approve", "--verbose", variables: environment)
    #expect(!applied.everything.contains("canary-"), "\(applied)")
    if let key {
      let signers = Set(place.proxy.requests.filter { $0.operation != "AssumeRole" }.map(\.accessKey))
      #expect(signers == [key])
    }
    try await place.expect(0, "plan", "-p", "dev", "--detailed-exitcode", variables: environment)
    try await place.expect(
      0, "destroy", "-p", "dev", "--auto-approve", "--allow-data-loss", variables: environment)
  }

  @Test(arguments: TestEndpoint.available)
  func `A named profile of the shared files gives key and session token`(endpoint: TestEndpoint) async throws
  {
    try await Workplace.with(endpoint, Self.queue) { place in
      try project(place, ", account: \"\(place.account.id)\"")
      let environment = try files(
        place,
        credentials: """
          [work]
          aws_access_key_id = \(place.account.id)
          aws_secret_access_key = canary-secret-1
          aws_session_token = canary-token-1
          """)
      try await expectDeployed(place, environment, key: place.account.id)
      #expect(place.proxy.requests.allSatisfy { $0.hasSessionToken })
      // A key in the environment does not go before one that the profile names.
      let stray = environment.merging([
        "AWS_ACCESS_KEY_ID": "999999999999", "AWS_SECRET_ACCESS_KEY": "canary-2",
      ]) { $1 }
      try await expectDeployed(place, stray, key: place.account.id)
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `A role is assumed by the key of its source profile`(endpoint: TestEndpoint) async throws {
    try await Workplace.with(endpoint, Self.queue) { place in
      try await place.account.python(Self.newRole)
      try project(place)
      let environment = try files(
        place,
        config: """
          [profile base]
          region = us-east-1
          [profile work]
          role_arn = arn:aws:iam::\(place.account.id):role/deployer
          source_profile = base
          role_session_name = ci-run
          duration_seconds = 900
          """,
        credentials:
          "[base]\naws_access_key_id = \(place.account.id)\naws_secret_access_key = canary-secret-3\n")
      try await expectDeployed(place, environment, key: nil)
      let requests = place.proxy.requests
      #expect(requests.first?.operation == "AssumeRole" && requests.first?.accessKey == place.account.id)
      let others = requests.filter { $0.operation != "AssumeRole" }
      #expect(others.allSatisfy { $0.accessKey != place.account.id && $0.hasSessionToken })
      // The same by the project's own words.
      try place.account.write(
        """
        profiles:
          dev:
            endpoint: "\(place.proxy.url)"
            region: us-east-1
            awsProfile: base
            assumeRole: arn:aws:iam::\(place.account.id):role/deployer
        """, to: "stackform.yaml")
      try await expectDeployed(place, environment, key: nil)
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `A program gives the key`(endpoint: TestEndpoint) async throws {
    try await Workplace.with(endpoint, Self.queue) { place in
      try project(place, ", account: \"\(place.account.id)\"")
      try place.account.write(
        """
        #!/bin/sh
        [ "$1" = "for work" ] || exit 9
        echo '{"Version": 1, "AccessKeyId": "\(place.account.id)", "SecretAccessKey": "canary-4", "SessionToken": "canary-5", "Expiration": "2099-01-01T00:00:00Z"}'
        """, to: "key.sh")
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: place.path("key.sh"))
      let environment = try files(
        place, config: "[profile work]\ncredential_process = \"\(place.path("key.sh"))\" \"for work\"\n")
      try await expectDeployed(place, environment, key: place.account.id)
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `Endpoints come from the named profile, its services, and the environment's twins`(
    endpoint: TestEndpoint
  )
    async throws
  {
    try await Workplace.with(endpoint, Self.queue) { place in
      try project(place, ", account: \"\(place.account.id)\"", endpoint: false)
      let credentials = "[work]\naws_access_key_id = \(place.account.id)\naws_secret_access_key = canary-6\n"
      let environment = try files(
        place, config: "[profile work]\nendpoint_url = \(place.proxy.url)\n", credentials: credentials)
      try await expectDeployed(place, environment, key: place.account.id)
      // One service goes elsewhere: its requests are missing here, and everything works.
      for config in [true, false] {
        var environment = try files(
          place,
          config: "[profile work]\nendpoint_url = \(place.proxy.url)\n"
            + (config
              ? "services = own\n[services own]\nsqs =\n  endpoint_url = \(place.account.endpoint)\n" : ""),
          credentials: credentials)
        if !config {
          // The environment's twin beside a profile that names its endpoint in stackform.yaml.
          try project(place, ", account: \"\(place.account.id)\"")
          environment["AWS_ENDPOINT_URL_SQS"] = place.account.endpoint
        }
        try await expectDeployed(place, environment, key: place.account.id)
        let operations = Set(place.proxy.requests.map(\.operation))
        #expect(
          operations.contains("GetCallerIdentity") && !operations.contains("CreateQueue"), "\(operations)")
      }
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `What gives no key says why, and shows no secret`(endpoint: TestEndpoint) async throws {
    try await Workplace.with(endpoint, Self.queue) { place in
      try project(place)
      let base = "[base]\naws_access_key_id = \(place.account.id)\naws_secret_access_key = canary-7\n"
      let cases: [(config: String, credentials: String, reason: String)] = [
        ("", "", "no profile \"work\""),
        (
          "[profile work]\ncredential_process = /no/such/program canary-8\n", "",
          "credential_process `/no/such/program`"
        ),
        ("[profile work]\ncredential_process = sh -c 'echo canary-9; exit 3'\n", "", "status 3"),
        ("[profile work]\ncredential_process = echo '{\"Version\": 1}'\n", "", "gave no AccessKeyId"),
        ("[profile work]\nrole_arn = arn:aws:iam::1:role/x\nsource_profile = gone\n", base, "\"gone\""),
        ("[profile work]\nsso_session = corp\n", "", "sso_session"),
        (
          "[profile work]\ncredential_process = echo '{\"Version\": 1, \"AccessKeyId\": \"A\", \"SecretAccessKey\": \"canary-13\", \"Expiration\": \"2020-01-01T00:00:00Z\"}'\n",
          "", "gave a key that ended at 2020-01-01T00:00:00Z"
        ),
        ("", "[work]\naws_access_key_id = AKIAX\n", "aws_secret_access_key"),
      ]
      for (config, credentials, reason) in cases {
        let environment = try files(place, config: config, credentials: credentials)
        let result = try await place.expect(1, "plan", "-p", "dev", variables: environment)
        let spoken = result.errors.replacingOccurrences(of: "\n  ", with: " ")
        #expect(spoken.contains(reason), "\(reason) in \(result)")
        #expect(!result.everything.contains("canary-"), "\(result)")
      }
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `A session that has ended, and a role that may not be assumed, are told as such`(
    endpoint: TestEndpoint
  )
    async throws
  {
    try await Workplace.with(endpoint, Self.queue) { place in
      try project(place)
      let credentials =
        "[work]\naws_access_key_id = \(place.account.id)\naws_secret_access_key = canary-14\naws_session_token = canary-15\n"
      func answering(_ code: String) {
        let body =
          "<ErrorResponse><Error><Type>Sender</Type><Code>\(code)</Code><Message>no more of canary-14</Message></Error></ErrorResponse>"
        place.proxy.start { _ in .answer(Answers.http("403 Forbidden", "text/xml", body)) }
      }
      answering("ExpiredToken")
      let ended = try await place.expect(
        1, "plan", "-p", "dev", variables: try files(place, credentials: credentials))
      #expect(
        ended.errors.contains("ExpiredToken") && ended.errors.contains("The credentials have expired."),
        "\(ended)")
      #expect(!ended.everything.contains("canary-"), "\(ended)")
      answering("AccessDenied")
      let config =
        "[profile work]\nrole_arn = arn:aws:iam::\(place.account.id):role/x\nsource_profile = base\n"
      let denied = try await place.expect(
        1, "plan", "-p", "dev",
        variables: try files(
          place, config: config,
          credentials: credentials.replacingOccurrences(of: "[work]", with: "[base]")))
      #expect(denied.errors.contains("sts:AssumeRole") && denied.errors.contains("AccessDenied"), "\(denied)")
      #expect(!denied.everything.contains("canary-"), "\(denied)")
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `A key that is around chooses no account of an emulator`(endpoint: TestEndpoint) async throws {
    try await Workplace.with(endpoint, Self.queue) { place in
      try place.account.write(
        "profiles:\n  dev: { endpoint: \"\(place.proxy.url)\", region: us-east-1, account: \"\(place.account.id)\" }\n",
        to: "stackform.yaml")
      var environment = try files(
        place,
        credentials:
          "[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = canary-10\n")
      try await expectDeployed(place, environment, key: place.account.id)
      environment["AWS_ACCESS_KEY_ID"] = "ASIAIOSFODNN7EXAMPLE"
      environment["AWS_SECRET_ACCESS_KEY"] = "canary-11"
      environment["AWS_SESSION_TOKEN"] = "canary-12"
      try await expectDeployed(place, environment, key: place.account.id)
      #expect(place.proxy.requests.allSatisfy { !$0.hasSessionToken })
      let told = try await place.expect(0, "plan", "-p", "dev", variables: environment)
      #expect(told.errors.contains("ASIAIOSFODNN7EXAMPLE is a real one"), "\(told)")
    }
  }

  @Test(.enabled(if: TestEndpoint.checkingSignatures != nil))
  func `Where signatures are checked a user's key and a role's both sign`() async throws {
    try await Workplace.with(.ministack, Self.queue) { place in
      let endpoint = try #require(TestEndpoint.checkingSignatures)
      let key = try JSONDecoder().decode(
        [String: String].self,
        from: Data(try await place.account.python(Self.newUser, ["checked": endpoint]).utf8))
      try place.account.write(
        "profiles:\n  dev: { endpoint: \"\(endpoint)\", region: us-east-1, awsProfile: work }\n",
        to: "stackform.yaml")
      let secret = key["secret"] ?? "none"
      func run(_ work: String, secret: String) throws -> [String: String] {
        try files(
          place, config: "[profile work]\n\(work)\n",
          credentials: "[user]\naws_access_key_id = \(key["id"] ?? "")\naws_secret_access_key = \(secret)\n")
      }
      let byUser =
        "credential_process = echo '{\"Version\": 1, \"AccessKeyId\": \"\(key["id"] ?? "")\", \"SecretAccessKey\": \"\(secret)\"}'"
      let byRole = "role_arn = arn:aws:iam::\(place.account.id):role/deployer\nsource_profile = user"
      for work in [byUser, byRole] {
        let environment = try run(work, secret: secret)
        let applied = try await place.expect(
          0, "apply", "-p", "dev", "--auto-approve", "--verbose", variables: environment)
        #expect(!applied.everything.contains(secret), "\(applied)")
        try await place.expect(
          0, "destroy", "-p", "dev", "--auto-approve", "--allow-data-loss", variables: environment)
      }
      let refused = try await place.expect(
        1, "plan", "-p", "dev", variables: try run(byRole, secret: "canary-wrong"))
      #expect(refused.errors.contains("SignatureDoesNotMatch"), "\(refused)")
      #expect(!refused.everything.contains("canary-"))
    }
  }

  private static let newRole = """
    trust = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}]}
    client("iam").create_role(RoleName="deployer", AssumeRolePolicyDocument=json.dumps(trust))
    """

  private static let newUser = """
    iam = boto3.client("iam", endpoint_url=checked, region_name="us-east-1", aws_access_key_id=account, aws_secret_access_key="x")
    everything = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]})
    trust = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}]}
    iam.create_user(UserName="tester")
    iam.put_user_policy(UserName="tester", PolicyName="all", PolicyDocument=everything)
    iam.create_role(RoleName="deployer", AssumeRolePolicyDocument=json.dumps(trust))
    iam.put_role_policy(RoleName="deployer", PolicyName="all", PolicyDocument=everything)
    key = iam.create_access_key(UserName="tester")["AccessKey"]
    print(json.dumps({"id": key["AccessKeyId"], "secret": key["SecretAccessKey"]}))
    """
}
