package import Planner

/// Groups of Amazon Cognito user pools. Their names are unique in the pool: the two are the identity.
///
/// A group bears no tags: the ledger says whose it is. Reads: one a group. Writes: one to create one, one for all that
/// changes; UpdateGroup gets all that is declared. Facts: the API reference of Cognito user pools, and
/// `AWS::Cognito::UserPoolGroup` in CloudFormation.
package struct UserPoolGroupKind: DescribedKind {
  package let schema = Schema(
    section: "userPoolGroups", kind: "user pool group", title: "Amazon Cognito user pool group",
    summary: "A group is named in the tokens of its users; it may give them a role.",
    naming: Naming(
      TextRule(length: 1...128, pattern: "[^\\s|]+", says: "no blanks and no |"), within: ["userPoolId"]),
    isTaggable: false,
    properties: [
      Property("description", .string(TextRule(length: 0...2048)), "What the group is for."),
      Property(
        "precedence", .integer(0...Int(Int32.max)),
        "Of a user's groups the one with the smallest number gives the role. Taken out, it stays as it is."),
      Property("roleArn", .arn, "The role that an identity pool gives its users."),
      Property(
        "userPoolId", .string(TextRule(length: 1...55)), required: true, change: .replaces,
        boundTo: "userPools",
        "The user pool's id."),
    ],
    attributes: [Attribute("name", early: true, "The group's name.")],
    example: """
      userPoolGroups:
        staff:
          userPoolId: "${userPools.customers.id}"
          description: Who works here
          precedence: 1
      """)

  let calls = KindCalls(
    identity: Identity(creation: key, reference: key), create: Cognito.createGroup, read: Cognito.getGroup,
    answer: "Group", change: .whole(Cognito.updateGroup), ending: Ending(delete: Cognito.deleteGroup),
    fields: WireFields(resets: ["description": ""]))

  private static let key: [String: Identity.Part] = ["GroupName": .name, "UserPoolId": .part(0)]
}
