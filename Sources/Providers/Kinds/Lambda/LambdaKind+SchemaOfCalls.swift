import Planner

/// Where the function runs, who calls it how, and which of its versions is called.
extension LambdaKind {
  static let environs = [
    Property(
      "vpcConfig",
      .object([
        Property(
          "subnetIds", .set(.string(TextRule(pattern: "subnet-[0-9a-z]+", says: "a subnet's id"))),
          "The subnets."),
        Property(
          "securityGroupIds",
          .set(.string(TextRule(pattern: "sg-[0-9a-zA-Z]+", says: "a security group's id"))),
          "The security groups."),
        Property(
          "ipv6AllowedForDualStack", .boolean, default: false, "Whether it may reach out by IPv6, too."),
      ]), "The network that the code can reach; the derived role gets what the interfaces there need."),
    Property(
      "fileSystemConfigs",
      .list(
        .object([
          Property("arn", .arn, required: true, "The access point's ARN."),
          Property(
            "localMountPath",
            .string(TextRule(length: 6...160, pattern: "/mnt/[a-zA-Z0-9_.-]+", says: "a path under /mnt")),
            required: true, "Where the code finds it."),
        ])), "The file system of EFS that the code finds mounted: one at most."),
    Property(
      "snapStart", .choice(["PublishedVersions", "None"]), default: "None",
      "Whether versions start from a snapshot of their initialised state."),
    Property(
      "runtimeManagementConfig",
      .object([
        Property(
          "updateRuntimeOn", .choice(["Auto", "FunctionUpdate", "Manual"]), default: "Auto",
          "When AWS may put a newer patch of the runtime under the code."),
        Property("runtimeVersionArn", .arn, "For Manual: the version that it stays at."),
      ]), default: ["updateRuntimeOn": "Auto"], "How the runtime is kept up to date."),
    Property(
      "recursiveLoop", .choice(["Allow", "Terminate"]), default: "Terminate",
      "Whether a loop of calls through queues and topics may go on."),
  ]

  static let calling = [
    Property(
      "eventInvokeConfig", .object(invocation),
      "What becomes of asynchronous calls of the function itself; `aliases` have their own. "
        + "The derived role may send to both ends."
    ),
    Property(
      "functionUrl",
      .object([
        Property(
          "authType", .choice(["AWS_IAM", "NONE"]), required: true,
          "How callers prove who they are; with NONE the permission for everybody is derived."),
        Property(
          "invokeMode", .choice(["BUFFERED", "RESPONSE_STREAM"]), default: "BUFFERED",
          "Whether an answer is sent whole or as it comes."),
        Property("cors", .object(cors), "What browsers may do that come from pages of other origins."),
        Property("qualifier", aliasName, "The alias that it calls; the function itself without it."),
      ]), "An HTTPS address of the function; the attribute `url` has it."),
  ]

  private static let invocation = [
    Property(
      "maximumRetryAttempts", .integer(0...2), default: .integer(LambdaSubresource.standardRetries),
      "How often a failed call is tried again."),
    Property(
      "maximumEventAgeInSeconds", .integer(60...21_600), default: .integer(LambdaSubresource.standardAge),
      "How old an event may be to be tried."),
    Property(
      "onSuccess", .arn, "The queue, topic, lambda or event bus that hears of each success."),
    Property(
      "onFailure", .arn,
      "The queue, topic, lambda, event bus or bucket that hears of each event given up."),
  ]

  private static let cors = [
    Property("allowCredentials", .boolean, default: false, "Whether cookies may come."),
    Property("allowHeaders", .set(.string(TextRule(length: 0...1024))), "Headers that may come."),
    Property(
      "allowMethods", .set(.choice(["GET", "PUT", "HEAD", "POST", "PATCH", "DELETE", "*"])), "Methods."),
    Property("allowOrigins", .set(.string(TextRule(length: 1...253))), "The origins, or `*`."),
    Property("exposeHeaders", .set(.string(TextRule(length: 0...1024))), "Headers that pages may see."),
    Property("maxAge", .integer(0...86_400), default: 0, "Seconds that a browser may remember this."),
  ]

  private static let aliasName = Shape.string(
    TextRule(
      length: 1...128, pattern: "[a-zA-Z0-9_-]*[a-zA-Z_-][a-zA-Z0-9_-]*",
      says: "letters, digits, - and _, and not digits alone"))

  static let releases = [
    Property(
      "publish", .boolean, default: false, local: true,
      "Whether each change of code or settings becomes a version. `aliases` that call the newest one say so, too."
    ),
    Property(
      "published", .boolean, derived: true, readAsWanted: true,
      "Whether the newest version is what the function is."),
    Property(
      "aliases", .map(.object(alias)), withdrawsLast: true, readAsWanted: true,
      "Names for versions, which can be called as `<lambda>:<alias>`. An empty one (`live: {}`) follows the newest version."
    ),
  ]

  private static let alias = [
    Property(
      "version",
      .string(
        TextRule(pattern: "newest|\\$LATEST|[0-9]+", says: "`newest`, a version's number, or `$LATEST`")),
      default: "newest", "The version that it calls."),
    Property("description", .string(TextRule(length: 0...256)), "What it is for."),
    Property(
      "eventInvokeConfig", .object(invocation), "What becomes of asynchronous calls of this alias."),
    Property(
      "weights", .map(.number),
      "One other version, by number or as `newest`, and the share of calls that go there, as `{ newest: 0.1 }`."
    ),
    Property(
      "provisionedConcurrentExecutions", .integer(1...1_000_000),
      "Environments of this alias that are kept initialised."),
  ]
}
