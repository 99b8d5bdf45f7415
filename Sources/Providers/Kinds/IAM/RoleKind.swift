import Planner

/// IAM roles.
///
/// Three or more are read by one GetAccountAuthorizationDetails (whose answer lacks description and session duration:
/// a GetRole for each that asks for them); fewer by GetRole and what is asked for of GetRolePolicy, ListRolePolicies
/// and ListAttachedRolePolicies. A creation is CreateRole, tags included, and one call a policy.
struct RoleKind: AWSKind {
  /// What the inline policy is called that the property `policy` is.
  static let policyName = "stackform"
  static let assumption: [String: Value] = ["Effect": "Allow", "Action": "sts:AssumeRole"]

  /// `roleDescriptionType` in the model of the IAM API: no dash longer than a hyphen, no curly quotation marks.
  private static let description = TextRule(
    length: 0...1000, pattern: "[\t\n\r\u{20}-\u{7E}\u{A1}-\u{FF}]*",
    says: "signs of Latin-1, as IAM takes no others")

  let schema = Schema(
    section: "roles", kind: "role", title: "AWS IAM role",
    summary: "An identity that services assume, with the permissions that its policies give.",
    naming: Naming(
      TextRule(length: 1...64, pattern: "[A-Za-z0-9_+=,.@-]+", says: "letters, digits and _+=,.@-")),
    hasPlainTags: true,
    properties: [
      Property(
        "assumedBy",
        .set(
          .string(
            TextRule(
              length: 1...256, pattern: "[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+",
              says: "a service's name, as lambda.amazonaws.com"))), readAsWanted: true,
        "The services that may assume the role, as `lambda.amazonaws.com`: short for a trust policy."),
      Property(
        "assumeRolePolicyDocument", .policy, need: .value, readAsWanted: true,
        "Who may assume the role, as a whole trust policy; instead of `assumedBy`."),
      Property(
        "policy", .policy, need: .value,
        "What the role may do: one inline policy, of the version 2012-10-17 unless it says otherwise. "
          + "Statements that Stackform derives are added here."),
      Property("policies", .map(.policy), need: .value, "Further inline policies, by name."),
      Property(
        "managedPolicyArns", .set(.arn), withdrawsLast: true, "The managed policies that are attached."),
      Property(
        "path",
        .string(TextRule(length: 1...512, pattern: "/([!-~]+/)?", says: "slashes at both ends")),
        default: "/", change: .replaces, "The path in the role's ARN."),
      Property(
        "maxSessionDuration", .integer(3600...43200), default: 3600, "Seconds that a session lasts at most."),
      Property("description", .string(description), "What the role is for."),
      Property("permissionsBoundary", .arn, "The managed policy that bounds what the role can ever do."),
    ],
    attributes: [
      Attribute("name", early: true, "The role's name."),
      Attribute("arn", early: true, "The role's ARN."),
      Attribute("id", early: false, "The role's unique id, as `AROA…`."),
    ],
    relations: [
      .exactlyOne(
        of: "assumedBy", "assumeRolePolicyDocument",
        because: "They say who may assume the role, as lambda.amazonaws.com."),
      .atMost(
        25, of: "managedPolicyArns", what: "managed policies",
        because: "IAM never attaches more to a role; put several into one."),
    ],
    example: """
      reporter:
        assumedBy: [lambda.amazonaws.com]
        policy:
          Statement: [{ Effect: Allow, Action: "s3:GetObject", Resource: "arn:aws:s3:::reports/*" }]
      """)

  func earlyAttributes(of resource: Resource, in target: Target) -> [String: Value] {
    guard let name = resource.name else { return [:] }
    var attributes: [String: Value] = ["name": .string(name)]
    if let path = (resource["path"] ?? "/").string {
      attributes["arn"] = target.arn("iam", "role\(path)\(name)", region: "")
    }
    return attributes
  }

  func problems(of resource: Resource) -> [PropertyProblem] {
    var problems: [PropertyProblem] = []
    for name in (resource["policies"]?.map ?? [:]).keys.sorted() {
      if name == Self.policyName {
        problems.append(
          PropertyProblem(
            ["policies", name], "Reserved name", "\"\(name)\" is the inline policy that `policy` is.",
            fix: "Give it another name, or move it to `policy`."))
      } else if name.isEmpty || name.count > 128 || !name.allSatisfy(Self.isNameCharacter) {
        problems.append(
          PropertyProblem(
            ["policies", name], "Policy name", "\"\(name)\" is no name that IAM takes.",
            fix: "Use at most 128 letters, digits and _+=,.@-."))
      }
    }
    let policies = (resource["policies"]?.map ?? [:]).sorted { $0.key < $1.key }
      .flatMap { PolicyText.problems(in: $1, at: ["policies", $0], of: .identity) }
    return problems + policies + attachmentProblems(of: resource)
      + PolicyText.problems(in: resource["policy"], at: ["policy"], of: .identity)
      + PolicyText.problems(
        in: resource["assumeRolePolicyDocument"], at: ["assumeRolePolicyDocument"], of: .trust)
      + IAM.tagProblems(of: resource)
  }

  /// "IAM and AWS STS quotas" in the IAM user guide: ten, and up to 25 on request.
  private func attachmentProblems(of resource: Resource) -> [PropertyProblem] {
    guard let count = resource["managedPolicyArns"]?.list?.count, count > 10, count <= 25 else { return [] }
    return [
      PropertyProblem(
        ["managedPolicyArns"], "Many managed policies",
        "\(count) are attached, and IAM takes ten in a role unless the account's quota was raised.",
        fix: "Put several into one, or ask AWS for up to 25.", severity: .warning)
    ]
  }

  func problems(of resource: Resource, in stack: Stack) -> [PropertyProblem] {
    let inline = [resource["policy"]].compactMap(\.self) + (resource["policies"]?.map ?? [:]).values
    let trust = [resource["assumeRolePolicyDocument"]].compactMap(\.self)
    let policies: [(property: String, what: String, policies: [Value], quota: PolicyQuota)] = [
      ("policy", "inline policies of \(resource.address) have", inline, .role),
      ("assumeRolePolicyDocument", "trust policy of \(resource.address) has", trust, .trust),
    ]
    return policies.compactMap { property, what, policies, quota in
      quota.excess(policies).map { size in
        PropertyProblem(
          [property], "Policy too long", "The \(what) \(quota.sentence(size)).",
          fix: "Move statements into `policies:` of their own and attach these, or grant on patterns.")
      }
    }
  }

  func completed(_ resource: Resource) -> Resource {
    var completed = resource
    for property in ["assumeRolePolicyDocument", "policy"] {
      completed.properties[property] = resource[property].map(PolicyText.versioned)
    }
    if let policies = resource["policies"]?.map {
      completed.properties["policies"] = .map(policies.mapValues(PolicyText.versioned))
    }
    return completed
  }

  private static func isNameCharacter(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character.isNumber || "_+=,.@-".contains(character))
  }

  /// The trust policy that a resource asks for.
  static func trust(of resource: Resource) -> Value {
    if let whole = resource["assumeRolePolicyDocument"], !whole.isNull { return whole }
    let services = (resource["assumedBy"]?.list ?? []).compactMap(\.string).sorted().map(Value.string)
    return [
      "Version": "2012-10-17",
      "Statement": .list([.map(assumption.merging(["Principal": ["Service": .list(services)]]) { $1 })]),
    ]
  }

  /// The services that a trust policy lets assume the role; nil when it says anything beyond that.
  static func services(inTrust policy: Value) -> Value? {
    let statements = policy.items("Statement")
    guard statements.count == 1, var rest = statements[0].map,
      let principal = rest.removeValue(forKey: "Principal")?.map, principal.keys.elementsEqual(["Service"])
    else { return nil }
    rest["Sid"] = nil
    if rest["Action"]?.list?.count == 1 { rest["Action"] = rest["Action"]?[0] }
    guard rest == assumption else { return nil }
    return .list(Value.map(principal).items("Service"))
  }
}
