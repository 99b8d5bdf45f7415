extension KindSample {
  /// A task of container instances, with all that a container and a volume may have.
  static let taskDefinition = KindSample(
    section: "taskDefinitions",
    properties: [
      "containerDefinitions": "[\(web), { name: logs, image: fluent-bit, memory: 64, essential: false }]",
      "executionRoleArn": "arn:aws:iam::{account}:role/execution",
      "ipcMode": "task", "networkMode": "bridge", "pidMode": "host",
      "placementConstraints": "[{ type: memberOf, expression: 'attribute:ecs.os-type == linux' }]",
      "requiresCompatibilities": "[EC2]", "tags": "{ team: blue }",
      "taskRoleArn": "arn:aws:iam::{account}:role/task", "volumes": "[\(volumes)]",
    ],
    mutations: ["tags": "{ owner: red }"],
    replacements: [
      "containerDefinitions": "[{ name: web, image: 'nginx:1.27', memory: 64 }]",
      "executionRoleArn": "arn:aws:iam::{account}:role/other",
      "ipcMode": "none", "name": "another", "networkMode": "host", "pidMode": "task",
      "placementConstraints": "[{ type: memberOf, expression: 'attribute:ecs.os-type == windows' }]",
      "requiresCompatibilities": "[EC2, EXTERNAL]", "taskRoleArn": "arn:aws:iam::{account}:role/other",
      "volumes": "[{ name: data, host: { sourcePath: /srv/other } }]",
    ],
    // The container mounts one of them.
    indispensable: ["volumes"],
    outsideChanges: [
      "tags": "client('ecs').tag_resource(resourceArn=id, tags=[{'key': 'team', 'value': 'outside'}])"
    ],
    defects: missing,
    part: StackPart(
      entries: """
          batch:
            containerDefinitions: [{ name: batch, image: "nginx:1.27", memory: 64 }]
            tags: {tags}
        """,
      listing: #"""
        [t.rsplit("/", 1)[-1] for t in c("ecs").list_task_definitions(status="ACTIVE")["taskDefinitionArns"]]
        """#))

  /// What MiniStack does not keep, so that it is compared by what was applied last.
  static let acceleratedTaskDefinition = KindSample(
    section: "taskDefinitions",
    properties: [
      "containerDefinitions": "[{ name: web, image: nginx, memory: 64 }]", "enableFaultInjection": "true",
      "inferenceAccelerators": "[{ deviceName: one, deviceType: eia2.medium }]",
    ],
    replacements: [
      "enableFaultInjection": "false",
      "inferenceAccelerators": "[{ deviceName: two, deviceType: eia2.large }]",
    ],
    unseen: [
      "enableFaultInjection": "MiniStack never tells it; what was applied last stands for it",
      "inferenceAccelerators": "MiniStack never tells them; what was applied last stands for them",
    ],
    defects: missing)

  /// A task on Fargate.
  static let fargateTaskDefinition = KindSample(
    section: "taskDefinitions",
    properties: [
      "containerDefinitions": "[{ name: envoy, image: envoy, portMappings: [{ containerPort: 80 }] }]",
      "cpu": "256", "ephemeralStorage": "{ sizeInGiB: 30 }", "memory": "1024", "networkMode": "awsvpc",
      "proxyConfiguration":
        "{ type: APPMESH, containerName: envoy, proxyConfigurationProperties: [{ name: IgnoredUID, value: '1337' }] }",
      "requiresCompatibilities": "[FARGATE]",
      "runtimePlatform": "{ cpuArchitecture: ARM64, operatingSystemFamily: LINUX }",
    ],
    replacements: [
      "cpu": "512", "ephemeralStorage": "{ sizeInGiB: 40 }", "memory": "2048",
      "proxyConfiguration": "{ containerName: envoy }",
      "requiresCompatibilities": "[EC2, FARGATE]",
      "runtimePlatform": "{ cpuArchitecture: X86_64, operatingSystemFamily: LINUX }",
    ],
    defects: missing)

  private static let missing = [
    Defect(
      endpoint: .localstack, property: nil,
      evidence:
        "RegisterTaskDefinition → 501 InternalFailure: The API for service 'ecs' is either not included in your current license plan or has not yet been emulated by LocalStack."
    )
  ]

  private static let web = """
    { name: web, image: 'nginx:1.27', cpu: 128, memory: 256, memoryReservation: 128, essential: true, \
    command: [serve], entryPoint: [/bin/app], interactive: true, pseudoTerminal: true, user: www, \
    workingDirectory: /srv, repositoryCredentials: { credentialsParameter: registry }, \
    versionConsistency: disabled, resourceRequirements: [{ type: GPU, value: '1' }], \
    ulimits: [{ name: nofile, softLimit: 1024, hardLimit: 2048 }], disableNetworking: false, \
    dnsSearchDomains: [shop.example], dnsServers: [10.0.0.2], hostname: web, links: [logs], \
    extraHosts: [{ hostname: db, ipAddress: 10.0.0.3 }], \
    portMappings: [{ name: http, containerPort: 80, hostPort: 8080, protocol: tcp, appProtocol: http2 }, \
    { containerPortRange: 100-200, protocol: udp }], \
    mountPoints: [{ sourceVolume: data, containerPath: /data, readOnly: true }], \
    volumesFrom: [{ sourceContainer: logs, readOnly: true }], readonlyRootFilesystem: true, \
    environment: [{ name: MODE, value: fast }, { name: EMPTY, value: '' }], \
    environmentFiles: [{ type: s3, value: 'arn:aws:s3:::settings/web.env' }], \
    secrets: [{ name: PASSWORD, valueFrom: password }], dockerLabels: { team: blue }, \
    logConfiguration: { logDriver: awslogs, options: { awslogs-group: web }, \
    secretOptions: [{ name: token, valueFrom: token }] }, \
    firelensConfiguration: { type: fluentbit, options: { enable-ecs-log-metadata: 'true' } }, \
    dependsOn: [{ containerName: logs, condition: START }], \
    healthCheck: { command: [CMD-SHELL, exit 0], interval: 10, retries: 2, startPeriod: 20, timeout: 4 }, \
    restartPolicy: { enabled: true, ignoredExitCodes: [0], restartAttemptPeriod: 120 }, \
    startTimeout: 30, stopTimeout: 40, credentialSpecs: ['credentialspec:spec'], \
    dockerSecurityOptions: [no-new-privileges], privileged: true, \
    systemControls: [{ namespace: net.core.somaxconn, value: '1024' }], \
    linuxParameters: { capabilities: { add: [SYS_PTRACE], drop: [MKNOD] }, \
    devices: [{ hostPath: /dev/fuse, containerPath: /dev/fuse, permissions: [read] }], \
    initProcessEnabled: true, maxSwap: 128, swappiness: 10, sharedMemorySize: 64, \
    tmpfs: [{ containerPath: /tmp, size: 32, mountOptions: [noexec] }] } }
    """

  private static let volumes = """
    { name: data, host: { sourcePath: /srv/data } }, { name: later, configuredAtLaunch: true }, \
    { name: docker, dockerVolumeConfiguration: { scope: shared, autoprovision: true, driver: local, \
    driverOpts: { type: nfs }, labels: { team: blue } } }, \
    { name: efs, efsVolumeConfiguration: { filesystemId: fs-1, rootDirectory: /data, transitEncryption: ENABLED, \
    transitEncryptionPort: 2999, authorizationConfig: { accessPointId: fsap-1, iam: ENABLED } } }, \
    { name: fsx, fsxWindowsFileServerVolumeConfiguration: { fileSystemId: fs-2, rootDirectory: share, \
    authorizationConfig: { credentialsParameter: 'arn:aws:ssm:us-east-1:{account}:parameter/fsx', \
    domain: shop.example } } }, \
    { name: s3, s3FilesVolumeConfiguration: { fileSystemArn: 'arn:aws:s3files:us-east-1:{account}:fs/1', \
    accessPointArn: 'arn:aws:s3files:us-east-1:{account}:ap/1', rootDirectory: /data, \
    transitEncryptionPort: 2999 } }
    """
}
