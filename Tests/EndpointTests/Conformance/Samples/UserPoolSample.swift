extension KindSample {
  static let userPool = KindSample(
    section: "userPools",
    surroundings: ["lambdas": "  check: { handler: app.handler, runtime: python3.12, code: function }"],
    properties: [
      "name": "customers", "tags": "{ team: blue }",
      "adminCreateUserConfig":
        "{ allowAdminCreateUserOnly: true, inviteMessageTemplate: { emailMessage: 'Hello {username}: {####}', "
        + "emailSubject: Welcome, smsMessage: '{username}: {####}' } }",
      "allowedFirstAuthFactors": "[PASSWORD, EMAIL_OTP]",
      "attributesRequireVerificationBeforeUpdate": "[email]",
      "autoVerifiedAttributes": "[email, phone_number]", "deletionProtection": "INACTIVE",
      "deviceConfiguration": "{ challengeRequiredOnNewDevice: true, deviceOnlyRememberedOnUserPrompt: true }",
      "emailAuthenticationMessage": "'Sign in with {####}'", "emailAuthenticationSubject": "Sign in",
      "emailConfiguration":
        "{ emailSendingAccount: DEVELOPER, sourceArn: '\(mailIdentity)', from: 'Shop <shop@example.com>', "
        + "replyToEmailAddress: help@example.com, configurationSet: shop }",
      "emailVerificationMessage": "'Your code is {####}'", "emailVerificationSubject": "Your code",
      "enabledMfas": "[EMAIL_OTP, SMS_MFA, SOFTWARE_TOKEN_MFA]",
      "lambdaConfig":
        "{ preSignUp: '${lambdas.check.arn}', customEmailSender: { lambdaArn: '\(trigger)mail', lambdaVersion: V1_0 }, "
        + "customSMSSender: { lambdaArn: '\(trigger)texts', lambdaVersion: V1_0 }, "
        + "kmsKeyID: 'arn:aws:kms:us-east-1:{account}:key/1c2d3e4f-0000-4000-8000-000000000001' }",
      "mfaConfiguration": "OPTIONAL",
      "passwordPolicy":
        "{ minimumLength: 12, passwordHistorySize: 3, requireLowercase: true, requireNumbers: true, "
        + "requireSymbols: true, requireUppercase: true, temporaryPasswordValidityDays: 2 }",
      "recoveryMechanisms":
        "[{ name: verified_email, priority: 1 }, { name: verified_phone_number, priority: 2 }]",
      "smsAuthenticationMessage": "'Sign in with {####}'",
      "smsConfiguration": "{ snsCallerArn: '\(textRole)', externalId: shop, snsRegion: us-east-1 }",
      "smsVerificationMessage": "'Your code is {####}'",
      "userPoolAddOns":
        "{ advancedSecurityMode: ENFORCED, advancedSecurityAdditionalFlows: { customAuthMode: AUDIT } }",
      "userPoolTier": "PLUS", "webAuthnFactorConfiguration": "SINGLE_FACTOR",
      "webAuthnRelyingPartyID": "shop.example", "webAuthnUserVerification": "preferred",
    ],
    mutations: [
      "name": "clients", "tags": "{ owner: red }",
      "adminCreateUserConfig": "{ inviteMessageTemplate: { emailSubject: Hello } }",
      "allowedFirstAuthFactors": "[PASSWORD, WEB_AUTHN]",
      "attributesRequireVerificationBeforeUpdate": "[email, phone_number]",
      "autoVerifiedAttributes": "[email]", "deletionProtection": "ACTIVE",
      "deviceConfiguration": "{ deviceOnlyRememberedOnUserPrompt: true }",
      "emailAuthenticationMessage": "'Come in with {####}'", "emailAuthenticationSubject": "Come in",
      "emailConfiguration": "{ emailSendingAccount: DEVELOPER, sourceArn: '\(mailIdentity)' }",
      "emailVerificationMessage": "'The code is {####}'", "emailVerificationSubject": "The code",
      "enabledMfas": "[EMAIL_OTP, SOFTWARE_TOKEN_MFA]",
      "lambdaConfig":
        "{ preAuthentication: '${lambdas.check.arn}', customMessage: '\(trigger)words', "
        + "createAuthChallenge: '\(trigger)ask', defineAuthChallenge: '\(trigger)next', "
        + "verifyAuthChallengeResponse: '\(trigger)judge', postAuthentication: '\(trigger)in', "
        + "postConfirmation: '\(trigger)new', preTokenGeneration: '\(trigger)token', userMigration: '\(trigger)move' }",
      "mfaConfiguration": "'ON'", "passwordPolicy": "{ minimumLength: 10, requireNumbers: true }",
      "recoveryMechanisms": "[{ name: admin_only, priority: 1 }]",
      "smsAuthenticationMessage": "'Come in with {####}'",
      "smsConfiguration": "{ snsCallerArn: '\(textRole)-of-others' }",
      "smsVerificationMessage": "'The code is {####}'", "userPoolAddOns": "{ advancedSecurityMode: AUDIT }",
      "userPoolTier": "ESSENTIALS", "webAuthnFactorConfiguration": "MULTI_FACTOR_WITH_USER_VERIFICATION",
      "webAuthnRelyingPartyID": "other.example", "webAuthnUserVerification": "required",
    ],
    companions: [
      "emailConfiguration": [
        "emailAuthenticationMessage", "emailAuthenticationSubject", "enabledMfas", "mfaConfiguration",
      ],
      "enabledMfas": ["emailAuthenticationMessage", "emailAuthenticationSubject", "mfaConfiguration"],
      "mfaConfiguration": ["emailAuthenticationMessage", "emailAuthenticationSubject", "enabledMfas"],
      "smsConfiguration": [
        "emailAuthenticationMessage", "emailAuthenticationSubject", "enabledMfas", "mfaConfiguration",
      ],
    ],
    withdrawals: ["userPoolTier": ["userPoolAddOns"]],
    outsideChanges: [
      "adminCreateUserConfig": set("AdminCreateUserConfig={'AllowAdminCreateUserOnly': False}"),
      "allowedFirstAuthFactors":
        "pool = \(client).describe_user_pool(UserPoolId=id)['UserPool']['Policies']\n"
        + set("Policies={**pool, 'SignInPolicy': {'AllowedFirstAuthFactors': ['PASSWORD', 'SMS_OTP']}}"),
      "attributesRequireVerificationBeforeUpdate": set(
        "UserAttributeUpdateSettings={'AttributesRequireVerificationBeforeUpdate': ['phone_number']}"),
      "autoVerifiedAttributes": set("AutoVerifiedAttributes=['phone_number']"),
      "deletionProtection": set("DeletionProtection='ACTIVE'"),
      "deviceConfiguration": set(
        "DeviceConfiguration={'ChallengeRequiredOnNewDevice': False, 'DeviceOnlyRememberedOnUserPrompt': True}"
      ),
      "emailAuthenticationMessage": factor("EmailMfaConfiguration", "Message", "'Theirs: {####}'"),
      "emailAuthenticationSubject": factor("EmailMfaConfiguration", "Subject", "'Theirs'"),
      "emailConfiguration": set(
        "EmailConfiguration={'EmailSendingAccount': 'DEVELOPER', 'SourceArn': "
          + "f'arn:aws:ses:us-east-1:{account}:identity/theirs.example'}"),
      "emailVerificationMessage": set("EmailVerificationMessage='Theirs: {####}'"),
      "emailVerificationSubject": set("EmailVerificationSubject='Theirs'"),
      "lambdaConfig": set(
        "LambdaConfig={'CustomMessage': f'arn:aws:lambda:us-east-1:{account}:function:theirs'}"),
      "mfaConfiguration": set("MfaConfiguration='ON'"),
      "passwordPolicy":
        "pool = \(client).describe_user_pool(UserPoolId=id)['UserPool']['Policies']\n"
        + set("Policies={**pool, 'PasswordPolicy': {'MinimumLength': 6, 'RequireNumbers': False}}"),
      "recoveryMechanisms": set(
        "AccountRecoverySetting={'RecoveryMechanisms': [{'Name': 'verified_email', 'Priority': 1}]}"),
      "smsAuthenticationMessage": set("SmsAuthenticationMessage='Theirs: {####}'"),
      "smsConfiguration": set("SmsConfiguration={'SnsCallerArn': f'arn:aws:iam::{account}:role/theirs'}"),
      "smsVerificationMessage": set("SmsVerificationMessage='Theirs: {####}'"),
      "tags":
        "\(client).tag_resource(ResourceArn=f'arn:aws:cognito-idp:{region}:{account}:userpool/{id}', Tags={'team': 'theirs'})",
      "userPoolAddOns": set("UserPoolAddOns={'AdvancedSecurityMode': 'OFF'}"),
      // A plan goes only with what it has: PLUS alone with the protection.
      "userPoolTier":
        "tier = \(client).describe_user_pool(UserPoolId=id)['UserPool'].get('UserPoolTier')\n"
        + set(
          "UserPoolTier='ESSENTIALS' if tier == 'PLUS' else 'PLUS', "
            + "UserPoolAddOns={'AdvancedSecurityMode': 'OFF'}"),
      "webAuthnFactorConfiguration": theirFactors,
      "webAuthnRelyingPartyID": factor("WebAuthnConfiguration", "RelyingPartyId", "'theirs.example'"),
      "webAuthnUserVerification": factor("WebAuthnConfiguration", "UserVerification", "'required'"),
    ],
    kept: [.ministack: keptPoolSettings],
    defects: [noCognito, fixedName],
    part: StackPart(
      entries: """
          customers:
            passwordPolicy: { minimumLength: {size} }
            adminCreateUserConfig: { allowAdminCreateUserOnly: {changed} }
            tags: {tags}
        """,
      listing: #"[p["Name"] for p in c("cognito-idp").list_user_pools(MaxResults=60)["UserPools"]]"#))

  /// Users sign in by their addresses, texts are verified by links, and tokens are changed by a lambda.
  static let addressedUserPool = KindSample(
    section: "userPools",
    properties: [
      "usernameAttributes": "[email]", "usernameCaseSensitive": "false",
      "verificationMessageTemplate":
        "{ defaultEmailOption: CONFIRM_WITH_LINK, emailMessage: 'Code {####}', emailSubject: A code, "
        + "emailMessageByLink: 'Follow {##this##}', emailSubjectByLink: A link, smsMessage: 'Code {####}' }",
      "lambdaConfig":
        "{ preTokenGenerationConfig: { lambdaArn: '\(trigger)token', lambdaVersion: V2_0 }, "
        + "inboundFederation: { lambdaArn: '\(trigger)federation', lambdaVersion: V1_0 } }",
    ],
    mutations: [
      "verificationMessageTemplate":
        "{ defaultEmailOption: CONFIRM_WITH_CODE, emailMessage: 'The code is {####}' }",
      "lambdaConfig": "{ preTokenGenerationConfig: { lambdaArn: '\(trigger)token', lambdaVersion: V3_0 } }",
    ],
    replacements: ["usernameAttributes": "[phone_number]", "usernameCaseSensitive": "true"],
    outsideChanges: [
      "verificationMessageTemplate": set(
        "VerificationMessageTemplate={'DefaultEmailOption': 'CONFIRM_WITH_CODE', 'EmailMessage': 'Theirs: {####}'}"
      )
    ],
    defects: [noCognito])

  static let aliasedUserPool = KindSample(
    section: "userPools",
    properties: [
      "aliasAttributes": "[email]",
      "schema":
        "{ email: { required: true }, tier: { stringAttributeConstraints: { minLength: 1, maxLength: 10 } }, "
        + "points: { attributeDataType: Number, mutable: false, numberAttributeConstraints: { minValue: 0, maxValue: 9 } } }",
    ],
    mutations: [
      "schema":
        "{ email: { required: true }, tier: { stringAttributeConstraints: { minLength: 1, maxLength: 10 } }, "
        + "points: { attributeDataType: Number, mutable: false, numberAttributeConstraints: { minValue: 0, maxValue: 9 } }, "
        + "since: { attributeDataType: DateTime, developerOnlyAttribute: true } }"
    ],
    replacements: [
      "aliasAttributes": "[email, preferred_username]", "schema": "{ tier: { mutable: false } }",
    ],
    indispensable: ["schema"],
    unseen: ["schema": "an attribute that somebody else adds can't be taken out: the pool would be replaced"],
    defects: [noCognito])

  private static let mailIdentity = "arn:aws:ses:us-east-1:{account}:identity/example.com"
  private static let trigger = "arn:aws:lambda:us-east-1:{account}:function:"
  private static let textRole = "arn:aws:iam::{account}:role/texts"
  private static let client = "client('cognito-idp')"

  /// What lives in a pool may move to another one.
  static let twoPools = ["userPools": "  main: {}\n  other: {}"]

  static let noCognito = Defect(
    endpoint: .localstack, property: nil,
    evidence:
      "CreateUserPool → 501 InternalFailure: The API for service 'cognito-idp' is either not included in your current "
      + "license plan or has not yet been emulated by LocalStack."
  )

  private static let fixedName = Defect(
    endpoint: .ministack, property: "name",
    evidence: "UpdateUserPool with PoolName: 200; DescribeUserPool tells the name before")

  private static let keptPoolSettings = Dictionary(
    uniqueKeysWithValues: [
      "deviceConfiguration", "emailVerificationMessage", "emailVerificationSubject",
      "smsAuthenticationMessage",
      "smsConfiguration", "smsVerificationMessage",
    ].map {
      ($0, "UpdateUserPool without it answers 200 and changes nothing: DescribeUserPool tells the one before")
    }
      + ["emailAuthenticationMessage", "emailAuthenticationSubject", "webAuthnUserVerification"].map {
        ($0, "SetUserPoolMfaConfig without it answers 200: GetUserPoolMfaConfig tells the one before")
      })

  private static func set(_ change: String) -> String {
    "\(client).update_user_pool(UserPoolId=id, \(change))"
  }

  /// The boto3 of the tests is older than the member, so it is put into the request's body.
  private static let theirFactors = """
    cognito, event = \(client), "before-call.cognito-identity-provider.SetUserPoolMfaConfig"
    def add(params, **_):
        body = json.loads(params["body"])
        body["WebAuthnConfiguration"]["FactorConfiguration"] = "MULTI_FACTOR_WITH_USER_VERIFICATION"
        params["body"] = json.dumps(body).encode()
    live = cognito.get_user_pool_mfa_config(UserPoolId=id)
    cognito.meta.events.register(event, add)
    cognito.set_user_pool_mfa_config(
      UserPoolId=id, MfaConfiguration=live["MfaConfiguration"], WebAuthnConfiguration=live.get("WebAuthnConfiguration", {}))
    cognito.meta.events.unregister(event, add)
    """

  private static func factor(_ outer: String, _ inner: String, _ value: String) -> String {
    """
    live = \(client).get_user_pool_mfa_config(UserPoolId=id)
    \(client).set_user_pool_mfa_config(
      UserPoolId=id, MfaConfiguration=live["MfaConfiguration"],
      \(outer)={**live.get("\(outer)", {}), "\(inner)": \(value)})
    """
  }
}
