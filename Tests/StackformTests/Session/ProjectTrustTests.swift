import Foundation
import Planner
import Providers
import Testing

@testable import Stackform

/// Whose `stackform.yaml` is followed, and what a command without requests needs.
struct ProjectTrustTests {
  private func said(owner: UInt32, user: UInt32, _ environment: [String: String] = [:]) -> String? {
    let trust = ProjectTrust(user: user, owner: { _ in owner }, realPath: { "/real/\($0)" })
    let files = FileReader(files: ["p/stackform.yaml": Array("project: p".utf8)])
    do throws(Diagnostic) {
      guard let project = try? Project.find(from: "p", files: files) else { return "no project" }
      try trust.check(project, environment: environment)
      return nil
    } catch { return "\(error.detail) \(error.fix ?? "")" }
  }

  @Test func `one's own and root's are followed, another user's only by the environment's word`() {
    #expect(said(owner: 7, user: 7) == nil && said(owner: 0, user: 7) == nil)
    let refusal = said(owner: 8, user: 7)
    #expect(
      refusal?.contains("p/stackform.yaml belongs to user 8") == true
        && refusal?.contains("STACKFORM_TRUSTED_PROJECTS=/real/p") == true, "\(refusal ?? "")")
    #expect(said(owner: 8, user: 0) != nil)
    #expect(said(owner: 8, user: 0, ["SUDO_UID": "8"]) == nil)
    #expect(said(owner: 8, user: 7, ["SUDO_UID": "8"]) != nil)
    for value in ["*", "/real/p", "/other:/real/p/"] {
      #expect(said(owner: 8, user: 7, ["STACKFORM_TRUSTED_PROJECTS": value]) == nil, "\(value)")
    }
    for value in ["", "/real", "/real/p/deeper", "p"] {
      #expect(said(owner: 8, user: 7, ["STACKFORM_TRUSTED_PROJECTS": value]) != nil, "\(value)")
    }
  }

  @Test(arguments: [
    ["AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE"], ["AWS_PROFILE": "none-of-that-name"], [:],
    ["AWS_MAX_ATTEMPTS": "many"],
  ])
  func `what asks nobody needs no key`(environment: [String: String]) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Data("profiles: { real: { region: eu-west-1, account: \"123456789012\" } }".utf8)
      .write(to: URL(fileURLWithPath: "\(folder)/stackform.yaml"))
    let command = try CommandLineParser.parse(["validate", "--profile", "real"])
    let variables = environment.merging(["HOME": folder]) { own, _ in own }
    let place = try RunPlace(
      command, stackPath: "\(folder)/stack.yaml", environment: variables, asksNobody: true)
    #expect(place.offlineTarget.account == "123456789012" && place.offlineTarget.region == "eu-west-1")
    #expect(throws: ProviderError.self) {
      try RunPlace(command, stackPath: "\(folder)/stack.yaml", environment: variables)
    }
  }
}
