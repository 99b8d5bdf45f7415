import Foundation
import Planner
import Testing

@testable import Providers

/// That each endpoint differs from AWS exactly as its traits say.
@Suite(.enabled(if: !TestEndpoint.available.isEmpty)) struct TraitTests {
  @Test(arguments: TraitProbe.all, TestEndpoint.available)
  func `An endpoint has the traits that are claimed for it, and no others`(
    probe: TraitProbe, endpoint: TestEndpoint
  ) async throws {
    let live = try LiveEndpoint.fresh(endpoint)
    let isClaimed = live.target.has(probe.trait)
    let isShown = try await isShown(probe, live, isClaimed: isClaimed)
    let (name, title) = (probe.trait.name, endpoint.software.title)
    #expect(isShown || !isClaimed, "\(name) heals: take \(title) out of the trait, it does as AWS now")
    #expect(isClaimed || !isShown, "\(title) has \(name), too: add it to the trait, with its evidence")
  }

  /// What an endpoint does not offer at all it does not do otherwise.
  private func isShown(_ probe: TraitProbe, _ live: LiveEndpoint, isClaimed: Bool) async throws -> Bool {
    do {
      return try await probe.isShown(live)
    } catch let error as ProviderError where error.kind == .unsupported && !isClaimed {
      return false
    }
  }
}

/// That no trait goes without a probe, and none without evidence.
struct TraitCoverageTests {
  @Test func `Every trait that the sources declare has one probe`() throws {
    let probed = TraitProbe.all.map(\.trait.name).sorted()
    #expect(try Self.declared().sorted() == probed)
  }

  @Test(arguments: TraitProbe.all)
  func `A trait names the emulators that have it, each with what shows it and in which version`(
    probe: TraitProbe
  ) {
    let evidence = probe.trait.evidence
    #expect(!evidence.isEmpty)
    for (software, text) in evidence {
      #expect(text.firstMatch(of: /\([^()]*\d+\.\d+\.\d+[^()]*\)$/) != nil, "\(software.title): \(text)")
    }
  }

  /// The names of all traits, from the sources: a list in code would forget one.
  private static func declared() throws -> [String] {
    let sources = Program.checkout.appendingPathComponent("Sources")
    let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
    var names: [String] = []
    for case let file as URL in files where file.pathExtension == "swift" {
      let text = try String(contentsOf: file, encoding: .utf8)
      names += text.matches(of: /= EndpointTrait\(\s*"(\w+)"/).map { String($0.1) }
    }
    return names
  }
}
