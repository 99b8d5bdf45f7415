import Testing

@testable import Planner

/// A change from outside is told where it can be proven, and only there.
@Suite struct ProvenChangeTests {
  let world = FakeWorld()

  private func causes(_ properties: [String: Value]) async throws -> [PropertyChange.Cause] {
    try await world.plan(stack([thing("a", properties)])).change("things.a")?.properties.map(\.cause) ?? []
  }

  private func moved(_ properties: [String: Value]) async throws -> [[String]] {
    try await world.pipeline.drift(of: stack([thing("a", properties)])).report.entries.flatMap {
      $0.moves.map(\.path)
    }
  }

  @Test func `Of what is read as the file spells it, a new text of the file proves nothing`() async throws {
    try await world.apply(stack([thing("a", ["motto": "one", "label": "one"])]))
    await world.cloud.change("things/a") {
      $0.properties["motto"] = "ONE"
      $0.properties["label"] = "ONE"
    }
    #expect(try await causes(["motto": "one", "label": "one"]) == [.cloud, .cloud])
    #expect(try await moved(["motto": "one", "label": "one"]) == [["label"], ["motto"]])
    #expect(try await causes(["motto": "two", "label": "two"]) == [.both, .file])
    #expect(try await moved(["motto": "two", "label": "two"]) == [["label"]])
    #expect(try await moved(["label": "one"]) == [["label"]])
  }

  @Test func `Two spellings of one owner are the same`() async throws {
    let (short, long): (Value, Value) = ("111122223333", "arn:aws:iam::111122223333:root")
    try await world.apply(stack([thing("a", ["owner": short])]))
    await world.cloud.change("things/a") { $0.properties["owner"] = long }
    #expect(try await causes(["owner": short]) == [])
    #expect(try await causes(["owner": "444455556666"]) == [.file])
    #expect(try await moved(["owner": short]) == [])
    #expect(try await moved(["owner": "444455556666"]) == [])
    await world.cloud.change("things/a") { $0.properties["owner"] = "arn:aws:iam::444455556666:root" }
    #expect(try await causes(["owner": short]) == [.cloud])
  }

  @Test(arguments: [
    ("arn:aws:lambda:us-east-1:111122223333:function:worker:live", "worker:live"),
    ("111122223333:function:worker", "worker"), ("worker", "worker"), ("", ""),
  ])
  func `What follows a mark counts`(text: String, part: String) {
    #expect(TextRule.Core.after("function:").part(of: text) == part)
  }

  @Test(arguments: [
    ("arn:aws:iam::111122223333:root", "111122223333"), ("111122223333", "111122223333"),
    ("arn:aws:iam::111122223333:role/x", "arn:aws:iam::111122223333:role/x"), (":iam:::root", ""),
    (":iam:root", ":iam:root"), ("a:iam::b:iam::c:root", "b:iam::c"),
  ])
  func `What stands between two marks counts`(text: String, part: String) {
    #expect(TextRule.Core.between(":iam::", ":root").part(of: text) == part)
  }
}
