package import Planner

extension ParameterKind {
  static let properties = [
    Property(
      "allowedPattern", .string(TextRule(length: 0...1024)),
      "A regular expression that the service holds each new value against."),
    Property(
      "dataType", .choice(["text", "aws:ec2:image", "aws:ssm:integration"]), default: "text",
      "What the value is: aws:ec2:image is the id of an image, which the service looks up."),
    Property("description", .string(TextRule(length: 0...1024)), "What the parameter is for."),
    Property(
      "keyId", .string(TextRule(length: 1...256)), default: "alias/aws/ssm",
      "The id, alias or ARN of the KMS key that encrypts a SecureString."),
    Property(
      "policies", .set(.document),
      "Parameter policies: when the parameter expires, and who is told. Each has a Type, a Version and Attributes."
    ),
    Property(
      "secureValue", .string(TextRule(length: 1...8192)), need: .value, secret: true,
      "The text of a SecureString. It is decrypted to be compared, if the credentials may; else it is sent when it changes "
        + "in the file."),
    Property(
      "tier", .choice(["Standard", "Advanced", "Intelligent-Tiering"]), default: "Standard", staysOn: true,
      readAsWanted: true,
      "Advanced parameters hold 8 KB and have policies, and cost something. Intelligent-Tiering makes them advanced where they "
        + "must be."),
    Property(
      "type", .choice(["String", "StringList", "SecureString"]), required: true, change: .replaces,
      "A text, texts with commas between them, or a secret text."),
    Property(
      "value", .string(TextRule(length: 1...8192)), need: .value, "The text of a String or a StringList."),
  ]

  static let relations = [
    Relation.exactlyOne(of: "value", "secureValue"),
    .goesWith(["secureValue", "keyId"], .value("type", "SecureString")),
    .goesWith(["value"], .value("type", "String", "StringList")),
    .needs(
      "policies", .any([.value("tier", "Advanced"), .value("tier", "Intelligent-Tiering")]),
      because: "Only advanced parameters have policies."),
    .atMost(10, of: "policies", what: "policies"),
  ]

  package func problems(of resource: Resource) -> [PropertyProblem] {
    ["value", "secureValue"].flatMap { name -> [PropertyProblem] in
      guard let text = resource[name]?.string else { return [] }
      var problems: [PropertyProblem] = []
      if text.contains("{{") {
        problems.append(
          PropertyProblem(
            [name], "Reference in a parameter",
            "Parameter Store takes no {{ in a value: parameters can't refer to others.",
            fix: "Write the value itself."))
      }
      // Without one the account's default tier counts.
      if resource["tier"] == "Standard", text.utf8.count > 4096 {
        problems.append(
          PropertyProblem(
            [name], "Value too long",
            "A standard parameter holds 4096 bytes, and this has \(text.utf8.count).",
            fix: "Set tier: Advanced, for up to 8192."))
      }
      return problems
    }
  }

  package func problems(of resource: Resource, in stack: Stack) -> [PropertyProblem] {
    guard stack.target.has(.dropsSlashOfParameters), let name = resource.name, name.hasPrefix("/"),
      !name.dropFirst().contains("/")
    else { return [] }
    return [
      PropertyProblem(
        ["name"], "Name not kept",
        "This endpoint keeps \(name) as \(name.dropFirst()), and finds no tags of it.",
        fix: "Choose a name of more words, as /shop\(name), or one without a slash.")
    ]
  }
}
