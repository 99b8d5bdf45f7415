import CZlib

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A zip file with bytes that depend only on its entries: sorted by name, one fixed time, modes 0644 and
/// 0755, no extra fields.
///
/// The format: PKWARE's APPNOTE.TXT 6.3. Lambda reads the Unix modes from the external attributes.
struct ZipArchive {
  /// One file.
  struct Entry {
    /// With slashes, relative to the archive's root.
    var name: String
    var isExecutable = false
    var bytes: [UInt8]
  }

  /// More than these and the format needs its 64-bit extension, which no lambda does.
  static let largestEntryCount = 65_535

  /// The archive. What this process has packed before is not packed again: a promotion resolves a release up to three
  /// times.
  static func bytes(of entries: [Entry]) -> [UInt8] {
    let sorted = entries.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    return memory.bytes(for: digest(of: sorted)) { archive(of: sorted) }
  }

  private static let memory = ArchiveMemory(mostBytes: 128 << 20)

  private static func digest(of entries: [Entry]) -> Data {
    var parts = Data()
    for entry in entries {
      parts += Data("\(entry.name.utf8.count) \(entry.name) \(entry.isExecutable) ".utf8)
      parts += Digest.sha256(Data(entry.bytes))
    }
    return Digest.sha256(parts)
  }

  private static func archive(of sorted: [Entry]) -> [UInt8] {
    var body: [UInt8] = []
    var directory: [UInt8] = []
    for entry in sorted {
      let offset = body.count
      let packed = Deflate.compress(entry.bytes)
      let isPacked = packed.count < entry.bytes.count
      let content = isPacked ? packed : entry.bytes
      let common = fields(of: entry, method: isPacked ? 8 : 0, packedSize: content.count)
      body += word(0x0403_4b50) + common + Array(entry.name.utf8) + content
      // Made by Unix, version 2.0; no comment, disk 0, no internal attributes.
      directory += word(0x0201_4b50) + half(0x0314) + common + half(0) + half(0) + half(0)
      directory += word((entry.isExecutable ? 0o100755 : 0o100644) << 16) + word(offset)
      directory += Array(entry.name.utf8)
    }
    let ending =
      word(0x0605_4b50) + half(0) + half(0) + half(sorted.count) + half(sorted.count)
      + word(directory.count) + word(body.count) + half(0)
    return body + directory + ending
  }

  /// What the local header and the directory have in common.
  private static func fields(of entry: Entry, method: Int, packedSize: Int) -> [UInt8] {
    // Needs version 2.0; names are UTF-8; midnight of 1980-01-01, the first time that the format knows.
    half(20) + half(0x0800) + half(method) + half(0) + half(0x0021) + word(checksum(entry.bytes))
      + word(packedSize) + word(entry.bytes.count) + half(entry.name.utf8.count) + half(0)
  }

  private static func checksum(_ bytes: [UInt8]) -> Int {
    bytes.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return 0 }
      return Int(crc32_z(0, start, buffer.count))
    }
  }

  private static func half(_ value: Int) -> [UInt8] {
    [UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8)]
  }

  private static func word(_ value: Int) -> [UInt8] { half(value) + half(value >> 16) }
}
