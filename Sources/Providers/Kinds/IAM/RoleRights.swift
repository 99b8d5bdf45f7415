import Planner

/// What a role allows already, and what it is to allow besides.
enum RoleRights {
  /// Statements for a role's `policy`: of a role that the file declares, without those that its own policies have already.
  static func derived(
    _ statements: [Value], for role: Address, in stack: Stack, because reason: String
  ) -> [Derived] {
    let declared = stack[role].flatMap { $0.section == "roles" && !$0.isDerived ? $0 : nil }
    return statements.filter { statement in !(declared.map { isAllowed(statement, by: $0) } ?? false) }
      .map { .statement(on: role, property: "policy", statement: $0, because: reason) }
  }

  /// Whether the role's policies allow all of it, one this and another one that. A condition may take back what it seems to give.
  private static func isAllowed(_ statement: Value, by role: Resource) -> Bool {
    let managed = (role["managedPolicyArns"]?.list ?? []).compactMap(\.string)
      .compactMap { $0.split(separator: "/").last.flatMap { Self.managed[String($0)] } }
      .map { actions -> Value in ["Effect": "Allow", "Action": actions, "Resource": "*"] }
    let inline = [role["policy"]].compactMap(\.self) + (role["policies"]?.map ?? [:]).values
    let allowing = managed + inline.flatMap { $0.items("Statement") }
    return statement.items("Action").allSatisfy { action in
      statement.items("Resource").allSatisfy { resource in
        let one: Value = ["Effect": "Allow", "Action": action, "Resource": resource]
        return allowing.contains { $0.allows(one) }
      }
    }
  }

  /// What AWS's managed policies for functions allow, on everything: "AWS managed policies for Lambda features" in the Lambda
  /// developer guide.
  private static let managed: [String: Value] = [
    "AdministratorAccess": ["*"],
    "AWSLambdaSQSQueueExecutionRole": [
      "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes",
    ],
    "AWSLambdaDynamoDBExecutionRole": [
      "dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator",
      "dynamodb:ListStreams",
    ],
    "AWSLambdaKinesisExecutionRole": ["kinesis:*"],
    "AWSLambdaVPCAccessExecutionRole": ["ec2:*"],
    "AWSXRayDaemonWriteAccess": ["xray:*"],
  ]
}
