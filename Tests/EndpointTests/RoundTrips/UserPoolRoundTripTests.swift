import Foundation
import Planner
import Testing

/// Pools at work. LocalStack has none.
@Suite(.enabled(if: TestEndpoint.ministack.url != nil && TestEndpoint.python != nil))
struct `A user pool on a real endpoint` {
  private static let stack = """
    stack: shop
    userPools:
      customers:
        lambdaConfig: { preSignUp: "${lambdas.hello.arn}" }
        passwordPolicy: { minimumLength: 8, requireNumbers: true }
    userPoolClients:
      web:
        userPoolId: "${userPools.customers.id}"
        explicitAuthFlows: [ALLOW_ADMIN_USER_PASSWORD_AUTH, ALLOW_REFRESH_TOKEN_AUTH]
        generateSecret: true
    userPoolGroups:
      staff: { userPoolId: "${userPools.customers.id}" }
    lambdas:
      hello:
        code:
          zipFile: |
            def handler(event, context):
                if 'triggerSource' in event: return event
                claims = event['requestContext']['authorizer']['jwt']['claims']
                return {'statusCode': 200, 'body': claims['username']}
        runtime: python3.12
        handler: index.handler
    apis:
      shop:
        protocol: http
        authorizers:
          people:
            type: JWT
            jwtConfiguration: { issuer: "${userPools.customers.issuer}", audience: ["${userPoolClients.web.id}"] }
        routes:
          GET /me: { lambda: "${lambdas.hello.arn}", authorizer: people }
    outputs:
      secret: "${userPoolClients.web.clientSecret}"

    """

  @Test func `signs in a user, whose token opens an API`() async throws {
    try await Workplace.with(.ministack, Self.stack) { place in
      try await place.expect(0, "apply", "--auto-approve")
      try await place.expect(0, "plan", "--detailed-exitcode")
      let answers = try await place.account.python(Self.signIn)
      #expect(answers == "ann 401 401\n", "\(answers)")
      try await place.expect(0, "destroy", "--auto-approve", "--allow-data-loss")
    }
  }

  /// Mini takes the account of a call to an API from an access key.
  private static let signIn = """
    import base64, hashlib, hmac, urllib.error, urllib.request
    cognito = client("cognito-idp")
    pool = cognito.list_user_pools(MaxResults=60)["UserPools"][0]["Id"]
    web = cognito.list_user_pool_clients(UserPoolId=pool)["UserPoolClients"][0]["ClientId"]
    secret = cognito.describe_user_pool_client(UserPoolId=pool, ClientId=web)["UserPoolClient"]["ClientSecret"]
    cognito.admin_create_user(UserPoolId=pool, Username="ann")
    cognito.admin_set_user_password(UserPoolId=pool, Username="ann", Password="Secret-12", Permanent=True)
    cognito.admin_add_user_to_group(UserPoolId=pool, Username="ann", GroupName="staff")
    proof = base64.b64encode(hmac.new(secret.encode(), f"ann{web}".encode(), hashlib.sha256).digest()).decode()
    token = cognito.admin_initiate_auth(
        UserPoolId=pool, ClientId=web, AuthFlow="ADMIN_USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": "ann", "PASSWORD": "Secret-12", "SECRET_HASH": proof}
    )["AuthenticationResult"]["AccessToken"]
    api = client("apigatewayv2").get_apis()["Items"][0]["ApiId"]
    def ask(headers):
        whose = f"X-Amz-Credential={account}/20260101/us-east-1/execute-api/aws4_request"
        url = f"{endpoint}/_aws/execute-api/{api}/$default/me?{whose}"
        try:
            return urllib.request.urlopen(urllib.request.Request(url, headers=headers)).read().decode()
        except urllib.error.HTTPError as error:
            return str(error.code)
    head, claims, signature = token.split(".")
    forged = f"{head}.{claims}.{signature[::-1]}"
    print(ask({"Authorization": f"Bearer {token}"}), ask({}), ask({"Authorization": f"Bearer {forged}"}))
    """

  @Test func `may call the lambdas of its triggers`() async throws {
    try await Workplace.with(.ministack, Self.stack) { place in
      try await place.expect(0, "apply", "--auto-approve")
      let policy = try await place.account.python(
        """
        statements = json.loads(client("lambda").get_policy(FunctionName="hello")["Policy"])["Statement"]
        print(sorted(s["Principal"]["Service"] for s in statements))
        """)
      #expect(policy == "['apigateway.amazonaws.com', 'cognito-idp.amazonaws.com']\n", "\(policy)")
    }
  }

  @Test func `keeps its client's secret out of all that is told and stored`() async throws {
    try await Workplace.with(.ministack, Self.stack) { place in
      let apply = try await place.expect(0, "apply", "--auto-approve", "--verbose")
      let secret = try await place.account.python(
        """
        cognito = client("cognito-idp")
        pool = cognito.list_user_pools(MaxResults=60)["UserPools"][0]["Id"]
        web = cognito.list_user_pool_clients(UserPoolId=pool)["UserPoolClients"][0]["ClientId"]
        print(cognito.describe_user_pool_client(UserPoolId=pool, ClientId=web)["UserPoolClient"]["ClientSecret"])
        """
      ).trimmingCharacters(in: .whitespacesAndNewlines)
      try #require(secret.count > 20)
      #expect(!apply.everything.contains(secret))
      try place.write(Self.stack.replacing("minimumLength: 8", with: "minimumLength: 9"))
      for command in [
        ["plan", "--verbose"], ["plan", "--json"], ["plan", "--out", "shop.plan"], ["show", "shop.plan"],
        ["show"],
        ["show", "--json"], ["output"], ["apply", "--auto-approve", "--json"], ["history", "--runs"],
      ] {
        let result = try await place.run(command)
        #expect(result.code == 0 && !result.everything.contains(secret), "\(command): \(result)")
      }
      #expect(try !String(contentsOfFile: place.path("shop.plan"), encoding: .utf8).contains(secret))
      for request in place.proxy.requests { #expect(!request.body.contains(secret), "\(request)") }
      let output = try await place.expect(0, "output", "secret")
      #expect(output.output.contains(secret), "who asks for it by name gets it")
    }
  }

  @Test(arguments: ["CreateUserPool", "CreateUserPoolClient"])
  func `is not made twice after the answer to its creation was lost`(_ operation: String) async throws {
    try await Workplace.with(.ministack, Self.stack) { place in
      place.proxy.start { request in request.operation == operation ? .carriedOutThenCut() : .pass }
      try await place.expect(0, "apply", "--auto-approve")
      place.proxy.passEverything()
      #expect(try await place.pools() == ["customers": ["web"]])
      try await place.expectQuietLedger()
      try await place.expect(0, "plan", "--detailed-exitcode")
    }
  }

  /// UpdateUserPool of AWS sets everything else back: what it does not hear of must be told again.
  @Test func `is told all that it has with each change`() async throws {
    try await Workplace.with(.ministack, Self.stack) { place in
      try await place.expect(0, "apply", "--auto-approve")
      try await place.account.python(
        """
        cognito = client("cognito-idp")
        pool = cognito.list_user_pools(MaxResults=60)["UserPools"][0]["Id"]
        cognito.update_user_pool(UserPoolId=pool, SmsVerificationMessage="Theirs: {####}")
        """)
      try place.write(Self.stack.replacing("minimumLength: 8", with: "minimumLength: 9"))
      place.proxy.passEverything()
      try await place.expect(0, "apply", "--auto-approve")
      let update = try #require(place.proxy.requests.first { $0.operation == "UpdateUserPool" })
      for part in [
        "Theirs: {####}", "\"MinimumLength\":9", "\"RequireNumbers\":true", "PreSignUp", "UserPoolTags",
      ] {
        #expect(update.body.contains(part), "\(part): \(update.body)")
      }
      #expect(!update.body.contains("UnusedAccountValidityDays"))
    }
  }
}

extension Workplace {
  /// The names of all clients, by the names of their pools.
  fileprivate func pools() async throws -> Value? {
    Value(
      json: try await account.python(
        """
        cognito = client("cognito-idp")
        print(json.dumps({
            pool["Name"]: [c["ClientName"] for c in cognito.list_user_pool_clients(UserPoolId=pool["Id"])["UserPoolClients"]]
            for pool in cognito.list_user_pools(MaxResults=60)["UserPools"]}))
        """))
  }
}
