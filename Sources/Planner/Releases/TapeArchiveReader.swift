/// Reads what ``TapeArchiveWriter`` writes, and refuses everything else: whatever a bucket holds may have been put there by anybody.
///
/// No size is believed before the bytes are there, so a hostile archive costs no more than its own length.
struct TapeArchiveReader {
  struct Entry {
    enum Content {
      case file([UInt8], isExecutable: Bool)
      case link(to: String)
    }

    var path: String
    var content: Content
  }

  private let bytes: [UInt8]
  private var offset = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The next file or link; nil at the archive's end.
  mutating func next() throws(TapeArchiveError) -> Entry? {
    guard let header = try header() else { return nil }
    guard header.kind == .extended else { return try entry(header, path: nil, target: nil) }
    let records = try records(in: try content(of: header))
    guard let following = try self.header(), following.kind != .extended else {
      throw TapeArchiveError("a long name is not followed by its file")
    }
    return try entry(following, path: records["path"], target: records["linkpath"])
  }

  private struct Header {
    var path: String
    var kind: TapeArchive.Kind
    var size: Int
    var mode: Int
    var target: String
  }

  private mutating func entry(
    _ header: Header, path: String?, target: String?
  ) throws(TapeArchiveError) -> Entry {
    let path = path ?? header.path
    guard !path.isEmpty else { throw TapeArchiveError("a file has no name") }
    let content = try content(of: header)
    if header.kind == .link {
      guard content.isEmpty else { throw TapeArchiveError("a link has contents") }
      return Entry(path: path, content: .link(to: target ?? header.target))
    }
    return Entry(path: path, content: .file(content, isExecutable: header.mode & 0o100 != 0))
  }

  /// nil at the two blocks of nothing that end an archive.
  private mutating func header() throws(TapeArchiveError) -> Header? {
    let end = offset + TapeArchive.blockSize
    guard end <= bytes.count else { throw TapeArchiveError("it ends too early") }
    let block = bytes[offset..<end]
    offset = end
    if block.allSatisfy({ $0 == 0 }) {
      guard bytes.count - offset >= TapeArchive.blockSize, bytes[offset...].allSatisfy({ $0 == 0 }) else {
        throw TapeArchiveError("something follows its end")
      }
      return nil
    }
    func field(_ range: Range<Int>) -> ArraySlice<UInt8> {
      block[(block.startIndex + range.lowerBound)..<(block.startIndex + range.upperBound)]
    }
    guard Array(field(TapeArchive.Field.magic)) == TapeArchive.magic,
      try Self.number(field(TapeArchive.Field.checksum)) == TapeArchive.checksum(of: block),
      let kind = TapeArchive.Kind(rawValue: block[block.startIndex + TapeArchive.Field.kind])
    else { throw TapeArchiveError("a header is no header of a bundle") }
    let prefix = try Self.text(field(TapeArchive.Field.prefix))
    let name = try Self.text(field(TapeArchive.Field.name))
    return Header(
      path: prefix.isEmpty ? name : "\(prefix)/\(name)", kind: kind,
      size: try Self.number(field(TapeArchive.Field.size)),
      mode: try Self.number(field(TapeArchive.Field.mode)),
      target: try Self.text(field(TapeArchive.Field.target)))
  }

  private mutating func content(of header: Header) throws(TapeArchiveError) -> [UInt8] {
    guard header.size <= bytes.count - offset else { throw TapeArchiveError("it ends too early") }
    let blocks = (header.size + TapeArchive.blockSize - 1) / TapeArchive.blockSize
    let next = offset + blocks * TapeArchive.blockSize
    guard next <= bytes.count else { throw TapeArchiveError("it ends too early") }
    defer { offset = next }
    return Array(bytes[offset..<(offset + header.size)])
  }

  /// pax's lines, `LENGTH KEY=VALUE`.
  private func records(in content: [UInt8]) throws(TapeArchiveError) -> [String: String] {
    var records: [String: String] = [:]
    var rest = content[...]
    while !rest.isEmpty {
      let digits = rest.prefix { $0 != UInt8(ascii: " ") }
      guard digits.count < 8, let length = Int(String(decoding: digits, as: UTF8.self)), length <= rest.count,
        length > digits.count + 2, rest[rest.startIndex + length - 1] == UInt8(ascii: "\n")
      else { throw TapeArchiveError("a long name is malformed") }
      let line = rest[(rest.startIndex + digits.count + 1)..<(rest.startIndex + length - 1)]
      rest = rest.dropFirst(length)
      guard let equals = line.firstIndex(of: UInt8(ascii: "=")) else {
        throw TapeArchiveError("a long name is malformed")
      }
      records[try Self.text(line[..<equals])] = try Self.text(line[(equals + 1)...])
    }
    return records
  }

  /// Up to the first zero byte.
  private static func text(_ field: ArraySlice<UInt8>) throws(TapeArchiveError) -> String {
    guard let text = String(validating: field.prefix { $0 != 0 }, as: UTF8.self) else {
      throw TapeArchiveError("a name is no text")
    }
    return text
  }

  /// Octal digits, up to a zero byte or a blank.
  private static func number(_ field: ArraySlice<UInt8>) throws(TapeArchiveError) -> Int {
    let digits = field.prefix { $0 != 0 && $0 != 32 }
    guard !digits.isEmpty, digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "7")).contains($0) }),
      let number = Int(String(decoding: digits, as: UTF8.self), radix: 8)
    else { throw TapeArchiveError("a number is no number") }
    return number
  }
}
