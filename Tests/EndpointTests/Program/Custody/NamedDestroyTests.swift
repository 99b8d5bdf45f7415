import Foundation
import Planner
import Testing

@testable import Providers

/// A stack is destroyed by its name: its ledger says what there is.
@Suite(.enabled(if: !TestEndpoint.available.isEmpty && TestEndpoint.python != nil)) struct NamedDestroyTests {
  /// What a stack's folder has, gone.
  private func forgetFiles(_ place: Workplace) throws {
    for name in ["stack.yaml", "vault.yaml", "code"] {
      try FileManager.default.removeItem(atPath: place.path(name))
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `A stack of every kind goes without file, code and secret`(endpoint: TestEndpoint) async throws {
    try await Workplace.with(endpoint) { place in
      let wide = Stacks.wide(account: place.account.id, on: endpoint)
      try place.write(wide)
      // A file of its own: the section may be there already.
      try place.write(
        """
        stack: vault
        variables: { password: { type: string, secret: true } }
        secrets:
          vault-login: { secretString: "${var.password}", recoveryWindowInDays: 0 }
        """, to: "vault.yaml")
      try await place.expect(0, "apply", "--auto-approve")
      try await place.expect(0, "apply", "vault.yaml", "--auto-approve", "--var", "password=hunter2hunter2")
      try forgetFiles(place)
      let unasked = try await place.expect(1, "destroy", "--stack", "shop")
      #expect(unasked.output.contains("# queues.jobs will be destroyed"), "\(unasked)")
      #expect(unasked.output.contains("Plan: 0 to add, 0 to change"), "\(unasked)")
      #expect(!unasked.output.contains("owner tags are missing"), "\(unasked)")
      // A ledger of before there were releases has its records and their edges.
      try await place.deleteRelease()
      place.proxy.passEverything()
      for stack in ["shop", "vault"] {
        let done = try await place.expect(0, "destroy", "--stack", stack, "--auto-approve")
        #expect(done.output.contains("Destroy complete!"), "\(done)")
      }
      // What the file said last of the deletion.
      #expect(
        place.proxy.requests.contains {
          $0.operation == "DeleteSecret" && $0.body.contains("vault-login")
            && $0.body.contains("ForceDeleteWithoutRecovery")
        })
      #expect(try await place.ledgerObjects().isEmpty)
      let left = try await Survey.of([place])
      #expect(left[place.account.id]?.isEmpty == true, "\(left)")
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `The twin of an API goes along, whichever protocol it has`(endpoint: TestEndpoint) async throws {
    let isHTTPOffered = endpoint == .ministack
    let routes = "routes: { GET /: { mock: { status: 200 } } }"
    let http = "  web: { protocol: http, routes: { GET /: { http: \"https://a.example\" } } }\n"
    let stack =
      "stack: shop\napis:\n  shop: { protocol: rest, \(routes) }\n" + (isHTTPOffered ? http : "")
    try await Workplace.with(endpoint, stack) { place in
      try await place.expect(0, "apply", "--auto-approve")
      try await place.account.python(
        """
        def tags(name):
            return {"stackform:stack": "shop", "stackform:address": "apis." + name}
        client("apigateway").create_rest_api(name="shop", tags=tags("shop"))
        if http == "true":
            client("apigatewayv2").create_api(Name="web", ProtocolType="HTTP", Tags=tags("web"))
        """, ["http": "\(isHTTPOffered)"])
      try FileManager.default.removeItem(atPath: place.path("stack.yaml"))
      let unasked = try await place.expect(1, "destroy", "--stack", "shop")
      #expect(unasked.output.contains("\(isHTTPOffered ? 4 : 2) to destroy"), "\(unasked)")
      try await place.expect(0, "destroy", "--stack", "shop", "--auto-approve")
      let left = try await Survey.of([place])
      #expect(left[place.account.id]?.isEmpty == true, "\(left)")
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `A name that is not there is an error with a suggestion, and makes nothing`(endpoint: TestEndpoint)
    async throws
  {
    try await Workplace.with(endpoint, Stacks.queues()) { place in
      place.proxy.passEverything()
      let nothing = try await place.expect(1, "destroy", "--stack", "shop", "--auto-approve")
      #expect(nothing.errors.contains("No such stack") && nothing.errors.contains("stackform stacks"))
      try await place.expect(0, "apply", "--auto-approve")
      place.proxy.passEverything()
      let like = try await place.expect(1, "destroy", "--stack", "shpo", "--auto-approve")
      #expect(like.errors.contains("Did you mean \"shop\"?"), "\(like)")
      #expect(!place.proxy.requests.contains { $0.isWrite })
    }
  }

  @Test(arguments: TestEndpoint.available)
  func `It is guarded as a destroy by the file is`(endpoint: TestEndpoint) async throws {
    let stack = "stack: shop\nqueues:\n  one: {}\n  two: { protect: true }\n"
    try await Workplace.with(endpoint, stack) { place in
      try place.account.write(
        "profiles: { dev: { endpoint: \"\(place.proxy.url)\", region: us-east-1 } }\n", to: "stackform.yaml")
      try await place.expect(0, "apply", "--auto-approve", "-p", "dev")
      let refused = try await place.expect(
        1, "destroy", "--stack", "shop", "--auto-approve", "-p", "dev", "--allow-data-loss")
      #expect(refused.errors.contains("queues.two would be deleted"), "\(refused)")
      let lossy = try await place.expect(
        1, "destroy", "--stack", "shop", "--auto-approve", "-p", "dev", "--exclude", "queues.two")
      #expect(lossy.errors.contains("Data would be lost"), "\(lossy)")
      let partial = try await place.expect(
        0, "destroy", "--stack", "shop", "--auto-approve", "-p", "dev", "--exclude", "queues.two",
        "--allow-data-loss")
      #expect(partial.output.contains("1 resource was left out and stays"), "\(partial)")
      #expect(try await place.ledger().records.keys.map(\.description) == ["queues.two"])
      // What another stack took over meanwhile stays.
      try place.write("stack: shop\nqueues:\n  two: {}\n")
      try await place.expect(0, "apply", "--auto-approve", "-p", "dev")
      try await place.tag("two", ["stackform:stack": "blog"])
      try await place.expect(
        0, "destroy", "--stack", "shop", "--auto-approve", "-p", "dev", "--allow-data-loss")
      #expect(try await place.timeout(of: "two") == "30")
      try await place.deleteQueue("two")
      try FileManager.default.removeItem(atPath: place.path("stackform.yaml"))
    }
  }
}

extension Workplace {
  /// Takes the releases out of the ledger, as one of before there were any.
  func deleteRelease(_ stack: String = "shop") async throws {
    let stored = try #require(try await store(stack).load())
    var ledger = stored.ledger
    ledger.releases = []
    ledger.currentRelease = nil
    _ = try await store(stack).save(ledger, replacing: stored.revision)
  }
}
