import Planner

/// Amazon EC2: its operations. Facts: the EC2 API reference.
enum EC2 {
  static let service = AWSService(
    "ec2", environmentID: "EC2", .query(apiVersion: "2016-11-15", lists: .flat),
    errors: ServiceErrors([.alreadyExists: ["InvalidGroup.Duplicate"]]))

  static let createSecurityGroup = service.write("CreateSecurityGroup", proof: .member("groupId"))
  /// What still uses the group lets go of it with a delay: a lambda's network interfaces stay for minutes.
  static let deleteSecurityGroup = service.write(
    "DeleteSecurityGroup", repeats: .safe, proof: .document, retries: [RetriedError("DependencyViolation")])
  static let describeSecurityGroups = service.read(
    "DescribeSecurityGroups", proof: .presence("securityGroupInfo"),
    pages: Pages("securityGroupInfo", token: "nextToken", position: "NextToken"))

  static let describeVpcs = service.read(
    "DescribeVpcs", proof: .presence("vpcSet"),
    pages: Pages("vpcSet", token: "nextToken", position: "NextToken"))

  /// The id of the account's default VPC; nil where it was deleted.
  @Sendable static func defaultVPC(_ aws: ReadingClient) async throws(ProviderError) -> String? {
    let input: [String: Value] = ["Filter": [["Name": "is-default", "Value": ["true"]]]]
    return try await aws.everyItem(describeVpcs, input).first?["vpcId"]?.string
  }

  /// A group that was just made is not known everywhere at once ("Eventual consistency" in the EC2 API reference).
  private static let newGroup = [RetriedError("InvalidGroup.NotFound", naming: "GroupId")]
  /// No more rules fit into the group.
  static let rulesExceeded = "RulesPerSecurityGroupLimitExceeded"

  // Rules: a second one of a kind is refused, and so is the removal of one that is not there.
  static let authorizeIngress = service.write(
    "AuthorizeSecurityGroupIngress", proof: .document, retries: newGroup)
  static let authorizeEgress = service.write(
    "AuthorizeSecurityGroupEgress", proof: .document, retries: newGroup)
  static let revokeIngress = service.write("RevokeSecurityGroupIngress", proof: .document)
  static let revokeEgress = service.write("RevokeSecurityGroupEgress", proof: .document, retries: newGroup)
  static let updateIngressDescriptions = service.write(
    "UpdateSecurityGroupRuleDescriptionsIngress", repeats: .safe, proof: .document)
  static let updateEgressDescriptions = service.write(
    "UpdateSecurityGroupRuleDescriptionsEgress", repeats: .safe, proof: .document)

  static let createTags = service.write("CreateTags", repeats: .safe, proof: .document)
  static let deleteTags = service.write("DeleteTags", repeats: .safe, proof: .document)

  /// The tags of a resource type, as `security-group`. They are in what the reading call answers.
  static func tags(of type: String) -> TagCalls {
    TagCalls(
      answer: "tagSet", put: createTags, remove: deleteTags, field: "Tag", creation: "TagSpecification",
      keys: "Tag", removesItems: true, resourceType: type, answerForm: .list(key: "key", value: "value"))
  }
}
