import Planner

/// What a volume may be. Facts: Volume in the ECS API reference, and in CloudFormation.
extension TaskDefinitionKind {
  static let volume = [
    Property(
      "configuredAtLaunch", .boolean, default: false,
      "Whether what it is is said when a task starts: an EBS volume."),
    Property("dockerVolumeConfiguration", .object(docker), "A volume of Docker."),
    Property("efsVolumeConfiguration", .object(fileSystem), "An EFS file system."),
    Property(
      "fsxWindowsFileServerVolumeConfiguration", .object(fileServer), "An FSx for Windows file server."),
    Property(
      "host", .object([Property("sourcePath", .text, "The host's path; one of its own without it.")]),
      "A directory of the host."),
    Property("name", .text, required: true, "The volume's name, for `mountPoints`."),
    Property("s3FilesVolumeConfiguration", .object(objects), "An S3 Files file system."),
  ]

  private static let docker = [
    Property("autoprovision", .boolean, default: false, "Whether it is made when it is not there."),
    Property("driver", .text, "The driver."),
    Property("driverOpts", .map(.text), "The driver's options."),
    Property("labels", .map(.text), "Labels."),
    Property("scope", .choice(["shared", "task"]), default: "task", "How long it lives."),
  ]

  private static let fileSystem = [
    Property(
      "authorizationConfig",
      .object([
        Property("accessPointId", .text, "The access point."),
        Property(
          "iam", .choice(["ENABLED", "DISABLED"]), default: "DISABLED", "Whether the task's role decides."),
      ]), "Who may mount it."),
    Property("filesystemId", .text, required: true, "The file system's id."),
    Property("rootDirectory", .text, default: "/", "The directory that is mounted."),
    Property(
      "transitEncryption", .choice(["ENABLED", "DISABLED"]), default: "DISABLED",
      "Whether what goes over the network is encrypted."),
    Property(
      "transitEncryptionPort", .integer(0...65_535), default: 0, "The port for that; 0 lets EFS choose."),
  ]

  private static let fileServer = [
    Property(
      "authorizationConfig",
      .object([
        Property("credentialsParameter", .text, required: true, "The secret's ARN."),
        Property("domain", .text, required: true, "The Active Directory domain."),
      ]), required: true, "Who may mount it."),
    Property("fileSystemId", .text, required: true, "The file system's id."),
    Property("rootDirectory", .text, required: true, "The directory that is mounted."),
  ]

  private static let objects = [
    Property("accessPointArn", .text, "The access point's ARN."),
    Property("fileSystemArn", .text, required: true, "The file system's ARN."),
    Property("rootDirectory", .text, default: "/", "The directory that is mounted."),
    Property(
      "transitEncryptionPort", .integer(0...65_535), default: 0, "The port for the encrypted connection."),
  ]

  static let volumeRelations =
    Relation.inside(
      "volumes.*",
      .atMostOne(
        of: .value("configuredAtLaunch", true), "dockerVolumeConfiguration", "efsVolumeConfiguration",
        "fsxWindowsFileServerVolumeConfiguration", "host", "s3FilesVolumeConfiguration"))
    + Relation.inside(
      "volumes.*.efsVolumeConfiguration",
      .needs(
        .any([.value("authorizationConfig.iam", "ENABLED"), "authorizationConfig.accessPointId"]),
        .value("transitEncryption", "ENABLED"),
        because: "EFS takes neither IAM nor access points over an open connection."))
}
