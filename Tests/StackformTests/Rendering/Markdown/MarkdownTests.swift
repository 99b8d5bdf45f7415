import Testing

@testable import Planner
@testable import Stackform

/// Plans as comments on pull requests.
struct MarkdownTests {
  @Test func `a plan is a summary, a table and details`() throws {
    expectSnapshot(try MarkdownPlan(SamplePlans.everything).report.text(limit: 65_536), "markdown-plan")
  }

  @Test func `nothing to do is one line`() throws {
    let text = try MarkdownPlan(SamplePlans.plan([SamplePlans.kept])).report.text(limit: 1000)
    #expect(text.contains("**No changes.**") && !text.contains("|"))
  }

  @Test func `a new revision is no alarm`() throws {
    let text = try MarkdownPlan(SamplePlans.plan([SamplePlans.revision])).report.text(limit: 65_536)
    #expect(text.contains("| revised |"))
    #expect(!text.contains("Destroyed or replaced"))
  }

  @Test func `a secret is never in it`() throws {
    let text = try MarkdownPlan(SamplePlans.everything, isVerbose: true).report.text(limit: 65_536)
    #expect(!text.contains("hunter") && !text.contains("s3cr3t"))
  }

  @Test(arguments: [
    ("a|b", "`a\\|b`"), ("a`b", "`` a`b ``"), ("``", "``` `` ```"), ("x\ny", "`x y`"), ("", ""),
  ])
  func `a value stays a value in a cell`(text: String, code: String) {
    #expect(MarkdownText.code(text) == code)
  }

  @Test func `words mention nobody and mark up nothing`() {
    #expect(MarkdownText.words("@all <b> *x* [y](z) a|b") == "&#64;all &lt;b&gt; \\*x\\* \\[y\\](z) a\\|b")
    #expect(MarkdownText.block("a\n````\nb", language: "diff").hasPrefix("`````diff\n"))
  }

  /// Random plans with hostile names and values, at random limits.
  @Test(arguments: 0..<150) func `whatever the plan, the limit holds and what is grave is there`(seed: UInt64)
    throws
  {
    var random = SampleRandom(seed: seed)
    let plan = Self.randomPlan(&random)
    let limit = Int.random(in: 1000...40_000, using: &random)
    let grave = plan.changes.filter(\.isGrave)
    let text: String
    do throws(Diagnostic) {
      text = try MarkdownPlan(plan).report.text(limit: limit)
    } catch {
      // Only what may never be left out can be too much.
      let names = grave.reduce(0) { $0 + "\($1.address)".utf8.count }
      #expect(
        names + 2000 > limit, "refused \(grave.count) of \(plan.changes.count) at \(limit), seed \(seed)")
      return
    }
    #expect(text.utf8.count <= limit, "seed \(seed)")
    for change in grave {
      let name = change.address.description
      let isThere = text.contains(MarkdownText.code(name)) || text.contains(TerminalText.printable(name))
      #expect(isThere, "\(name) is missing, seed \(seed)")
    }
    let fences = text.split(separator: "\n", omittingEmptySubsequences: false).filter { $0.hasPrefix("```") }
    #expect(fences.count.isMultiple(of: 2), "seed \(seed)")
    #expect(
      text.components(of: "<details>") == text.components(of: "</details>"), "seed \(seed)")
    let shown = text.components(of: "\n| `")
    let changed = plan.changes.count { $0.action != .keep }
    let left = text.firstNumber(behind: "Left out for want of room: ", before: " change") ?? 0
    let listed = text.contains("**Destroyed or replaced (") ? grave.count : 0
    #expect(shown + left + listed == changed, "\(shown) shown, \(left) left out of \(changed), seed \(seed)")
  }

  private static func randomPlan(_ random: inout SampleRandom) -> Plan {
    let hostile = ["`x`", "a|b", "```", "@all", "<b>", "\u{1B}[2J", "ünï", "line\nbreak", "plain"]
    let actions: [ResourceChange.Action] = [
      .create, .update, .delete, .replace(createFirst: false), .keep, .adopt, .forget,
    ]
    let changes = (0..<Int.random(in: 0...120, using: &random)).map { number -> ResourceChange in
      let word = hostile.randomElement(using: &random) ?? ""
      let action = actions.randomElement(using: &random) ?? .keep
      let properties = (0..<Int.random(in: 0...6, using: &random)).map { index in
        PropertyChange(
          path: ["p\(index)"], before: .string(word),
          after: .string(String(repeating: word, count: Int.random(in: 0...80, using: &random))))
      }
      return ResourceChange(
        address: Address("queues", "q\(number)-\(word.filter { $0 != "\n" })"), section: "queues", id: word,
        action: action, properties: properties, losesData: action == .delete)
    }
    return SamplePlans.plan(changes, target: .staging)
  }
}

/// Chance that a number decides.
struct SampleRandom: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed &+ 0x9E37_79B9_7F4A_7C15 }
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ (state >> 29)
  }
}

extension String {
  /// How often it holds a text.
  fileprivate func components(of text: String) -> Int { ranges(of: text).count }

  fileprivate func firstNumber(behind start: String, before end: String) -> Int? {
    guard let first = ranges(of: start).first, let last = self[first.upperBound...].ranges(of: end).first
    else { return nil }
    return Int(self[first.upperBound..<last.lowerBound])
  }
}
