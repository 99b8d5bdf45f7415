import Planner

/// What CreateFunction and the operations around it refuse. Facts: the Lambda API reference.
extension LambdaKind {
  static let relations = codeRelations + environsRelations + aliasRelations

  private static let codeRelations =
    Relation.inside("code", .exactlyOne(of: "zipFile", "s3Bucket", "imageUri"))
    + CodeSource.relations(inside: "code") + [
      .needs(
        .not("code.imageUri"), "runtime", "handler",
        because: "Only a container image brings its own; other code has them, as python3.12 and app.handler."),
      .excludes(
        ["runtime", "handler", "layers", .value("snapStart", "PublishedVersions"), "codeSigningConfigArn"],
        "code.imageUri", because: "A container image brings what they say."),
      .goesWith(["imageConfig"], "code.imageUri"),
      .atMost(5, of: "layers", what: "layers"),
      .excludes(
        "grants", "role",
        because: "Grants are for the role that Stackform derives; put them in the policy of your own."),
    ]

  private static let environsRelations =
    [
      Relation.needs("vpcConfig", "vpcConfig.subnetIds", "vpcConfig.securityGroupIds"),
      .needs("fileSystemConfigs", "vpcConfig", because: "EFS is reached from inside its network only."),
      .atMost(1, of: "fileSystemConfigs", what: "file systems"),
      .excludes(
        .value("snapStart", "PublishedVersions"),
        .any(["fileSystemConfigs", .number("ephemeralStorage", 513...)])),
    ]
    + Relation.inside(
      "loggingConfig",
      .goesWith(["applicationLogLevel", "systemLogLevel"], .value("logFormat", "JSON")))
    + Relation.inside(
      "runtimeManagementConfig", .needs(.value("updateRuntimeOn", "Manual"), "runtimeVersionArn"),
      .goesWith(["runtimeVersionArn"], .value("updateRuntimeOn", "Manual")))

  private static let aliasRelations =
    [Relation.entry("functionUrl.qualifier", of: "aliases")]
    + Relation.inside(
      "aliases.*",
      .atMost(
        1, of: "weights", what: "weights", because: "An alias shares its calls with one other version."),
      .excludes(
        "provisionedConcurrentExecutions",
        .any([.value("version", "$LATEST"), .value("/snapStart", "PublishedVersions")]),
        because: "Only versions without a snapshot can be kept initialised."),
      .excludes(
        "provisionedConcurrentExecutions", "weights",
        because: "Lambda keeps nothing initialised for an alias of two versions."))
}
