import Foundation
import Planner
import Providers
import TestSupport
import Testing

/// A secret is seen by the service that needs it, and by nobody else.
///
/// Each way in has a canary of its own, with characters that are written otherwise in JSON, XML, URLs and shells.
@Suite(.enabled(if: !TestEndpoint.available.isEmpty && TestEndpoint.python != nil)) struct SecretTests {
  private static let canaries = [
    "password": "hunter2-Tr0ub4dor",
    "quoted": #"qu"o'te\d %41+&<b>/=?"#,
    "phrase": "correct horse  battery\nstaple \u{1F40E} fin",
    "inList": "list-canary-#9",
    "inMap": "map canary: {1}",
    "encoded": "to-be-encoded~in~base64",
    // No variable: the schema says that it is secret.
    "property": "property-canary-of-an-API-key",
    "value": "value-canary-of-a-secret",
    "parameter": "parameter-canary-of-a-secret",
  ]
  private static let variables: [String: String] = [
    "STACKFORM_VAR_password": canaries["password"] ?? "", "STACKFORM_VAR_quoted": canaries["quoted"] ?? "",
    "STACKFORM_VAR_phrase": canaries["phrase"] ?? "", "STACKFORM_VAR_encoded": canaries["encoded"] ?? "",
    "STACKFORM_VAR_list": Value.list([.string("x"), .string(canaries["inList"] ?? "")]).json,
    "STACKFORM_VAR_map": Value.map(["key": .string(canaries["inMap"] ?? "")]).json,
  ]
  private static let stack = """
    stack: shop
    variables:
      password: { type: string, secret: true }
      quoted: { type: string, secret: true }
      phrase: { type: string, secret: true }
      encoded: { type: string, secret: true }
      list: { type: list, secret: true }
      map: { type: map, secret: true }
    queues:
      one: { tags: { hint: "${var.password}" } }
      two: {}
    lambdas:
      worker:
        code: code
        runtime: python3.12
        handler: app.handler
        description: "${var.quoted}"
        environment:
          PASSWORD: "${var.password}"
          URL: "db://user:${var.password}@host"
          QUOTED: "${var.quoted}"
          PHRASE: "${var.phrase}"
          ENCODED: "${base64(var.encoded)}"
          LIST: "${join(',', var.list)}"
          MAP: "${var.map.key}"
          JSON: "${json(var.map)}"
    secrets:
      login: { secretString: "${var.password}", recoveryWindowInDays: 0 }
      literal: { secretString: value-canary-of-a-secret, recoveryWindowInDays: 0 }
    ssmParameters:
      token: { type: SecureString, secureValue: "${var.password}" }
      literal: { type: SecureString, secureValue: parameter-canary-of-a-secret }
    apis:
      shop:
        routes: { GET /health: { mock: { status: 200 }, apiKeyRequired: true } }
        apiKeys: { partner: { value: property-canary-of-an-API-key } }
    outputs:
      login: "${var.password}"
      text: "${var.quoted}-${var.phrase}"
    """

  @Test(arguments: TestEndpoint.available)
  func `No secret is told or kept`(endpoint: TestEndpoint) async throws {
    try await Workplace.with(endpoint, Self.stack) { place in
      let variables = Self.variables
      let planned = try await place.run(["plan", "--out", "shop.plan"], variables: variables)
      #expect(planned.code == 0, "\(planned)")
      let saved = try String(contentsOfFile: place.path("shop.plan"), encoding: .utf8)
      expectNoSecret(saved.replacing(/"archive":"[^"]*"/, with: ""), "a saved plan")
      let archive = try #require(saved.firstMatch(of: /"archive":"([^"]*)"/)?.1).replacing("\\", with: "")
      let files = String(decoding: try #require(Data(base64Encoded: String(archive))), as: UTF8.self)
      #expect(files.contains(Self.stack), "a plan holds the files that it was made of")
      expectNoSecret(Self.withoutSources(files), "the files in a saved plan")
      expectNoSecret(try await place.run("show", "shop.plan").description, "a saved plan, shown")
      try FileManager.default.removeItem(atPath: place.path("shop.plan"))
      for option in [[], ["--verbose"], ["--json"]] {
        for command in [
          ["validate"], ["plan"], ["apply", "--auto-approve"], ["show"], ["show", "lambdas.worker"],
          ["output"],
          ["output", "login"], ["graph", "--plan"], ["graph", "--format", "dot"], ["history"],
          ["history", "--runs"], ["show", "--release", "1"],
        ] {
          // These are asked for by name or in full, as with Terraform.
          if command[0] == "output" && (option == ["--json"] || command.count > 1) { continue }
          if command[0] == "validate" && option == ["--verbose"] { continue }
          let result = try await place.run(command + option, variables: variables)
          if !(command[0] == "graph" && option == ["--json"]) { #expect(result.code == 0, "\(result)") }
          expectNoSecret(result.description, "\(command + option)")
        }
      }
      let held = try await place.account.python(Self.everythingHeld)
      expectNoSecret(Self.withoutSources(held), "what the ledger's bucket holds")
      // Another secret is a change, and neither the old nor the new one is shown.
      let changed = try await place.run(
        ["plan", "--verbose", "--detailed-exitcode"],
        variables: variables.merging(["STACKFORM_VAR_password": "hunter2-Tr0ub4dor3"]) { $1 })
      #expect(changed.code == 2, "\(changed)")
      expectNoSecret(changed.description, "a changed secret")
      try place.expectNoSecretInFiles()
      let writes = place.proxy.requests.filter { $0.path.hasPrefix("/stackform-") }
      #expect(writes.contains { $0.method == "PUT" && $0.body.contains("records") })
      for request in writes {
        expectNoSecret(Self.withoutSources(request.body) + request.path, "\(request)")
      }
      for request in place.proxy.requests where !request.needsSecrets {
        expectNoSecret(Self.withoutSources(request.body) + request.path, "\(request)")
      }
      _ = try await place.run(["destroy", "--auto-approve"], variables: variables)
    }
  }

  /// A release keeps the author's files as they are: what is written into one is no secret any more.
  private static func withoutSources(_ text: String) -> String {
    text.replacingOccurrences(of: stack, with: "")
  }

  /// What endpoints make of a request's body when they complain about it.
  private static let echoes: [(name: String, echo: @Sendable (String) -> String)] = [
    ("as it is", { $0 }), ("without quotes", { $0.filter { $0 != "\"" && $0 != "\\" } }),
    ("in a URL", { $0.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "" }),
    ("in base64", { Data($0.utf8).base64EncodedString() }),
    (
      "cut short",
      { body in String(body.prefix(upTo: body.firstRange(of: "Tr0u")?.upperBound ?? body.startIndex)) + "…" }
    ),
    ("far down", { String(repeating: "word ", count: 390) + $0 }),
  ]

  @Test(arguments: TestEndpoint.available)
  func `An endpoint that repeats a request in its error tells no secret`(endpoint: TestEndpoint) async throws
  {
    try await Workplace.with(endpoint, Self.stack) { place in
      for (index, (name, echo)) in Self.echoes.enumerated() {
        for isPage in [false, true] {
          place.proxy.start { request in
            guard request.method == "POST", request.needsSecrets else { return .pass }
            let text = echo(request.body)
            if isPage {
              return .answer(Answers.http("400 Bad Request", "text/html", "<html>can't take \(text)</html>"))
            }
            let message = Value.map([
              "__type": "ValidationException", "message": .string("can't take \(text)"),
            ])
            return .answer(Answers.http("400 Bad Request", "application/json", message.json))
          }
          let option = index.isMultiple(of: 2) ? "--verbose" : "--json"
          let result = try await place.run(["apply", "--auto-approve", option], variables: Self.variables)
          #expect(result.code == 1 && result.everything.contains("can't take"), "\(name): \(result)")
          expectNoSecret(result.description, "\(name) \(option) \(isPage)")
        }
      }
      place.proxy.passEverything()
      _ = try await place.run(["destroy", "--auto-approve"], variables: Self.variables)
    }
  }

  @Test func `A mistake about a secret is told without it`() async throws {
    try await Workplace.with(TestEndpoint.available[0]) { place in
      for (declaration, use) in [
        ("{ type: integer, secret: true }", "${var.password}"),
        ("{ type: string, secret: true, pattern: '[0-9]+' }", "${var.password}"),
        ("{ type: string, secret: true, allowed: [a, b] }", "${var.password}"),
        ("{ type: map, secret: true }", "${var.password}"),
        ("{ type: string, secret: true }", "${upper(var.password)}"),
      ] {
        try place.write(
          "stack: shop\nvariables: { password: \(declaration) }\nlambdas: { w: { code: code, runtime: python3.12, handler: a.b, timeout: \"\(use)\" } }"
        )
        let result = try await place.run(["plan", "--verbose"], variables: Self.variables)
        #expect(result.code == 1, "\(declaration): \(result)")
        expectNoSecret(result.description, declaration)
      }
      // As the value of a property that must be something else.
      for property in ["timeout", "runtime", "architecture", "memorySize", "handlr", "layers", "code"] {
        try place.write(
          "stack: shop\nvariables: { password: { type: string, secret: true } }\nlambdas: { w: { code: code, runtime: python3.12, handler: a.b, \(property): \"${var.password}\" } }"
        )
        let result = try await place.run(["plan"], variables: Self.variables)
        #expect(result.code == 1, "\(property): \(result)")
        expectNoSecret(result.description, property)
      }
    }
  }

  private static let everythingHeld = """
    s3 = client("s3")
    for bucket in s3.list_buckets()["Buckets"]:
        for item in s3.list_objects_v2(Bucket=bucket["Name"]).get("Contents", []):
            print(item["Key"], s3.get_object(Bucket=bucket["Name"], Key=item["Key"])["Body"].read().decode())
    """

  /// Whole, in the spellings that text has on its way, and each long word of it: a phrase that was broken
  /// over two lines is told all the same.
  fileprivate static let wanted: Set<String> = {
    let words = canaries.values.flatMap { $0.split(whereSeparator: \.isWhitespace).map(String.init) }
    let secrets =
      Array(canaries.values) + words.filter { $0.count >= 7 } + [Workplace.secretKey, "hunter2", "HUNTER2"]
    return Set(
      secrets.flatMap { secret in
        [
          secret, String(Value.string(secret).json.dropFirst().dropLast()),
          Data(secret.utf8).base64EncodedString(),
          secret.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? secret,
        ]
      })
  }()

  private func expectNoSecret(
    _ text: String, _ comment: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    Tally.note(.secrets, "looks for canaries in outputs, requests, and what is kept", tried: 1)
    let told = Self.wanted.filter { text.contains($0) }
    #expect(told == [], "\(comment): \(text)", sourceLocation: sourceLocation)
  }
}

extension ProxiedRequest {
  /// The lambda's own environment, the values of API keys, secrets and parameters, and the tag that a stack puts a secret into
  /// of its own will.
  fileprivate var needsSecrets: Bool {
    path.contains("/functions") || path.contains("/apikeys")
      || ["CreateQueue", "TagQueue", "CreateSecret", "UpdateSecret", "PutParameter"].contains(operation)
  }
}

extension Workplace {
  fileprivate func expectNoSecretInFiles() throws {
    for case let file as URL in FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
      ?? .init()
    {
      // The stack's own file says what its author wrote into it.
      if file.lastPathComponent == "stack.yaml" { continue }
      guard let data = try? Data(contentsOf: file) else { continue }
      for secret in SecretTests.wanted {
        #expect(data.firstRange(of: Data(secret.utf8)) == nil, "\(file.path)")
      }
    }
  }
}
