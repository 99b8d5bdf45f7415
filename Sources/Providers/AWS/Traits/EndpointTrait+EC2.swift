extension EndpointTrait {
  static let lacksChangesOfRuleDescriptions = EndpointTrait(
    "lacksChangesOfRuleDescriptions", "A rule of a security group keeps its description.",
    [
      .miniStack:
        "UpdateSecurityGroupRuleDescriptionsIngress: 400 InvalidAction; AuthorizeSecurityGroupIngress of a rule "
        + "that differs in its description alone: 200, and the old one stays (1.5.33)"
    ])

  static let keepsRuleDescriptions = EndpointTrait(
    "keepsRuleDescriptions",
    "A rule's description can't be taken out, nor changed where the rule names a group.",
    [
      .localStack:
        "UpdateSecurityGroupRuleDescriptionsIngress without Description, or of a rule with UserIdGroupPairs: 200, and "
        + "the old one stays (4.8.1)"
    ])
}
