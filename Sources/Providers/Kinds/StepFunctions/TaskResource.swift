import Planner

/// What a task calls: the ARN in its `Resource`.
struct TaskResource: Hashable {
  enum Target: Hashable {
    /// A lambda by its own ARN.
    case lambda
    /// Work that others ask for.
    case activity
    /// `arn:aws:states:::sqs:sendMessage`
    case integration(service: String, action: String)
    /// `arn:aws:states:::aws-sdk:s3:getObject`: any call of any service.
    case sdk(service: String, action: String)
  }

  let target: Target
  /// How it is waited for: `.sync`, `.sync:2`, `.waitForTaskToken`; "" for the answer alone.
  let pattern: String

  static let patterns = [".sync", ".sync:2", ".waitForTaskToken"]

  /// nil for what is no such ARN.
  init?(_ text: String) {
    guard let arn = ARN(text) else { return nil }
    switch (arn.service, arn.resource.split(separator: ":").first) {
    case ("lambda", "function"): (target, pattern) = (.lambda, "")
    case ("states", "activity"): (target, pattern) = (.activity, "")
    case ("states", _):
      guard arn.region.isEmpty, arn.account.isEmpty else { return nil }
      let dot = arn.resource.firstIndex(of: ".") ?? arn.resource.endIndex
      pattern = String(arn.resource[dot...])
      let parts = arn.resource[..<dot].split(separator: ":").map(String.init)
      switch parts.count {
      case 2: target = .integration(service: parts[0], action: parts[1])
      case 3 where parts[0] == "aws-sdk": target = .sdk(service: parts[1], action: parts[2])
      default: return nil
      }
    default: return nil
    }
  }

  /// "Integrating optimized services with Step Functions" in the developer guide.
  static let integrations: [String: [String]] = [
    "apigateway": ["invoke"],
    "athena": ["getQueryExecution", "getQueryResults", "startQueryExecution", "stopQueryExecution"],
    "batch": ["submitJob"],
    "bedrock": ["createModelCustomizationJob", "invokeModel"],
    "codebuild": ["batchDeleteBuilds", "batchGetReports", "startBuild", "startBuildBatch", "stopBuild"],
    "dynamodb": ["deleteItem", "getItem", "putItem", "updateItem"],
    "ecs": ["runTask"],
    "events": ["putEvents"],
    "glue": ["startJobRun"],
    "http": ["invoke"],
    "lambda": ["invoke"],
    "sns": ["publish"],
    "sqs": ["sendMessage"],
    "states": ["startExecution"],
  ]
}
