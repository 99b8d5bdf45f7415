import Testing

@testable import Planner

/// `stackform.yaml` and its profiles.
@Suite struct ProjectTests {
  static let yaml = """
    project: shop
    profiles:
      local: { endpoint: "http://localhost:4601/" }
      dev: { region: eu-west-1, account: 011111111111, promoteFrom: local, gates: [inSync], namePrefix: dev- }
      staging:
        region: eu-west-1
        promoteFrom: dev
        gates: [inSync, alarmsOk, { run: "scripts/smoke ${outputs.apiUrl}" }, { soak: 30m }, { approval: required }]
        variables: { logRetentionDays: 14, zones: [a, b] }
        protect: true
    """

  private func mistakes(_ yaml: String) -> [String] {
    do throws(Diagnostics) {
      _ = try Project.load("stackform.yaml", files: files(["stackform.yaml": yaml]))
      return []
    } catch {
      return error.items.map(line)
    }
  }

  @Test func `profiles are read, and local keeps what it does not change`() throws {
    let project = try Project.load("stackform.yaml", files: files(["stackform.yaml": Self.yaml]))
    #expect(project.name == "shop")
    let local = try project.profile(named: "local")
    #expect(local.endpoint == "http://localhost:4601")
    #expect(local.account == "000000000000" && local.isDisposable)
    let dev = try project.profile(named: "dev")
    #expect(
      dev.account == "011111111111" && dev.namePrefix == "dev-" && !dev.isDisposable && dev.endpoint == nil)
    let staging = try project.profile(named: "staging")
    #expect(staging.isProtected && staging.promoteFrom == "dev")
    #expect(
      staging.gates == [
        .inSync, .alarmsOk,
        .run(GateCommand(template: try CommandTemplate("scripts/smoke ${outputs.apiUrl}"))),
        .soak(1800),
        .approval(ApprovalRule()),
      ])
    #expect(staging.variables == ["logRetentionDays": "14", "zones": ["a", "b"]])
  }

  @Test func `a project is found above the stack, and local works without one`() throws {
    let files = files(["shop/stackform.yaml": Self.yaml, "shop/stacks/web/stack.yaml": "stack: web"])
    #expect(try Project.find(from: "shop/stacks/web", files: files).name == "shop")
    #expect(try Project.find(from: "shop", files: files).path == "shop/stackform.yaml")
    let none = try Project.find(from: ".", files: files)
    #expect(none.profiles == [.local])
    #expect(try none.profile(named: "local").endpoint == "http://localhost:4566")
  }

  @Test func `every key of the schema is read, and every key that is read is in the schema`() throws {
    let schema = ProjectSchema.document
    let keys =
      schema["properties"]?["profiles"]?["additionalProperties"]?["properties"]?.map?.keys.sorted() ?? []
    do throws(Diagnostics) {
      _ = try Project.load(
        "stackform.yaml", files: files(["stackform.yaml": "profiles: { dev: { no-such-key-at-all: 1 } }"]))
      Issue.record("there is no such key")
    } catch {
      #expect(error.items.first?.fix == "It has: \(keys.joined(separator: ", ")).")
    }
    #expect(schema["properties"]?.map?.keys.sorted() == ["keepReleases", "profiles", "project"])
  }

  @Test func `an unknown profile is told with the nearest one`() throws {
    let project = try Project.load("stackform.yaml", files: files(["stackform.yaml": Self.yaml]))
    do throws(Diagnostics) {
      _ = try project.profile(named: "stagign")
      Issue.record("there is no such profile")
    } catch {
      #expect(
        error.items.map(line) == [
          "- Unknown profile: stackform.yaml has no profile \"stagign\". → Did you mean staging?"
        ])
    }
  }

  @Test(
    arguments: [
      (
        "profiles: { dev: { acount: x } }",
        "stackform.yaml:1:20 Unknown key: profiles.dev has no \"acount\". → Did you mean \"account\"?"
      ),
      (
        "profiles: { dev: { account: 12 } }",
        "stackform.yaml:1:29 Bad account: An account is 12 digits, and this is \"12\"."
      ),
      (
        "profiles: { dev: { endpoint: \"localhost:4566\" } }",
        "stackform.yaml:1:30 Bad endpoint: \"localhost:4566\" is not a URL. → It begins with http:// or https://, as http://localhost:4566."
      ),
      (
        "profiles: { dev: { promoteFrom: lokal } }",
        "stackform.yaml:1:33 Unknown profile: profiles.dev is promoted from \"lokal\", and there is no such other profile. → Did you mean local?"
      ),
      (
        "profiles: { dev: { gates: [insync] } }",
        "stackform.yaml:1:28 Unknown gate: There is no gate \"insync\". → Did you mean inSync?"
      ),
      (
        "profile: {}",
        "stackform.yaml:1:1 Unknown key: A project has no \"profile\". → Did you mean \"profiles\"?"
      ),
      (
        "profiles: { dev: { protect: maybe } }",
        "stackform.yaml:1:29 Wrong type: profiles.dev.protect is true or false, and this is the text \"maybe\"."
      ),
    ])
  func `a mistake is told with its place`(_ yaml: String, _ expected: String) {
    #expect(mistakes(yaml) == [expected])
  }
}
