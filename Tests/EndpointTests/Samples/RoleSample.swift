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
      "maxSessionDuration": "client('iam').update_role(RoleName=name, MaxSessionDuration=9000)"
    ])
}
