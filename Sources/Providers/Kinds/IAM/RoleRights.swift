import Planner

/// What a role of the file allows already.
enum RoleRights {
  /// Whether one of the role's policies allows all of it. A condition may take back what it seems to give.
  static func isAllowed(_ statement: Value, by role: Resource) -> Bool {
    let actions = statement.items("Action").compactMap(\.string)
    let managed = (role["managedPolicyArns"]?.list ?? []).compactMap(\.string)
      .compactMap { $0.split(separator: "/").last.flatMap { Self.managed[String($0)] } }
    if managed.contains(where: { patterns in actions.allSatisfy { matches($0, patterns) } }) {
      return true
    }
    let policies = [role["policy"]].compactMap(\.self) + (role["policies"]?.map ?? [:]).values
    let allowing = policies.flatMap { $0.items("Statement") }.filter { own in
      own["Effect"] == "Allow" && own["Condition"]?.isEmpty ?? true
        && statement.items("Resource").allSatisfy { resource in
          own.items("Resource").contains { $0 == "*" || $0 == resource }
        }
    }
    return actions.allSatisfy { action in
      allowing.contains { own in matches(action, own.items("Action").compactMap(\.string)) }
    }
  }

  private static func matches(_ action: String, _ patterns: [String]) -> Bool {
    patterns.contains { pattern in
      pattern.hasSuffix("*")
        ? action.lowercased().hasPrefix(pattern.dropLast().lowercased())
        : action.lowercased() == pattern.lowercased()
    }
  }

  /// What AWS's managed policies for functions allow, on everything: "AWS managed policies for Lambda features" in the Lambda
  /// developer guide.
  private static let managed = [
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
