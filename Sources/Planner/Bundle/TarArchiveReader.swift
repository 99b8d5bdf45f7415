/// Reads what ``TarArchiveWriter`` writes, and refuses everything else: whatever a bucket holds may have been
/// put there by anybody.
///
/// No size is believed before the bytes are there, so a hostile archive costs no more than its own length.
struct TarArchiveReader {
  /// One file or link of an archive.
  struct Entry {
    /// The bytes of a file, or the target of a symbolic link.
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
  mutating func next() throws(TarArchiveError) -> Entry? {
    guard let header = try header() else { return nil }
    guard header.kind == .extended else { return try entry(header, path: nil, target: nil) }
    let records = try records(in: try content(of: header))
    guard let following = try self.header(), following.kind != .extended else {
      throw TarArchiveError("a long name is not followed by its file")
    }
    return try entry(following, path: records["path"], target: records["linkpath"])
  }

  private struct Header {
    var path: String
    var kind: TarArchive.Kind
    var size: Int
    var mode: Int
    var target: String
  }

  private mutating func entry(
    _ header: Header, path: String?, target: String?
  ) throws(TarArchiveError) -> Entry {
    let path = path ?? header.path
    guard !path.isEmpty else { throw TarArchiveError("a file has no name") }
    let content = try content(of: header)
    if header.kind == .link {
      guard content.isEmpty else { throw TarArchiveError("a link has contents") }
      return Entry(path: path, content: .link(to: target ?? header.target))
    }
    return Entry(path: path, content: .file(content, isExecutable: header.mode & 0o100 != 0))
  }

  /// nil at the two blocks of nothing that end an archive.
  private mutating func header() throws(TarArchiveError) -> Header? {
    let end = offset + TarArchive.blockSize
    guard end <= bytes.count else { throw TarArchiveError("it ends too early") }
    let block = bytes[offset..<end]
    offset = end
    if block.allSatisfy({ $0 == 0 }) {
      guard bytes.count - offset >= TarArchive.blockSize, bytes[offset...].allSatisfy({ $0 == 0 }) else {
        throw TarArchiveError("something follows its end")
      }
      return nil
    }
    func field(_ range: Range<Int>) -> ArraySlice<UInt8> {
      block[(block.startIndex + range.lowerBound)..<(block.startIndex + range.upperBound)]
    }
    guard Array(field(TarArchive.Field.magic)) == TarArchive.magic,
      try Self.number(field(TarArchive.Field.checksum)) == TarArchive.checksum(of: block),
      let kind = TarArchive.Kind(rawValue: block[block.startIndex + TarArchive.Field.kind])
    else { throw TarArchiveError("a header is not one of a bundle") }
    let prefix = try Self.text(field(TarArchive.Field.prefix))
    let name = try Self.text(field(TarArchive.Field.name))
    return Header(
      path: prefix.isEmpty ? name : "\(prefix)/\(name)", kind: kind,
      size: try Self.number(field(TarArchive.Field.size)),
      mode: try Self.number(field(TarArchive.Field.mode)),
      target: try Self.text(field(TarArchive.Field.target)))
  }

  private mutating func content(of header: Header) throws(TarArchiveError) -> [UInt8] {
    guard header.size <= bytes.count - offset else { throw TarArchiveError("it ends too early") }
    let blocks = (header.size + TarArchive.blockSize - 1) / TarArchive.blockSize
    let next = offset + blocks * TarArchive.blockSize
    guard next <= bytes.count else { throw TarArchiveError("it ends too early") }
    defer { offset = next }
    return Array(bytes[offset..<(offset + header.size)])
  }

  /// pax's lines, `LENGTH KEY=VALUE`.
  private func records(in content: [UInt8]) throws(TarArchiveError) -> [String: String] {
    var records: [String: String] = [:]
    var rest = content[...]
    while !rest.isEmpty {
      let digits = rest.prefix { $0 != UInt8(ascii: " ") }
      guard digits.count < 8, let length = Int(String(decoding: digits, as: UTF8.self)), length <= rest.count,
        length > digits.count + 2, rest[rest.startIndex + length - 1] == UInt8(ascii: "\n")
      else { throw TarArchiveError("a long name is malformed") }
      let line = rest[(rest.startIndex + digits.count + 1)..<(rest.startIndex + length - 1)]
      rest = rest.dropFirst(length)
      guard let equals = line.firstIndex(of: UInt8(ascii: "=")) else {
        throw TarArchiveError("a long name is malformed")
      }
      records[try Self.text(line[..<equals])] = try Self.text(line[(equals + 1)...])
    }
    return records
  }

  /// Up to the first zero byte.
  private static func text(_ field: ArraySlice<UInt8>) throws(TarArchiveError) -> String {
    guard let text = String(validating: field.prefix { $0 != 0 }, as: UTF8.self) else {
      throw TarArchiveError("a name is not a text")
    }
    return text
  }

  /// Octal digits, up to a zero byte or a blank.
  private static func number(_ field: ArraySlice<UInt8>) throws(TarArchiveError) -> Int {
    let digits = field.prefix { $0 != 0 && $0 != 32 }
    guard !digits.isEmpty, digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "7")).contains($0) }),
      let number = Int(String(decoding: digits, as: UTF8.self), radix: 8)
    else { throw TarArchiveError("a number is not a number") }
    return number
  }
}
