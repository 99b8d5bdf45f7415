extension KindSample {
  static let activity = KindSample(
    section: "activities",
    properties: ["encryptionConfiguration": stepFunctionsKey("1"), "tags": "{ team: blue }"],
    mutations: ["tags": "{ owner: red }"],
    replacements: ["encryptionConfiguration": stepFunctionsKey("2"), "name": "another"],
    outsideChanges: [
      "tags": """
      client("stepfunctions").tag_resource(
        resourceArn=f"arn:aws:states:{region}:{account}:activity:{name}", tags=[{"key": "team", "value": "theirs"}])
      """
    ],
    unseen: ["encryptionConfiguration": "no endpoint tells it; what was applied last stands for it"],
    defects: [
      Defect(
        endpoint: .localstack, property: nil,
        evidence: "CreateActivity with tags: 200; ListTagsForResource and TagResource: 400 ResourceNotFound")
    ],
    part: StackPart(
      entries: """
          approval: { tags: {tags} }
        """,
      listing: #"[a["name"] for a in c("stepfunctions").list_activities()["activities"]]"#))

  /// Encryption with a key of the account, as Step Functions takes it.
  static func stepFunctionsKey(_ key: String) -> String {
    "{ type: CUSTOMER_MANAGED_KMS_KEY, kmsDataKeyReusePeriodSeconds: 600, "
      + "kmsKeyId: 'arn:aws:kms:us-east-1:{account}:key/11111111-1111-1111-1111-11111111111\(key)' }"
  }
}
