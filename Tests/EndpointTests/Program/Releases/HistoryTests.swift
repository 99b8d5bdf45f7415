import Foundation
import Planner
import Providers
import TestSupport
import Testing

/// `history` and `show --release`, and when there is a release at all.
@Suite(.enabled(if: !TestEndpoint.available.isEmpty)) struct HistoryTests {
  @Test(arguments: TestEndpoint.available)
  func `Each apply that brings something new is a release; a failed one and one of nothing are none`(
    endpoint: TestEndpoint
  ) async throws {
    try await Workplace.with(endpoint, SmallShop.stack(timeout: 30)) { place in
      let first = try await place.expect(0, "apply", "--yes")
      #expect(first.output.contains("Recorded as release #1."), "\(first)")
      let second = try await place.expect(0, "apply", "--yes")
      #expect(!second.output.contains("Recorded"), "\(second)")
      let json = try await place.expect(0, "apply", "--yes", "--json", "--var", "timeout=31")
      #expect(json.output.contains(#""release":2"#), "\(json)")
      place.proxy.start { request in
        request.operation == "SetQueueAttributes" ? .answer(Answers.denied) : .pass
      }
      try await place.expect(1, "apply", "--yes", "--var", "timeout=32")
      place.proxy.passEverything()
      try await place.expectCurrent(2)
      #expect(try await place.ledger().runs.last?.outcome == .incomplete)
      // The comment is a new file, and changes nothing.
      try place.write("# A comment.\n" + SmallShop.stack(timeout: 31))
      try await place.expect(0, "apply", "--yes")
      try await place.expectCurrent(3)
      let ledger = try await place.ledger()
      #expect(ledger.releases.map(\.counts.changed) == [0, 1, 0])
      #expect(ledger.runs.map(\.outcome) == [.done, .done, .settled])
      #expect(ledger.releases.last?.variables["timeout"]?.origin == .default)
      #expect(ledger.releases.map(\.author.user) == ["tester", "tester", "tester"])
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `History and releases are tables without colours, and JSON`(endpoint: TestEndpoint) async throws {
    try await Workplace.with(endpoint, SmallShop.stack(timeout: 30)) { place in
      let before = try await place.expect(0, "history")
      #expect(before.output.contains("No release yet."), "\(before)")
      try await place.expect(0, "apply", "--yes")
      try place.account.write(SmallShop.code(2), to: "code/app.py")
      try await place.expect(0, "apply", "--yes")
      let history = try await place.expect(0, "history")
      #expect(!history.everything.contains("\u{1B}"), "\(history)")
      let rows = history.output.split(separator: "\n").map { $0.split(separator: " ") }
      #expect(rows.contains { $0.starts(with: ["*", "2"]) && $0.contains("applied") }, "\(history)")
      #expect(rows.contains { $0.first == "1" && $0.contains("+3") }, "\(history)")
      let json = try #require(Value(json: try await place.expect(0, "history", "--json").output))
      #expect(json["current"] == 2)
      #expect(json["releases"]?.list?.compactMap { $0["number"]?.integer } == [2, 1])
      let runs = try await place.expect(0, "history", "--runs")
      #expect(runs.output.contains("stackform apply"), "\(runs)")

      let show = try await place.expect(0, "show", "--release", "1")
      #expect(!show.everything.contains("\u{1B}"), "\(show)")
      #expect(show.output.contains("code/app.py") && show.output.contains("(the stack file)"), "\(show)")
      #expect(show.output.contains("(secret)") && !show.output.contains("none-was-given"), "\(show)")
      let file = try await place.expect(0, "show", "--release", "2", "--file", "code/app.py")
      #expect(file.output == SmallShop.code(2))
      let page = try #require(
        Value(json: try await place.expect(0, "show", "--release", "1", "--json").output))
      #expect(page["is_current"] == false)
      #expect(page["files"]?.list?.compactMap { $0["path"]?.string } == ["code/app.py", "stack.yaml"])
      let missing = try await place.expect(1, "show", "--release", "7")
      #expect(missing.errors.contains("No such release"), "\(missing)")
      let slip = try await place.expect(1, "show", "--release", "1", "--file", "code/ap.py")
      #expect(slip.errors.contains(#"Did you mean "code/app.py"?"#), "\(slip)")
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `The oldest releases go with their files, and a destroy takes the rest`(endpoint: TestEndpoint)
    async throws
  {
    try await Workplace.with(endpoint, SmallShop.stack(timeout: 30)) { place in
      try place.account.write("keepReleases: 2\n", to: "stackform.yaml")
      for version in 1...4 {
        try place.account.write(SmallShop.code(version), to: "code/app.py")
        try await place.expect(0, "apply", "--yes")
      }
      let ledger = try await place.ledger()
      #expect(ledger.releases.map(\.number) == [3, 4])
      let kept = try await place.ledgerObjects().filter { $0.hasSuffix(".tar") }
      #expect(kept == ledger.namedBundles.map { "stacks/shop/releases/\($0).tar" }.sorted())
      try await place.expect(0, "destroy", "--yes")
      #expect(try await place.ledgerObjects() == [])
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `A saved plan brings its own files into the release`(endpoint: TestEndpoint) async throws {
    let stack = SmallShop.stack(timeout: 30).replacingOccurrences(
      of: #"environment: { PASSWORD: "${var.password}" }"#, with: "timeout: 4")
    try await Workplace.with(endpoint, stack) { place in
      try await place.expect(0, "plan", "--out", "shop.plan")
      try place.account.write("broken", to: "code/app.py")
      try place.write("broken: [")
      try await place.expect(0, "apply", "shop.plan")
      let release = try #require(try await place.ledger().current)
      let bundle = try await place.store().bundle(release.bundle)
      #expect(bundle.files["stack.yaml"] == Array(stack.utf8))
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `Files that are gone or damaged are told of, and nothing is done`(endpoint: TestEndpoint) async throws
  {
    try await Workplace.with(endpoint, SmallShop.stack(timeout: 30)) { place in
      try await place.expect(0, "apply", "--yes")
      try await place.expect(0, "apply", "--yes", "--var", "timeout=31")
      let name = try #require(try await place.ledgerObjects().first { $0.hasSuffix(".tar") })
      try await place.overwrite(name, with: "no tar")
      let damaged = try await place.expect(1, "rollback", "--yes")
      #expect(damaged.errors.contains("The release's files are damaged"), "\(damaged)")
      try await place.deleteObject(name)
      let gone = try await place.expect(1, "show", "--release", "1")
      #expect(gone.output.contains("Release #1") && gone.errors.contains("files are gone"), "\(gone)")
      #expect(try await place.timeout(of: "jobs") == "31")
    }
  }
}

/// Bundles as the target keeps them.
@Suite(.enabled(if: !TestEndpoint.available.isEmpty)) struct BundleStoreTests {
  @Test(arguments: TestEndpoint.available)
  func `A bundle that is larger than any answer comes back whole, and is kept once`(endpoint: TestEndpoint)
    async throws
  {
    try await Workplace.with(endpoint) { place in
      var random = SeededRandom(seed: 1)
      let block = (0..<8192).flatMap { _ in withUnsafeBytes(of: random.next(), Array.init) }
      let bytes = Array(repeatElement(block, count: 280).joined())
      let bundle = ReleaseBundle(files: ["stack.yaml": Array("stack: shop".utf8), "code/model.bin": bytes])
      let sealed = bundle.sealed
      try await place.store().keep(sealed)
      try await place.store().keep(sealed)
      #expect(try await place.store().bundle(sealed.digest) == bundle)
      #expect(try await place.store().files() == ["releases/\(sealed.digest).tar"])
      try await place.store().remove()
      #expect(try await place.ledgerObjects() == [])
    }
  }
}
