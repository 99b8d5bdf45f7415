import Planner
import Testing

/// A secret text that somebody else wrote is in no file, so that no mask knows it. It is read to be compared, and told by
/// nothing all the same.
@Suite(.enabled(if: !TestEndpoint.available.isEmpty && TestEndpoint.python != nil))
struct ForeignSecretTests {
  private static func stack(_ properties: String) -> String {
    "stack: shop\nssmParameters:\n  token: { type: SecureString, secureValue: canary-of-ours\(properties) }\n"
  }

  private func expectNoSecret(_ text: String, _ comment: String) {
    #expect(!text.contains("canary"), "\(comment): \(text)")
  }

  @Test(arguments: TestEndpoint.available)
  func `It is a change, and neither the plan nor drift nor a failure tells it`(
    _ endpoint: TestEndpoint
  ) async throws {
    try await Workplace.with(endpoint, Self.stack("")) { place in
      try await place.expect(0, "apply", "--auto-approve")
      try await place.account.python(
        "client('ssm').put_parameter(Name='token', Value='canary-of-theirs', Type='SecureString', Overwrite=True)"
      )
      for command in [
        ["plan"], ["plan", "--verbose"], ["plan", "--json"], ["drift"], ["drift", "--json"], ["show"],
        ["show", "ssmParameters.token"], ["show", "--json"], ["history", "--runs"],
      ] {
        let result = try await place.run(command)
        expectNoSecret(result.description, "\(command)")
        if command == ["plan"] || command == ["drift"] {
          #expect(result.output.contains("secureValue"), "\(result)")
        }
      }
      try place.write(Self.stack(", description: new, ignoreChanges: [secureValue]"))
      place.proxy.start { request in
        guard request.operation == "PutParameter" else { return .pass }
        let message = Value.map([
          "__type": "ValidationException", "message": .string("can't take \(request.body)"),
        ])
        return .answer(Answers.http("400 Bad Request", "application/json", message.json))
      }
      let refused = try await place.expect(1, "apply", "--auto-approve", "--verbose")
      #expect(refused.errors.contains("ValidationException"), "\(refused)")
      expectNoSecret(refused.description, "a failure")
      place.proxy.passEverything()
      try await place.expect(0, "apply", "--auto-approve")
      #expect(try await place.parameter() == ["new", "canary-of-theirs"])
      try place.write(Self.stack(""))
      expectNoSecret(try await place.expect(0, "apply", "--auto-approve").description, "a repair")
      #expect(try await place.parameter() == ["", "canary-of-ours"])
      try await place.expect(0, "plan", "--detailed-exitcode")
      for request in place.proxy.requests where request.path.hasPrefix("/stackform-") {
        expectNoSecret(
          request.body.replacing(Self.stack(""), with: "")
            .replacing(Self.stack(", description: new, ignoreChanges: [secureValue]"), with: ""),
          "\(request)")
      }
    }
  }
}

extension Workplace {
  /// The description and the text that the endpoint has.
  fileprivate func parameter() async throws -> [String] {
    let text = try await account.python(
      """
      ssm = client("ssm")
      told = ssm.describe_parameters(ParameterFilters=[{"Key": "Name", "Values": ["token"]}])["Parameters"][0]
      value = ssm.get_parameter(Name="token", WithDecryption=True)["Parameter"]["Value"]
      print(json.dumps([told.get("Description") or "", value]))
      """)
    return try #require(Value(json: text)?.list).compactMap(\.string)
  }
}
