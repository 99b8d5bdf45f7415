/// How large something is, for a message: `6.0 GiB`, `15.3 MiB`, `300 bytes`.
package struct ByteCount: Sendable, CustomStringConvertible {
  package let bytes: Int

  package init(_ bytes: Int) { self.bytes = bytes }

  package var description: String {
    let units = [(1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")]
    guard let (size, unit) = units.first(where: { bytes >= $0.0 }) else {
      return bytes == 1 ? "1 byte" : "\(bytes) bytes"
    }
    let tenths = bytes / size * 10 + bytes % size * 10 / size
    return bytes % size == 0 ? "\(bytes / size) \(unit)" : "\(tenths / 10).\(tenths % 10) \(unit)"
  }
}
