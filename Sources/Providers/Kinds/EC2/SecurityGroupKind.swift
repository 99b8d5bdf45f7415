package import Planner

/// Amazon EC2 security groups. The service gives an id; a group is found by its owner tags, all of a stack in one call.
///
/// Reads: one for all groups of a stack, one for names of groups that are neither known by id nor bear its tags or are to
/// be renamed, and one for the default VPC where that decides. Writes: one to create one, then one each for rules that
/// come, change their description and go, of each direction. Facts: the EC2 API reference, and
/// `AWS::EC2::SecurityGroup` in CloudFormation.
package struct SecurityGroupKind: DescribedKind {
  package init() {}

  private static let sign = "[a-zA-Z0-9._:/()#,@\\[\\]+=&;{}!$*-]"

  /// What EC2 takes as a description of a group or a rule.
  static let descriptionRule = TextRule(
    length: 1...255, pattern: "[a-zA-Z0-9 ._:/()#,@\\[\\]+=&;{}!$*-]+",
    says: "letters, digits, blanks and the signs . _ - : / ( ) # , @ [ ] + = & ; { } ! $ *")

  package let schema = Schema(
    section: "securityGroups", kind: "security group", title: "Amazon EC2 security group",
    summary: "A security group says which traffic may reach what is in it, and which may leave.",
    naming: Naming(
      TextRule(
        length: 1...255,
        pattern: "(?!sg-)\(Self.sign)(?:[ ]|\(Self.sign))*\(Self.sign)|\(Self.sign)",
        says:
          "letters, digits, blanks and the signs . _ - : / ( ) # , @ [ ] + = & ; { } ! $ *, without sg- at its beginning, "
          + "and without blanks at either end"
      ),
      isIdentity: false, isUnique: true, change: .replaces, within: ["vpcId"],
      ignoresCase: true),
    heldBy: [
      "lambdas": ["vpcConfig"], "securityGroups": ["securityGroupEgress", "securityGroupIngress"],
    ],
    properties: [
      Property(
        "groupDescription",
        .string(Self.descriptionRule), required: true, change: .replaces, "What the group is for."),
      Property(
        "securityGroupEgress", .set(.object(SecurityGroupRules.egress.members)), readAsWanted: true,
        "Which traffic may leave. Without it all IPv4 traffic may; with an empty list none."),
      Property(
        "securityGroupIngress", .set(.object(SecurityGroupRules.ingress.members)), readAsWanted: true,
        "Which traffic may come in. None may come into a new group without it."),
      Property("vpcId", .text, change: .replaces, "The VPC. Without it the account's default VPC."),
    ],
    attributes: [
      Attribute("arn", early: false, "The group's ARN."), Attribute("id", early: false, "The group's id."),
      Attribute("name", early: true, "The group's name."),
    ],
    relations: SecurityGroupRules.relations,
    example: """
      securityGroups:
        web:
          groupDescription: What the world may reach
          securityGroupIngress:
            - { ipProtocol: tcp, fromPort: 443, toPort: 443, cidrIp: 0.0.0.0/0, description: HTTPS }
        database:
          groupDescription: What only the web servers may reach
          securityGroupIngress:
            - { ipProtocol: tcp, fromPort: 5432, toPort: 5432, sourceSecurityGroupId: "${securityGroups.web.id}" }
      """)

  let calls = KindCalls(
    identity: Identity(
      creation: ["GroupName": .name], reference: ["GroupId": .id],
      tagged: ["ResourceId": .made { id, _ in [.string(id)] }],
      known: ["arn": .arn("ec2", "security-group/"), "id": .id], given: "groupId",
      finder: .filter(
        Filters(
          field: "Filter", name: "group-id", id: "groupId",
          names: Filters.Names(
            filter: "group-name", path: "groupName", within: ("vpcId", "vpcId"), fallback: EC2.defaultVPC)))),
    create: EC2.createSecurityGroup, read: EC2.describeSecurityGroups,
    facets: [
      SecurityGroupRules.ingress.facet(
        add: EC2.authorizeIngress, remove: EC2.revokeIngress, change: EC2.updateIngressDescriptions),
      SecurityGroupRules.egress.facet(
        add: EC2.authorizeEgress, remove: EC2.revokeEgress, change: EC2.updateEgressDescriptions),
    ],
    ending: Ending(delete: EC2.deleteSecurityGroup), tags: EC2.tags(of: "security-group"),
    fields: WireFields(answers: .lowerCamel), attributes: ["name": "groupName"], appears: .seconds(120))

  /// The rule that a new group has is enforced where the file names none.
  package func completed(_ resource: Resource) -> Resource {
    var resource = resource
    for rules in [SecurityGroupRules.ingress, .egress] {
      if let value = resource[rules.property] { resource.properties[rules.property] = rules.completed(value) }
    }
    guard resource["securityGroupEgress"] == nil else { return resource }
    resource.properties["securityGroupEgress"] = [
      ["ipProtocol": "-1", "cidrIp": "0.0.0.0/0", "description": .null]
    ]
    resource.derivations["securityGroupEgress"] =
      "a group without rules for what leaves lets all IPv4 traffic out"
    return resource
  }

  package func problems(of resource: Resource) -> [PropertyProblem] {
    SecurityGroupRules.ingress.problems(of: resource) + SecurityGroupRules.egress.problems(of: resource)
      + (resource.name == "default"
        ? [
          PropertyProblem(
            ["name"], "Name taken", "Every VPC has a security group called default, which nobody can make.",
            fix: "Choose another name.")
        ] : [])
  }

  func complete(
    _ live: inout LiveResource, from answer: AWSResponse, _ query: LiveQuery, _ aws: ReadingClient
  ) async throws(ProviderError) {
    for rules in [SecurityGroupRules.ingress, .egress] {
      let spelled = rules.spelled(rules.read(answer.value), as: query.wanted, id: live.id, in: aws.target)
      live.properties[rules.property] = .list(spelled)
    }
    // A group of which the file no longer says the VPC stays where it is if that is the default one.
    guard case .declared(let names) = query.depth, names.contains("vpcId"), let wanted = query.wanted,
      wanted["vpcId"] == nil, live.properties["vpcId"]?.string == (try await EC2.defaultVPC(aws))
    else { return }
    live.properties["vpcId"] = nil
  }
}
