package import Planner

extension UserPoolClientKind {
  static let declaration = Schema(
    section: "userPoolClients", kind: "user pool client", title: "Amazon Cognito user pool client",
    summary: "A client is an application that signs in the users of a user pool.",
    naming: Naming(
      TextRule(
        length: 1...128, pattern: "[\\w\\s+=,.@-]+",
        says: "letters, digits, blanks and the signs _ + = , . @ -"),
      isIdentity: false),
    isTaggable: false, properties: signIn + oAuth + tokens,
    attributes: [
      Attribute(
        "clientSecret", early: false, secret: true, "The secret that Cognito made with `generateSecret`."),
      Attribute("id", early: false, "The client's id, for an authorizer's `audience`."),
      Attribute("name", early: true, "The client's name."),
    ],
    relations: relations,
    example: """
      userPoolClients:
        web:
          userPoolId: "${userPools.customers.id}"
          explicitAuthFlows: [ALLOW_USER_SRP_AUTH, ALLOW_REFRESH_TOKEN_AUTH]
      """)

  private static let signIn = [
    Property(
      "authSessionValidity", .integer(3...15), default: 3,
      "For how many minutes a sign-in can be gone on with."),
    Property(
      "enablePropagateAdditionalUserContextData", .boolean, default: false,
      "Whether the application may say which address a user has: only with a secret."),
    Property(
      "explicitAuthFlows", .set(.choice(authFlows)),
      "How users can sign in. Without it by SRP, by lambdas of your own, and by refresh tokens."),
    Property(
      "generateSecret", .boolean, default: false, change: .replaces,
      "Whether the client has a secret, for servers that keep one."),
    Property(
      "preventUserExistenceErrors", .choice(["ENABLED", "LEGACY"]), default: "LEGACY",
      "ENABLED: answers do not tell whether there is such a user."),
    Property(
      "readAttributes", .set(attribute),
      "The users' attributes that it can read; the standard ones without it."),
    Property(
      "supportedIdentityProviders", .set(.string(TextRule(length: 1...32))),
      "Who may sign users in: `COGNITO`, and names of the pool's identity providers."),
    Property(
      "userPoolId", .string(TextRule(length: 1...55)), required: true, change: .replaces,
      boundTo: "userPools",
      "The user pool's id."),
    Property(
      "writeAttributes", .set(attribute),
      "The users' attributes that it can write; the standard ones without it."),
  ]

  private static let attribute = Shape.string(TextRule(length: 1...2048))

  private static let authFlows = [
    "ADMIN_NO_SRP_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH",
    "ALLOW_USER_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", "CUSTOM_AUTH_FLOW_ONLY",
    "USER_PASSWORD_AUTH",
  ]

  private static let url = Shape.string(TextRule(length: 1...1024))

  private static let oAuth = [
    Property(
      "allowedOAuthFlows", .set(.choice(["client_credentials", "code", "implicit"])), "The grants of OAuth."),
    Property(
      "allowedOAuthFlowsUserPoolClient", .boolean, default: false, "Whether it takes part in OAuth at all."),
    Property(
      "allowedOAuthScopes", .set(.string(TextRule(length: 1...256))),
      "What tokens may be for: `openid`, `email`, or scopes of resource servers."),
    Property(
      "analyticsConfiguration", .object(analytics), "The Amazon Pinpoint project that hears of sign-ins."),
    Property("callbackURLs", .set(url), "Where users may be sent after they signed in."),
    Property("defaultRedirectURI", url, "Which of them it is where a request names none."),
    Property("logoutURLs", .set(url), "Where users may be sent after they signed out."),
  ]

  private static let analytics = [
    Property("applicationArn", .arn, "The project, by ARN."),
    Property(
      "applicationId", .string(TextRule(pattern: "[0-9a-fA-F]+", says: "hexadecimal digits")),
      "The project, by id."),
    Property("externalId", .text, "By id: what the role's trust policy asks for as `sts:ExternalId`."),
    Property("roleArn", .arn, "By id: the role as which it is written to."),
    Property("userDataShared", .boolean, default: false, "Whether the project learns who signed in."),
  ]

  private static let tokens = [
    Property(
      "accessTokenValidity", .integer(1...86_400), "How long access tokens last; one hour without it."),
    Property("enableTokenRevocation", .boolean, default: true, "Whether refresh tokens can be revoked."),
    Property("idTokenValidity", .integer(1...86_400), "How long identity tokens last; one hour without it."),
    Property(
      "refreshTokenRotation",
      .object([
        Property(
          "feature", .choice(["DISABLED", "ENABLED"]), required: true,
          "Whether each use gives a new refresh token."),
        Property(
          "retryGracePeriodSeconds", .integer(0...60), default: 0, "For how long the old one still works."),
      ]), readAsWanted: true, "Whether refresh tokens are used once."),
    Property(
      "refreshTokenValidity", .integer(1...315_360_000), default: 30, "How long refresh tokens last, in days."
    ),
    Property(
      "tokenValidityUnits",
      .object([
        Property("accessToken", .choice(units), default: "hours", "The unit of accessTokenValidity."),
        Property("idToken", .choice(units), default: "hours", "The unit of idTokenValidity."),
        Property("refreshToken", .choice(units), default: "days", "The unit of refreshTokenValidity."),
      ]), "What the validities are counted in."),
  ]

  private static let units = ["days", "hours", "minutes", "seconds"]

  private static let relations: [Relation] =
    [
      .goesWith(
        ["allowedOAuthFlows", "allowedOAuthScopes"], .value("allowedOAuthFlowsUserPoolClient", true)),
      .needs(.value("allowedOAuthFlowsUserPoolClient", true), "allowedOAuthFlows", "allowedOAuthScopes"),
      .goesWith(
        [.value("enablePropagateAdditionalUserContextData", true)], .value("generateSecret", true),
        because: "Cognito believes only who shows the secret."),
      .goesWith(["defaultRedirectURI"], "callbackURLs"), .atMost(100, of: "callbackURLs", what: "addresses"),
      .atMost(100, of: "logoutURLs", what: "addresses"),
      .atMost(50, of: "allowedOAuthScopes", what: "scopes"),
    ]
    + Relation.inside(
      "analyticsConfiguration", .exactlyOne(of: "applicationArn", "applicationId"),
      .goesWith(["externalId", "roleArn"], "applicationId"), .needs("applicationId", "externalId", "roleArn"))

  package func problems(of resource: Resource) -> [PropertyProblem] {
    oAuthProblems(of: resource) + flowProblems(of: resource)
  }

  private func oAuthProblems(of resource: Resource) -> [PropertyProblem] {
    let flows = (resource["allowedOAuthFlows"]?.list ?? []).compactMap(\.string)
    var problems: [PropertyProblem] = []
    func wrong(_ detail: String, _ fix: String) {
      problems.append(
        PropertyProblem(["allowedOAuthFlows"], "Options that don't go together", detail, fix: fix))
    }
    if flows.contains("client_credentials") {
      if flows.count > 1 {
        wrong(
          "client_credentials goes with no other grant: it signs in no user.", "Take it out, or the others.")
      }
      if resource["generateSecret"] != true {
        wrong("client_credentials is for clients that have a secret.", "Set generateSecret: true.")
      }
    } else if !flows.isEmpty, resource["callbackURLs"]?.isEmpty ?? true {
      wrong("code and implicit send users back to an address.", "Set callbackURLs.")
    }
    if let uri = resource["defaultRedirectURI"], !uri.isPending, let urls = resource["callbackURLs"]?.list,
      !urls.contains(where: \.isPending), !urls.contains(uri)
    {
      problems.append(
        PropertyProblem(
          ["defaultRedirectURI"], "Unknown address", "It is none of callbackURLs.",
          fix: "Add it to callbackURLs."))
    }
    return problems
  }

  private func flowProblems(of resource: Resource) -> [PropertyProblem] {
    let flows = (resource["explicitAuthFlows"]?.list ?? []).compactMap(\.string)
    let plain = flows.filter { $0.hasPrefix("ALLOW_") }
    var problems: [PropertyProblem] = []
    if !plain.isEmpty, plain.count < flows.count {
      problems.append(
        PropertyProblem(
          ["explicitAuthFlows"], "Options that don't go together",
          "Flows that begin with ALLOW_ do not go with the older ones.", fix: "Take the older ones out."))
    }
    if resource["refreshTokenRotation"]?["feature"] == "ENABLED", flows.contains("ALLOW_REFRESH_TOKEN_AUTH") {
      problems.append(
        PropertyProblem(
          ["explicitAuthFlows"], "Options that don't go together",
          "ALLOW_REFRESH_TOKEN_AUTH does not go with refreshTokenRotation: that flow uses a token many times.",
          fix: "Take ALLOW_REFRESH_TOKEN_AUTH out."))
    }
    return problems
  }
}
