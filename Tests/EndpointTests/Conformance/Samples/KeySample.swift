extension KindSample {
  static let kmsKey = KindSample(
    section: "kmsKeys",
    properties: [
      "description": "'first'", "enableKeyRotation": "true", "rotationPeriodInDays": "180",
      "keyPolicy": policy("kms:*"), "multiRegion": "false", "keySpec": "SYMMETRIC_DEFAULT",
      "keyUsage": "ENCRYPT_DECRYPT", "origin": "AWS_KMS", "pendingWindowInDays": "7",
      "bypassPolicyLockoutSafetyCheck": "false", "tags": "{ team: blue }",
    ],
    mutations: [
      "description": "'second'", "rotationPeriodInDays": "90", "keyPolicy": policy("kms:Get*"),
      "pendingWindowInDays": "8", "bypassPolicyLockoutSafetyCheck": "true",
      "tags": "{ owner: red }",
    ],
    replacements: ["multiRegion": "true"],
    companions: ["enableKeyRotation": ["rotationPeriodInDays"]],
    outsideChanges: [
      "description": "client('kms').update_key_description(KeyId=id, Description='theirs')",
      "rotationPeriodInDays": "client('kms').enable_key_rotation(KeyId=id, RotationPeriodInDays=100)",
      "keyPolicy": """
      client("kms").put_key_policy(KeyId=id, PolicyName="default", Policy=json.dumps({
          "Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {
          "AWS": f"arn:aws:iam::{account}:root"}, "Action": "kms:Describe*", "Resource": "*"}]}))
      """,
      "tags": "client('kms').tag_resource(KeyId=id, Tags=[{'TagKey': 'team', 'TagValue': 'theirs'}])",
    ],
    part: StackPart(
      entries: """
          orders:
            description: Orders {size}
            enableKeyRotation: {changed}
            tags: {tags}
        """,
      listing: #"""
        [k["KeyId"] for k in c("kms").list_keys()["Keys"]
         if c("kms").describe_key(KeyId=k["KeyId"])["KeyMetadata"]["KeyState"] != "PendingDeletion"]
        """#))

  /// Rotation without a period of its own. No key's rotation can be changed while it is disabled.
  static let rotatedKey = KindSample(
    section: "kmsKeys", properties: ["enableKeyRotation": "false"], mutations: ["enableKeyRotation": "true"],
    outsideChanges: ["enableKeyRotation": "client('kms').enable_key_rotation(KeyId=id)"])

  static let hashKey = KindSample(
    section: "kmsKeys",
    properties: ["keySpec": "HMAC_256", "keyUsage": "GENERATE_VERIFY_MAC", "enabled": "true"],
    mutations: ["enabled": "false"], replacements: ["keySpec": "HMAC_512"],
    outsideChanges: ["enabled": "client('kms').disable_key(KeyId=id)"])

  static let signingKey = KindSample(
    section: "kmsKeys", properties: ["keySpec": "ECC_NIST_P256", "keyUsage": "SIGN_VERIFY"],
    replacements: ["keyUsage": "KEY_AGREEMENT"])

  static let importedKey = KindSample(
    section: "kmsKeys", properties: ["origin": "EXTERNAL"], replacements: ["origin": "AWS_KMS"])

  private static func policy(_ actions: String) -> String {
    "{ Version: '2012-10-17', Statement: [{ Effect: Allow, Principal: { AWS: 'arn:aws:iam::{account}:root' }, "
      + "Action: '\(actions)', Resource: '*' }] }"
  }
}
