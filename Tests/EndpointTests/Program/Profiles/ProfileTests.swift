import Foundation
import Testing

/// Profiles end to end: their variables, and four of them on one emulator.
@Suite(.enabled(if: !TestEndpoint.available.isEmpty)) struct ProfileTests {
  private static let stack = """
    stack: shop
    variables: { timeout: 30 }
    queues:
      one: { visibilityTimeout: "${var.timeout}" }
    outputs: { timeout: "${var.timeout}" }

    """

  @Test(arguments: TestEndpoint.available)
  func `Each origin of a value reaches what is deployed`(endpoint: TestEndpoint) async throws {
    try await Workplace.with(endpoint, Self.stack) { place in
      func deployed(_ arguments: [String] = [], _ variables: [String: String] = [:]) async throws -> String? {
        let result = try await place.run(
          ["apply", "-p", "dev", "--auto-approve"] + arguments, variables: variables)
        #expect(result.code == 0, "\(result)")
        return try await place.timeout(of: "one")
      }
      func project(_ more: String) throws {
        try place.account.write(
          "profiles:\n  dev: { endpoint: \"\(place.proxy.url)\", region: us-east-1, disposable: true\(more) }\n",
          to: "stackform.yaml")
      }
      try project("")
      #expect(try await deployed() == "30")
      try project(", variables: { timeout: 31 }")
      #expect(try await deployed() == "31")
      try project(", variables: { timeout: 31 }, variableFiles: [values/a.yaml, values/b.json]")
      try place.account.write("timeout: 32\nmeant-for-another-stack: true\n", to: "values/a.yaml")
      try place.account.write("{}", to: "values/b.json")
      #expect(try await deployed() == "32")
      try place.account.write("{\"timeout\": 33}", to: "values/b.json")
      #expect(try await deployed() == "33")
      try place.account.write("timeout: 34\n", to: "variables/dev.yaml")
      try place.account.write("timeout: 99\n", to: "variables/local.yaml")
      #expect(try await deployed() == "34")
      let environment = ["STACKFORM_VAR_timeout": "35"]
      #expect(try await deployed([], environment) == "35")
      try place.account.write("timeout: 36\n", to: "mine.yaml")
      #expect(try await deployed(["--var-file", "mine.yaml"], environment) == "36")
      #expect(
        try await deployed(["--var-file", "mine.yaml", "--var", "timeout=37"], environment) == "37")
      let mistyped = try await place.run("plan", "-p", "dev", "--var", "timeuot=1")
      #expect(mistyped.code == 1 && mistyped.errors.contains("Did you mean timeout?"), "\(mistyped)")
      try FileManager.default.removeItem(atPath: place.path("values/b.json"))
      let missing = try await place.run("plan", "-p", "dev")
      #expect(missing.code == 1 && missing.errors.contains("values/b.json does not exist"), "\(missing)")
      #expect(missing.errors.contains("stackform.yaml"), "\(missing)")
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `Four profiles are four accounts of one emulator`(endpoint: TestEndpoint) async throws {
    try await Workplace.with(endpoint, Self.stack) { place in
      let accounts = (1...4).map { "\($0)" + place.account.id.dropFirst() }
      let names = ["local", "dev", "staging", "production"]
      let profiles = zip(names, accounts).map { name, account in
        "  \(name): { endpoint: \"\(place.proxy.url)\", region: us-east-1, account: \"\(account)\", disposable: true }\n"
      }
      try place.account.write("profiles:\n" + profiles.joined(), to: "stackform.yaml")
      // No key is around: the profile's account is the key.
      let keyless = ["AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": "", "AWS_ENDPOINT_URL": ""]
      for (name, account) in zip(names, accounts) {
        let applied = try await place.expect(0, "apply", "-p", name, "--auto-approve", variables: keyless)
        #expect(applied.output.contains("account \(account)"), "\(applied)")
        #expect(applied.output.contains("1 added"), "\(applied)")
      }
      for name in names {
        try await place.expect(0, "plan", "-p", name, "--detailed-exitcode", variables: keyless)
        try await place.expect(0, "destroy", "-p", name, "--auto-approve", variables: keyless)
      }
    }
  }
}
