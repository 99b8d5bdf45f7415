extension KindSample {
  static let securityGroup = KindSample(
    section: "securityGroups",
    surroundings: ["securityGroups": "  peer: { groupDescription: others }"],
    properties: [
      "groupDescription": "what the world may reach", "tags": "{ team: blue }",
      "securityGroupIngress":
        "[{ ipProtocol: tcp, fromPort: 443, toPort: 443, cidrIp: 0.0.0.0/0, description: HTTPS }, "
        + "{ ipProtocol: tcp, fromPort: 443, toPort: 443, cidrIpv6: '::/0' }, "
        + "{ ipProtocol: icmp, fromPort: -1, toPort: -1, cidrIp: 10.0.0.0/8 }, "
        + "{ ipProtocol: tcp, fromPort: 0, toPort: 65535, sourceSecurityGroupId: self }, "
        + "{ ipProtocol: tcp, fromPort: 22, toPort: 22, sourceSecurityGroupId: '${securityGroups.peer.id}', description: SSH }, "
        + "{ ipProtocol: tcp, fromPort: 25, toPort: 25, sourceSecurityGroupId: '${securityGroups.peer.id}', "
        + "sourceSecurityGroupOwnerId: '${profile.account}' }]",
      "securityGroupEgress":
        "[{ ipProtocol: udp, fromPort: 53, toPort: 53, cidrIp: 10.0.0.2/32, description: DNS }, "
        + "{ ipProtocol: tcp, fromPort: 443, toPort: 443, cidrIp: 10.0.0.0/8 }]",
    ],
    mutations: [
      "tags": "{ owner: red }",
      // One goes, one comes, one gets another description, and one loses its own.
      "securityGroupIngress":
        "[{ ipProtocol: tcp, fromPort: 443, toPort: 443, cidrIp: 0.0.0.0/0, description: HTTPS for all }, "
        + "{ ipProtocol: tcp, fromPort: 80, toPort: 80, cidrIp: 0.0.0.0/0 }, "
        + "{ ipProtocol: tcp, fromPort: 22, toPort: 22, sourceSecurityGroupId: '${securityGroups.peer.id}' }, "
        + "{ ipProtocol: tcp, fromPort: 0, toPort: 65535, sourceSecurityGroupId: self }]",
      "securityGroupEgress":
        "[{ ipProtocol: '-1', destinationSecurityGroupId: '${securityGroups.peer.id}' }, "
        + "{ ipProtocol: udp, fromPort: 53, toPort: 53, cidrIp: 10.0.0.2/32, description: names }]",
    ],
    replacements: ["groupDescription": "what nobody may reach", "name": "renamed"],
    outsideChanges: [
      "securityGroupIngress": rules(
        "authorize_security_group_ingress", "8080", "'IpRanges': [{'CidrIp': '0.0.0.0/0'}]"),
      "securityGroupEgress": rules(
        "authorize_security_group_egress", "8080", "'IpRanges': [{'CidrIp': '0.0.0.0/0'}]"),
      "tags": "client('ec2').create_tags(Resources=[id], Tags=[{'Key': 'team', 'Value': 'theirs'}])",
    ],
    part: StackPart(
      entries: """
          web:
            groupDescription: What the world may reach
            securityGroupIngress:
              - { ipProtocol: tcp, fromPort: 443, toPort: 443, cidrIp: 0.0.0.0/0 }
              - { ipProtocol: tcp, fromPort: {size}, toPort: {size}, cidrIp: 10.0.0.0/8 }
            tags: {tags}
        """,
      listing: #"""
        [g["GroupName"] for g in c("ec2").describe_security_groups()["SecurityGroups"]
         if g["GroupName"] != "default"]
        """#))

  /// In another VPC. No emulator asks whether there is one; without one, the first rule is missing.
  static let placedSecurityGroup = KindSample(
    section: "securityGroups",
    properties: [
      "groupDescription": "in a VPC", "vpcId": "vpc-11111111", "securityGroupEgress": "[]",
    ],
    mutations: ["securityGroupEgress": "[{ ipProtocol: '-1', cidrIp: 0.0.0.0/0 }]"],
    replacements: ["vpcId": "vpc-22222222"])

  static let listedSecurityGroup = KindSample(
    section: "securityGroups",
    properties: [
      "groupDescription": "prefix lists",
      "securityGroupIngress":
        "[{ ipProtocol: tcp, fromPort: 443, toPort: 443, sourcePrefixListId: pl-11111111 }]",
      "securityGroupEgress":
        "[{ ipProtocol: tcp, fromPort: 443, toPort: 443, destinationPrefixListId: pl-11111111 }]",
    ],
    mutations: [
      "securityGroupIngress":
        "[{ ipProtocol: tcp, fromPort: 443, toPort: 443, sourcePrefixListId: pl-22222222 }]",
      "securityGroupEgress":
        "[{ ipProtocol: tcp, fromPort: 443, toPort: 443, destinationPrefixListId: pl-22222222 }]",
    ],
    defects: ["securityGroupIngress", "securityGroupEgress"].map { property in
      Defect(
        endpoint: .ministack, property: property,
        evidence:
          "AuthorizeSecurityGroupIngress and …Egress with IpPermissions.1.PrefixListIds.1.PrefixListId: 200, "
          + "DescribeSecurityGroups: a permission with no list in it")
    })

  /// A rule names a group of another account.
  static let sharedSecurityGroup = KindSample(
    section: "securityGroups",
    properties: [
      "groupDescription": "others",
      "securityGroupIngress":
        "[{ ipProtocol: tcp, fromPort: 443, toPort: 443, sourceSecurityGroupId: sg-11111111, "
        + "sourceSecurityGroupOwnerId: '222222222222' }]",
    ],
    mutations: [
      "securityGroupIngress":
        "[{ ipProtocol: tcp, fromPort: 443, toPort: 443, sourceSecurityGroupId: sg-11111111, "
        + "sourceSecurityGroupOwnerId: '333333333333' }]"
    ],
    defects: [
      Defect(
        endpoint: .localstack, property: "securityGroupIngress",
        evidence: "AuthorizeSecurityGroupIngress with a group of another account: 400 InvalidGroup.NotFound")
    ])

  static let ipv6SecurityGroup = KindSample(
    section: "securityGroups",
    properties: [
      "groupDescription": "IPv6",
      "securityGroupEgress": "[{ ipProtocol: tcp, fromPort: 443, toPort: 443, cidrIpv6: '::/0' }]",
    ],
    mutations: [
      "securityGroupEgress": "[{ ipProtocol: tcp, fromPort: 443, toPort: 443, cidrIpv6: 'fd00::/8' }]"
    ],
    defects: [
      Defect(
        endpoint: .localstack, property: "securityGroupEgress",
        evidence:
          "RevokeSecurityGroupEgress with IpPermissions.1.Ipv6Ranges.1.CidrIpv6 in a VPC without an IPv6 block: 200, "
          + "and the rule stays")
    ])

  private static func rules(_ call: String, _ port: String, _ peer: String) -> String {
    """
    client("ec2").\(call)(GroupId=id, IpPermissions=[
        {"IpProtocol": "tcp", "FromPort": \(port), "ToPort": \(port), \(peer)}])
    """
  }
}
