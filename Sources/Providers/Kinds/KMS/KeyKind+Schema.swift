package import Planner

extension KeyKind {
  private static let specs = [
    "SYMMETRIC_DEFAULT", "RSA_2048", "RSA_3072", "RSA_4096", "ECC_NIST_P256", "ECC_NIST_P384",
    "ECC_NIST_P521", "ECC_SECG_P256K1", "ECC_NIST_EDWARDS25519", "HMAC_224", "HMAC_256", "HMAC_384",
    "HMAC_512", "SM2", "ML_DSA_44", "ML_DSA_65", "ML_DSA_87",
  ]
  private static let usages = ["ENCRYPT_DECRYPT", "SIGN_VERIFY", "GENERATE_VERIFY_MAC", "KEY_AGREEMENT"]

  static let properties = [
    Property(
      "bypassPolicyLockoutSafetyCheck", .boolean, default: false, writeOnly: true,
      "Take a key policy by which the caller itself could not change it any more. It is sent with the policy, and never "
        + "read back."),
    Property("description", .string(TextRule(length: 0...8192)), "What the key is for."),
    Property(
      "enabled", .boolean, default: true,
      "Whether the key can be used. Where the ledger's key waits for its deletion, that is called off."),
    Property(
      "enableKeyRotation", .boolean, default: false,
      "The service makes new key material every year, or as often as rotationPeriodInDays says."),
    Property(
      "keyPolicy", .policy, readAsWanted: true,
      "Who may use and change the key. Without it the account's policies decide, by a policy that names its root."
    ),
    Property(
      "keySpec", .choice(specs), default: "SYMMETRIC_DEFAULT", change: .replaces, "What sort of key it is."),
    Property(
      "keyUsage", .choice(usages), default: "ENCRYPT_DECRYPT", change: .replaces, "What the key is used for."),
    Property(
      "multiRegion", .boolean, default: false, change: .replaces,
      "The key is the primary one of keys in several regions."),
    Property(
      "origin", .choice(["AWS_KMS", "EXTERNAL"]), default: "AWS_KMS", change: .replaces,
      "Who makes the key material. An EXTERNAL key can be used once somebody has imported it."),
    Property(
      "pendingWindowInDays", .integer(7...30), default: 30, onDeletion: true,
      "How long a deleted key waits for its end."),
    Property(
      "rotationPeriodInDays", .integer(90...2560), default: 365, "How often the material is rotated."),
  ]

  private static let symmetric = Condition.value("keySpec", "SYMMETRIC_DEFAULT")

  static let relations = [
    Relation.goesWith(["rotationPeriodInDays"], .value("enableKeyRotation", true)),
    .needs(
      .value("enableKeyRotation", true), symmetric, .value("origin", "AWS_KMS"),
      because: "Only symmetric keys of material that KMS made are rotated."),
  ]

  /// "Key spec reference" in the developer guide.
  private static func usages(of spec: String) -> [String] {
    switch spec {
    case "SYMMETRIC_DEFAULT": ["ENCRYPT_DECRYPT"]
    case "SM2": ["ENCRYPT_DECRYPT", "SIGN_VERIFY", "KEY_AGREEMENT"]
    case "ECC_NIST_P256", "ECC_NIST_P384", "ECC_NIST_P521": ["SIGN_VERIFY", "KEY_AGREEMENT"]
    case _ where spec.hasPrefix("RSA_"): ["ENCRYPT_DECRYPT", "SIGN_VERIFY"]
    case _ where spec.hasPrefix("HMAC_"): ["GENERATE_VERIFY_MAC"]
    default: ["SIGN_VERIFY"]
    }
  }

  package func problems(of resource: Resource) -> [PropertyProblem] {
    let spec = (resource["keySpec"] ?? "SYMMETRIC_DEFAULT").string
    let usage = (resource["keyUsage"] ?? "ENCRYPT_DECRYPT").string
    guard let spec, let usage, !Self.usages(of: spec).contains(usage) else { return [] }
    let usages = Self.usages(of: spec)
    return [
      PropertyProblem(
        [resource["keyUsage"] == nil ? "keySpec" : "keyUsage"], "Wrong use of a key",
        "A key of the spec \(spec) is for \(usages.joined(separator: " or ")), not for \(usage).",
        fix: "Set keyUsage: \(usages[0]), or another keySpec.")
    ]
  }
}
