import Foundation
import Planner
import Providers
import Testing

/// A secret is seen by the service that needs it, and by nobody else.
@Suite(.enabled(if: !TestEndpoint.available.isEmpty && TestEndpoint.python != nil)) struct SecretTests {
  private static let secret = "hunter2-Tr0ub4dor"
  private static let stack = """
    stack: shop
    variables: { password: { type: string, secret: true } }
    queues: { one: { tags: { hint: "${var.password}" } } }
    lambdas:
      worker:
        code: code
        runtime: python3.12
        handler: app.handler
        environment: { PASSWORD: "${var.password}", URL: "db://user:${var.password}@host" }
    outputs:
      login: "${var.password}"
    """

  @Test(arguments: TestEndpoint.available)
  func `No secret is told or kept`(endpoint: TestEndpoint) async throws {
    try await Workplace.with(endpoint, Self.stack) { place in
      let variables = ["STACKFORM_VAR_password": Self.secret]
      func run(_ arguments: String...) async throws {
        expectNoSecret(try await place.run(arguments, variables: variables).description, "\(arguments)")
      }
      let refused = try await place.run(["plan", "--out", "shop.plan"], variables: variables)
      #expect(refused.code == 1 && refused.errors.contains("holds no secrets"), "\(refused)")
      #expect(!FileManager.default.fileExists(atPath: place.path("shop.plan")))
      for option in [[], ["--verbose"], ["--json"]] {
        for command in [["plan"], ["apply", "--auto-approve"], ["show"], ["output"], ["graph", "--plan"]] {
          if command[0] == "output" && option == ["--json"] { continue }
          let result = try await place.run(command + option, variables: variables)
          if !(command[0] == "graph" && option == ["--json"]) { #expect(result.code == 0, "\(result)") }
          expectNoSecret(result.description, "\(command + option)")
        }
      }
      let held = try place.account.python(
        """
        s3 = client("s3")
        for bucket in s3.list_buckets()["Buckets"]:
            for item in s3.list_objects_v2(Bucket=bucket["Name"]).get("Contents", []):
                print(item["Key"], s3.get_object(Bucket=bucket["Name"], Key=item["Key"])["Body"].read())
        """)
      #expect(held.contains("ledger.json") && held.contains("lock.json"))
      expectNoSecret(held, "what the ledger's bucket holds")
      // Another secret is a change, and neither the old nor the new one is shown.
      let changed = try await place.run(
        ["plan", "--verbose", "--detailed-exitcode"], variables: ["STACKFORM_VAR_password": Self.secret + "3"]
      )
      #expect(changed.code == 2, "\(changed)")
      expectNoSecret(changed.description, "a changed secret")
      try place.expectNoSecretInFiles(Self.secret)
      _ = try await place.run(["destroy", "--auto-approve"], variables: variables)
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `An endpoint that repeats a request in its error tells no secret`(endpoint: TestEndpoint) async throws
  {
    try await Workplace.with(endpoint, Self.stack) { place in
      let variables = ["STACKFORM_VAR_password": Self.secret]
      place.proxy.start { request in
        guard request.method == "POST",
          request.path.hasSuffix("/functions") || request.operation == "CreateQueue"
        else { return .pass }
        let body = request.body.replacingOccurrences(of: "\"", with: "'").replacingOccurrences(
          of: "\\", with: "")
        return .answer(
          Answers.http(
            "400 Bad Request", "application/json",
            #"{"__type":"ValidationException","message":"can't take \#(body)"}"#))
      }
      for option in ["--verbose", "--json"] {
        let result = try await place.run(["apply", "--auto-approve", option], variables: variables)
        #expect(result.code == 1 && result.everything.contains("can't take"), "\(result)")
        expectNoSecret(result.description, option)
      }
      place.proxy.passEverything()
      _ = try await place.run(["destroy", "--auto-approve"], variables: variables)
    }
  }

  private func expectNoSecret(_ text: String, _ comment: String) {
    for secret in [Self.secret, Workplace.secretKey] {
      #expect(!text.contains(secret), "\(comment): \(text)")
      #expect(!text.contains(Data(secret.utf8).base64EncodedString()), "\(comment) in base64")
    }
  }
}

extension Workplace {
  func expectNoSecretInFiles(_ secret: String) throws {
    for case let file as URL in FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
      ?? .init()
    {
      guard let data = try? Data(contentsOf: file) else { continue }
      #expect(data.firstRange(of: Data(secret.utf8)) == nil, "\(file.path)")
    }
  }
}
