package import Planner

/// Amazon ECS task definitions.
///
/// A revision never changes: another definition registers the next one of the family, to which its users move before the one that was is
/// deregistered. A revision that is INACTIVE counts as absent: nothing new can use it.
///
/// Reads: one a revision (tags are in it); without a known id, the newest hundred of the family are looked through for one that bears our
/// tags. Writes: one to register one, one to deregister it, one each for tags that come and that go. Facts: the ECS API reference, and
/// `AWS::ECS::TaskDefinition` in CloudFormation.
package struct TaskDefinitionKind: DescribedKind {
  package var schema: Schema { Self.declaration }

  let calls = KindCalls(
    identity: Identity(
      creation: ["family": .name], reference: ["taskDefinition": .id], tagged: ["resourceArn": .id],
      known: ["arn": .id], given: "taskDefinition.taskDefinitionArn",
      finder: .revisions(ECS.listTaskDefinitions, name: "familyPrefix", input: newest)),
    create: ECS.registerTaskDefinition, read: ECS.describeTaskDefinition, answer: "taskDefinition",
    question: ["include": ["TAGS"]], ending: Ending(delete: ECS.deregisterTaskDefinition),
    phase: Phase(path: "status", gone: ["INACTIVE", "DELETE_IN_PROGRESS"]), tags: ECS.tags,
    fields: WireFields(
      spelling: .lowerCamel,
      renamed: [
        "proxyConfiguration.proxyConfigurationProperties": "properties",
        "volumes.*.efsVolumeConfiguration.filesystemId": "fileSystemId",
        "volumes.*.s3FilesVolumeConfiguration": "s3filesVolumeConfiguration",
      ]),
    attributes: ["name": "family", "revision": "revision"])

  private static let newest: [String: Value] = ["status": "ACTIVE", "sort": "DESC"]

  /// Revisions have no names of their own.
  package func everything(_ aws: ReadingClient) async throws(ProviderError) -> [ListedResource] {
    try await aws.everyItem(ECS.listTaskDefinitions, Self.newest).compactMap(\.string)
      .map { ListedResource(id: $0) }
  }

  /// A definition counts whole: what is left out of it is not in the next revision. Left to the service is `hostPort`, which it sets itself in
  /// the network modes awsvpc and host.
  package func completed(_ resource: Resource) -> Resource {
    var completed = resource
    for name in ["containerDefinitions", "proxyConfiguration", "volumes"] {
      guard let shape = schema.property(name)?.shape, let value = resource[name] else { continue }
      completed.properties[name] = value.whole(in: shape, except: ["hostPort"])
    }
    return completed
  }

  /// What an endpoint drops would else make a revision with every apply.
  func complete(
    _ live: inout LiveResource, from answer: AWSResponse, _ query: LiveQuery, _ aws: ReadingClient
  ) async throws(ProviderError) {
    guard aws.target.has(.dropsSettingsOfTaskDefinitions) else { return }
    for name in ["enableFaultInjection", "inferenceAccelerators"] where live.properties[name] == nil {
      live.untold.insert(name)
    }
  }

  // MARK: Problems

  package func problems(of resource: Resource) -> [PropertyProblem] {
    let containers = resource["containerDefinitions"]?.list ?? []
    let names = Set(containers.compactMap { $0["name"]?.string })
    let volumes = resource["volumes"]?.list ?? []
    let volumeNames = Set(volumes.compactMap { $0["name"]?.string })
    let isOpen = containers.contains { $0.map == nil || $0["name"]?.isPending == true }
    var problems: [PropertyProblem] = []
    if !containers.isEmpty, containers.allSatisfy({ $0["essential"] == false }) {
      problems.append(
        PropertyProblem(
          ["containerDefinitions"], "No essential container",
          "A task runs as long as its essential containers, and none of these is one.",
          fix: "Take `essential: false` out of at least one."))
    }
    for (index, container) in containers.enumerated() {
      let path = ["containerDefinitions", String(index)]
      if !volumes.contains(where: { $0["name"]?.isPending == true }) {
        problems += unknown(container, "mountPoints", "sourceVolume", among: volumeNames, "volume", at: path)
      }
      guard !isOpen else { continue }
      problems += unknown(container, "dependsOn", "containerName", among: names, "container", at: path)
      problems += unknown(container, "volumesFrom", "sourceContainer", among: names, "container", at: path)
    }
    if !isOpen, let proxy = resource["proxyConfiguration"]?["containerName"]?.string, !names.contains(proxy) {
      problems.append(.unknown(proxy, "container", at: ["proxyConfiguration", "containerName"]))
    }
    return problems
  }

  /// Names in a container's list that the definition does not have.
  private func unknown(
    _ container: Value, _ list: String, _ member: String, among names: Set<String>, _ what: String,
    at path: [String]
  ) -> [PropertyProblem] {
    (container[list]?.list ?? []).enumerated().compactMap { index, item in
      guard let name = item[member]?.string, !names.contains(name) else { return nil }
      return .unknown(name, what, at: path + [list, String(index), member])
    }
  }
}

extension PropertyProblem {
  fileprivate static func unknown(_ name: String, _ what: String, at path: [String]) -> PropertyProblem {
    PropertyProblem(
      path, "Unknown \(what)", "The definition has no \(what) \"\(name)\".",
      fix: "Name one of \(what == "volume" ? "`volumes`" : "`containerDefinitions`").")
  }
}
