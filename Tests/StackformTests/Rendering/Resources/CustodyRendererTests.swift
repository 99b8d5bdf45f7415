import Testing

@testable import Planner
@testable import Stackform

/// What `forget`, `move` and `rename-stack` show before they ask, and say afterwards.
struct CustodyRendererTests {
  private static let orders = Address("queues", "orders")
  private static let worker = Address("lambdas", "worker")

  private static let shop: Ledger = {
    var ledger = Ledger(stack: "shop", salt: "salt")
    ledger.records = [
      orders: Ledger.Record(section: "queues", identities: [Ledger.Identity(name: "orders", id: "orders")]),
      worker: Ledger.Record(
        section: "lambdas", identities: [Ledger.Identity(name: "worker", id: "worker")],
        needs: [Address("tables", "orders"), Address("lambdas", "worker", part: "role")]),
      Address("lambdas", "worker", part: "role"): Ledger.Record(
        section: "roles",
        identities: [Ledger.Identity(name: "shop-worker-us-east-1", id: "shop-worker-us-east-1")]),
      Address("tables", "orders"): Ledger.Record(
        section: "tables", identities: [Ledger.Identity(name: "orders", id: "orders")]),
    ]
    return ledger
  }()

  private static func found(_ address: Address, _ section: String, _ owner: Owner?) -> OwnerTags.Found {
    OwnerTags.Found(
      address: address, section: section,
      live: LiveResource(id: address.name, properties: [:], attributes: [:], owner: owner))
  }

  private static let forgetting = Forgetting(
    stack: "shop", records: shop.records,
    found: [
      found(orders, "queues", Owner(stack: "shop", address: orders)),
      found(worker, "lambdas", Owner(stack: "other", address: worker)),
      found(Address("tables", "orders"), "tables", nil),
    ])

  @Test func `A ledger shows what is on its way out of it`() {
    var ledger = Self.shop
    ledger.records[Self.orders]?.isBeingForgotten = true
    ledger.records[Self.worker]?.handover = Handover(direction: .to, stack: "work", address: Self.worker)
    let text = LedgerRenderer(style: .plain).render(ledger, place: "s3://b/k", bytes: 7)
    let marks = text.split(separator: "\n").filter { $0.contains("…") }.map {
      $0.split(separator: " ").filter { !$0.isEmpty }.joined(separator: " ")
    }
    #expect(
      marks == [
        "lambdas.worker lambdas worker moving to \"work\"…", "queues.orders queues orders forgetting…",
      ])
  }

  @Test func `What is forgotten is shown with what becomes of its tags`() {
    let renderer = CustodyRenderer(style: .unicode)
    let sentences = [nil, Set([Self.orders, Self.worker]), []].map {
      CustodyRenderer.sentences(Self.forgetting, declared: $0).joined(separator: "\n")
    }
    expectSnapshot(
      ([renderer.render(Self.forgetting)] + sentences).joined(separator: "\n\n") + "\n"
        + CustodyRenderer.json(Self.forgetting, target: .staging).prettyJSON, "forget")
  }

  @Test func `What is moved is shown with what it leaves behind`() throws {
    let move = try StackMove(
      ["lambdas.worker"], as: Address("lambdas", "biller"), from: Self.shop, to: nil, named: "billing")
    let renderer = CustodyRenderer(style: .unicode)
    let sentences = [nil, Set([Self.worker]), []].map {
      CustodyRenderer.sentences(move, declared: $0).joined(separator: "\n")
    }
    expectSnapshot(
      ([renderer.render(move)] + sentences).joined(separator: "\n\n") + "\n"
        + CustodyRenderer.json(move, target: .staging).prettyJSON, "move")
  }

  @Test func `A renaming is shown with what it takes along`() throws {
    let rename = try StackRename(Self.shop, nil, from: "shop", to: "store")
    let renderer = CustodyRenderer(style: .unicode)
    expectSnapshot(
      renderer.render(rename, edit: "stack.yaml will say `stack: store`.") + "\n"
        + CustodyRenderer.json(rename, target: .staging, file: "Edited stack.yaml: `stack: store`.")
        .prettyJSON,
      "rename-stack")
  }

  @Test func `A move that is not finished stops every plan, and says what finishes it`() {
    let mark = Handover(direction: .from, stack: "shop", address: Self.orders)
    let diagnostic = Diagnostic.beingMoved(Address("queues", "bills"), mark, of: "billing", at: nil)
    #expect(
      diagnostic.fix
        == "Finish it: `stackform move queues.orders --stack shop --to billing --as queues.bills`.")
    #expect(
      Diagnostic.beingRenamed(Renaming(direction: .from, stack: "shop"), "store").fix
        == "Finish it: `stackform rename-stack shop store`.")
  }
}
