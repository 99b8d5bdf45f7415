import Planner

extension UserPoolKind {
  static let declaration = Schema(
    section: "userPools", kind: "user pool", title: "Amazon Cognito user pool",
    summary: "A user pool keeps the users of an application, signs them in, and gives them tokens.",
    naming: Naming(
      TextRule(
        length: 1...128, pattern: "[\\w\\s+=,.@-]+",
        says: "letters, digits, blanks and the signs _ + = , . @ -"),
      isIdentity: false),
    holdsData: true,
    properties: signIn + messages + security + operation,
    attributes: [
      Attribute("arn", early: false, "The pool's ARN, for an authorizer's `providerARNs`."),
      Attribute("id", early: false, "The id that Cognito gives it."),
      Attribute("issuer", early: false, "The issuer of its tokens, for an authorizer's `jwtConfiguration`."),
      Attribute("name", early: true, "The pool's name."),
      Attribute("providerName", early: false, "Its name for an identity pool: the issuer without https://."),
    ],
    relations: relations,
    example: """
      userPools:
        customers:
          usernameAttributes: [email]
          autoVerifiedAttributes: [email]
          passwordPolicy: { minimumLength: 12 }
          schema:
            tier: { attributeDataType: String, mutable: true }
      """)

  private static let signIn = [
    Property(
      "aliasAttributes", .set(.choice(["email", "phone_number", "preferred_username"])), change: .replaces,
      "What users can sign in with in the place of their name."),
    Property(
      "allowedFirstAuthFactors",
      .set(.choice(["EMAIL_OTP", "PASSWORD", "SMS_OTP", "SOFTWARE_TOKEN", "WEB_AUTHN"])),
      default: ["PASSWORD"], "What users can prove first who they are with, where they may choose."),
    Property(
      "autoVerifiedAttributes", .set(.choice(["email", "phone_number"])),
      "What is verified by a code when a user signs up."),
    Property(
      "schema", .map(.object(attribute)), staysOn: true, readAsWanted: true,
      "Attributes of users, by name: custom ones, and standard ones that are required or immutable. Custom ones can be "
        + "added; no other change is possible in place."
    ),
    Property(
      "usernameAttributes", .set(.choice(["email", "phone_number"])), change: .replaces,
      "What users sign up with in the place of a name."),
    Property(
      "usernameCaseSensitive", .boolean, change: .replaces,
      "Whether names that differ in the case of letters alone are two."),
  ]

  /// Custom attributes have no other name than their entry's.
  private static let attribute = [
    Property(
      "attributeDataType", .choice(["Boolean", "DateTime", "Number", "String"]), default: "String",
      change: .replaces, "What its values are."),
    Property(
      "developerOnlyAttribute", .boolean, default: false, change: .replaces,
      "Whether only a call with the right of the account can change it; AWS advises against it."),
    Property("mutable", .boolean, default: true, change: .replaces, "Whether its value can be changed."),
    Property(
      "numberAttributeConstraints",
      .object([
        Property("maxValue", .integer(nil), change: .replaces, "The largest number."),
        Property("minValue", .integer(nil), change: .replaces, "The smallest number."),
      ]), change: .replaces, "Number: its bounds."),
    Property(
      "required", .boolean, default: false, change: .replaces,
      "Whether a user can't sign up without it. No custom one can be required."),
    Property(
      "stringAttributeConstraints",
      .object([
        Property("maxLength", .integer(0...2048), change: .replaces, "The most characters."),
        Property("minLength", .integer(0...2048), change: .replaces, "The fewest characters."),
      ]), change: .replaces, "String: its bounds."),
  ]

  private static let security = [
    Property(
      "deviceConfiguration",
      .object([
        Property(
          "challengeRequiredOnNewDevice", .boolean, default: false,
          "Whether a remembered device stands for the second factor."),
        Property(
          "deviceOnlyRememberedOnUserPrompt", .boolean, default: false,
          "Whether only devices are remembered that the user wants to be."),
      ]), "Whether devices are remembered; none are without it."),
    Property(
      "enabledMfas", .set(.choice(["EMAIL_OTP", "SMS_MFA", "SOFTWARE_TOKEN_MFA"])), writeOnly: true,
      "The second factors that users can have."),
    Property(
      "mfaConfiguration", .choice(["OFF", "ON", "OPTIONAL"]), default: "OFF",
      "Whether users have a second factor."),
    Property("passwordPolicy", .object(passwordPolicy), readAsWanted: true, "What passwords must be like."),
    Property(
      "recoveryMechanisms",
      .set(
        .object([
          Property(
            "name", .choice(["admin_only", "verified_email", "verified_phone_number"]), required: true,
            "The way."),
          Property("priority", .integer(1...2), required: true, "1 is tried first."),
        ])), "How users that forgot their password get a new one."),
    Property(
      "userPoolAddOns", .object(addOns), readAsWanted: true,
      "Protection from stolen passwords and suspicious sign-ins."),
    Property(
      "webAuthnFactorConfiguration", .choice(["MULTI_FACTOR_WITH_USER_VERIFICATION", "SINGLE_FACTOR"]),
      "Whether a passkey counts as one factor or as two."),
    Property(
      "webAuthnRelyingPartyID", .string(TextRule(length: 1...63)),
      "The domain that passkeys are made for."),
    Property(
      "webAuthnUserVerification", .choice(["preferred", "required"]),
      "Whether a passkey must ask who holds it."),
  ]

  private static let passwordPolicy = [
    Property("minimumLength", .integer(6...99), default: 8, "The fewest characters."),
    Property(
      "passwordHistorySize", .integer(0...24), default: 0, "How many former passwords can't be taken again."),
    Property("requireLowercase", .boolean, default: false, "A small letter is needed."),
    Property("requireNumbers", .boolean, default: false, "A digit is needed."),
    Property("requireSymbols", .boolean, default: false, "A sign is needed."),
    Property("requireUppercase", .boolean, default: false, "A capital letter is needed."),
    Property(
      "temporaryPasswordValidityDays", .integer(0...365), default: 7,
      "How many days the first password of an invited user works."),
  ]

  private static let addOns = [
    Property(
      "advancedSecurityAdditionalFlows",
      .object([
        Property(
          "customAuthMode", .choice(["AUDIT", "ENFORCED"]), "The same for flows of lambdas of your own.")
      ]), "What else is protected."),
    Property(
      "advancedSecurityMode", .choice(["AUDIT", "ENFORCED", "OFF"]), required: true,
      "Whether suspicious sign-ins are noted, or also stopped."),
  ]

  private static let operation = [
    Property(
      "adminCreateUserConfig",
      .object([
        Property(
          "allowAdminCreateUserOnly", .boolean, default: false, "Whether users can't sign up by themselves."),
        Property("inviteMessageTemplate", .object(invitation), "What an invited user is told."),
      ]), readAsWanted: true, "How users come in that do not sign up."),
    Property(
      "attributesRequireVerificationBeforeUpdate", .set(.choice(["email", "phone_number"])),
      "What keeps its value until a new one is verified."),
    Property(
      "deletionProtection", .choice(["ACTIVE", "INACTIVE"]), default: "INACTIVE",
      "ACTIVE: Cognito refuses to delete the pool."),
    Property(
      "lambdaConfig", .object(triggers), readAsWanted: true,
      "Lambdas that are called on the way. Stackform derives the permissions for those of the stack."),
    Property(
      "userPoolTier", .choice(["ESSENTIALS", "LITE", "PLUS"]), default: "ESSENTIALS",
      "The feature plan, by which AWS charges."),
  ]

  private static let invitation = [
    Property("emailMessage", .string(TextRule(length: 6...20_000)), "With {username} and {####} in it."),
    Property("emailSubject", .string(TextRule(length: 1...140)), "The subject."),
    Property("smsMessage", .string(TextRule(length: 6...140)), "With {username} and {####} in it."),
  ]
}
