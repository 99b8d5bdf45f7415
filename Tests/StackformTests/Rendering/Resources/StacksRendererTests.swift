import Testing

@testable import Planner
@testable import Providers
@testable import Stackform

/// The stacks of an account, as they are listed.
struct StacksRendererTests {
  private static let ada = ReleaseAuthor(user: "ada", host: "engine")

  private static let stacks: [LedgerPlace.Entry] = {
    var shop = Ledger(stack: "shop", salt: "salt")
    shop.records = [
      Address("queues", "one"): Ledger.Record(section: "queues", identities: []),
      Address("queues", "two"): Ledger.Record(section: "queues", identities: []),
    ]
    shop.releases = [
      Release(number: 7, bundle: "b", stackFile: "stack.yaml", author: ada, time: "2026-01-31T10:00:00Z")
    ]
    shop.currentRelease = 7
    var blog = Ledger(stack: "blog", salt: "salt")
    blog.runs = [
      RunNote(
        number: 1, id: "1-abcd", command: "stackform apply",
        author: ReleaseAuthor(user: "grace\u{1B}[2J", host: "hopper"), time: "2026-01-30T09:15:00Z",
        outcome: .incomplete)
    ]
    let holder = LockHolder(
      id: "x", user: "bob", host: "ci-7", process: 1, command: "stackform apply",
      since: "2026-01-31T12:00:00Z")
    return [
      LedgerPlace.Entry(name: "blog", ledger: blog),
      LedgerPlace.Entry(
        name: "shop", ledger: shop,
        lock: LedgerPlace.Lock(stack: "shop", holder: holder, age: 40, state: .expired)),
      LedgerPlace.Entry(
        name: "wiki",
        problem: .unreadable("the ledger of \"wiki\" in s3://bucket is damaged: salt is missing")),
    ]
  }()

  @Test func `Stacks are listed with what runs, who is at work, and what is wrong`() {
    let renderer = StacksRenderer(style: .unicode)
    expectSnapshot(renderer.render(Self.stacks, otherRegions: ["eu-west-1"]), "stacks")
    expectSnapshot(
      StacksRenderer.json(Self.stacks, otherRegions: nil, target: .staging).prettyJSON, "stacks-json")
  }

  @Test func `An empty account says so, and where there are stacks`() {
    let renderer = StacksRenderer(style: .unicode)
    #expect(renderer.render([], otherRegions: []) == "There is no stack here.\n")
    #expect(
      renderer.render([], otherRegions: ["eu-west-1", "us-west-2"])
        == "There is no stack here.\n\nOther regions of this account have stacks, too: eu-west-1, us-west-2. "
        + "--region shows them.\n")
  }
}
