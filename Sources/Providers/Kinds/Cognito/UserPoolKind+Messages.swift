import Planner

// What a pool sends to its users, and what it calls.
extension UserPoolKind {
  /// {####} is where the code stands.
  private static func message(_ length: ClosedRange<Int>) -> Shape {
    .string(
      TextRule(length: length, pattern: "[\\s\\S]*\\{####\\}[\\s\\S]*", says: "with {####} for the code"))
  }

  private static let subject = Shape.string(TextRule(length: 1...140))

  static let messages = [
    Property(
      "emailAuthenticationMessage", message(6...20_000),
      "The mail with a code that signs in, with {####} in it."),
    Property("emailAuthenticationSubject", subject, "Its subject."),
    Property(
      "emailConfiguration", .object(email), readAsWanted: true,
      "How mail is sent; by Cognito, fifty a day, without it."),
    Property(
      "emailVerificationMessage", message(6...20_000),
      "The mail with a code that verifies an address, with {####} in it."),
    Property("emailVerificationSubject", subject, "Its subject."),
    Property(
      "smsAuthenticationMessage", message(6...140), "The text with a code that signs in, with {####} in it."),
    Property(
      "smsConfiguration",
      .object([
        Property("externalId", .text, "What the role's trust policy asks for as `sts:ExternalId`."),
        Property(
          "snsCallerArn", .arn, required: true,
          "The role as which texts are sent; Cognito must be able to assume it."),
        Property("snsRegion", .string(TextRule(length: 5...32)), "The region of SNS; the pool's without it."),
      ]), "How texts are sent; none are without it."),
    Property(
      "smsVerificationMessage", message(6...140),
      "The text with a code that verifies a number, with {####} in it."),
    Property(
      "verificationMessageTemplate", .object(template), readAsWanted: true,
      "Verification by a link, or by a code with texts of your own."),
  ]

  private static let email = [
    Property(
      "configurationSet",
      .string(TextRule(length: 1...64, pattern: "[a-zA-Z0-9_-]+", says: "letters, digits, _ and -")),
      "DEVELOPER: the configuration set of SES."),
    Property(
      "emailSendingAccount", .choice(["COGNITO_DEFAULT", "DEVELOPER"]), default: "COGNITO_DEFAULT",
      "Who sends: Cognito, or the account's SES."),
    Property("from", .text, "DEVELOPER: the sender, as `Shop <shop@example.com>`."),
    Property("replyToEmailAddress", .text, "Where answers go."),
    Property("sourceArn", .arn, "The ARN of the identity in SES that sends."),
  ]

  private static let template = [
    Property(
      "defaultEmailOption", .choice(["CONFIRM_WITH_CODE", "CONFIRM_WITH_LINK"]), default: "CONFIRM_WITH_CODE",
      "What verifies an address."),
    Property("emailMessage", message(6...20_000), "With a code: the mail, with {####} in it."),
    Property(
      "emailMessageByLink",
      .string(
        TextRule(
          length: 6...20_000, pattern: "[\\s\\S]*\\{##[\\s\\S]*##\\}[\\s\\S]*",
          says: "with {## and ##} around the link's words")), "With a link: the mail."),
    Property("emailSubject", subject, "With a code: the subject."),
    Property("emailSubjectByLink", subject, "With a link: the subject."),
    Property("smsMessage", message(6...140), "The text, with {####} in it."),
  ]

  // MARK: Triggers

  static let triggers = [
    Property("createAuthChallenge", .arn, "Makes the challenge of a flow of your own."),
    Property("customEmailSender", .object(sender), "Sends mail in the place of Cognito."),
    Property("customMessage", .arn, "Words what is sent."),
    Property("customSMSSender", .object(sender), "Sends texts in the place of Cognito."),
    Property("defineAuthChallenge", .arn, "Says which challenge of a flow of your own comes next."),
    Property("inboundFederation", .object(sender), "Changes what another identity provider tells of a user."),
    Property("kmsKeyID", .arn, "The key that encrypts the codes for senders of your own."),
    Property("postAuthentication", .arn, "Hears who signed in."),
    Property("postConfirmation", .arn, "Hears who was confirmed."),
    Property("preAuthentication", .arn, "Says whether a user may sign in."),
    Property("preSignUp", .arn, "Says whether a user may sign up."),
    Property("preTokenGeneration", .arn, "Changes what identity tokens say."),
    Property(
      "preTokenGenerationConfig", .object(versioned(["V1_0", "V2_0", "V3_0"])),
      "Changes what tokens say: access tokens, too, from V2_0 on."),
    Property("userMigration", .arn, "Brings users in from elsewhere as they sign in."),
    Property("verifyAuthChallengeResponse", .arn, "Judges the answer to a challenge."),
  ]

  private static let sender = versioned(["V1_0"])

  private static func versioned(_ versions: [String]) -> [Property] {
    [
      Property("lambdaArn", .arn, required: true, "The lambda's ARN."),
      Property("lambdaVersion", .choice(versions), required: true, "The form of what the lambda gets."),
    ]
  }
}
