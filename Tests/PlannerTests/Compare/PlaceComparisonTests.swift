import Testing

@testable import Planner

/// Two places of one stack, held against each other.
@Suite struct PlaceComparisonTests {
  private let here = Target(
    profile: "local", account: "000000000000", region: "us-east-1", endpoint: "http://a:1")
  private let there = Target(
    profile: "dev", account: "111111111111", region: "eu-west-1", endpoint: "http://a:1", namePrefix: "dev-")

  /// A thing as it is wanted and as it is live, in one of the places.
  private func place(
    _ target: Target, _ things: [String: (wanted: [String: Value], live: [String: Value]?)]
  ) -> ComparedPlace {
    var resources: [Resource] = []
    var live: [Address: LiveResource] = [:]
    for (name, thing) in things.sorted(by: { $0.key < $1.key }) {
      let address = Address("things", name)
      let physical = target.namePrefix + name
      resources.append(Resource(address, name: physical, properties: thing.wanted))
      live[address] = thing.live.map {
        LiveResource(
          id: physical, properties: $0,
          attributes: ["arn": .string("arn:\(target.account ?? ""):\(physical)")],
          owner: nil)
      }
    }
    return ComparedPlace(
      stack: Stack(name: "test", target: target, resources: resources), live: live, ledger: nil,
      fingerprint: fakeFingerprinter("salt"))
  }

  private func told(_ first: ComparedPlace, _ second: ComparedPlace, crossed: Stack? = nil) -> [String] {
    let comparison = PlaceComparison(first, second, crossed: crossed ?? second.stack, registry: fakeRegistry)
    return (comparison.undeclared + comparison.byDesign).map { difference in
      "\(difference.name): \(difference.first?.json ?? "-") | \(difference.second?.json ?? "-") \(difference.cause.rawValue)"
    }
  }

  @Test func `Names, ids, accounts and regions are folded out`() {
    let first = place(
      here,
      ["one": (["label": "x"], ["label": "see arn:000000000000:one", "mentions": ["one", "us-east-1/one"]])])
    let second = place(
      there,
      [
        "one": (
          ["label": "x"],
          ["label": "see arn:111111111111:dev-one", "mentions": ["dev-one", "eu-west-1/dev-one"]]
        )
      ])
    #expect(told(first, second) == [])
  }

  @Test func `A word that happens to be a name is no name`() {
    let first = place(here, ["news": ([:], ["label": "The news"])])
    let second = place(there, ["news": ([:], ["label": "The dev-news"])])
    #expect(told(first, second) == ["things.news.label: \"The news\" | \"The dev-news\" undeclared"])
  }

  @Test func `What the same file wants differently in both is by design; what nobody wants is not`() {
    let first = place(here, ["a": (["size": 30], ["size": 30]), "b": (["size": 5], ["size": 5])])
    let second = place(there, ["a": (["size": 45], ["size": 45]), "b": (["size": 5], ["size": 6])])
    #expect(told(first, second) == ["things.b.size: 5 | 6 undeclared", "things.a.size: 30 | 45 profile"])
  }

  @Test func `A live difference that is not the wanted one is not by design`() {
    let first = place(here, ["a": (["size": 30], ["size": 31])])
    let second = place(there, ["a": (["size": 45], ["size": 45])])
    #expect(told(first, second) == ["things.a.size: 31 | 45 undeclared"])
  }

  @Test func `Documents that differ are no design of the profiles`() {
    let first = place(here, ["a": (["size": 30], ["size": 30])])
    let second = place(there, ["a": (["size": 45], ["size": 45])])
    let crossed = place(there, ["a": (["size": 30], nil)]).stack
    #expect(told(first, second, crossed: crossed) == ["things.a.size: 30 | 45 release"])
  }

  @Test func `What is in one place alone is told as a whole`() {
    let first = place(here, ["a": ([:], ["size": 1]), "b": ([:], nil)])
    let second = place(there, ["a": ([:], nil), "b": ([:], nil)])
    #expect(told(first, second) == ["things.a: \"a\" | - missing"])
  }

  @Test func `A default that one place spells out and the other does not is the same`() {
    let first = place(here, ["a": ([:], ["size": 1])])
    let second = place(there, ["a": ([:], [:])])
    #expect(told(first, second) == [])
  }

  @Test func `Two makes of endpoint may begin with different values, as long as nobody touched them`() {
    var other = there
    other.endpoint = "http://b:2"
    let fingerprint = fakeFingerprinter("salt")
    func untouched(_ place: ComparedPlace, _ value: Value) -> ComparedPlace {
      var place = place
      var ledger = Ledger(stack: "test", salt: "salt")
      ledger.records[Address("things", "a")] = Ledger.Record(
        section: "things", identities: [],
        applied: ["label": Ledger.AppliedProperty(wanted: nil, live: fingerprint(value))])
      place.ledger = ledger
      return place
    }
    let first = untouched(place(here, ["a": ([:], ["label": "p"])]), "p")
    let second = untouched(place(other, ["a": ([:], ["label": "q"])]), "q")
    #expect(told(first, second) == ["things.a.label: \"p\" | \"q\" endpoint"])
    let touched = untouched(second, "p")
    #expect(told(first, touched) == ["things.a.label: \"p\" | \"q\" undeclared"])
  }

  @Test func `A secret is told as one`() {
    let first = place(here, ["a": ([:], ["password": "x"])])
    let second = place(there, ["a": ([:], ["password": "y"])])
    let comparison = PlaceComparison(first, second, crossed: nil, registry: fakeRegistry)
    #expect(comparison.undeclared.map(\.isSecret) == [true])
  }
}
