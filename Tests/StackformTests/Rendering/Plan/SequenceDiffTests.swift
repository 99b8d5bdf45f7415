import Testing

@testable import Stackform

struct EditTests {
  private func text(_ edits: [SequenceEdit<String>]) -> String {
    edits.map { edit in
      switch edit {
      case .same(let item): " \(item)"
      case .removed(let item): "-\(item)"
      case .added(let item): "+\(item)"
      case .replaced(let before, let after): "~\(before)\(after)"
      }
    }.joined(separator: " ")
  }

  @Test(arguments: [
    ("a b c", "a b c", " a  b  c"), ("a b c", "a c", " a -b  c"), ("a c", "a b c", " a +b  c"),
    ("a b c", "a x c", " a -b +x  c"), ("", "a", "+a"), ("a b", "", "-a -b"),
    ("a b c d", "x b c y", "-a +x  b  c -d +y"),
  ])
  func `two sequences are laid side by side`(before: String, after: String, expected: String) {
    #expect(text(edits(from: words(before), to: words(after))) == expected)
  }

  @Test func `what may be paired is told as a replacement`() {
    let edits = edits(from: words("a b c"), to: words("a x c")) { _, _ in true }
    #expect(text(edits) == " a ~bx  c")
  }

  @Test func `two long texts without likeness take no time`() {
    let (before, after) = ((0..<9000).map { "old \($0)" }, (0..<9000).map { "new \($0)" })
    let start = ContinuousClock.now
    #expect(edits(from: before, to: after).count == 18_000)
    #expect(ContinuousClock.now - start < .seconds(2))
  }

  private func words(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }
}
