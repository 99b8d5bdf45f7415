import Planner
import Testing

/// A lambda reads its settings by their names. This endpoint holds no role against it; that the grants are in its role is
/// looked at.
@Suite(.enabled(if: TestEndpoint.available.contains(.ministack) && TestEndpoint.python != nil))
struct SecretReadingTests {
  private static let code = """
    import botocore.session
    def handler(event, context):
        make = botocore.session.get_session().create_client
        ssm, secrets = make("ssm", region_name="us-east-1"), make("secretsmanager", region_name="us-east-1")
        token = ssm.get_parameter(Name="/shop/token", WithDecryption=True)["Parameter"]["Value"]
        limit = ssm.get_parameter(Name="/shop/limit")["Parameter"]["Value"]
        login = secrets.get_secret_value(SecretId="login")["SecretString"]
        return {"token": token, "limit": limit, "login": login}
    """

  private static let yaml = """
    kmsKeys: { shop: { description: The keys of the shop } }
    kmsAliases: { shop: { targetKeyId: "${kmsKeys.shop.keyId}" } }
    ssmParameters:
      limit: { name: /shop/limit, type: String, value: "25" }
      token:
        name: /shop/token
        type: SecureString
        secureValue: canary
        keyId: "${kmsAliases.shop.aliasName}"
    secrets:
      login:
        generateSecretString: { secretStringTemplate: '{"username": "me"}', generateStringKey: password, passwordLength: 20 }
        kmsKeyId: "${kmsKeys.shop.arn}"
        recoveryWindowInDays: 0
    lambdas:
      reader:
        code:
          zipFile: |
    \(code.split(separator: "\n").map { "        " + $0 }.joined(separator: "\n"))
        runtime: python3.12
        handler: index.handler
        grants:
          - actions: ["ssm:GetParameter"]
            resources: ["${ssmParameters.limit.arn}", "${ssmParameters.token.arn}"]
          - { actions: ["secretsmanager:GetSecretValue"], resources: "${secrets.login.arn}" }
          - { actions: ["kms:Decrypt"], resources: "${kmsKeys.shop.arn}" }

    """

  @Test func `A lambda reads parameters and a generated secret, and its role has the grants`() async throws {
    let account = try TestAccount(.ministack)
    defer { account.remove() }
    let run = TestRun(account)
    try await run.apply(Self.yaml)
    #expect(try await run.plan(Self.yaml).lines == [])
    let text = try await account.python(
      """
      name = client("lambda").list_functions()["Functions"][0]["FunctionName"]
      answer = client("lambda").invoke(FunctionName=name)
      print(answer["Payload"].read().decode())
      """)
    let told = try #require(Value(json: text), "\(text)")
    #expect(told["token"] == "canary" && told["limit"] == "25", "\(told)")
    let login = try #require(told["login"]?.string.flatMap { Value(json: $0) }, "\(told)")
    #expect(login["username"] == "me" && login["password"]?.string?.count == 20)
    let role = try await account.python(
      """
      name = client("lambda").list_functions()["Functions"][0]["Role"].split("/")[-1]
      print(json.dumps(client("iam").get_role_policy(RoleName=name, PolicyName="stackform")["PolicyDocument"]))
      """)
    for grant in ["ssm:GetParameter", "parameter/shop/token", "secretsmanager:GetSecretValue", "kms:Decrypt"]
    {
      #expect(role.contains(grant), "\(grant) in \(role)")
    }
    // Another text only where the entry asks for one.
    try await run.apply(Self.yaml.replacing("passwordLength: 20", with: "passwordLength: 20, generation: 1"))
    let again = try await account.python(
      "print(client('secretsmanager').get_secret_value(SecretId='login')['SecretString'])")
    #expect(Value(json: again)?["username"] == "me" && Value(json: again) != login)
    _ = try await run.destroy(Self.yaml)
  }
}
