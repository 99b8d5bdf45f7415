import Foundation
import Testing

/// Guards between a profile and the wrong place. Each refuses before a request that changes anything.
@Suite(.enabled(if: !TestEndpoint.available.isEmpty)) struct GuardTests {
  private func project(_ place: Workplace) throws {
    try place.account.write(
      """
      profiles:
        dev: { endpoint: "\(place.proxy.url)", region: us-east-1, account: "\(place.account.id)" }
        other: { endpoint: "\(place.proxy.url)", region: us-east-1, account: "123123123123" }
        real: { region: us-east-1, account: "\(place.account.id)" }
        production: { endpoint: "\(place.proxy.url)", region: us-east-1, account: "\(place.account.id)", protect: true }
      """, to: "stackform.yaml")
  }

  private func refused(
    _ place: Workplace, _ arguments: [String], _ variables: [String: String] = [:], saying words: String...,
    asking operations: [String] = []
  ) async throws {
    place.proxy.passEverything()
    let result = try await place.run(arguments, variables: variables)
    #expect(result.code == 1, "\(result)")
    let spoken = result.errors.replacingOccurrences(of: "\n  ", with: " ")
    for word in words { #expect(spoken.contains(word), "\(word) in \(result)") }
    place.expectAsked(operations)
  }

  @Test(arguments: TestEndpoint.available)
  func `The wrong account is refused once the caller is known, before anything else is asked`(
    endpoint: TestEndpoint
  ) async throws {
    try await Workplace.with(endpoint, Stacks.queues()) { place in
      try project(place)
      for command in ["plan", "apply", "destroy", "unlock", "output"] {
        try await refused(
          place, [command, "-p", "other"], saying: "Wrong account", "123123123123", place.account.id,
          asking: ["GetCallerIdentity"])
      }
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `A profile with another name prefix finds nothing, and is told so by whatever looks by names`(
    endpoint: TestEndpoint
  ) async throws {
    try await Workplace.with(endpoint, Stacks.queues()) { place in
      func project(_ prefix: String) throws {
        try place.account.write(
          "profiles: { dev: { endpoint: \"\(place.proxy.url)\", region: us-east-1, namePrefix: \(prefix) } }\n",
          to: "stackform.yaml")
      }
      try project("a-")
      try await place.expect(0, "apply", "-y", "-p", "dev")
      try project("b-")
      for command in [["plan"], ["drift"], ["drift", "--repair", "-y"], ["show"], ["output"]] {
        let refused = try await place.run(command + ["-p", "dev"])
        #expect(refused.code == 1 && refused.errors.contains("The stack has other names here"), "\(refused)")
      }
      try await place.expect(0, "destroy", "--stack", "shop", "-p", "dev", "-y", "--allow-data-loss")
      try FileManager.default.removeItem(atPath: place.path("stackform.yaml"))
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `A local profile does not leave this machine`(endpoint: TestEndpoint) async throws {
    try await Workplace.with(endpoint, Stacks.queues()) { place in
      try project(place)
      let foreign = "http://192.0.2.7:4566"
      for (arguments, variables) in [
        (["apply", "-y", "--endpoint-url", foreign], [:]),
        (["apply", "-y"], ["AWS_ENDPOINT_URL": foreign]),
        (["apply", "-y"], ["AWS_ENDPOINT_URL_S3": "https://s3.us-east-1.amazonaws.com"]),
        (["apply", "-y", "-p", "dev"], ["AWS_ENDPOINT_URL": foreign]),
        (["validate", "-p", "dev", "--endpoint-url", foreign], [:]),
      ] {
        try await refused(
          place, arguments, variables, saying: "A local profile does not leave this machine",
          "Choose the profile of that place with --profile")
      }
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `A profile that means AWS takes no stray endpoint`(endpoint: TestEndpoint) async throws {
    try await Workplace.with(endpoint, Stacks.queues()) { place in
      try project(place)
      try await refused(
        place, ["apply", "-y", "-p", "real"], saying: "The endpoint contradicts the profile",
        "AWS_ENDPOINT_URL names \(place.proxy.url)", "Unset AWS_ENDPOINT_URL")
      for service in ["S3", "SQS", "STS"] {
        try await refused(
          place, ["apply", "-y", "-p", "real"],
          ["AWS_ENDPOINT_URL": "", "AWS_ENDPOINT_URL_\(service)": place.proxy.url],
          saying: "The endpoint contradicts the profile", "Unset AWS_ENDPOINT_URL_\(service)")
      }
      try place.account.write(
        "[profile stray]\nendpoint_url = \(place.proxy.url)\naws_access_key_id = \(place.account.id)\n"
          + "aws_secret_access_key = x\n", to: "config")
      let files = ["AWS_ENDPOINT_URL": "", "AWS_CONFIG_FILE": place.path("config"), "AWS_PROFILE": "stray"]
      try await refused(
        place, ["apply", "-y", "-p", "real"], files, saying: "endpoint_url of [profile stray]")
      // Said aloud it is taken.
      try await place.expect(0, "apply", "-y", "-p", "real", "--endpoint-url", place.proxy.url)
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `A protected profile wants its name, for whatever would change it`(endpoint: TestEndpoint) async throws
  {
    try await Workplace.with(endpoint, Stacks.queues()) { place in
      try project(place)
      func changes() -> [String] {
        place.proxy.requests.map(\.operation).filter {
          ["CreateQueue", "DeleteQueue", "SetQueueAttributes"].contains($0)
        }
      }
      place.proxy.passEverything()
      for arguments in [["--auto-approve"], ["--input=false"], ["--json", "--auto-approve"], []] {
        let result = try await place.run(["apply", "-p", "production"] + arguments)
        #expect(result.code == 1 && result.everything.contains("--confirm production"), "\(result)")
      }
      let mistaken = try await place.expect(1, "apply", "-p", "production", "--confirm", "staging")
      #expect(mistaken.errors.contains("Another profile was confirmed"), "\(mistaken)")
      try await place.expect(0, "plan", "-p", "production", "--out", "p.sfplan")
      let saved = try await place.expect(1, "apply", "-p", "production", "p.sfplan")
      #expect(saved.errors.contains("--confirm production"), "\(saved)")
      for answer in ["yes\n", "prod\n", "\n"] {
        let typed = try await place.onTerminal(["apply", "-p", "production"], typing: answer)
        #expect(typed.code == 1 && typed.text.contains("Apply cancelled."), "\(typed)")
      }
      #expect(changes().isEmpty)
      let typed = try await place.onTerminal(["apply", "-p", "production"], typing: "production\n")
      #expect(typed.code == 0 && typed.text.contains("Apply complete!"), "\(typed)")
      // Nothing to change, nothing to type.
      try await place.expect(0, "apply", "-p", "production", "--auto-approve")
      try place.write(Stacks.queues(timeout: 40))
      try await place.expect(0, "apply", "-p", "production", "--confirm", "production")
      place.proxy.passEverything()
      for command in ["rollback", "undo"] {
        let refused = try await place.run(command, "-p", "production", "--auto-approve")
        #expect(refused.code == 1 && refused.errors.contains("--confirm production"), "\(refused)")
      }
      #expect(changes().isEmpty)
      #expect(try await place.timeout(of: "one") == "40")
      try await place.expect(0, "rollback", "-p", "production", "--confirm", "production")
      try await place.expect(1, "destroy", "-p", "production", "--auto-approve", "--allow-data-loss")
      #expect(try await place.timeout(of: "one") == "30")
      try await place.expect(
        0, "destroy", "-p", "production", "--confirm", "production", "--allow-data-loss")
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `The banner is above each plan, and in no output for scripts`(endpoint: TestEndpoint) async throws {
    try await Workplace.with(endpoint, Stacks.queues(["one"]) + "outputs: { it: \"${queues.one.name}\" }\n") {
      place in
      try project(place)
      let banner =
        "shop · profile production (protected) · account \(place.account.id) · us-east-1 · \(place.proxy.url)"
      let ascii = banner.replacingOccurrences(of: "·", with: "|")
      func first(_ result: Program.Result) -> String? {
        result.output.split(separator: "\n").first.map(String.init)
      }
      let plan = try await place.expect(0, "plan", "-p", "production")
      #expect([banner, ascii].contains(first(plan)), "\(plan)")
      let verbose = try await place.expect(0, "plan", "-p", "production", "--verbose")
      #expect(verbose.output.contains("\nas arn:aws:"), "\(verbose)")
      let applied = try await place.expect(0, "apply", "-p", "production", "--confirm", "production")
      #expect([banner, ascii].contains(first(applied)), "\(applied)")
      let json = try await place.expect(0, "plan", "-p", "production", "--json")
      let target = try #require(json.output.split(separator: "\n").dropFirst().first)
      let event = try #require(
        try JSONSerialization.jsonObject(with: Data(target.utf8)) as? [String: Any])
      let facts = try #require(event["target"] as? [String: Any])
      #expect(facts["profile"] as? String == "production" && facts["protected"] as? Bool == true)
      #expect(facts["account"] as? String == place.account.id && facts["region"] as? String == "us-east-1")
      #expect(facts["endpoint"] as? String == place.proxy.url)
      #expect(try await place.expect(0, "output", "--raw", "it", "-p", "production").output == "one")
    }
  }
}
