/// The words of Amazon States Language.
///
/// Facts: the specification at states-language.net, and "Using Amazon States Language to define Step Functions workflows"
/// and "Transforming data with JSONata in Step Functions" in the Step Functions developer guide.
enum StatesLanguage {
  /// How a state picks from its input.
  enum Query: String, CaseIterable { case jsonPath = "JSONPath", jsonata = "JSONata" }

  static let machine: Set<String> = [
    "Comment", "QueryLanguage", "StartAt", "States", "TimeoutSeconds", "Version",
  ]
  /// Of a branch, and of what a Map runs for each item.
  static let inner: Set<String> = ["Comment", "QueryLanguage", "StartAt", "States"]

  /// The fields of a state by its type.
  static let fields: [String: Set<String>] = [
    "Choice": common.union(data).union(["Assign", "Choices", "Default"]),
    "Fail": common.union(["Cause", "CausePath", "Error", "ErrorPath"]),
    "Map": common.union(data).union(next).union(work).union([
      "ItemBatcher", "ItemProcessor", "ItemReader", "ItemSelector", "Items", "ItemsPath", "Iterator",
      "Label", "MaxConcurrency", "MaxConcurrencyPath", "ResultWriter", "ToleratedFailureCount",
      "ToleratedFailureCountPath", "ToleratedFailurePercentage", "ToleratedFailurePercentagePath",
    ]),
    "Parallel": common.union(data).union(next).union(work).union(["Arguments", "Branches"]),
    "Pass": common.union(data).union(next).union(["Assign", "Parameters", "Result", "ResultPath"]),
    "Succeed": common.union(data),
    "Task": common.union(data).union(next).union(work).union([
      "Arguments", "Credentials", "HeartbeatSeconds", "HeartbeatSecondsPath", "Resource", "TimeoutSeconds",
      "TimeoutSecondsPath",
    ]),
    "Wait": common.union(data).union(next).union([
      "Assign", "Seconds", "SecondsPath", "Timestamp", "TimestampPath",
    ]),
  ]

  private static let common: Set<String> = ["Comment", "QueryLanguage", "Type"]
  private static let data: Set<String> = ["InputPath", "Output", "OutputPath"]
  private static let next: Set<String> = ["End", "Next"]
  private static let work: Set<String> = [
    "Assign", "Catch", "Parameters", "ResultPath", "ResultSelector", "Retry",
  ]

  /// Fields that only states of the one query language have.
  static let own: [Query: Set<String>] = [
    .jsonPath: [
      "CausePath", "ErrorPath", "HeartbeatSecondsPath", "InputPath", "ItemsPath", "MaxConcurrencyPath",
      "OutputPath", "Parameters", "Result", "ResultPath", "ResultSelector", "SecondsPath",
      "TimeoutSecondsPath", "TimestampPath", "ToleratedFailureCountPath", "ToleratedFailurePercentagePath",
    ],
    .jsonata: ["Arguments", "Items", "Output"],
  ]

  /// Only a Map that runs an execution for each item has these.
  static let distributed: Set<String> = [
    "ItemBatcher", "ItemReader", "Label", "ResultWriter", "ToleratedFailureCount",
    "ToleratedFailureCountPath", "ToleratedFailurePercentage", "ToleratedFailurePercentagePath",
  ]

  static let retrier: Set<String> = [
    "BackoffRate", "Comment", "ErrorEquals", "IntervalSeconds", "JitterStrategy", "MaxAttempts",
    "MaxDelaySeconds",
  ]
  static let catcher: Set<String> = ["Assign", "Comment", "ErrorEquals", "Next", "Output", "ResultPath"]

  /// What a Choice of JSONPath compares by.
  static let comparisons: Set<String> = {
    let compared = ["Numeric", "String", "Timestamp"].flatMap { type in
      ["Equals", "GreaterThan", "GreaterThanEquals", "LessThan", "LessThanEquals"].map { type + $0 }
    }
    let withPath = compared + ["BooleanEquals"]
    return Set(withPath + withPath.map { $0 + "Path" } + ["StringMatches"] + tests)
  }()
  /// Those that ask for a type, and take true or false.
  static let tests = ["IsBoolean", "IsNull", "IsNumeric", "IsPresent", "IsString", "IsTimestamp"]
  static let combinations: Set<String> = ["And", "Not", "Or"]
}
