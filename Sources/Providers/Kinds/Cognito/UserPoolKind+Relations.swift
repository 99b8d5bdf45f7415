package import Planner

extension UserPoolKind {
  static let relations: [Relation] =
    [
      .excludes(
        "aliasAttributes", "usernameAttributes", because: "Who has no name of their own needs no other."),
      .goesWith(
        ["enabledMfas", "emailAuthenticationMessage", "emailAuthenticationSubject"],
        .value("mfaConfiguration", "ON", "OPTIONAL"), because: "Cognito refuses factors where MFA is off."),
      .needs(.value("mfaConfiguration", "ON", "OPTIONAL"), "enabledMfas"),
      .excludes(
        .value("userPoolAddOns.advancedSecurityMode", "AUDIT", "ENFORCED"),
        .value("userPoolTier", "ESSENTIALS"),
        because: "Threat protection is a feature of the plan PLUS."),
      .excludes(
        .number("passwordPolicy.passwordHistorySize", 1...), .value("userPoolTier", "LITE"),
        because: "The plan LITE remembers no passwords."),
      .atMost(2, of: "recoveryMechanisms", what: "ways"),
      .distinct("recoveryMechanisms.*.priority"), .distinct("recoveryMechanisms.*.name"),
    ]
    + Relation.inside(
      "emailConfiguration",
      .needs(.value("emailSendingAccount", "DEVELOPER"), "sourceArn"),
      .goesWith(["configurationSet", "from"], .value("emailSendingAccount", "DEVELOPER")))
    + Relation.inside(
      "lambdaConfig", .goesWith(["kmsKeyID"], .any(["customEmailSender", "customSMSSender"])),
      .needs("customEmailSender", "kmsKeyID"), .needs("customSMSSender", "kmsKeyID"))
    + Relation.inside(
      "schema.*",
      .goesWith(["numberAttributeConstraints"], .value("attributeDataType", "Number")),
      .goesWith(["stringAttributeConstraints"], .value("attributeDataType", "String")),
      .compared("numberAttributeConstraints.minValue", .atMost, "numberAttributeConstraints.maxValue"),
      .compared("stringAttributeConstraints.minLength", .atMost, "stringAttributeConstraints.maxLength"))
    + [
      ("emailVerificationMessage", "emailMessage"), ("emailVerificationSubject", "emailSubject"),
      ("smsVerificationMessage", "smsMessage"),
    ].map {
      .excludes(
        .set($0), .set("verificationMessageTemplate.\($1)"), because: "They are two names of one text.")
    }

  package func problems(of resource: Resource) -> [PropertyProblem] {
    attributeProblems(of: resource) + factorProblems(of: resource) + recoveryProblems(of: resource)
  }

  private func attributeProblems(of resource: Resource) -> [PropertyProblem] {
    let custom = (resource["schema"]?.map ?? [:]).filter { !UserPoolAttributes.standard.contains($0.key) }
    var problems: [PropertyProblem] = []
    if custom.count > 50 {
      problems.append(
        PropertyProblem(
          ["schema"], "Too many attributes", "A pool has at most 50 custom attributes, not \(custom.count)."))
    }
    for (name, attribute) in custom.sorted(by: { $0.key < $1.key }) {
      let path = ["schema", name]
      if !(1...20).contains(name.count) || name.contains(where: { $0.isWhitespace || $0 == ":" }) {
        problems.append(
          PropertyProblem(
            path, "Bad attribute name",
            "A custom attribute's name has 1 to 20 signs, and no blank or colon: Cognito puts custom: before it.",
            fix: "Choose another name."))
      }
      if attribute["required"] == true {
        problems.append(
          PropertyProblem(
            path + ["required"], "Required custom attribute",
            "Cognito takes no custom attribute that is required.",
            fix: "Take required out."))
      }
    }
    return problems
  }

  /// What a factor needs so that Cognito can send its codes.
  private func factorProblems(of resource: Resource) -> [PropertyProblem] {
    let factors = resource["enabledMfas"]?.list ?? []
    func missing(_ factor: String, _ detail: String, _ fix: String) -> PropertyProblem {
      let position = factors.firstIndex(of: .string(factor)) ?? 0
      return PropertyProblem(["enabledMfas", String(position)], "Missing property", detail, fix: fix)
    }
    var problems: [PropertyProblem] = []
    if factors.contains("SMS_MFA"), resource["smsConfiguration"]?.isEmpty ?? true {
      problems.append(
        missing("SMS_MFA", "Texts need a role that sends them.", "Set smsConfiguration, or take SMS_MFA out.")
      )
    }
    let account = resource["emailConfiguration"]?["emailSendingAccount"]
    if factors.contains("EMAIL_OTP"), account != "DEVELOPER", account?.isPending != true {
      problems.append(
        missing(
          "EMAIL_OTP", "Codes by mail need the account's SES.",
          "Set emailConfiguration with emailSendingAccount: DEVELOPER, or take EMAIL_OTP out."))
    }
    if !factors.isEmpty, !factors.contains("EMAIL_OTP"), !factors.contains(where: \.isPending) {
      for name in ["emailAuthenticationMessage", "emailAuthenticationSubject"] where resource.says(name) {
        problems.append(
          PropertyProblem(
            [name], "Options that don't go together", "\(name) is for codes by mail, which are not enabled.",
            fix: "Add EMAIL_OTP to enabledMfas, or take \(name) out."))
      }
    }
    return problems
  }

  private func recoveryProblems(of resource: Resource) -> [PropertyProblem] {
    let ways = resource["recoveryMechanisms"]?.list ?? []
    guard ways.count > 1, let alone = ways.firstIndex(where: { $0["name"] == "admin_only" }) else {
      return []
    }
    return [
      PropertyProblem(
        ["recoveryMechanisms", String(alone), "name"], "Options that don't go together",
        "Where only an administrator gives new passwords there is no other way.",
        fix: "Take admin_only or the other out.")
    ]
  }
}
