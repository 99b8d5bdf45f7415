extension KindSample {
  static let keyAlias = KindSample(
    section: "kmsAliases",
    surroundings: ["kmsKeys": "  one: {}\n  two: {}"],
    properties: ["targetKeyId": "'${kmsKeys.one.arn}'"],
    mutations: ["targetKeyId": "'${kmsKeys.two.keyId}'"],
    replacements: ["name": "team/renamed"],
    outsideChanges: [
      "targetKeyId": """
      client("kms").update_alias(
          AliasName="alias/" + name, TargetKeyId=client("kms").create_key()["KeyMetadata"]["KeyId"])
      """
    ],
    part: StackPart(
      entries: """
          orders: { targetKeyId: "${kmsKeys.orders.keyId}" }
        """,
      listing:
        #"[a["AliasName"] for a in c("kms").list_aliases()["Aliases"] if not a["AliasName"].startswith("alias/aws/")]"#
    ))
}
