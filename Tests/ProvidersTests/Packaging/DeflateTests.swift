import Foundation
import TestSupport
import Testing

@testable import Providers

struct `Compressed bytes` {
  @Test func `gives back every text after inflating`() throws {
    var random = SeededRandom(seed: 7)
    for count in [0, 1, 2, 3, 4, 5, 257, 258, 259, 1000, 40_000, 70_000] {
      for kinds in [1, 2, 20, 256] {
        let bytes = (0..<count).map { _ in UInt8(random.next() % UInt64(kinds)) }
        var inflater = Inflater(Deflate.compress(bytes))
        #expect(try inflater.bytes() == bytes, "\(count) bytes of \(kinds) kinds")
      }
    }
  }

  @Test func `makes text smaller`() {
    let text = Array(String(repeating: "def handler(event, context): return event\n", count: 50).utf8)
    #expect(Deflate.compress(text).count < text.count / 15)
  }

  @Test func `gives the same bytes as ever`() {
    // Another digest here means that every user's next plan changes every lambda.
    #expect(Deflate.compress(Array("abcabcabcabc".utf8)) == [75, 76, 74, 134, 35, 0])
  }

  @Test func `of an archive depend on names, modes and bytes alone, whatever was packed before`() {
    func archive(_ name: String, _ text: String, isExecutable: Bool = false) -> [UInt8] {
      ZipArchive.bytes(of: [.init(name: name, isExecutable: isExecutable, bytes: Array(text.utf8))])
    }
    let archives = [
      archive("a", "x"), archive("a", "y"), archive("b", "x"), archive("a", "x", isExecutable: true),
    ]
    #expect(Set(archives).count == 4)
    #expect(archive("a", "x") == archives[0] && archive("a", "x", isExecutable: true) == archives[3])
  }

  @Test func `of an archive are packed once, as long as there is room`() {
    let memory = ArchiveMemory(mostBytes: 5)
    var packed: [String] = []
    func take(_ name: String) {
      _ = memory.bytes(for: Data(name.utf8)) {
        packed.append(name)
        return [1, 2, 3]
      }
    }
    for name in ["a", "a", "b", "b", "a"] { take(name) }
    #expect(packed == ["a", "b", "b"])
  }
}

/// RFC 1951's decoding of one block with the fixed codes, written from the document and bit by bit.
private struct Inflater {
  struct Broken: Error {}

  private let input: [UInt8]
  private var position = 0

  init(_ input: [UInt8]) { self.input = input }

  private mutating func bit() throws -> Int {
    guard position / 8 < input.count else { throw Broken() }
    defer { position += 1 }
    return Int(input[position / 8] >> UInt8(position % 8)) & 1
  }

  private mutating func number(_ count: Int) throws -> Int {
    try (0..<count).reduce(0) { sum, place in sum | (try bit()) << place }
  }

  private mutating func code(_ count: Int, after start: Int = 0) throws -> Int {
    try (0..<count).reduce(start) { code, _ in code << 1 | (try bit()) }
  }

  private mutating func symbol() throws -> Int {
    let seven = try code(7)
    if seven <= 0b001_0111 { return 256 + seven }
    let eight = try code(1, after: seven)
    if (0x30...0xBF).contains(eight) { return eight - 0x30 }
    if (0xC0...0xC7).contains(eight) { return 280 + eight - 0xC0 }
    return 144 + (try code(1, after: eight)) - 0x190
  }

  mutating func bytes() throws -> [UInt8] {
    guard try number(3) == 0b011 else { throw Broken() }
    var output: [UInt8] = []
    while true {
      let symbol = try symbol()
      if symbol == 256 { return output }
      if symbol < 256 {
        output.append(UInt8(symbol))
        continue
      }
      let length = try length(symbol)
      let distance = try distance()
      guard distance <= output.count else { throw Broken() }
      for _ in 0..<length { output.append(output[output.count - distance]) }
    }
  }

  private mutating func length(_ symbol: Int) throws -> Int {
    if symbol == 285 { return 258 }
    var base = 3
    for earlier in 257..<symbol { base += 1 << max(0, (earlier - 261) / 4) }
    return base + (try number(max(0, (symbol - 261) / 4)))
  }

  private mutating func distance() throws -> Int {
    let symbol = try code(5)
    var base = 1
    for earlier in 0..<symbol { base += 1 << max(0, earlier / 2 - 1) }
    return base + (try number(max(0, symbol / 2 - 1)))
  }
}
