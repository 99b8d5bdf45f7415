package import Planner

/// Aliases of AWS KMS keys.
///
/// Reads: one listing for all. Writes: one to create one, one to move it to another key. Facts: the KMS API reference, and
/// `AWS::KMS::Alias` in CloudFormation.
package struct KeyAliasKind: DescribedKind {
  private static let mark = "alias/"

  package let schema = Schema(
    section: "kmsAliases", kind: "alias", title: "AWS KMS alias",
    summary: "An alias is a name for a key. One call moves it to another key, while it is in use.",
    naming: Naming(
      TextRule(
        length: 1...250, pattern: "(?!aws/|alias/)[a-zA-Z0-9/_-]+",
        says:
          "letters, digits and the signs / _ -, without alias/ at its beginning (Stackform adds it), and without "
          + "aws/")),
    isTaggable: false,
    properties: [
      Property(
        "targetKeyId",
        .string(
          TextRule(
            length: 1...2048, pattern: "(arn:[^:]+:kms:[^:]+:[^:]+:key/)?[a-zA-Z0-9-]+",
            says: "a key's id or ARN", core: .after("key/"))), required: true, "The id or the ARN of the key."
      )
    ],
    attributes: [
      Attribute("aliasName", early: true, "The name that calls take: alias/ and the name."),
      Attribute("arn", early: true, "The alias's ARN."), Attribute("name", early: true, "The alias's name."),
    ],
    example: """
      kmsAliases:
        orders:
          targetKeyId: "${kmsKeys.orders.keyId}"
      """)

  let calls = KindCalls(
    identity: Identity(
      creation: ["AliasName": alias], reference: ["AliasName": alias],
      known: ["aliasName": alias, "arn": .arn("kms", mark)]),
    create: KMS.createAlias, read: KMS.listAliases, change: .partial(KMS.updateAlias),
    ending: Ending(delete: KMS.deleteAlias),
    listing: Listing(
      operation: KMS.listAliases, name: "AliasName", mark: mark, holdsState: true, input: ["Limit": 100]))

  private static let alias = Identity.Part.made { name, _ in .string(mark + name) }
}
