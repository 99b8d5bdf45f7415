extension KindSample {
  /// The class is not among the replacements: LocalStack never tells it, so that no change of it can be seen there.
  static let logGroup = KindSample(
    section: "logGroups",
    properties: [
      "retentionInDays": "7", "logGroupClass": "INFREQUENT_ACCESS", "tags": "{ team: blue }",
      "kmsKeyId": "'arn:aws:kms:us-east-1:{account}:key/11111111-1111-1111-1111-111111111111'",
    ],
    mutations: ["retentionInDays": "14", "tags": "{ owner: red }"],
    replacements: ["name": "/another/group"],
    outsideChanges: [
      "retentionInDays": """
      client("logs").put_retention_policy(logGroupName=name, retentionInDays=30)
      """
    ],
    defects: [
      Defect(
        endpoint: .ministack, property: "kmsKeyId",
        evidence: "DisassociateKmsKey: 400 InvalidOperationException Unknown action"),
      Defect(
        endpoint: .localstack, property: "kmsKeyId",
        evidence: "DisassociateKmsKey: 501 The disassociate_kms_key action has not been implemented"),
    ])
}
