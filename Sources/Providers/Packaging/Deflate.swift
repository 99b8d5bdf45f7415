/// Compression as RFC 1951 has it, with the fixed Huffman codes.
///
/// Written here because zlib, zlib-ng and Apple's zlib pack the same bytes differently. A lambda's live code
/// is compared with its folder by the zip's digest, which must be the same on every machine.
enum Deflate {
  /// The compressed form of any bytes: one block.
  static func compress(_ bytes: [UInt8]) -> [UInt8] {
    var output = BitWriter(capacity: bytes.count / 2 + 16)
    output.write(0b1, count: 1)  // The last block,
    output.write(0b01, count: 2)  // with the fixed codes.
    var matches = MatchFinder(count: bytes.count)
    bytes.withUnsafeBufferPointer { input in
      var position = 0
      while position < input.count {
        let match = matches.longest(at: position, in: input)
        if match.length >= MatchFinder.shortest {
          output.write(Codes.lengths[match.length])
          output.write(Codes.distance(match.distance))
          for skipped in position + 1..<position + match.length { matches.insert(skipped, in: input) }
          position += match.length
        } else {
          output.write(Codes.literals[Int(input[position])])
          position += 1
        }
      }
    }
    output.write(Codes.literals[256])
    return output.finished()
  }
}

/// A code word and how many bits it has, ready to be written from its lowest bit.
private struct Code {
  var bits: UInt32
  var count: UInt32

  /// Huffman codes go out from their highest bit, everything else from its lowest.
  init(huffman code: UInt32, count: UInt32) {
    var reversed: UInt32 = 0
    for bit in 0..<count where code & (1 << bit) != 0 { reversed |= 1 << (count - 1 - bit) }
    bits = reversed
    self.count = count
  }

  func followed(by extra: UInt32, count extraCount: UInt32) -> Code {
    var code = self
    code.bits |= extra << count
    code.count += extraCount
    return code
  }
}

/// The tables of RFC 1951, 3.2.5 and 3.2.6.
private enum Codes {
  static let literals: [Code] = (0..<288).map { symbol in
    switch symbol {
    case 0...143: Code(huffman: UInt32(0x30 + symbol), count: 8)
    case 144...255: Code(huffman: UInt32(0x190 + symbol - 144), count: 9)
    case 256...279: Code(huffman: UInt32(symbol - 256), count: 7)
    default: Code(huffman: UInt32(0xC0 + symbol - 280), count: 8)
    }
  }

  /// By length, 3 to 258, with the extra bits.
  static let lengths: [Code] = {
    var codes = Array(repeating: literals[0], count: 259)
    var length = 3
    for symbol in 257..<285 {
      let extra = UInt32(max(0, (symbol - 261) / 4))
      for offset in 0..<(UInt32(1) << extra) where length <= 258 {
        codes[length] = literals[symbol].followed(by: offset, count: extra)
        length += 1
      }
    }
    codes[258] = literals[285]
    return codes
  }()

  private static let distances: [(first: Int, extra: UInt32)] = {
    var rows: [(Int, UInt32)] = []
    var first = 1
    for symbol in 0..<30 {
      let extra = UInt32(max(0, symbol / 2 - 1))
      rows.append((first, extra))
      first += 1 << extra
    }
    return rows
  }()

  static func distance(_ distance: Int) -> Code {
    var low = 0
    var high = distances.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if distances[middle].first <= distance { low = middle } else { high = middle - 1 }
    }
    let row = distances[low]
    return Code(huffman: UInt32(low), count: 5).followed(by: UInt32(distance - row.first), count: row.extra)
  }
}

/// Finds earlier occurrences of the next bytes, by chains of positions with the same hash of four bytes.
private struct MatchFinder {
  static let shortest = 4
  private static let window = 32_768
  private static let longest = 258
  /// How many earlier positions are tried: more of them pack better and slower.
  private static let patience = 48

  private var newest = [Int32](repeating: -1, count: 1 << 15)
  private var older: [Int32]

  init(count: Int) { older = Array(repeating: -1, count: count) }

  private static func hash(_ position: Int, _ input: UnsafeBufferPointer<UInt8>) -> Int {
    let word =
      UInt32(input[position]) | UInt32(input[position + 1]) << 8 | UInt32(input[position + 2]) << 16
      | UInt32(input[position + 3]) << 24
    return Int((word &* 2_654_435_761) >> 17)
  }

  mutating func insert(_ position: Int, in input: UnsafeBufferPointer<UInt8>) {
    guard position + Self.shortest <= input.count else { return }
    let slot = Self.hash(position, input)
    older[position] = newest[slot]
    newest[slot] = Int32(truncatingIfNeeded: position)
  }

  /// The longest earlier occurrence within the window; a length of 0 for none. Notes the position itself.
  mutating func longest(
    at position: Int, in input: UnsafeBufferPointer<UInt8>
  ) -> (length: Int, distance: Int) {
    guard position + Self.shortest <= input.count else { return (0, 0) }
    var candidate = Int(newest[Self.hash(position, input)])
    insert(position, in: input)
    let limit = min(Self.longest, input.count - position)
    var best = (length: 0, distance: 0)
    var tries = Self.patience
    while candidate >= 0, position - candidate <= Self.window, tries > 0 {
      // One comparison rules out most candidates.
      if input[candidate + best.length] == input[position + best.length] {
        var length = 0
        while length < limit, input[candidate + length] == input[position + length] { length += 1 }
        if length > best.length { best = (length, position - candidate) }
        if length == limit { break }
      }
      candidate = Int(older[candidate])
      tries -= 1
    }
    return best
  }
}

/// Bits into bytes, the lowest first.
private struct BitWriter {
  private var bytes: [UInt8] = []
  private var pending: UInt64 = 0
  private var count: UInt32 = 0

  init(capacity: Int) { bytes.reserveCapacity(capacity) }

  mutating func write(_ code: Code) { write(code.bits, count: code.count) }

  mutating func write(_ bits: UInt32, count added: UInt32) {
    pending |= UInt64(bits) << count
    count += added
    while count >= 8 {
      bytes.append(UInt8(truncatingIfNeeded: pending))
      pending >>= 8
      count -= 8
    }
  }

  func finished() -> [UInt8] { count == 0 ? bytes : bytes + [UInt8(truncatingIfNeeded: pending)] }
}
