import Planner

extension CloudFrontFunctionKind {
  static let declaration = Schema(
    section: "cloudFrontFunctions", kind: "CloudFront function", title: "Amazon CloudFront function",
    summary:
      "A CloudFront function is JavaScript that runs at the edge, on a distribution's requests or answers.",
    naming: Naming(
      TextRule(length: 1...64, pattern: "[a-zA-Z0-9_-]+", says: "letters, digits, hyphens and underscores")),
    properties: [
      Property(
        "autoPublish", .boolean, default: false, readAsWanted: true,
        "Whether what changes is published to the stage LIVE, which distributions run. Else it stays in DEVELOPMENT."
      ),
      Property(
        "functionCode", .string(TextRule(length: 1...40_960)), required: true,
        "The JavaScript, as text. `file(…)` takes it from a file."),
      Property("functionConfig", .object(config), required: true, "How it runs."),
    ],
    attributes: [
      Attribute("arn", early: true, "The function's ARN, for a distribution's cache behaviour."),
      Attribute("name", early: true, "The function's name."),
    ],
    relations: Relation.inside(
      "functionConfig",
      .goesWith(
        ["keyValueStoreAssociations"], .value("runtime", "cloudfront-js-2.0"),
        because: "The older runtime knows no key value stores."),
      .atMost(1, of: "keyValueStoreAssociations", what: "key value stores")),
    example: """
      cloudFrontFunctions:
        rewrite:
          autoPublish: true
          functionConfig: { runtime: cloudfront-js-2.0 }
          functionCode: "${file('functions/rewrite.js')}"
      """)

  private static let config = [
    Property("comment", .text, default: "", "What the function is for."),
    Property(
      "keyValueStoreAssociations", .set(.arn), "The ARN of the key value store that the code reads."),
    Property(
      "runtime", .choice(["cloudfront-js-1.0", "cloudfront-js-2.0"]), required: true,
      "The version of the language."),
  ]
}
