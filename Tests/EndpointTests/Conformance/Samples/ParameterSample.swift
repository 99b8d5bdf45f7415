extension KindSample {
  static let parameter = KindSample(
    section: "ssmParameters",
    properties: [
      "type": "String", "value": "'one'", "description": "a limit", "allowedPattern": "'[a-z]+'",
      "dataType": "text", "tier": "Advanced", "tags": "{ team: blue }",
    ],
    mutations: [
      "value": "'two'", "description": "another limit", "allowedPattern": "'[a-z0-9]+'",
      "tags": "{ owner: red }",
    ],
    replacements: ["name": "/shop/renamed", "type": "StringList", "tier": "Standard"],
    indispensable: ["tier", "value"],
    outsideChanges: [
      "value": put("Value='theirs'"), "description": put("Value='one', Description='theirs'"),
      "allowedPattern": put("Value='one', AllowedPattern='.*'"),
      "tags": """
      client("ssm").add_tags_to_resource(
          ResourceType="Parameter", ResourceId=name, Tags=[{"Key": "team", "Value": "theirs"}])
      """,
    ],
    part: StackPart(
      entries: """
          limit:
            name: /shop/limit
            type: String
            value: "{size}"
            tags: {tags}
        """,
      listing: #"[p["Name"] for p in c("ssm").describe_parameters()["Parameters"]]"#))

  /// The service decides once which of two tiers it is.
  static let policedParameter = KindSample(
    section: "ssmParameters",
    properties: [
      "type": "String", "value": "one", "tier": "Intelligent-Tiering",
      "policies": "[\(notice("7")), \(notice("8"))]",
    ],
    mutations: ["policies": "[\(notice("9"))]"], indispensable: ["tier", "value"],
    outsideChanges: ["policies": put("Value='one', Tier='Advanced', Policies='[{}]'")])

  static let secureParameter = KindSample(
    section: "ssmParameters",
    properties: ["type": "SecureString", "secureValue": "first", "keyId": "alias/mine"],
    mutations: ["secureValue": "second", "keyId": "alias/other"], indispensable: ["secureValue"],
    outsideChanges: [
      "secureValue": put("Type='SecureString', Value='theirs', KeyId='alias/mine'"),
      "keyId": put("Type='SecureString', Value='first', KeyId='alias/theirs'"),
    ])

  static let tieredParameter = KindSample(
    section: "ssmParameters", properties: ["type": "StringList", "value": "'a,b'", "tier": "Standard"],
    mutations: ["tier": "Advanced"], indispensable: ["value"],
    unseen: [
      "tier":
        "it shows, but nothing puts it right in place: an advanced parameter is never made a standard one"
    ])

  static let imageParameter = KindSample(
    section: "ssmParameters",
    properties: ["type": "String", "value": "ami-0123456789abcdef0", "dataType": "text"],
    mutations: ["dataType": "'aws:ec2:image'"], indispensable: ["value"],
    outsideChanges: ["dataType": put("Value='ami-0123456789abcdef0', DataType='aws:ec2:image'")])

  private static func notice(_ days: String) -> String {
    "{ Type: NoChangeNotification, Version: '1.0', Attributes: { After: '\(days)', Unit: Days } }"
  }

  private static func put(_ arguments: String) -> String {
    "client('ssm').put_parameter(Name=name, Overwrite=True, \(arguments))"
  }
}
