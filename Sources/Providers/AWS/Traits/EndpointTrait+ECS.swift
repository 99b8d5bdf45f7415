extension EndpointTrait {
  static let dropsSettingsOfTaskDefinitions = EndpointTrait(
    "dropsSettingsOfTaskDefinitions",
    "enableFaultInjection and inferenceAccelerators of a task definition are taken, and not kept.",
    [.miniStack: "RegisterTaskDefinition with both, DescribeTaskDefinition: neither (1.5.33)"])
}
