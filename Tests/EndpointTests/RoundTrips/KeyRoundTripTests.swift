import Planner
import Testing

/// What becomes of a key after its deletion, and of those that use one when it is replaced.
@Suite(.enabled(if: !TestEndpoint.available.isEmpty && TestEndpoint.python != nil))
struct `A KMS key on a real endpoint` {
  private static func stack(_ properties: String) -> String {
    """
    stack: shop
    kmsKeys:
      orders: { \(properties) }
    kmsAliases:
      orders: { targetKeyId: "${kmsKeys.orders.keyId}" }

    """
  }

  @Test(arguments: TestEndpoint.available)
  func `waits for its end as long as its entry said last, and is made anew by the next apply`(
    _ endpoint: TestEndpoint
  ) async throws {
    try await Workplace.with(endpoint, Self.stack("pendingWindowInDays: 8")) { place in
      try await place.expect(0, "apply", "--auto-approve")
      let old = try await place.aliased()
      try place.write("stack: shop\nkmsKeys: {}\n")
      place.proxy.passEverything()
      try await place.expect(0, "apply", "--auto-approve", "--allow-data-loss")
      let deletion = try #require(place.proxy.requests.first { $0.operation == "ScheduleKeyDeletion" })
      #expect(deletion.body.contains("PendingWindowInDays\":8"), "\(deletion.body)")
      #expect(place.changes == ["DeleteAlias", "ScheduleKeyDeletion"])
      #expect(try await place.states()[old] == "PendingDeletion")
      try await place.expect(0, "plan", "--detailed-exitcode")
      try place.write(Self.stack("description: again"))
      try await place.expect(0, "apply", "--auto-approve")
      #expect(try await place.aliased() != old)
      try await place.expect(0, "plan", "--detailed-exitcode")
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `that somebody else scheduled for its deletion is brought back, as the plan says`(
    _ endpoint: TestEndpoint
  ) async throws {
    try await Workplace.with(endpoint, Self.stack("description: old")) { place in
      try await place.expect(0, "apply", "--auto-approve")
      let id = try await place.aliased()
      try await place.account.python(
        "client('kms').schedule_key_deletion(KeyId=id, PendingWindowInDays=7)", ["id": id])
      let plan = try await place.expect(2, "plan", "--detailed-exitcode")
      #expect(plan.output.contains("PendingDeletion"), "\(plan)")
      try await place.expect(0, "apply", "--auto-approve")
      #expect(try await place.states()[id] == "Enabled")
      #expect(try await place.aliased() == id)
      try await place.expect(0, "plan", "--detailed-exitcode")
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `is replaced beside the old one, and its alias is never without a key that can be used`(
    _ endpoint: TestEndpoint
  ) async throws {
    try await Workplace.with(endpoint, Self.stack("keySpec: HMAC_256, keyUsage: GENERATE_VERIFY_MAC")) {
      place in
      try await place.expect(0, "apply", "--auto-approve")
      let old = try await place.aliased()
      try place.write(Self.stack("keySpec: HMAC_512, keyUsage: GENERATE_VERIFY_MAC"))
      place.proxy.passEverything()
      try await place.expect(0, "apply", "--auto-approve", "--allow-data-loss")
      #expect(place.changes == ["CreateKey", "UpdateAlias", "ScheduleKeyDeletion"])
      let new = try await place.aliased()
      #expect(try await place.states() == [old: "PendingDeletion", new: "Enabled"])
      try await place.expect(0, "plan", "--detailed-exitcode")
    }
  }
}

extension Workplace {
  /// The writes to KMS since the proxy was last told what to do.
  fileprivate var changes: [String] {
    let writes: Set = ["CreateKey", "CreateAlias", "UpdateAlias", "DeleteAlias", "ScheduleKeyDeletion"]
    return proxy.requests.map(\.operation).filter(writes.contains)
  }

  /// The id of the key that the alias names.
  fileprivate func aliased() async throws -> String {
    let text = try await account.python(
      """
      aliases = client("kms").list_aliases()["Aliases"]
      print(json.dumps(next(a["TargetKeyId"] for a in aliases if a["AliasName"] == "alias/orders")))
      """)
    return try #require(Value(json: text)?.string)
  }

  /// The state of each key.
  fileprivate func states() async throws -> [String: String] {
    let text = try await account.python(
      """
      kms = client("kms")
      print(json.dumps({k["KeyId"]: kms.describe_key(KeyId=k["KeyId"])["KeyMetadata"]["KeyState"]
                        for k in kms.list_keys()["Keys"]}))
      """)
    return try #require(Value(json: text)?.map).compactMapValues(\.string)
  }
}
