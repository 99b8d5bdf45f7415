import Foundation
import Planner
import TestSupport
import Testing

@testable import Providers

/// A ledger that is lost, damaged, or from the future: what is said, and what brings it back.
@Suite(.enabled(if: !TestEndpoint.available.isEmpty)) struct LedgerRecoveryTests {
  private static let key = "stacks/shop/ledger.json"

  /// A shop that was applied.
  private static func applied(
    _ endpoint: TestEndpoint, _ body: (Workplace) async throws -> Void
  ) async throws {
    try await Workplace.with(endpoint, Stacks.shop()) { place in
      try await place.expect(0, "apply", "--auto-approve")
      try await body(place)
      Tally.note(.ledgers, "ledgers that are lost, damaged or from the future", tried: 1)
    }
  }

  private func expectInSync(_ place: Workplace) async throws {
    let plan = try await place.expect(0, "plan", "--detailed-exitcode")
    #expect(plan.output.contains("No changes."), "\(plan)")
    try await place.expectQuietLedger()
  }

  @Test(arguments: TestEndpoint.available)
  func `A lost ledger is rebuilt, and the next plan is empty`(endpoint: TestEndpoint) async throws {
    try await Self.applied(endpoint) { place in
      let before = try #require(try await place.store().load()).ledger
      try await place.deleteObject(Self.key)
      let shown = try await place.expect(1, "ledger", "show")
      #expect(shown.errors.contains("stackform ledger rebuild"), "\(shown)")
      let unasked = try await place.expect(1, "ledger", "rebuild")
      #expect(unasked.output.contains("queues.jobs"), "\(unasked)")
      #expect(try await place.store().load() == nil)
      place.proxy.passEverything()
      let rebuilt = try await place.expect(0, "ledger", "rebuild", "--auto-approve")
      #expect(rebuilt.output.contains("The ledger would hold"), "\(rebuilt)")
      let written = place.proxy.requests.filter(\.isWrite).filter { !$0.path.contains("lock.json") }
      #expect(written.map(\.path) == ["/stackform-\(place.account.id)-us-east-1/\(Self.key)"])
      let after = try #require(try await place.store().load()).ledger
      #expect(after.records.mapValues(\.identities) == before.records.mapValues(\.identities))
      #expect(after.records.mapValues(\.needs) == before.records.mapValues(\.needs))
      #expect(after.records.mapValues(\.declared) == before.records.mapValues(\.declared))
      #expect(after.outputs.keys.sorted() == before.outputs.keys.sorted())
      try await expectInSync(place)
      let again = try await place.expect(1, "ledger", "rebuild", "--auto-approve")
      #expect(again.errors.contains("nothing is lost"), "\(again)")
      // What it knows now suffices to take everything away.
      try await place.expect(0, "destroy", "--auto-approve")
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `What the file no longer has is found by its tags, and offered for deletion`(endpoint: TestEndpoint)
    async throws
  {
    try await Self.applied(endpoint) { place in
      try await place.deleteObject(Self.key)
      try place.write(Stacks.queues(["feed"]))
      let json = try await place.expect(0, "ledger", "rebuild", "--auto-approve", "--json")
      let document = try #require(
        try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
      let found = try #require(document["resources"] as? [[String: String]])
      let byTags = found.filter { $0["from"] == "tags" }.compactMap { $0["address"] }
      // Each kind that bears tags of its own.
      let wanted = [
        "alarms.dead", "apis.shop", "eventMappings.jobs", "lambdas.worker", "lambdas.worker.role",
        "logGroups.worker", "queues.jobs", "queues.jobs-dead", "roles.reader", "tables.orders",
        "topics.alerts",
        "topics.news",
      ]
      #expect(Set(byTags).isSuperset(of: wanted), "missing \(Set(wanted).subtracting(byTags))")
      let plan = try await place.expect(2, "plan", "--detailed-exitcode")
      for address in wanted { #expect(plan.output.contains("# \(address) will be destroyed"), "\(plan)") }
      try await place.expect(0, "apply", "--auto-approve")
      #expect(try #require(try await place.store().load()).ledger.records.count == 1)
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `A damaged ledger stops every run, is kept aside, and mended`(endpoint: TestEndpoint) async throws {
    try await Self.applied(endpoint) { place in
      let sound = try await place.ledgerObject(Self.key)
      let damages: [(name: String, text: String)] = [
        ("cut early", String(sound.prefix(sound.count / 3))), ("cut late", String(sound.dropLast(40))),
        ("garbage", "\u{1}\u{2} not a ledger at all"), ("empty", ""), ("another shape", "[1, 2, 3]"),
        (
          "one record", sound.replacingOccurrences(of: #""section":"tables""#, with: #""section":7"#)
        ),
      ]
      for damage in damages {
        try await place.overwrite(Self.key, with: damage.text)
        let asideBefore = try await place.ledgerObjects(Self.key + ".damaged")
        for command in [
          ["plan"], ["apply", "--auto-approve"], ["destroy", "--auto-approve"], ["show"], ["output"],
          ["ledger", "show"], ["ledger", "rebuild"],
        ] {
          let refused = try await place.run(command)
          #expect(refused.code == 1, "\(damage.name): \(refused)")
          #expect(refused.errors.contains("stackform ledger repair"), "\(damage.name): \(refused)")
        }
        #expect(try await place.ledgerObject(Self.key) == damage.text)
        let repaired = try await place.expect(0, "ledger", "repair", "--auto-approve")
        #expect(repaired.output.contains("Kept the damaged ledger as s3://"), "\(damage.name): \(repaired)")
        let aside = try #require(
          Set(try await place.ledgerObjects(Self.key + ".damaged")).subtracting(asideBefore).first)
        #expect(try await place.ledgerObject(aside) == damage.text)
        try await expectInSync(place)
        if damage.name == "one record" {
          #expect(repaired.output.contains("records.tables.orders"), "\(repaired)")
          let ledger = try #require(try await place.store().load()).ledger
          #expect(sound.contains(ledger.salt))
          #expect(ledger.releases.map(\.number) == [1] && ledger.current != nil)
          try await place.expect(0, "history")
        }
      }
      let nothing = try await place.expect(0, "ledger", "repair", "--auto-approve")
      #expect(nothing.output.contains("Nothing to repair"), "\(nothing)")
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `A newer ledger is never written over unless that is asked for`(endpoint: TestEndpoint) async throws {
    try await Self.applied(endpoint) { place in
      let sound = try await place.ledgerObject(Self.key)
      let newer = sound.replacingOccurrences(
        of: #""version":2"#, with: #""version":3,"zebra":{"stripes":true}"#)
      try await place.overwrite(Self.key, with: newer)
      for command in [
        ["plan"], ["apply", "-y"], ["destroy", "-y"], ["ledger", "show"], ["ledger", "repair", "-y"],
        ["ledger", "rebuild", "-y"],
      ] {
        let refused = try await place.run(command)
        #expect(refused.code == 1, "\(refused)")
        let spoken = refused.errors.replacingOccurrences(of: "\n  ", with: " ")
        #expect(spoken.contains("newer Stackform (version 3 of the form)"), "\(refused)")
        #expect(spoken.contains("ledger repair --force"), "\(refused)")
      }
      #expect(try await place.ledgerObject(Self.key) == newer)
      let unasked = try await place.run("ledger", "repair", "--force")
      #expect(unasked.code == 1 && unasked.errors.contains("--auto-approve"), "\(unasked)")
      #expect(try await place.ledgerObject(Self.key) == newer)
      try await place.expect(0, "ledger", "repair", "--force", "--auto-approve")
      try await expectInSync(place)
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `What is not provably ours is left out, and said`(endpoint: TestEndpoint) async throws {
    try await Workplace.with(endpoint, Stacks.queues(["one"])) { place in
      try await place.expect(0, "apply", "--auto-approve")
      try await place.deleteObject(Self.key)
      _ = try await place.account.client.send(Request(SQS.createQueue, ["QueueName": "wild"]).wire)
      try place.write(Stacks.queues(["one", "wild", "absent"]))
      let rebuilt = try await place.expect(0, "ledger", "rebuild", "--auto-approve")
      #expect(rebuilt.output.contains("--adopt queues.wild"), "\(rebuilt)")
      #expect(rebuilt.output.contains("Not there: queues.absent."), "\(rebuilt)")
      #expect(
        try #require(try await place.store().load()).ledger.records.keys.map(\.description) == ["queues.one"])
      try place.write(Stacks.queues(["one"]))
    }
  }

  @Test(arguments: TestEndpoint.available.filter { _ in TestEndpoint.python != nil })
  func `Of two APIs with the same tags none is chosen unless something tells`(endpoint: TestEndpoint)
    async throws
  {
    let api = "{ protocol: rest, routes: { GET /: { mock: { status: 200 } } } }"
    let stack = "stack: shop\napis:\n  shop: \(api)\n"
    try await Workplace.with(endpoint, stack) { place in
      try await place.expect(0, "apply", "--auto-approve")
      let sound = try await place.ledgerObject(Self.key)
      let address = Address("apis", "shop")
      let known = try #require(try await place.ledger().records[address]?.identities.first?.id)
      let twin = try await place.account.python(
        """
        tags = {"stackform:stack": "shop", "stackform:address": "apis.shop"}
        print(client("apigateway").create_rest_api(name="shop", tags=tags)["id"])
        """
      ).trimmingCharacters(in: .whitespacesAndNewlines)
      try await place.deleteObject(Self.key)
      for command in [["ledger", "rebuild", "-y"], ["plan"], ["apply", "-y"]] {
        let refused = try await place.run(command)
        #expect(refused.code == 1, "\(refused)")
        #expect(refused.errors.contains(known) && refused.errors.contains(twin), "\(refused)")
      }
      #expect(try await place.store().load() == nil)
      // A record that can still be read tells.
      try await place.overwrite(Self.key, with: String(sound.dropLast(1)))
      let repaired = try await place.expect(0, "ledger", "repair", "-y")
      #expect(
        repaired.output.contains(
          "apis.shop is \"\(known)\", by the damaged ledger, and \"\(twin)\" bears its owner tags, too."),
        "\(repaired)")
      let applied = try await place.expect(0, "apply", "-y")
      #expect(applied.output.contains(twin), "\(applied)")
      #expect(try await place.ledger().records[address]?.identities.map(\.id) == [known])
      try await expectInSync(place)
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `A protected profile wants its name for a rebuild, and a lock is respected`(endpoint: TestEndpoint)
    async throws
  {
    try await Workplace.with(endpoint, Stacks.queues(["one"])) { place in
      try await place.expect(0, "apply", "--auto-approve")
      try await place.deleteObject(Self.key)
      try place.account.write(
        "profiles: { local: { endpoint: \"\(place.proxy.url)\", protect: true } }\n", to: "stackform.yaml")
      let refused = try await place.expect(1, "ledger", "rebuild", "--auto-approve")
      #expect(refused.errors.contains("--confirm local"), "\(refused)")
      let tenure = try await place.store().acquireLock(
        LockHolder(
          id: "x", user: "ann", host: "elsewhere", process: 1, command: "stackform apply", since: "now"))
      let locked = try await place.expect(1, "ledger", "rebuild", "--confirm", "local")
      #expect(locked.errors.contains("ann@elsewhere"), "\(locked)")
      try await place.store().release(tenure)
      try await place.expect(0, "ledger", "rebuild", "--confirm", "local")
      try FileManager.default.removeItem(atPath: place.path("stackform.yaml"))
      try await expectInSync(place)
    }
  }
}
