import Planner

extension TaskDefinitionKind {
  static let declaration = Schema(
    section: "taskDefinitions", kind: "task definition", title: "Amazon ECS task definition",
    summary:
      "A task definition says which containers run together as a task, with which images, limits and volumes.",
    naming: Naming(
      TextRule(length: 1...255, pattern: "[A-Za-z0-9_-]+", says: "letters, digits, hyphens and underscores"),
      isIdentity: false, change: .replaces),
    isRevised: true, hasPlainTags: true,
    properties: [
      Property(
        "containerDefinitions", .list(.object(container)), required: true, change: .replaces,
        "The containers of a task."),
      Property(
        "cpu", .string(TextRule(pattern: "[0-9]+", says: "CPU units, as 256 for a quarter of a processor")),
        change: .replaces, "The CPU units of the whole task. 1024 are one virtual processor."),
      Property(
        "enableFaultInjection", .boolean, default: false, change: .replaces,
        "Whether faults may be injected into its containers."),
      Property(
        "ephemeralStorage",
        .object([Property("sizeInGiB", .integer(21...200), required: true, "Its size in GiB.")]),
        change: .replaces, "The task's own storage, for more than the usual 20 GiB."),
      Property(
        "executionRoleArn", .arn, change: .replaces,
        "The ARN of the role with which ECS pulls images, writes logs and reads secrets."),
      Property(
        "inferenceAccelerators", .set(.object(accelerator)), change: .replaces,
        "Elastic Inference accelerators, which AWS no longer gives to new customers."),
      Property(
        "ipcMode", .choice(["host", "none", "task"]), change: .replaces,
        "With whom its containers share memory and semaphores."),
      Property(
        "memory", .string(TextRule(pattern: "[0-9]+", says: "MiB, as 512")), change: .replaces,
        "The memory of the whole task, in MiB."),
      Property(
        "networkMode", .choice(["awsvpc", "bridge", "host", "none"]), default: "bridge", change: .replaces,
        "How its containers are networked. Fargate knows awsvpc alone."),
      Property(
        "pidMode", .choice(["host", "task"]), change: .replaces, "With whom its containers share processes."),
      Property(
        "placementConstraints", .set(.object(constraint)), change: .replaces,
        "Which container instances it may run on."),
      Property("proxyConfiguration", .object(proxy), change: .replaces, "The App Mesh proxy."),
      Property(
        "requiresCompatibilities", .set(.choice(["EC2", "EXTERNAL", "FARGATE", "MANAGED_INSTANCES"])),
        change: .replaces, "What it must be able to run on: ECS refuses what does not fit."),
      Property(
        "runtimePlatform", .object(platform), change: .replaces, "The operating system and processor."),
      Property(
        "taskRoleArn", .arn, change: .replaces, "The ARN of the role that its containers act in."),
      Property("volumes", .list(.object(volume)), change: .replaces, "What its containers can mount."),
    ],
    attributes: [
      Attribute("arn", early: false, "The revision's ARN: what services and schedules run."),
      Attribute("name", early: true, "The family's name."),
      Attribute("revision", early: false, "The revision's number."),
    ],
    relations: taskRelations + containerRelations + volumeRelations,
    example: """
      taskDefinitions:
        web:
          requiresCompatibilities: [FARGATE]
          networkMode: awsvpc
          cpu: 256
          memory: 512
          containerDefinitions:
            - name: web
              image: nginx:1.27
              portMappings: [{ containerPort: 80 }]
      """)

  private static let taskRelations = [
    Relation.needs(
      .value("requiresCompatibilities.*", "FARGATE"), "cpu", "memory", .value("networkMode", "awsvpc"),
      because: "Fargate sizes a task by these, and gives each a network interface."),
    .goesWith(
      ["proxyConfiguration"], .value("networkMode", "awsvpc"),
      because: "App Mesh needs a network interface a task."),
    .count(1...10, of: "containerDefinitions", what: "containers"),
    .distinct("containerDefinitions.*.name"), .distinct("volumes.*.name"),
    .atMost(10, of: "placementConstraints", what: "constraints"),
  ]

  private static let accelerator = [
    Property("deviceName", .text, required: true, "Its name, for `resourceRequirements`."),
    Property("deviceType", .text, required: true, "Its type."),
  ]

  private static let constraint = [
    Property(
      "expression", .text, "Instances that fit, in the cluster query language."),
    Property("type", .choice(["memberOf"]), required: true, "The kind of constraint."),
  ]

  private static let proxy = [
    Property("containerName", .text, required: true, "The container that is the proxy."),
    Property(
      "proxyConfigurationProperties", .set(.object(pair)),
      "How the CNI plugin is set: IgnoredUID, AppPorts and others."),
    Property("type", .choice(["APPMESH"]), default: "APPMESH", "The kind of proxy."),
  ]

  private static let platform = [
    Property("cpuArchitecture", .choice(["ARM64", "X86_64"]), "The processor."),
    Property(
      "operatingSystemFamily",
      .choice([
        "LINUX", "WINDOWS_SERVER_2004_CORE", "WINDOWS_SERVER_2016_FULL", "WINDOWS_SERVER_2019_CORE",
        "WINDOWS_SERVER_2019_FULL", "WINDOWS_SERVER_2022_CORE", "WINDOWS_SERVER_2022_FULL",
        "WINDOWS_SERVER_2025_CORE", "WINDOWS_SERVER_2025_FULL", "WINDOWS_SERVER_20H2_CORE",
      ]), "The operating system."),
  ]

  static let pair = [
    Property("name", .text, required: true, "Its name."), Property("value", .text, "Its value."),
  ]

  static let secret = [
    Property("name", .text, required: true, "Its name."),
    Property(
      "valueFrom", .text, required: true,
      "The ARN of a Secrets Manager secret, or the ARN or name of an SSM parameter."),
  ]
}
