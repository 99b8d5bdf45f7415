import Planner

/// A text that Secrets Manager makes at random, perhaps as a member of a template.
///
/// The text is nowhere but in the answer of GetRandomPassword and in the call that stores it. What made it is compared with
/// what was applied last, so that it is made anew only where the entry says something else. Without a record of it, the text
/// that is there stays.
struct GeneratedSecret {
  private let settings: [String: Value]

  /// nil for a secret whose text is not generated.
  init?(_ resource: Resource) {
    guard let settings = resource["generateSecretString"]?.map else { return nil }
    self.settings = settings
  }

  private static let exclusions = [
    "excludeLowercase", "excludeNumbers", "excludePunctuation", "excludeUppercase",
  ]

  static let members = [
    Property("excludeCharacters", .string(TextRule(length: 0...4096)), "Signs that are not to occur in it."),
    Property("excludeLowercase", .boolean, default: false, "Without lowercase letters."),
    Property("excludeNumbers", .boolean, default: false, "Without digits."),
    Property("excludePunctuation", .boolean, default: false, "Without other signs."),
    Property("excludeUppercase", .boolean, default: false, "Without uppercase letters."),
    Property("generateStringKey", .text, "The member of the template that holds the text."),
    Property("generation", .integer(0...1_000_000), default: 0, "Another number asks for another text."),
    Property("includeSpace", .boolean, default: false, "With blanks."),
    Property("passwordLength", .integer(1...4096), default: 32, "How many signs it has."),
    Property(
      "requireEachIncludedType", .boolean, default: true, "One of each sort of signs at least is in it."),
    Property("secretStringTemplate", .text, "A JSON object that the text is put into."),
  ]

  static func problems(of settings: Value) -> [PropertyProblem] {
    var problems: [PropertyProblem] = []
    if let template = settings["secretStringTemplate"]?.string, Value(json: template)?.map == nil {
      problems.append(
        PropertyProblem(
          ["generateSecretString", "secretStringTemplate"], "Not a JSON object",
          "The template is the text of a JSON object.", fix: "Write it as {\"username\": \"me\"}."))
    }
    let sorts = exclusions.count { settings[$0] != true }
    if sorts == 0, settings["includeSpace"] != true {
      problems.append(
        PropertyProblem(
          ["generateSecretString"], "Nothing to generate a text of", "It leaves all sorts of signs out.",
          fix: "Leave one of \(exclusions.joined(separator: ", ")) out."))
    }
    let least = settings["requireEachIncludedType"] == false ? 1 : sorts
    if let length = settings["passwordLength"]?.integer, length < least {
      problems.append(
        PropertyProblem(
          ["generateSecretString", "passwordLength"], "Text too short",
          "One of each of \(least) sorts of signs can't be in a text of \(length).",
          fix: "Set requireEachIncludedType: false, or a greater length."))
    }
    return problems
  }

  /// Another text each time.
  func text(_ aws: ReadingClient) async throws(ProviderError) -> String {
    let ours = ["generateStringKey", "generation", "secretStringTemplate"]
    let wanted = Resource(
      Address("secrets", "text"), properties: settings.filter { !ours.contains($0.key) })
    let schema = Schema(
      section: "secrets", kind: "text", title: "", summary: "", naming: nil, isTaggable: false,
      properties: Self.members, attributes: [], example: "")
    let input = WireFields().fields(of: wanted, wanted.properties.keys, in: schema)
    let answer = try await aws.read(SecretsManager.getRandomPassword, input)
    let password = answer["RandomPassword"] ?? ""
    guard let key = settings["generateStringKey"]?.string,
      var members = settings["secretStringTemplate"]?.string.flatMap({ Value(json: $0)?.map })
    else { return password.string ?? "" }
    members[key] = password
    return Value.map(members).json
  }
}
