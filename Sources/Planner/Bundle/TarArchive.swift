/// Why bytes are not an archive that Stackform wrote, in words that follow "the bundle is damaged:".
package struct TarArchiveError: Error, Sendable, Hashable {
  package let reason: String
  init(_ reason: String) { self.reason = reason }
}

/// The form of POSIX.1-1988's `tar` with pax's long names: blocks of 512 bytes, a header before each file.
enum TarArchive {
  static let blockSize = 512
  static let magic = Array("ustar\u{0}00".utf8)

  /// What an entry is, by the type byte of its header.
  enum Kind: UInt8 {
    case file = 0x30  // '0'
    case link = 0x32  // '2'
    /// pax: what does not fit into the header that follows.
    case extended = 0x78  // 'x'
  }

  /// A field of a header: where it begins, and its length.
  enum Field {
    static let name = 0..<100
    static let mode = 100..<108
    static let owner = 108..<116
    static let group = 116..<124
    static let size = 124..<136
    static let time = 136..<148
    static let checksum = 148..<156
    static let kind = 156
    static let target = 157..<257
    static let magic = 257..<265
    static let major = 329..<337
    static let minor = 337..<345
    static let prefix = 345..<500
  }

  /// The sum of a header's bytes, with blanks in the place of the sum itself.
  static func checksum(of header: ArraySlice<UInt8>) -> Int {
    var sum = 0
    for (offset, byte) in header.enumerated() { sum += Field.checksum.contains(offset) ? 32 : Int(byte) }
    return sum
  }
}

/// Writes an archive whose bytes depend only on names and contents: no times, no owners.
struct TarArchiveWriter {
  private var bytes: [UInt8] = []

  /// Appends a file. A path that a ustar header can't hold gets a pax header.
  mutating func add(file path: String, _ content: [UInt8], isExecutable: Bool) {
    header(path, .file, size: content.count, mode: isExecutable ? 0o755 : 0o644)
    append(content)
  }

  /// Appends a symbolic link, with its target as it is written.
  mutating func add(link path: String, to target: String) {
    header(path, .link, size: 0, mode: 0o777, target: target)
  }

  /// The archive with its end: two blocks of nothing.
  var finished: [UInt8] { bytes + [UInt8](repeating: 0, count: 2 * TarArchive.blockSize) }

  private mutating func append(_ content: [UInt8]) {
    bytes += content
    let over = content.count % TarArchive.blockSize
    if over > 0 { bytes += [UInt8](repeating: 0, count: TarArchive.blockSize - over) }
  }

  private mutating func header(
    _ path: String, _ kind: TarArchive.Kind, size: Int, mode: Int, target: String = ""
  ) {
    let split = Self.split(Array(path.utf8))
    let shortTarget = target.utf8.count <= TarArchive.Field.target.count
    var records: [UInt8] = []
    if split == nil { records += Self.record("path", path) }
    if !shortTarget { records += Self.record("linkpath", target) }
    if !records.isEmpty {
      block(name: Array("pax".utf8), prefix: [], .extended, size: records.count, mode: 0o644, target: [])
      append(records)
    }
    let (prefix, name) = split ?? ([], Array(path.utf8.suffix(TarArchive.Field.name.count)))
    block(
      name: name, prefix: prefix, kind, size: size, mode: mode, target: shortTarget ? Array(target.utf8) : [])
  }

  private mutating func block(
    name: [UInt8], prefix: [UInt8], _ kind: TarArchive.Kind, size: Int, mode: Int, target: [UInt8]
  ) {
    var header = [UInt8](repeating: 0, count: TarArchive.blockSize)
    func set(_ field: Range<Int>, _ text: [UInt8]) {
      for (offset, byte) in text.prefix(field.count).enumerated() { header[field.lowerBound + offset] = byte }
    }
    func set(_ field: Range<Int>, _ number: Int) { set(field, Self.octal(number, digits: field.count - 1)) }
    set(TarArchive.Field.name, name)
    set(TarArchive.Field.mode, mode)
    set(TarArchive.Field.owner, 0)
    set(TarArchive.Field.group, 0)
    set(TarArchive.Field.size, size)
    set(TarArchive.Field.time, 0)
    header[TarArchive.Field.kind] = kind.rawValue
    set(TarArchive.Field.target, target)
    set(TarArchive.Field.magic, TarArchive.magic)
    set(TarArchive.Field.major, 0)
    set(TarArchive.Field.minor, 0)
    set(TarArchive.Field.prefix, prefix)
    // Six digits, a zero and a blank, as every tar writes this one.
    set(TarArchive.Field.checksum, Self.octal(TarArchive.checksum(of: header[...]), digits: 6) + [0, 32])
    bytes += header
  }

  /// A path in the two fields of a header, at one of its slashes; nil when it does not fit.
  private static func split(_ path: [UInt8]) -> (prefix: [UInt8], name: [UInt8])? {
    let (name, prefix) = (TarArchive.Field.name.count, TarArchive.Field.prefix.count)
    if path.count <= name { return ([], path) }
    guard path.count <= name + prefix + 1 else { return nil }
    let slash = path.indices.first { index in
      path[index] == UInt8(ascii: "/") && index > 0 && index <= prefix && path.count - index - 1 <= name
        && index < path.count - 1
    }
    return slash.map { (Array(path[..<$0]), Array(path[($0 + 1)...])) }
  }

  /// `25 path=some/very/long/name` and a line's end: the number counts all of it, itself included.
  private static func record(_ key: String, _ value: String) -> [UInt8] {
    let rest = " \(key)=\(value)\n"
    var length = rest.utf8.count
    while length != rest.utf8.count + String(length).utf8.count {
      length = rest.utf8.count + String(length).utf8.count
    }
    return Array("\(length)\(rest)".utf8)
  }

  private static func octal(_ number: Int, digits: Int) -> [UInt8] {
    let text = Array(String(number, radix: 8).utf8)
    return [UInt8](repeating: UInt8(ascii: "0"), count: max(0, digits - text.count)) + text
  }
}
