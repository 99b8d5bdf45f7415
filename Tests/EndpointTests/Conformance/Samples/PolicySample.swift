extension KindSample {
  /// A role has the policy, so that its replacement must take it off first.
  static let policy = KindSample(
    section: "policies",
    surroundings: [
      "roles":
        "  reader: { assumedBy: [lambda.amazonaws.com], managedPolicyArns: ['${policies.subject.arn}'] }"
    ],
    properties: [
      "description": "reads reports", "path": "/teams/", "tags": "{ team: blue }",
      "policyDocument": document("s3:GetObject"),
    ],
    mutations: ["policyDocument": document("s3:PutObject"), "tags": "{ team: red, cost: low }"],
    replacements: ["description": "reads more", "path": "/other/", "name": "renamed"],
    outsideChanges: [
      "policyDocument": """
      client("iam").create_policy_version(PolicyArn=f"arn:aws:iam::{account}:policy/teams/{name}",
          SetAsDefault=True, PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [
              {"Effect": "Deny", "Action": "sns:*", "Resource": "*"}]}))
      """,
      "tags": """
      client("iam").tag_policy(PolicyArn=f"arn:aws:iam::{account}:policy/teams/{name}",
          Tags=[{"Key": "team", "Value": "outside"}])
      """,
    ])

  private static func document(_ action: String) -> String {
    "{ Statement: [{ Effect: Allow, Action: '\(action)', Resource: 'arn:aws:s3:::reports/*' }] }"
  }
}
