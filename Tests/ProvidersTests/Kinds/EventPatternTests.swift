import Planner
import Testing

@testable import Providers

struct `A filter's size` {
  private let pattern = EventPattern(mostKeys: 5, mostCombinations: 150)

  private func values(_ count: Int) -> Value { .list((0..<count).map { .string("v\($0)") }) }

  @Test func `is that of its alternatives added, not multiplied`() {
    let either: Value = ["$or": [["a": values(15)], ["b": values(15)]]]
    #expect(pattern.problems(in: either, at: ["filterPolicy"]) == [])
    let each: Value = ["a": values(15), "b": values(15)]
    #expect(pattern.problems(in: each, at: ["filterPolicy"]).map(\.summary) == ["Too many values"])
    let many: Value = ["$or": [["a": values(76)], ["b": values(75)]]]
    #expect(
      pattern.problems(in: many, at: ["filterPolicy"]).map(\.detail) == [
        "The filter has 151 combinations of values, and may have 150."
      ])
  }

  @Test func `is that of the alternative with the most members`() {
    func members(_ names: String) -> Value { .map(Dictionary(names.map { (String($0), values(1)) }) { $1 }) }
    let either: Value = ["$or": [members("abc"), members("defg")], "h": values(1)]
    #expect(pattern.problems(in: either, at: ["filterPolicy"]) == [])
    let more: Value = ["$or": [members("abc"), members("defgi")], "h": values(1)]
    #expect(
      pattern.problems(in: more, at: ["filterPolicy"]).map(\.detail) == [
        "A filter looks at 5 members at most, and this one at 6."
      ])
  }

  @Test func `may be beyond counting`() {
    let members = (0..<70).map { ("m\($0)", values(2)) }
    let huge = Value.map(Dictionary(members) { $1 })
    #expect(
      EventPattern(mostCombinations: 150).problems(in: huge, at: []).map(\.detail) == [
        "The filter has more than can be counted combinations of values, and may have 150."
      ])
  }
}
