extension KindSample {
  private static let client = "client('cognito-idp')"

  static let userPoolClient = KindSample(
    section: "userPoolClients", surroundings: twoPools,
    properties: [
      "userPoolId": "'${userPools.main.id}'", "name": "web", "accessTokenValidity": "30",
      "allowedOAuthFlows": "[code]", "allowedOAuthFlowsUserPoolClient": "true",
      "allowedOAuthScopes": "[openid, email]",
      "analyticsConfiguration":
        "{ applicationId: 0a1b2c3d, externalId: shop, roleArn: 'arn:aws:iam::{account}:role/pinpoint', userDataShared: true }",
      "authSessionValidity": "5", "callbackURLs": "['https://shop.example/in', 'https://shop.example/back']",
      "defaultRedirectURI": "https://shop.example/in",
      "enableTokenRevocation": "false",
      "explicitAuthFlows": "[ALLOW_USER_SRP_AUTH, ALLOW_USER_PASSWORD_AUTH]",
      "generateSecret": "true", "idTokenValidity": "20", "logoutURLs": "['https://shop.example/out']",
      "preventUserExistenceErrors": "ENABLED", "readAttributes": "[email, name]",
      "refreshTokenRotation": "{ feature: ENABLED, retryGracePeriodSeconds: 10 }",
      "refreshTokenValidity": "9", "supportedIdentityProviders": "[COGNITO]",
      "tokenValidityUnits": "{ accessToken: minutes, idToken: minutes, refreshToken: hours }",
      "writeAttributes": "[email, name]",
    ],
    mutations: [
      "name": "site", "accessTokenValidity": "45", "allowedOAuthFlows": "[code, implicit]",
      "allowedOAuthFlowsUserPoolClient": "false", "allowedOAuthScopes": "[openid]",
      "analyticsConfiguration":
        "{ applicationArn: 'arn:aws:mobiletargeting:us-east-1:{account}:apps/0a1b2c3d' }",
      "authSessionValidity": "7",
      "callbackURLs": "['https://shop.example/in', 'https://shop.example/back', 'https://shop.example/home']",
      "defaultRedirectURI": "https://shop.example/back",
      "enableTokenRevocation": "true", "explicitAuthFlows": "[ALLOW_CUSTOM_AUTH]", "idTokenValidity": "25",
      "logoutURLs": "['https://shop.example/bye']", "preventUserExistenceErrors": "LEGACY",
      "readAttributes": "[email]", "refreshTokenRotation": "{ feature: DISABLED }",
      "refreshTokenValidity": "12",
      "supportedIdentityProviders": "[COGNITO, Google]",
      "tokenValidityUnits": "{ accessToken: minutes, refreshToken: days }", "writeAttributes": "[email]",
    ],
    replacements: ["generateSecret": "false", "userPoolId": "'${userPools.other.id}'"],
    companions: [
      "allowedOAuthFlows": ["allowedOAuthFlowsUserPoolClient", "allowedOAuthScopes"],
      "callbackURLs": [
        "allowedOAuthFlows", "allowedOAuthFlowsUserPoolClient", "allowedOAuthScopes", "defaultRedirectURI",
      ],
    ],
    withdrawals: [
      "allowedOAuthFlowsUserPoolClient": ["allowedOAuthFlows", "allowedOAuthScopes"]
    ],
    outsideChanges: [
      "accessTokenValidity": set("AccessTokenValidity=50"),
      "allowedOAuthFlows": set(
        "AllowedOAuthFlows=['implicit'], CallbackURLs=urls or ['https://theirs.example']"),
      "allowedOAuthFlowsUserPoolClient": set("AllowedOAuthFlowsUserPoolClient=not here"),
      "allowedOAuthScopes": set("AllowedOAuthScopes=['phone']"),
      "analyticsConfiguration": set(
        "AnalyticsConfiguration={'ApplicationArn': f'arn:aws:mobiletargeting:us-east-1:{account}:apps/1f'}"),
      "authSessionValidity": set("AuthSessionValidity=9"),
      "callbackURLs": set("CallbackURLs=urls + ['https://theirs.example']"),
      "defaultRedirectURI": set(
        "CallbackURLs=urls or ['https://theirs.example'], "
          + "DefaultRedirectURI=([u for u in urls if u != whole.get('DefaultRedirectURI')] or ['https://theirs.example'])[0]"
      ),
      "enableTokenRevocation": set("EnableTokenRevocation=not revocation"),
      "explicitAuthFlows": set("ExplicitAuthFlows=['ALLOW_CUSTOM_AUTH']"),
      "idTokenValidity": set("IdTokenValidity=50"),
      "logoutURLs": set("LogoutURLs=['https://theirs.example']"),
      "preventUserExistenceErrors": set(
        "PreventUserExistenceErrors='LEGACY' if errors == 'ENABLED' else 'ENABLED'"),
      "readAttributes": set("ReadAttributes=['phone_number']"),
      "refreshTokenRotation": set("RefreshTokenRotation={'Feature': 'DISABLED'}"),
      "refreshTokenValidity": set("RefreshTokenValidity=13"),
      "supportedIdentityProviders": set("SupportedIdentityProviders=['Facebook']"),
      "tokenValidityUnits": set("TokenValidityUnits={'AccessToken': 'hours'}"),
      "writeAttributes": set("WriteAttributes=['phone_number']"),
    ],
    kept: [
      .ministack: Dictionary(
        uniqueKeysWithValues: [
          "accessTokenValidity", "analyticsConfiguration", "defaultRedirectURI", "explicitAuthFlows",
          "idTokenValidity", "readAttributes", "writeAttributes",
        ].map {
          (
            $0,
            "UpdateUserPoolClient without it answers 200 and changes nothing: DescribeUserPoolClient tells the one before"
          )
        })
    ],
    defects: [noCognito],
    part: StackPart(
      entries: """
          web: { userPoolId: "${userPools.customers.id}", authSessionValidity: 4, enableTokenRevocation: {changed} }
        """,
      listing: #"""
        [client["ClientName"] for pool in c("cognito-idp").list_user_pools(MaxResults=60)["UserPools"]
         for client in c("cognito-idp").list_user_pool_clients(UserPoolId=pool["Id"])["UserPoolClients"]]
        """#))

  static let secretUserPoolClient = KindSample(
    section: "userPoolClients", surroundings: twoPools,
    properties: [
      "userPoolId": "'${userPools.main.id}'", "generateSecret": "true",
      "enablePropagateAdditionalUserContextData": "true",
    ],
    mutations: ["enablePropagateAdditionalUserContextData": "false"],
    indispensable: ["generateSecret"],
    outsideChanges: [
      "enablePropagateAdditionalUserContextData": set("EnablePropagateAdditionalUserContextData=not there")
    ],
    defects: [noCognito])

  /// The call sets back what it is not told.
  private static func set(_ change: String) -> String {
    """
    pool, id = id.split("|")
    taken = \(client).meta.service_model.operation_model("UpdateUserPoolClient").input_shape.members
    live = \(client).describe_user_pool_client(UserPoolId=pool, ClientId=id)["UserPoolClient"]
    here, there = live["AllowedOAuthFlowsUserPoolClient"], live["EnablePropagateAdditionalUserContextData"]
    revocation, errors = live["EnableTokenRevocation"], live["PreventUserExistenceErrors"]
    whole = {name: value for name, value in live.items() if name in taken and value not in ("", [], {})}
    urls = whole.get("CallbackURLs", [])
    if whole.get("DefaultRedirectURI") not in urls:
        whole.pop("DefaultRedirectURI", None)
    \(client).update_user_pool_client(**{**whole, **dict(\(change))})
    """
  }
}
