import Planner

extension StreamKind {
  /// Changes these properties of a stream to what is wanted, one call after the other: Kinesis takes one change at a
  /// time. Properties that are as wanted cost no call: Kinesis refuses a change that changes nothing.
  func change(
    _ properties: Set<String>, of resource: Resource, _ aws: WritingClient
  ) async throws(ProviderError) {
    guard !properties.isDisjoint(with: Self.changeable) else { return }
    let stream = verbs.reference(resource.name ?? "", in: aws.target)
    func active() async throws(ProviderError) -> Value {
      try await verbs.ready(stream, isThere: true, aws) ?? .null
    }
    var live = try await active()
    for property in Self.changeable where properties.contains(property) {
      for call in Self.calls(for: property, of: resource, live: live) {
        try await aws.write(call.operation, call.input)
        live = try await active()
      }
    }
    while properties.contains("shardCount"), let call = Self.resharding(resource, live: live) {
      try await aws.write(call.operation, call.input)
      let before = live["OpenShardCount"]
      live = try await active()
      guard live["OpenShardCount"] != before else { throw Self.standstill(before, call) }
    }
  }

  /// What came of a step that was taken and changed nothing: the next one would be the same, for ever.
  private static func standstill(_ count: Value?, _ call: Call) -> ProviderError {
    ProviderError(
      .malformed,
      message: "the endpoint took a change to \(call.input["TargetShardCount"]?.integer ?? 0) shards, "
        + "and there are \(count?.integer ?? 0) as before",
      operation: "kinesis:UpdateShardCount", status: 200)
  }

  typealias Call = (operation: Operation<Writes>, input: [String: Value])

  /// In the order in which they are changed: the mode decides what shards there are.
  static let changeable = [
    "streamMode", "shardCount", "retentionPeriodHours", "streamEncryption", "desiredShardLevelMetrics",
  ]

  static func calls(for property: String, of resource: Resource, live: Value) -> [Call] {
    let name = Value.string(resource.name ?? "")
    let now = properties(in: live)[property] ?? .null
    let wanted = resource[property] ?? .null
    switch property {
    case "streamMode":
      let mode = wanted.isNull ? "PROVISIONED" : wanted
      guard now != mode else { return [] }
      var input: [String: Value] = ["StreamModeDetails": ["StreamMode": mode]]
      input["StreamARN"] = live["StreamARN"]
      return [(Kinesis.updateStreamMode, input)]
    case "retentionPeriodHours":
      let (hours, before) = (wanted.integer ?? 24, now.integer ?? 24)
      guard hours != before else { return [] }
      let verb =
        hours > before ? Kinesis.increaseStreamRetentionPeriod : Kinesis.decreaseStreamRetentionPeriod
      return [(verb, ["StreamName": name, "RetentionPeriodHours": .integer(hours)])]
    case "streamEncryption": return encryption(name, from: now, to: wanted)
    case "desiredShardLevelMetrics": return metrics(name, from: now, to: wanted)
    default: return []
    }
  }

  private static func encryption(_ name: Value, from now: Value, to wanted: Value) -> [Call] {
    func input(_ key: Value?) -> [String: Value] {
      ["StreamName": name, "EncryptionType": "KMS", "KeyId": key ?? .null]
    }
    guard now["keyId"] != wanted["keyId"] else { return [] }
    if wanted.isEmpty { return [(Kinesis.stopStreamEncryption, input(now["keyId"]))] }
    return [(Kinesis.startStreamEncryption, input(wanted["keyId"]))]
  }

  private static func metrics(_ name: Value, from now: Value, to wanted: Value) -> [Call] {
    let (before, after) = (Set(now.list ?? []), Set(wanted.list ?? []))
    func call(_ operation: Operation<Writes>, _ names: Set<Value>) -> [Call] {
      let sorted = names.compactMap(\.string).sorted().map(Value.string)
      let input = ["StreamName": name, "ShardLevelMetrics": .list(sorted)]
      return sorted.isEmpty ? [] : [(operation, input)]
    }
    return call(Kinesis.disableEnhancedMonitoring, before.subtracting(after))
      + call(Kinesis.enableEnhancedMonitoring, after.subtracting(before))
  }

  /// The next step to the wanted number of shards: one call at most doubles or halves it.
  static func resharding(_ resource: Resource, live: Value) -> Call? {
    guard live["StreamModeDetails"]?["StreamMode"] != "ON_DEMAND", let now = live["OpenShardCount"]?.integer
    else { return nil }
    let wanted = resource["shardCount"]?.integer ?? 1
    guard wanted != now, now > 0 else { return nil }
    let next = min(max(wanted, (now + 1) / 2), now * 2)
    return (
      Kinesis.updateShardCount,
      [
        "StreamName": .string(resource.name ?? ""), "TargetShardCount": .integer(next),
        "ScalingType": "UNIFORM_SCALING",
      ]
    )
  }
}
