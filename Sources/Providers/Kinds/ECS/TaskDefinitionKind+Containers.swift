import Planner

/// What a container may have. Facts: ContainerDefinition in the ECS API reference, and in CloudFormation.
extension TaskDefinitionKind {
  static let container =
    [
      Property("image", .text, required: true, "The image: `repository/image:tag` or `…@digest`."),
      Property("name", .text, required: true, "The container's name."),
    ] + program + resources + network + storage + environment + order + system

  private static let program = [
    Property("command", .list(.text), "The command's words."),
    Property("entryPoint", .list(.text), "The entry point's words."),
    Property("interactive", .boolean, default: false, "Whether it keeps its standard input open."),
    Property("pseudoTerminal", .boolean, default: false, "Whether it has a terminal."),
    Property("user", .text, "The user that it runs as: name or id, with a group behind a colon."),
    Property("workingDirectory", .text, "The directory in which the command runs."),
    Property(
      "repositoryCredentials",
      .object([Property("credentialsParameter", .text, required: true, "The secret's ARN or name.")]),
      "How a private registry lets ECS in."),
    Property(
      "versionConsistency", .choice(["enabled", "disabled"]), default: "enabled",
      "Whether the tag is resolved to a digest once, for all tasks of a deployment."),
  ]

  private static let resources = [
    Property("cpu", .integer(0...1_000_000), default: 0, "CPU units that are kept for it."),
    Property("memory", .integer(4...10_000_000), "MiB at which it is killed."),
    Property("memoryReservation", .integer(4...10_000_000), "MiB that are kept for it."),
    Property(
      "resourceRequirements",
      .set(
        .object([
          Property("type", .choice(["GPU", "InferenceAccelerator"]), required: true, "What it needs."),
          Property("value", .text, required: true, "How many GPUs, or the accelerator's name."),
        ])), "GPUs and accelerators."),
    Property(
      "ulimits",
      .set(
        .object([
          Property("hardLimit", .integer(nil), required: true, "The hard limit."),
          Property("name", .choice(limits), required: true, "What is limited."),
          Property("softLimit", .integer(nil), required: true, "The soft limit."),
        ])), "Limits of the operating system."),
  ]

  private static let limits = [
    "core", "cpu", "data", "fsize", "locks", "memlock", "msgqueue", "nice", "nofile", "nproc", "rss",
    "rtprio",
    "rttime", "sigpending", "stack",
  ]

  private static let network = [
    Property("disableNetworking", .boolean, default: false, "Whether it has no network."),
    Property("dnsSearchDomains", .list(.text), "Domains in which names are searched."),
    Property("dnsServers", .list(.text), "The DNS servers."),
    Property(
      "extraHosts",
      .set(
        .object([
          Property("hostname", .text, required: true, "The name."),
          Property("ipAddress", .text, required: true, "The address."),
        ])), "Lines of /etc/hosts."),
    Property("hostname", .text, "Its host name."),
    Property("links", .set(.text), "Containers that it reaches by name, in the network mode bridge."),
    Property("portMappings", .set(.object(ports)), "The ports that it listens on."),
  ]

  private static let ports = [
    Property("appProtocol", .choice(["http", "http2", "grpc"]), "What is spoken, for Service Connect."),
    Property("containerPort", .integer(0...65_535), "The container's port."),
    Property(
      "containerPortRange", .string(TextRule(pattern: "[0-9]+-[0-9]+", says: "two ports, as 100-200")),
      "The container's ports."),
    Property("hostPort", .integer(0...65_535), "The host's port. ECS chooses one without it."),
    Property("name", .text, "Its name, for Service Connect."),
    Property("protocol", .choice(["tcp", "udp"]), default: "tcp", "The protocol."),
  ]

  private static let storage = [
    Property(
      "mountPoints",
      .set(
        .object([
          Property("containerPath", .text, "Where in the container."),
          Property("readOnly", .boolean, default: false, "Whether it can only be read."),
          Property("sourceVolume", .text, "The name of one of `volumes`."),
        ])), "The volumes that it mounts."),
    Property("readonlyRootFilesystem", .boolean, default: false, "Whether its own files can only be read."),
    Property(
      "volumesFrom",
      .set(
        .object([
          Property("readOnly", .boolean, default: false, "Whether they can only be read."),
          Property("sourceContainer", .text, "The name of the other container."),
        ])), "Containers whose volumes it mounts, too."),
  ]

  private static let environment = [
    Property("environment", .set(.object(pair)), "Environment variables."),
    Property(
      "environmentFiles",
      .list(
        .object([
          Property("type", .choice(["s3"]), default: "s3", "Where the file is."),
          Property("value", .text, required: true, "The ARN of the object, whose name ends in .env."),
        ])), "Files of environment variables."),
    Property("secrets", .set(.object(secret)), "Environment variables whose values ECS looks up."),
    Property("dockerLabels", .map(.text), "Labels."),
    Property("logConfiguration", .object(logging), "Where its output goes."),
    Property(
      "firelensConfiguration",
      .object([
        Property("options", .map(.text), "Options of the router."),
        Property("type", .choice(["fluentbit", "fluentd"]), required: true, "The router."),
      ]), "Makes it the log router of the others."),
  ]

  private static let logging = [
    Property(
      "logDriver",
      .choice([
        "awsfirelens", "awslogs", "fluentd", "gelf", "journald", "json-file", "splunk", "syslog",
      ]), required: true, "What takes the output."),
    Property("options", .map(.text), "The driver's options."),
    Property("secretOptions", .set(.object(secret)), "Options whose values ECS looks up."),
  ]

  private static let order = [
    Property(
      "dependsOn",
      .set(
        .object([
          Property(
            "condition", .choice(["COMPLETE", "HEALTHY", "START", "SUCCESS"]), required: true,
            "What must have become of the other one."),
          Property("containerName", .text, required: true, "The other container."),
        ])), "The containers that start before it."),
    Property(
      "essential", .boolean, default: true, "Whether the whole task ends when it does."),
    Property("healthCheck", .object(health), "How ECS sees that it is well."),
    Property(
      "restartPolicy",
      .object([
        Property("enabled", .boolean, required: true, "Whether it is started again when it ends."),
        Property("ignoredExitCodes", .set(.integer(nil)), "Exit codes after which it is not."),
        Property(
          "restartAttemptPeriod", .integer(60...1800), default: 300, "Seconds that it must run before that."),
      ]), "Starts it again, without a new task."),
    Property("startTimeout", .integer(2...100_000), "Seconds until others stop waiting for it."),
    Property("stopTimeout", .integer(2...100_000), "Seconds until it is killed."),
  ]

  private static let health = [
    Property("command", .list(.text), required: true, "The command: CMD or CMD-SHELL, and its words."),
    Property("interval", .integer(5...300), default: 30, "Seconds between two checks."),
    Property("retries", .integer(1...10), default: 3, "After how many failures it is unhealthy."),
    Property("startPeriod", .integer(0...300), "Seconds at its start in which failures do not count."),
    Property("timeout", .integer(2...120), default: 5, "Seconds that a check may take."),
  ]

  private static let system = [
    Property("credentialSpecs", .list(.text), "Credential specifications for Active Directory."),
    Property("dockerSecurityOptions", .list(.text), "Labels for SELinux and AppArmor."),
    Property("linuxParameters", .object(linux), "Settings of the Linux kernel."),
    Property("privileged", .boolean, default: false, "Whether it is root on the host."),
    Property(
      "systemControls",
      .set(
        .object([
          Property("namespace", .text, required: true, "The kernel parameter."),
          Property("value", .text, required: true, "Its value."),
        ])), "Kernel parameters."),
  ]

  private static let linux = [
    Property(
      "capabilities",
      .object([
        Property("add", .set(.text), "Capabilities that come."),
        Property("drop", .set(.text), "Capabilities that go."),
      ]), "Linux capabilities."),
    Property(
      "devices",
      .set(
        .object([
          Property("containerPath", .text, "Where in the container."),
          Property("hostPath", .text, required: true, "The host's device."),
          Property("permissions", .set(.choice(["mknod", "read", "write"])), "What it may do with it."),
        ])), "Devices of the host."),
    Property("initProcessEnabled", .boolean, default: false, "Whether it has an init process."),
    Property("maxSwap", .integer(0...10_000_000), "MiB of swap that it may use."),
    Property("sharedMemorySize", .integer(0...10_000_000), "MiB of /dev/shm."),
    Property("swappiness", .integer(0...100), "How readily it swaps."),
    Property(
      "tmpfs",
      .set(
        .object([
          Property("containerPath", .text, required: true, "Where in the container."),
          Property("mountOptions", .set(.text), "Options of the mount."),
          Property("size", .integer(1...10_000_000), required: true, "The most MiB."),
        ])), "File systems in memory."),
  ]

  static let containerRelations =
    Relation.inside(
      "containerDefinitions.*",
      .atLeastOne(
        of: "memory", "memoryReservation", when: .not("/memory"),
        because: "Without the memory of the whole task each container says what it needs."),
      .compared("memory", .moreThan, "memoryReservation"))
    + Relation.inside(
      "containerDefinitions.*.portMappings.*", .atMostOne(of: "containerPort", "containerPortRange"))
    + Relation.inside("containerDefinitions.*.linuxParameters", .goesWith(["swappiness"], "maxSwap"))
}
