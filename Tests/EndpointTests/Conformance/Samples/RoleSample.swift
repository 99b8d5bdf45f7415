extension KindSample {
  static let role = KindSample(
    section: "roles",
    properties: [
      "assumedBy": "[lambda.amazonaws.com]",
      "policy": "{ Statement: [{ Effect: Allow, Action: 's3:GetObject', Resource: 'arn:aws:s3:::a/*' }] }",
      "policies":
        "{ more: { Statement: { Effect: Allow, Action: ['s3:PutObject'], Resource: 'arn:aws:s3:::a/*' } } }",
      "managedPolicyArns": "['arn:aws:iam::aws:policy/ReadOnlyAccess']",
      "maxSessionDuration": "7200", "description": "reads reports", "path": "/teams/",
      "permissionsBoundary": "arn:aws:iam::aws:policy/PowerUserAccess", "tags": "{ team: blue }",
    ],
    mutations: [
      "assumedBy": "[events.amazonaws.com, lambda.amazonaws.com]",
      "policy": "{ Statement: [{ Effect: Deny, Action: 's3:*', Resource: '*' }] }",
      "policies": "{ other: { Statement: [{ Effect: Allow, Action: 'sqs:*', Resource: '*' }] } }",
      "managedPolicyArns": "['arn:aws:iam::aws:policy/PowerUserAccess']",
      "maxSessionDuration": "3600", "description": "reads more reports",
      "permissionsBoundary": "arn:aws:iam::aws:policy/ReadOnlyAccess", "tags": "{ team: red, cost: low }",
    ],
    replacements: ["path": "/other/", "name": "renamed"],
    indispensable: ["assumedBy"],
    outsideChanges: [
      "assumedBy": trust("sqs.amazonaws.com"),
      "description":
        "client('iam').update_role(RoleName=name, Description='outside', MaxSessionDuration=7200)",
      "managedPolicyArns": """
      client('iam').attach_role_policy(RoleName=name, PolicyArn='arn:aws:iam::aws:policy/PowerUserAccess')
      """,
      "maxSessionDuration":
        "client('iam').update_role(RoleName=name, Description='reads reports', MaxSessionDuration=9000)",
      "permissionsBoundary": """
      client('iam').put_role_permissions_boundary(
          RoleName=name, PermissionsBoundary='arn:aws:iam::aws:policy/ReadOnlyAccess')
      """,
      "policies": inline("more"), "policy": inline("stackform"),
      "tags": "client('iam').tag_role(RoleName=name, Tags=[{'Key': 'team', 'Value': 'outside'}])",
    ],
    kept: [
      .ministack: [
        "description":
          "UpdateRole with an empty Description answers 200, GetRole tells the one before: it can't be taken out"
      ]
    ])

  /// One with a whole trust policy, and managed policies of the same stack.
  static let trustedRole = KindSample(
    section: "roles",
    surroundings: ["policies": "  one: \(managed)\n  two: \(managed)"],
    properties: [
      "assumeRolePolicyDocument": trusting("{account}"), "managedPolicyArns": "['${policies.one.arn}']",
    ],
    mutations: [
      "assumeRolePolicyDocument": trusting("111111111111"), "managedPolicyArns": "['${policies.two.arn}']",
    ],
    indispensable: ["assumeRolePolicyDocument"],
    outsideChanges: ["assumeRolePolicyDocument": trust("sqs.amazonaws.com")])

  private static let managed =
    "{ policyDocument: { Statement: [{ Effect: Allow, Action: 's3:*', Resource: '*' }] } }"

  private static func trusting(_ account: String) -> String {
    "{ Statement: [{ Effect: Allow, Action: 'sts:AssumeRole', "
      + "Principal: { AWS: 'arn:aws:iam::\(account):root' }, "
      + "Condition: { StringEquals: { 'sts:ExternalId': stackform } } }] }"
  }

  private static func trust(_ service: String) -> String {
    """
    client("iam").update_assume_role_policy(RoleName=name, PolicyDocument=json.dumps({
        "Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
            "Principal": {"Service": ["\(service)"]}}]}))
    """
  }

  private static func inline(_ name: String) -> String {
    """
    client("iam").put_role_policy(RoleName=name, PolicyName="\(name)", PolicyDocument=json.dumps({
        "Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "sns:*", "Resource": "*"}]}))
    """
  }
}
