import Planner
import Testing

/// What becomes of a secret after its deletion: it waits for its end, and comes back as it is declared then.
@Suite(.enabled(if: !TestEndpoint.available.isEmpty && TestEndpoint.python != nil))
struct `A secret on a real endpoint` {
  private static func stack(_ properties: String) -> String {
    "stack: shop\nsecrets:\n  login: { \(properties) }\n"
  }

  @Test(arguments: TestEndpoint.available)
  func `is restored by the apply after its destruction, with the value that is declared then`(
    _ endpoint: TestEndpoint
  ) async throws {
    let first = Self.stack(
      "secretString: canary-one, description: old, kmsKeyId: alias/mine, tags: { team: blue }")
    try await Workplace.with(endpoint, first) { place in
      try await place.expect(0, "apply", "--auto-approve")
      try await place.expect(0, "destroy", "--auto-approve", "--allow-data-loss")
      #expect(try await place.seen() == ["deleted": true, "description": "old", "key": "alias/mine"])
      try place.write(Self.stack("secretString: canary-two, tags: { cost: low }"))
      let plan = try await place.expect(2, "plan", "--detailed-exitcode")
      #expect(plan.output.contains("is restored: it was waiting for its deletion"), "\(plan)")
      place.proxy.passEverything()
      let apply = try await place.expect(0, "apply", "--auto-approve", "--verbose")
      #expect(!(plan.everything + apply.everything).contains("canary"), "\(plan) \(apply)")
      let writes = place.writes
      #expect(writes.starts(with: ["CreateSecret", "RestoreSecret", "UpdateSecret"]), "\(writes)")
      #expect(try await place.seen() == ["deleted": false, "value": "canary-two", "tags": ["cost": "low"]])
      try await place.expect(0, "plan", "--detailed-exitcode")
      try await place.expect(0, "drift", "--detailed-exitcode")
    }
  }

  @Test(
    arguments: TestEndpoint.available,
    [(0, "ForceDeleteWithoutRecovery\":true"), (7, "RecoveryWindowInDays\":7")])
  func `is deleted as its entry said last, when the entry is gone`(
    _ endpoint: TestEndpoint, _ window: (days: Int, said: String)
  ) async throws {
    try await Workplace.with(endpoint, Self.stack("secretString: canary")) { place in
      try await place.expect(0, "apply", "--auto-approve")
      try place.write(Self.stack("secretString: canary, recoveryWindowInDays: \(window.days)"))
      try await place.expect(0, "apply", "--auto-approve")
      try place.write("stack: shop\nsecrets: {}\n")
      place.proxy.passEverything()
      try await place.expect(0, "apply", "--auto-approve", "--allow-data-loss")
      let deletion = try #require(place.proxy.requests.first { $0.operation == "DeleteSecret" })
      #expect(deletion.body.contains(window.said), "\(deletion.body)")
      #expect(try await place.seen() == (window.days == 0 ? [:] : ["deleted": true]))
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `of somebody else that waits for its end is left to wait`(_ endpoint: TestEndpoint) async throws {
    try await Workplace.with(endpoint, Self.stack("secretString: canary")) { place in
      try await place.account.python(
        """
        secrets = client("secretsmanager")
        secrets.create_secret(Name="login", SecretString="theirs")
        secrets.delete_secret(SecretId="login", RecoveryWindowInDays=7)
        """)
      let apply = try await place.expect(1, "apply", "--auto-approve")
      #expect(apply.errors.contains("The name is not free yet"), "\(apply)")
      #expect(place.writes == [])
      #expect(try await place.seen() == ["deleted": true])
    }
  }
}

extension Workplace {
  /// The writes to Secrets Manager since the proxy was last told what to do.
  fileprivate var writes: [String] {
    proxy.requests.map(\.operation).filter { $0.hasSuffix("Secret") && $0 != "DescribeSecret" }
  }

  /// What the endpoint has of the secret, without what is empty; nothing when there is none.
  fileprivate func seen() async throws -> Value {
    let text = try await account.python(
      """
      secrets = client("secretsmanager")
      try:
          it = secrets.describe_secret(SecretId="login")
          tags = {t["Key"]: t["Value"] for t in it.get("Tags", []) if not t["Key"].startswith("stackform:")}
          key = it.get("KmsKeyId")
          seen = {"deleted": "DeletedDate" in it, "description": it.get("Description"),
                  "key": None if key == "alias/aws/secretsmanager" else key}
          if not seen["deleted"]:
              seen |= {"tags": tags, "value": secrets.get_secret_value(SecretId="login")["SecretString"]}
          print(json.dumps({name: value for name, value in seen.items() if value not in (None, "", {})}))
      except secrets.exceptions.ResourceNotFoundException:
          print("{}")
      """)
    return try #require(Value(json: text))
  }
}
