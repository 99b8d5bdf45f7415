extension KindSample {
  private static let client = "client('cognito-idp')"

  static let userPoolGroup = KindSample(
    section: "userPoolGroups", surroundings: twoPools,
    properties: [
      "userPoolId": "'${userPools.main.id}'", "description": "Who works here", "precedence": "3",
      "roleArn": "'arn:aws:iam::{account}:role/staff'",
    ],
    mutations: [
      "description": "Who worked here", "precedence": "4", "roleArn": "'arn:aws:iam::{account}:role/others'",
    ],
    replacements: ["name": "staff", "userPoolId": "'${userPools.other.id}'"],
    outsideChanges: [
      "description": group("Description='theirs'"), "precedence": group("Precedence=9"),
      "roleArn": group("RoleArn=f'arn:aws:iam::{account}:role/theirs'"),
    ],
    defects: [noCognito]
      + ["description", "precedence", "roleArn"].map {
        Defect(
          endpoint: .ministack, property: $0,
          evidence: "UpdateGroup → 400 InvalidAction: Unknown Cognito IDP action: UpdateGroup")
      },
    part: StackPart(
      entries: """
          staff: { userPoolId: "${userPools.customers.id}" }
        """,
      listing: #"""
        [group["GroupName"] for pool in c("cognito-idp").list_user_pools(MaxResults=60)["UserPools"]
         for group in c("cognito-idp").list_groups(UserPoolId=pool["Id"])["Groups"]]
        """#))

  private static func group(_ change: String) -> String {
    """
    pool, name = id.split("|")
    \(client).update_group(UserPoolId=pool, GroupName=name, \(change))
    """
  }
}
